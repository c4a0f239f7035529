//! What queues of calls must be to each other and to the policies.

use super::document::{Document, RestoreWhen, Spanned};
use super::mistakes::{combination, twice};
use crate::diagnostic::Diagnostic;

/// Everything that does not fit together.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    names(document).into_iter().chain(idle(document)).collect()
}

/// Two queues of one name.
fn names(document: &Document) -> Vec<Diagnostic> {
    let names: Vec<&Spanned<String>> =
        document.calls.iter().filter_map(|calls| calls.name.as_ref()).collect();
    let again = names.iter().enumerate().filter_map(|(index, name)| {
        let first = names[..index].iter().find(|first| first.value == name.value)?;
        let message = format!("two queues of calls have the name `{}`", name.value);
        Some(twice(message, name.span, first.span))
    });
    again.collect()
}

/// Agents do not know of calls: they do not wait for the end of one.
fn idle(document: &Document) -> Option<Diagnostic> {
    let calls = document.calls.first()?;
    let written = document.policy.restore_when.as_ref();
    let idle = written.filter(|when| when.value == RestoreWhen::Idle)?;
    let message = "`restore-when = \"idle\"` does not wait for the end of a call yet";
    let help = "write \"immediate\" or a window: a call goes on while its agent goes back, and is not lost by that";
    Some(
        combination(message, idle.span, "agents do not know of calls", help)
            .also(calls.span, "calls"),
    )
}
