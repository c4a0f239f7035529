//! What a code means, why it matters and how to fix it: `check --explain CODE`. A table of texts;
//! it checks nothing.

mod agents;
mod calls;
mod language;
mod logs;
mod numbering;
mod page;
mod servers;
mod timers;

pub use page::page;

use std::fmt::Write;

use crate::checks::RULES;
use crate::diagnostic::{Severity, did_you_mean};

/// The explanation of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// How to fix it.
    pub mend: &'static str,
}

/// The tables, by code.
const TABLES: &[&[Explanation]] = &[
    agents::SITES,
    servers::TABLE,
    numbering::TABLE,
    timers::FIRST,
    agents::LEVELS,
    calls::TABLE,
    timers::LAST,
];

/// All explanations: the configuration checks, then the language, then logs of outages.
pub fn all() -> impl Iterator<Item = &'static Explanation> {
    TABLES.iter().copied().flatten().chain(texts().map(|entry| &entry.explanation))
}

/// What has no table of rules: the language, and logs of outages.
fn texts() -> impl Iterator<Item = &'static language::Entry> {
    language::TABLE.iter().chain(logs::TABLE)
}

/// The severity and the title of a code.
fn heading(code: &str) -> Option<(Severity, &'static str)> {
    let language = || {
        let entry = texts().find(|entry| entry.explanation.code == code);
        entry.map(|entry| (entry.severity, entry.title))
    };
    let rule = RULES.iter().find(|rule| rule.code == code);
    rule.map(|rule| (rule.severity, rule.title)).or_else(language)
}

/// A severity in a word.
const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "information",
    }
}

/// The explanation of a code, whatever its case, as text of several lines; `None`: no such code.
#[must_use]
pub fn explain(code: &str) -> Option<String> {
    let wanted = code.trim().to_uppercase();
    let found = all().find(|entry| entry.code == wanted)?;
    let (severity, title) = heading(found.code)?;
    let mut out = format!("{} ({}): {title}\n", found.code, severity_word(severity));
    for (label, text) in [
        ("What it means", found.means),
        ("Why it matters", found.matters),
        ("How to fix it", found.mend),
    ] {
        let _ = write!(out, "\n{label}\n{}", indented(text));
    }
    Some(out)
}

/// The code that was probably meant: the one with the same letters and digits in another order,
/// before one that is spelt like it.
#[must_use]
pub fn nearest(code: &str) -> Option<&'static str> {
    let sorted = |code: &str| {
        let mut letters: Vec<char> = code.trim().to_uppercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let wanted = sorted(code);
    let swapped = all().map(|entry| entry.code).find(|known| sorted(known) == wanted);
    swapped.or_else(|| did_you_mean(code, all().map(|entry| entry.code)))
}

/// Which codes there are, in words: `L001 to L009, S001 to S019 and V01 to V45`.
#[must_use]
pub fn ranges() -> String {
    let mut codes: Vec<&str> = all().map(|entry| entry.code).collect();
    codes.sort_unstable();
    let families: Vec<String> = codes
        .chunk_by(|a, b| a[..1] == b[..1])
        .map(|family| format!("{} to {}", family[0], family[family.len() - 1]))
        .collect();
    let (last, others) = families.split_last().map_or(("", &[][..]), |(l, o)| (l.as_str(), o));
    format!("{} and {last}", others.join(", "))
}

/// A text in lines of at most 80 characters, indented by two.
fn indented(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > 78 {
            let _ = writeln!(out, "  {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "  {line}");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_an_explanation_and_only_one() {
        for rule in RULES {
            assert_eq!(all().filter(|entry| entry.code == rule.code).count(), 1, "{}", rule.code);
        }
    }

    #[test]
    fn every_explanation_has_a_heading_and_whole_sentences() {
        for entry in all() {
            assert!(heading(entry.code).is_some(), "{}", entry.code);
            for text in [entry.means, entry.matters, entry.mend] {
                assert!(text.ends_with('.') && text.len() > 15, "{}: {text}", entry.code);
            }
        }
    }

    #[test]
    fn codes_are_taken_in_any_case() {
        let text = explain(" v26 ").unwrap_or_default();
        assert!(text.starts_with("V26 (warning): the DR timeout ends before the backup"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert_eq!(explain("V99"), None);
        assert_eq!(nearest("V444"), Some("V44"));
        assert_eq!(nearest("V62"), Some("V26"));
    }
}
