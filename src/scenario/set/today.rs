//! The value of a key that is in force in a text: as written, or the default of the language.

use super::path::Path;
use super::range::Exact;
use super::{place, sound};
use crate::diagnostic::TextSpan;
use crate::model::Unit;
use crate::options;
use crate::scenario::keys::{Absent, Shape, TOP};
use crate::scenario::tree::Table;

/// The value at a full path and where it is written; a default is written nowhere. `None`: there
/// is neither.
#[must_use]
pub fn in_force(text: &str, path: &Path) -> Option<(String, Option<TextSpan>)> {
    in_tree(&sound(text)?, text, path)
}

/// The same in a text that was read before.
pub(super) fn in_tree(tree: &Table, text: &str, path: &Path) -> Option<(String, Option<TextSpan>)> {
    let place = place::find(tree, path).ok()?;
    let node = place.end(tree).filter(|_| place.missing.is_empty()).map(|(_, node)| node);
    match node {
        Some(node) => {
            let written = || text.get(node.span.start..node.span.end).map(str::to_owned);
            Some((node.scalar_text().or_else(written)?, Some(node.span)))
        }
        None => Some((default(path)?, None)),
    }
}

/// A value as a number in base units, if it is written in that unit: a plain number, a share,
/// seconds.
#[must_use]
pub fn number(value: &str, unit: Unit) -> Option<f64> {
    Exact::typed(value).filter(|exact| exact.unit() == unit).map(Exact::number)
}

/// The default of a key of the language, or of an option of the catalogue.
fn default(path: &Path) -> Option<String> {
    let mut table = &TOP;
    let mut parts = path.parts().iter();
    while let Some(part) = parts.next() {
        let Some(key) = table.key(part) else { break };
        match key.shape {
            Shape::Table(inner) => table = inner,
            Shape::Tables(inner) | Shape::List(inner) => {
                table = inner;
                parts.next();
            }
            _ => {
                return match key.absent {
                    Absent::Default(value) => Some(value.trim_matches('"').to_owned()),
                    Absent::Required | Absent::Means(_) => None,
                };
            }
        }
    }
    let joined = path.joined();
    let option = options::all()
        .filter(|entry| entry.family.is_vendor() && joined.ends_with(&format!(".{}", entry.name)));
    option.max_by_key(|entry| entry.name.len()).map(|entry| entry.default.to_owned())
}
