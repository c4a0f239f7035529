//! Every gauge of a run: the whole catalogue of what an experiment estimates, in the order of
//! `summary.json`, and the measures that a scenario has of them.
//!
//! A test compares the names with the committed summaries, so the two cannot drift apart.

mod calls;
mod connections;
mod machines;
mod money;
mod moves;
mod openings;
mod reconnects;
mod registrars;
mod service;
mod call_disruption;

use crate::model::Model;

use super::gauge::{Gauge, Measure, instances};

/// The tables, in the order of the summary.
const TABLES: [&[Gauge]; 15] = [
    &service::GAUGES,
    &openings::GAUGES,
    &moves::GAUGES,
    &connections::GAUGES,
    &machines::GAUGES,
    &reconnects::GAUGES,
    &registrars::SITES,
    &registrars::STORMS,
    &calls::QUEUES,
    &calls::ALL,
    &calls::WINDOWS,
    &call_disruption::ALL,
    &call_disruption::FAULTS,
    &money::GAUGES,
    &service::STAFF,
];

/// Every gauge, in the order of the summary.
pub fn gauges() -> impl Iterator<Item = &'static Gauge> {
    TABLES.into_iter().flatten()
}

/// Every measure that a scenario has, in the order of the summary. Rates per year are among them
/// where a fault is random.
#[must_use]
pub fn measures(model: &Model) -> Vec<Measure> {
    let random = model.has_random_faults();
    let told = gauges().filter(|gauge| random || !gauge.is_yearly());
    let each = told.flat_map(|gauge| {
        let (word, named) = instances(gauge.per, model);
        named.into_iter().map(move |(instance, index)| Measure {
            name: named_after(gauge.name, word, &instance),
            gauge,
            index,
        })
    });
    each.collect()
}

/// The name of an instance; a gauge of the whole run has no word to replace.
fn named_after(pattern: &str, word: &str, instance: &str) -> String {
    if word.is_empty() { pattern.to_owned() } else { pattern.replacen(word, instance, 1) }
}
