//! Every gauge of a run: the whole catalogue of what an experiment estimates, in the order of
//! `summary.json`, and the measures that a scenario has of them.
//!
//! A test compares the names with the committed summaries, so the two cannot drift apart.

mod connections;
mod machines;
mod moves;
mod service;

use crate::model::Model;

use super::gauge::{Gauge, Measure, instances};

/// The tables, in the order of the summary.
const TABLES: [&[Gauge]; 4] =
    [&service::GAUGES, &moves::GAUGES, &connections::GAUGES, &machines::GAUGES];

/// Every gauge, in the order of the summary.
pub fn gauges() -> impl Iterator<Item = &'static Gauge> {
    TABLES.into_iter().flatten()
}

/// Every measure that a scenario has, in the order of the summary.
#[must_use]
pub fn measures(model: &Model) -> Vec<Measure> {
    let each = gauges().flat_map(|gauge| {
        let named = instances(gauge.per, model).into_iter();
        named.map(move |(instance, index)| Measure {
            name: gauge.name.replacen('*', &instance, 1),
            gauge,
            index,
        })
    });
    each.collect()
}
