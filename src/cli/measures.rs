//! `measures`: what can be asked of a run or an experiment, all of it or what has a word in it.

use super::args::{Format, Measures};
use super::failure::{Failure, Outcome};
use super::terminal;
use crate::measures::names::{self, Catalogued};
use crate::report::catalogue;

/// Prints the catalogue of measures.
pub(super) fn run(asked: &Measures) -> Outcome {
    let found = match &asked.word {
        None => names::catalogue().collect(),
        Some(word) => with(word)?,
    };
    match asked.format {
        Format::Text => terminal::print(&catalogue::text(&found, terminal::screen())),
        Format::Json => terminal::print_data(&catalogue::json(&found)),
    }
}

/// The measures with a word in their name or meaning.
fn with(word: &str) -> Result<Vec<Catalogued>, Failure> {
    let wanted = word.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let found: Vec<_> =
        names::catalogue().filter(|one| has(one.name) || has(one.meaning)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let help = match names::nearest_catalogued(word) {
        Some(near) => format!("did you mean {near}?"),
        None => "`switchover measures` lists them all".to_owned(),
    };
    Err(Failure::Usage(format!("no measure has `{word}` in its name or meaning; {help}")))
}
