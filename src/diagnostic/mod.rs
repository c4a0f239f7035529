//! Findings about a scenario text: what is wrong, where, and how to fix it.
//!
//! It knows neither TOML nor telephony; each kind of finding is made by a factory of the room that
//! finds it. Rendering to a terminal and to JSON is here, writing anywhere is not.

pub mod cells;
mod json;
mod plain;
mod render;
mod source;

pub use json::{JsonDiagnostic, JsonLabel};
pub use plain::{is_obeyed, plain};
pub use source::{Attached, Position, Source, TextSpan};

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A run is refused.
    Error,
    /// A run is made; the result may not be what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// A stretch of the source text with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: TextSpan,
    /// What is said about that place; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `S001` ... for the language, `V01` ... for the configuration checks, `L001` ...
    /// for logs of outages.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The cause, in one sentence without a full stop.
    pub message: String,
    /// The place that has to change.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, span: TextSpan) -> Self {
        Self::new(code, Severity::Error, message.into(), span)
    }

    /// A warning at `span`.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>, span: TextSpan) -> Self {
        Self::new(code, Severity::Warning, message.into(), span)
    }

    /// An information at `span`.
    #[must_use]
    pub fn info(code: &'static str, message: impl Into<String>, span: TextSpan) -> Self {
        Self::new(code, Severity::Info, message.into(), span)
    }

    fn new(code: &'static str, severity: Severity, message: String, span: TextSpan) -> Self {
        let primary = Label { span, text: String::new() };
        Self { code, severity, message, primary, related: Vec::new(), help: None }
    }

    /// Says a few words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: TextSpan, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Adds a help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds a help, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text;
        self
    }

    /// Whether a run is refused because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts findings by place in the text, then severity, then code: the order in which they are shown.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.span.start, d.severity, d.code, d.primary.span.end);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// Names that are listed in a message, at most.
const LISTED: usize = 20;

/// A list of names with a quotation mark around each, cut where it would be too long to read.
#[must_use]
pub fn some_of(names: &[&str], mark: &str) -> String {
    let shown = names[..names.len().min(LISTED)].join(&format!("{mark}, {mark}"));
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{mark}{shown}{mark}{more}")
}

/// The candidate that `word` was probably meant to be: the nearest by edit distance with swaps,
/// if near enough. Ties go to the first.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    let length = word.chars().count();
    let limit = (1 + length / 4).min(length.saturating_sub(1));
    // Each letter more or less is a step at least.
    let near = |text: &str| text.chars().count().abs_diff(length) <= limit;
    candidates
        .into_iter()
        .map(|candidate| (plain(candidate), candidate))
        .filter(|(plain, _)| near(plain))
        .map(|(plain, candidate)| (strsim::damerau_levenshtein(&word, &plain), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
