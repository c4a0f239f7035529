//! The catalogue of measures as text and as JSON: what can be asked of a run or an experiment.
//!
//! It selects nothing.

use serde::Serialize;

use super::between::unit_name;
use super::layout::{Screen, list};
use crate::measures::names::Catalogued;

/// One measure, for programs.
#[derive(Debug, Serialize)]
pub struct Listed {
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
}

/// What the words in capitals are placeholders for.
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

/// Measures in lines: name, then meaning and unit; on a narrow screen below it.
#[must_use]
pub fn text(measures: &[Catalogued], screen: Screen) -> String {
    let row = |one: &Catalogued| {
        let meaning = format!("{} ({})", one.meaning, unit_name(one.unit));
        [one.name.to_owned(), meaning]
    };
    let rows: Vec<_> = measures.iter().map(row).collect();
    let lines = list(&rows, 0, screen.width);
    let patterns = measures.iter().any(|one| one.name.chars().any(char::is_uppercase));
    if patterns { lines + WORDS } else { lines }
}
