//! Findings of checks as plain values. It does not know where they come from.

use std::fmt;

use crate::diagnostic::{Diagnostic, Severity, Source};

/// Something that was found in a scenario. Shown as text, it is what the program prints: the place with a caret,
/// the cause, the help.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable code, such as `V12`; `switchover check --explain V12` explains it.
    pub code: &'static str,
    /// How bad it is; a scenario with errors is not simulated.
    pub severity: Severity,
    /// The cause, in one sentence.
    pub message: String,
    /// The file that has to change: the scenario, or one that it names.
    pub file: String,
    /// Line of the place there, from 1.
    pub line: usize,
    /// Its column, in characters from 1.
    pub column: usize,
    /// What to do about it.
    pub help: Option<String>,
    text: String,
}

impl Finding {
    pub(super) fn of(found: &Diagnostic, source: &Source) -> Self {
        let place = source.position(found.primary.span.start);
        Self {
            code: found.code,
            severity: found.severity,
            message: found.message.clone(),
            file: source.part(found.primary.span.start).name().to_owned(),
            line: place.line,
            column: place.column,
            help: found.help.clone(),
            text: found.render(source, false).trim_end().to_owned(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
