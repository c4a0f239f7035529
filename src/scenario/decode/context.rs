//! What every decoder needs and what it leaves behind. It decodes nothing.

use crate::diagnostic::{Attached, Diagnostic};
use crate::model::Clock;
use crate::scenario::document::Spanned;
use crate::scenario::files::Files;
use crate::scenario::keys::Key;
use crate::scenario::mistakes::{bad_law, combination};
use crate::scenario::tree::Node;

/// Shared by all decoders of one scenario.
pub(super) struct Context<'c> {
    /// The scenario text.
    pub text: &'c str,
    /// Data files.
    pub files: &'c dyn Files,
    /// The names of the sites, once they are decoded.
    pub sites: Vec<String>,
    /// The names of the locations, once they are decoded.
    pub locations: Vec<String>,
    /// The calendar, once it is decoded.
    pub calendar: Calendar,
    /// The mistakes found so far.
    pub found: Vec<Diagnostic>,
    /// The texts that it names in which mistakes may be found.
    pub attached: Vec<Attached>,
}

impl Context<'_> {
    /// Attaches a text that the scenario names; where its places begin.
    pub(super) fn attach(&mut self, name: &str, text: String) -> usize {
        let end = self.attached.last().map_or(self.text.len(), |last| last.start + last.text.len());
        let start = end + 1;
        self.attached.push(Attached { name: name.to_owned(), text, start });
        start
    }

    /// Notes a key that does nothing without another.
    pub(super) fn needs<T>(
        &mut self,
        key: &str,
        written: Option<&Spanned<T>>,
        other: &str,
        is_there: bool,
    ) {
        let Some(written) = written.filter(|_| !is_there) else { return };
        let message = format!("`{key}` does nothing without `{other}`");
        let help = format!("add `{other}`, or leave `{key}` out");
        self.found.push(combination(&message, written.span, "has no effect", &help));
    }
}

/// What a scenario says of its calendar.
#[derive(Clone, Debug)]
pub(super) enum Calendar {
    /// Nothing.
    Silent,
    /// Something wrong.
    Broken,
    /// Local time at the start.
    Known(Clock),
}

/// How a value is decoded; its own mistake is returned, those of inner tables are left behind.
pub(super) type Decoder<T> = fn(&mut Context<'_>, &Node, &Key) -> Result<T, Diagnostic>;

/// The end of a reading that has left its mistakes behind: one of them is handed back.
pub(super) fn left_behind(context: &mut Context<'_>, node: &Node) -> Diagnostic {
    let last = context.found.pop();
    last.unwrap_or_else(|| bad_law("the law cannot be read", node.span, ""))
}
