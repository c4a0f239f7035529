//! How queues of calls must fit to each other and to the policies.

use super::document::{Document, RestoreWhen, Spanned};
use super::mistakes::{combination, twice};
use crate::diagnostic::Diagnostic;
use crate::model::Simulated;

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

/// In windows not all calls are known: agents do not wait for the end of one.
fn idle(document: &Document) -> Option<Diagnostic> {
    let windows = document.calls_simulated.as_ref();
    let windows = windows.filter(|simulated| simulated.value == Simulated::Windows)?;
    let written = document.policy.restore_when.as_ref();
    let idle = written.filter(|when| when.value == RestoreWhen::Idle)?;
    let message = "`restore-when = \"idle\"` does not wait for calls that are simulated in windows";
    let help = "simulate all calls (`calls-simulated = \"full\"`), or write \"immediate\" or a window: a call goes on while its agent goes back";
    Some(
        combination(message, idle.span, "outside of windows calls are not known", help)
            .also(windows.span, "windows"),
    )
}
