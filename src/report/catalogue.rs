//! The catalogue of measures as text and as JSON: what can be asked of a run or an experiment.
//!
//! It selects nothing.

use serde::Serialize;

use super::experiment::unit_name;
use crate::measures::names::Catalogued;

/// One measure, for programs.
#[derive(Debug, Serialize)]
pub struct Listed {
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
}

/// What the words in capitals stand for.
const WORDS: &str = "
SITE, FAULT, PAIR and LOCATION stand for names of the scenario; CAUSE, REASON, KIND and PLANE for
the words in docs/measures.md.
";

/// Measures, ready to be written as JSON.
#[must_use]
pub fn json(measures: &[Catalogued]) -> Vec<Listed> {
    let listed = |one: &Catalogued| Listed {
        name: one.name,
        unit: unit_name(one.unit),
        meaning: one.meaning,
    };
    measures.iter().map(listed).collect()
}

/// Measures in lines: name, unit, meaning.
#[must_use]
pub fn text(measures: &[Catalogued]) -> String {
    let width = measures.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let line = |one: &Catalogued| {
        format!("{:width$}  {:5}  {}\n", one.name, unit_name(one.unit), one.meaning)
    };
    let lines: String = measures.iter().map(line).collect();
    let patterns = measures.iter().any(|one| one.name.chars().any(char::is_uppercase));
    if patterns { lines + WORDS } else { lines }
}
