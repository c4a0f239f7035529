//! Changes of a scenario from outside: `application.interaction-workspace.disaster-recovery.timeout=90`
//! is written into the scenario's text before anything is decoded, so that it is checked like
//! everything else. It knows paths and texts, and no key's meaning.
//!
//! ```text
//! Setting::parse("fault.link-cut.for=5m")          path and value
//! apply(text, &settings) -> Changed                the new text, and where it was written
//! Sweep::parse("desktop.connect-timeout=5s..30s step 5s")    one path, many values
//! ```

mod edit;
mod path;
mod place;
mod range;
mod sweep;

pub use path::{Path, Setting};
pub use sweep::{Sweep, SweepValue};

use super::load;
use super::tree::Table;
use crate::diagnostic::TextSpan;

/// A scenario text with settings written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The new text.
    pub text: String,
    /// For every setting, in order, the key that holds it in the new text.
    pub written: Vec<TextSpan>,
}

/// Writes settings into a scenario's text, one after the other: a key that is there gets another
/// value, one that is missing is added with its tables. A text that is no TOML stays as it is; its
/// mistakes are the loader's to tell.
///
/// # Errors
///
/// In words that begin with the setting, if its path leads nowhere: through a value that is no
/// table, or to an element that an array of tables does not have.
pub fn apply(text: &str, settings: &[Setting]) -> Result<Changed, String> {
    let mut changed = text.to_owned();
    for setting in settings {
        let Some(tree) = sound(&changed) else { break };
        let told = |wrong: String| format!("{}: {wrong}", setting.text());
        let place = place::find(&tree, setting.path()).map_err(told)?;
        let old = place.end(&tree).filter(|_| place.missing.is_empty());
        let in_place = old.and_then(|(_, node)| edit::replace(&changed, node, setting.value()));
        changed = match in_place {
            Some(replaced) => replaced,
            None => edit::write(&changed, &place, setting.value()).map_err(told)?,
        };
    }
    let tree = sound(&changed).unwrap_or_default();
    let span = |setting: &Setting| {
        let place = place::find(&tree, setting.path()).ok();
        place.and_then(|place| place.end(&tree).map(|(key, _)| key)).unwrap_or_default()
    };
    Ok(Changed { written: settings.iter().map(span).collect(), text: changed })
}

/// The tree of a text without mistakes of syntax.
fn sound(text: &str) -> Option<Table> {
    let (tree, mistakes) = load::parse(text.as_bytes());
    tree.filter(|_| mistakes.is_empty()).map(|(_, tree)| tree)
}
