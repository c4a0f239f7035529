//! A path whose key is like one that the language has.

use super::path::Path;
use crate::diagnostic::did_you_mean;
use crate::scenario::keys::{Shape, TOP};

/// What was probably meant by the first key of a path that the language does not have; `None`: it has all of
/// them, or nothing is like it.
#[must_use]
pub fn misspelt(path: &Path) -> Option<&'static str> {
    let mut table = &TOP;
    let mut parts = path.parts().iter();
    while let Some(part) = parts.next() {
        let Some(key) = table.key(part) else {
            let names = table.keys.iter().map(|key| key.name);
            // Else it may be one of the product's own sections.
            return did_you_mean(part, names).filter(|_| !table.vendor);
        };
        table = match key.shape {
            Shape::Table(inner) => inner,
            Shape::Tables(inner) | Shape::List(inner) => {
                parts.next();
                inner
            }
            _ => return None,
        };
    }
    None
}
