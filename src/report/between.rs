//! A value with its interval, and the name of its unit, as files have them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Unit;
use crate::report::numbers::nine;
use crate::statistics::{Estimate, Interval};

/// A value and its interval.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Between {
    /// The value; null where there are too few for it.
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The name of a unit in files.
pub(super) const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Time | Unit::AgentTime => "s",
        Unit::Count => "1",
        Unit::Share => "share",
    }
}

/// Value and interval of an estimate.
pub(super) fn between(estimate: &Estimate) -> Between {
    let end = |pick: fn(&Interval) -> f64| {
        estimate.interval.as_ref().and_then(|interval| nine(pick(interval)))
    };
    Between {
        value: estimate.value.and_then(nine),
        low: end(|interval| interval.low),
        high: end(|interval| interval.high),
    }
}
