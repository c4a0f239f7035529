//! Findings as JSON objects with stable field names. Not a writer.

use serde::Serialize;

use super::{Diagnostic, Label, Severity, Source, TextSpan};

/// A place in the text, by byte and by line and column.
#[derive(Clone, Debug, Serialize)]
pub struct JsonLabel {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: usize,
    /// Column of the first byte in characters, from 1.
    pub column: usize,
    /// What is said about that place.
    pub label: String,
    /// Name of its file, where it is another one than that of the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_file: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct JsonDiagnostic {
    /// Stable code.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: Severity,
    /// The cause.
    pub message: String,
    /// Name of the file that has to change: the scenario, as given, or one that it names.
    pub file: String,
    /// The place that has to change.
    #[serde(flatten)]
    pub primary: JsonLabel,
    /// Other places that explain it.
    pub related: Vec<JsonLabel>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// This finding, ready to be written as JSON.
    #[must_use]
    pub fn to_json(&self, source: &Source) -> JsonDiagnostic {
        let file = source.part(self.primary.span.start).name();
        JsonDiagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message.clone(),
            file: file.to_owned(),
            primary: placed(&self.primary, (source, file)),
            related: self.related.iter().map(|label| placed(label, (source, file))).collect(),
            help: self.help.clone(),
        }
    }
}

fn placed(label: &Label, (source, file): (&Source, &str)) -> JsonLabel {
    let TextSpan { start, end } = source.clamp(label.span);
    let at = source.position(label.span.start);
    let own = source.part(label.span.start).name();
    let other_file = (own != file).then(|| own.to_owned());
    JsonLabel {
        start,
        end,
        line: at.line,
        column: at.column,
        label: label.text.clone(),
        other_file,
    }
}
