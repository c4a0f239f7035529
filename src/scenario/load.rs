//! From bytes to a document and every mistake in it. It reads no file but through its caller.

use toml::de::DeTable;

use super::document::Document;
use super::files::Files;
use super::tree::{self, Table};
use super::{decode, implied, mistakes, names, structure};
use crate::diagnostic::{self, Diagnostic, TextSpan};

/// What became of a scenario text.
#[derive(Debug)]
pub struct Loaded {
    /// The document; `None` if the text is not TOML at all.
    pub document: Option<Document>,
    /// Every mistake, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scenario. `name` is the file's name, whose stem names the scenario; `bytes` its
/// content; `files` gives the data files that it names.
#[must_use]
pub fn load(name: &str, bytes: &[u8], files: &dyn Files) -> Loaded {
    let (tree, mut diagnostics) = parse(bytes);
    let Some((text, tree)) = tree else { return Loaded { document: None, diagnostics } };
    let (document, found) = decode_tree(name, text, &tree, files);
    let readable = diagnostics.is_empty();
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics);
    Loaded { document: readable.then_some(document), diagnostics }
}

/// Parses bytes to a tree; with syntax errors, to what could be read of it.
#[must_use]
pub fn parse(bytes: &[u8]) -> (Option<(&str, Table)>, Vec<Diagnostic>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(wrong) => return (None, vec![mistakes::not_utf8(wrong.valid_up_to())]),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let found = errors.iter().map(|error| {
        let span = error.span().map_or_else(TextSpan::default, TextSpan::from);
        let written = text.get(span.start..span.end).unwrap_or_default();
        mistakes::syntax(error.message(), span, written)
    });
    (Some((text, tree::from_toml(table.get_ref()))), found.collect())
}

/// Decodes a tree that was parsed from `text`, perhaps with values replaced since.
#[must_use]
pub fn decode_tree(
    name: &str,
    text: &str,
    tree: &Table,
    files: &dyn Files,
) -> (Document, Vec<Diagnostic>) {
    let (mut document, mut found) = decode::document(text, tree, files);
    document.name = stem(name).to_owned();
    found.extend(implied::complete(&mut document));
    found.extend(names::check(&document));
    found.extend(structure::check(&document));
    document.complete = !found.iter().any(Diagnostic::is_error);
    (document, found)
}

/// The file name without folder and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}
