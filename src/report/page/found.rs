//! A number of a results file with its interval, and how it is written for people.

use serde_json::Value;

use crate::measures::{Ratio, Total, gauges};
use crate::model::Unit;
use crate::report::numbers::{Scale, value, value_beside};
use crate::report::{shown, words};
use crate::statistics::Interval;
use crate::time::NANOS;

/// A value, and the ends of its interval where they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

impl Found {
    /// A number, or an object with `value`, `low` and `high`.
    pub(super) fn of(json: &Value) -> Self {
        match json.as_f64() {
            Some(number) => Self { value: Some(number), low: None, high: None },
            None => {
                let end = |key: &str| json[key].as_f64();
                Self { value: end("value"), low: end("low"), high: end("high") }
            }
        }
    }

    /// Its interval, if both ends are known; an end that is not written is open.
    pub(super) fn interval(self) -> Option<Interval> {
        let (low, high) = (self.low?, self.high?);
        Some(Interval { low, high })
    }

    /// Half of the interval's width, or more: the larger distance from the value.
    pub(super) fn error(self) -> Option<f64> {
        Some(self.interval()?.half_width(self.value?))
    }

    /// The value alone, on the scale of its error.
    pub(super) fn alone(self, unit: Unit) -> Option<String> {
        let number = self.value?;
        Some(match self.error().filter(|error| *error > 0.0) {
            Some(error) => Scale::of(number, Some(error), unit).full(number),
            None => exact(number, unit),
        })
    }

    /// The value in the unit of the largest beside it.
    pub(super) fn beside(self, largest: f64, unit: Unit) -> Option<String> {
        let number = self.value?;
        Some(match self.error().filter(|error| *error > 0.0) {
            None if unit == Unit::Count || unit == Unit::Share => exact(number, unit),
            error => value_beside(largest, number, error, unit),
        })
    }

    /// The interval alone, if it is more than a point, in the unit of the largest value beside it.
    pub(super) fn interval_beside(self, largest: f64, unit: Unit) -> Option<String> {
        let error = self.error().filter(|error| *error > 0.0)?;
        let scale = Scale::beside(largest, self.value?, Some(error), unit);
        Some(scale.interval(self.interval()?))
    }

    /// The value with its interval: `10.44 min (95 % interval 9.97 to 10.94 min)`.
    pub(super) fn with_interval(self, unit: Unit, level: &str) -> Option<String> {
        let alone = self.alone(unit)?;
        let number = self.value?;
        Some(match (self.interval(), self.error()) {
            (Some(found), Some(error)) if error > 0.0 => {
                let scale = Scale::of(number, Some(error), unit);
                format!("{alone} ({level} interval {})", scale.interval(found))
            }
            (Some(_), _) => format!("{alone} (the same in every replication)"),
            (None, _) => format!("{alone} (too few replications for an interval)"),
        })
    }
}

/// A number that has no error; a share has the digits that distinguish it from all and from none.
fn exact(number: f64, unit: Unit) -> String {
    if unit == Unit::Share { share(number) } else { value(number, unit) }
}

/// No share is larger: a file that says more is wrong.
const MOST: f64 = 1e6;

/// A share in percent, cut as on the terminal.
pub(super) fn share(share: f64) -> String {
    let whole = i128::from(NANOS);
    let part = libm::round(share.clamp(-MOST, MOST) * NANOS as f64) as i128;
    words::percent(Ratio { part, whole })
}

/// No sum of times is longer, in seconds: a file that says more is wrong.
const LONGEST: f64 = 1e18;

/// Seconds as an exact sum of nanoseconds.
pub(super) fn total(seconds: f64) -> Total {
    Total(libm::round(seconds.clamp(-LONGEST, LONGEST) * NANOS as f64) as i128)
}

/// The unit of a measure by its complete name.
pub(super) fn unit_of(measure: &str, written: &str) -> Unit {
    let known = shown::find(measure).map(|shown| shown.group.unit());
    known
        .or_else(|| gauges().find(|gauge| gauge.name == measure).map(|gauge| gauge.unit))
        .unwrap_or(match written {
            "s" => Unit::Time,
            "share" => Unit::Share,
            _ => Unit::Count,
        })
}
