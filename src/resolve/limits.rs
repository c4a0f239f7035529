//! A limit that only the resolved model shows: how many outages the faults may have. A run with
//! more than that would not end in any useful time.
//!
//! How many steps an agent takes is not foreseen here: the simulation counts them.

use crate::diagnostic::Diagnostic;
use crate::model::{Model, Schedule};
use crate::scenario::Document;
use crate::time::Span;

use super::faults::headers;

/// The most outages that the faults of a scenario may be expected to have together.
const MOST_SPELLS: f64 = 20_000_000.0;

/// The code of the finding.
const CODE: &str = "S021";

/// Faults that would never come to an end of failing.
pub(super) fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let horizon = Span(model.horizon.0).as_secs_f64();
    let number = model.faults.iter().map(|fault| {
        let spells = spells(&fault.schedule, horizon).0 * fault.targets.len() as f64;
        if spells.is_nan() { f64::INFINITY } else { spells }
    });
    let number: Vec<f64> = number.collect();
    // Where no fault has too many by itself, but all together do, the worst is blamed.
    let headers = headers(document);
    let together = number.iter().sum::<f64>() > MOST_SPELLS;
    let most = number.iter().copied().fold(0.0, f64::max).min(MOST_SPELLS);
    let blamed = number.iter().enumerate().filter(|(_, own)| together && **own >= most);
    blamed
        .map(|(index, own)| {
            let others = if *own > MOST_SPELLS { "" } else { "with the other faults, " };
            Diagnostic::error(CODE, "the fault happens too often", headers[index])
                .label(format!("{others}more than 20 million outages within the horizon"))
                .help("make the time to failure longer, or the horizon shorter")
        })
        .collect()
}

/// How many outages a target has within the horizon, and how long they are on average, in seconds.
/// Of sets of laws, those with the most time down.
pub fn spells(schedule: &Schedule, horizon: f64) -> (f64, f64) {
    if let Schedule::Scripted { down, times, .. } = schedule {
        return (f64::from(*times), down.as_secs_f64());
    }
    let sets = 0..schedule.sets().max(1) as u64;
    let both = sets.filter_map(|set| schedule.laws(set)).map(|(failure, repair)| {
        let (up, down) = (failure.mean_s(), repair.mean_s());
        (horizon / (up + down), down)
    });
    both.fold((0.0, 0.0), |(most, longest), (spells, down)| (most.max(spells), longest.max(down)))
}
