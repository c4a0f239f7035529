//! Limits that only the resolved model shows: how many spells a fault may have.

use crate::diagnostic::Diagnostic;
use crate::model::{Model, Schedule};
use crate::scenario::Document;

use super::faults::header;

/// The most spells that the faults of a scenario may be expected to have together.
const MOST_SPELLS: f64 = 20_000_000.0;

/// Mean time to failure plus mean time to repair, in seconds; of the sets, where there are any,
/// the shortest.
fn shortest_cycle_s(schedule: &Schedule) -> f64 {
    let sets = 0..schedule.sets().max(1) as u64;
    let laws = sets.filter_map(|set| schedule.laws(set));
    laws.map(|(failure, repair)| failure.mean_s() + repair.mean_s()).fold(f64::INFINITY, f64::min)
}

/// Faults that would never come to an end of failing.
pub fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let horizon = crate::time::Span(model.horizon.0).as_secs_f64();
    let mut found = Vec::new();
    for (index, fault) in model.faults.iter().enumerate() {
        let spells = match &fault.schedule {
            Schedule::Scripted { times, .. } => f64::from(*times),
            Schedule::Random { .. } => horizon / shortest_cycle_s(&fault.schedule),
        };
        let spells = spells * fault.targets.len() as f64;
        if spells.is_nan() || spells > MOST_SPELLS {
            let message = "the fault happens too often";
            found.push(
                Diagnostic::error("S008", message, header(document, index))
                    .label("more than 20 million spells within the horizon")
                    .help("make the time to failure longer, or the horizon shorter"),
            );
        }
    }
    found
}
