//! Changes of a scenario from outside: `application.interaction-workspace.disaster-recovery.timeout=90`
//! is written into the scenario's text before anything is decoded, so that it is checked like
//! everything else. It knows paths and texts, and no key's meaning.
//!
//! ```text
//! Setting::parse("fault.link-cut.for=5m")          path and value
//! apply(text, &settings) -> Changed                the new text, and where it was written
//! Sweep::parse("desktop.connect-timeout=5s..30s step 5s")    one path, many values
//! Vary::parse("site.north.login-capacity=5/s..80/s")          one path, a range to search in
//! in_force(text, &path)                            the value that holds without a setting
//! dials(text)                                  the timeouts and capacities that a slider can move
//! full(text, &path)                                what a short path means
//! unknown(&document, &changed.written)             an option that the product does not know
//! ```

mod dial;
mod edit;
mod known;
mod misspelt;
mod path;
mod place;
mod range;
mod short;
mod sweep;
mod today;
mod vary;

pub use dial::{Dial, MOST_DIALS, dials};
pub use known::unknown;
pub use misspelt::misspelt;
pub use path::{Path, Setting};
pub use sweep::{Sweep, SweepValue};
pub use today::{in_force, number};
pub use vary::{Values, Vary};

use super::load;
use super::tree::Table;
use crate::diagnostic::TextSpan;

/// A scenario text with settings written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The new text.
    pub text: String,
    /// What was written, a setting each, in order.
    pub written: Vec<Written>,
}

/// One setting in the new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The setting, with its full path.
    pub setting: Setting,
    /// The path as typed, if it was a short one.
    pub short: Option<Path>,
    /// The key that holds it.
    pub key: TextSpan,
    /// Its value.
    pub value: TextSpan,
}

/// Writes settings into a scenario's text, one after the other: a key that is there gets another
/// value, one that is missing is added with its tables. A text that is no TOML stays as it is; its
/// mistakes are the loader's to report.
///
/// # Errors
///
/// In words that begin with the setting, if its path leads nowhere: through a value that is no
/// table, to an element that an array of tables does not have, or if a short path means nothing or
/// more than one thing.
pub fn apply(text: &str, settings: &[Setting]) -> Result<Changed, String> {
    let mut changed = text.to_owned();
    let mut written = Vec::new();
    for setting in settings {
        let Some(tree) = sound(&changed) else { break };
        let wrong = |wrong: String| format!("{}: {wrong}", setting.text());
        let path = short::full(&tree, setting.path()).map_err(wrong)?;
        let place = place::find(&tree, &path).map_err(wrong)?;
        let old = place.end(&tree).filter(|_| place.missing.is_empty());
        let in_place = old.and_then(|(_, node)| edit::replace(&changed, node, setting.value()));
        changed = match in_place {
            Some(replaced) => replaced,
            None => edit::write(&changed, &place, setting.value()).map_err(wrong)?,
        };
        written.push(unplaced(setting, path));
    }
    let tree = sound(&changed).unwrap_or_default();
    written.iter_mut().for_each(|one| locate(&tree, one));
    Ok(Changed { written, text: changed })
}

/// The full path that a path means in a text, whether it is typed in short or not.
///
/// # Errors
///
/// In words, if it means nothing or more than one thing.
pub fn full(text: &str, path: &Path) -> Result<Path, String> {
    match sound(text) {
        Some(tree) => short::full(&tree, path),
        None => Ok(path.clone()),
    }
}

/// Every path that a text has a value at, and every path of an option of the catalogue, in full;
/// then the short paths that mean only one of them.
#[must_use]
pub fn paths(text: &str) -> Vec<String> {
    sound(text).map(|tree| short::all(&tree)).unwrap_or_default()
}

fn unplaced(setting: &Setting, path: Path) -> Written {
    let short = Some(setting.path().clone()).filter(|typed| *typed != path);
    let (key, value) = (TextSpan::default(), TextSpan::default());
    Written { setting: Setting::new(path, setting.value()), short, key, value }
}

/// Finds where a setting is in the new text.
fn locate(tree: &Table, written: &mut Written) {
    let place = place::find(tree, written.setting.path()).ok();
    if let Some((key, node)) = place.as_ref().and_then(|place| place.end(tree)) {
        (written.key, written.value) = (key, node.span);
    }
}

/// The tree of a text without mistakes of syntax.
fn sound(text: &str) -> Option<Table> {
    let (tree, mistakes) = load::parse(text.as_bytes());
    tree.filter(|_| mistakes.is_empty()).map(|(_, tree)| tree)
}
