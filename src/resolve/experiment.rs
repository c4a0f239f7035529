//! The experiment and the thresholds as meant: defaults filled in, quantities in base units.

use crate::model::{self, Bound};
use crate::scenario::document::{Document, Experiment, Threshold};

use super::settings::given;

/// The experiment as meant.
pub(super) fn experiment(written: &Experiment) -> model::Experiment {
    let default = model::Experiment::default();
    let named = written.measures.as_ref().map(|measures| &measures.value);
    let named = named.map(|names| names.iter().map(|name| name.value.clone()).collect());
    model::Experiment {
        replications: given(&written.replications),
        precision: given(&written.precision).map(|share| share.as_f64()),
        absolute: given(&written.absolute_precision).map(|quantity| quantity.amount),
        measures: named.unwrap_or(default.measures),
        confidence: given(&written.confidence).map_or(default.confidence, |level| level.as_f64()),
        max_replications: given(&written.max_replications).unwrap_or(default.max_replications),
        max_time: given(&written.max_time).or(default.max_time),
    }
}

/// The thresholds as meant.
pub(super) fn thresholds(document: &Document) -> Vec<model::Threshold> {
    document.thresholds.iter().filter_map(threshold).collect()
}

fn threshold(written: &Threshold) -> Option<model::Threshold> {
    let limit = &written.limit()?.value;
    let bound = if written.at_most.is_some() { Bound::AtMost } else { Bound::AtLeast };
    Some(model::Threshold {
        measure: given(&written.measure)?,
        bound: bound(limit.amount),
        unit: limit.unit,
        written: limit.written.clone(),
    })
}
