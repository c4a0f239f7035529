//! From bytes to a document and every mistake in it. It reads no file but through its caller.

use std::path::Path;

use toml::de::DeTable;

use super::document::Document;
use super::files::Files;
use super::tree::{self, Table};
use super::{decode, file_mistakes, implied, mistakes, names, structure};
use crate::diagnostic::{self, Attached, Diagnostic, TextSpan};

/// The result of loading a scenario text.
#[derive(Debug)]
pub struct Loaded {
    /// The document; `None` if the text is not TOML at all.
    pub document: Option<Document>,
    /// Every mistake, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that it names in which mistakes may be found
    /// ([`Source::with`](crate::diagnostic::Source::with)).
    pub attached: Vec<Attached>,
}

/// Reads a scenario. `name` is the file's name, whose stem names the scenario; `bytes` its
/// content; `files` gives the data files that it names.
#[must_use]
pub fn load(name: &str, bytes: &[u8], files: &dyn Files) -> Loaded {
    let (tree, mut diagnostics) = parse(bytes);
    let Some((text, tree)) = tree else {
        return Loaded { document: None, diagnostics, attached: Vec::new() };
    };
    let (document, found, attached) = decode_tree(name, text, &tree, files);
    let readable = diagnostics.is_empty();
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics);
    let attached =
        attached.into_iter().map(|own| Attached { name: beside(name, &own.name), ..own });
    Loaded { document: readable.then_some(document), diagnostics, attached: attached.collect() }
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

/// Decodes a tree that was parsed from `text`.
fn decode_tree(
    name: &str,
    text: &str,
    tree: &Table,
    files: &dyn Files,
) -> (Document, Vec<Diagnostic>, Vec<Attached>) {
    let (mut document, mut found, attached) = decode::document(text, tree, files);
    document.name = stem(name).to_owned();
    found.extend(implied::complete(&mut document));
    found.extend(names::check(&document));
    found.extend(structure::check(&document));
    document.complete = !found.iter().any(Diagnostic::is_error);
    (document, shortened(found, &attached), attached)
}

/// Most mistakes that are reported of one text that the scenario names.
const MOST: usize = 50;

/// Without the mistakes in a text that is attached beyond the first [`MOST`]: they are counted.
fn shortened(mut found: Vec<Diagnostic>, attached: &[Attached]) -> Vec<Diagnostic> {
    for Attached { name, text, start } in attached {
        let end = start + text.len();
        let inside = |one: &Diagnostic| (*start..=end).contains(&one.primary.span.start);
        diagnostic::sort(&mut found);
        let mut number = 0;
        found.retain(|one| {
            number += usize::from(inside(one));
            number <= MOST || !inside(one)
        });
        if number > MOST {
            found.push(file_mistakes::more_in(name, number - MOST, TextSpan::new(end, end)));
        }
    }
    found
}

/// The path of a file that a scenario names, beside it.
fn beside(name: &str, file: &str) -> String {
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    folder.join(file).to_string_lossy().into_owned()
}

/// The file name without folder and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}
