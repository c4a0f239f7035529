//! From the integers of a run to the unit of a measure: nanoseconds to seconds, a number per time
//! to a number per year.
//!
//! A factor below 1 is kept as its divisor. 1 / 10^9 is no floating-point number: multiplied by it,
//! 30 s come to 30.000000000000004 s and break a bound of 30 s. Divided by 10^9, every number of
//! nanoseconds below 2^53 is the float that is nearest to its seconds, which is how bounds are read.

use crate::statistics::{Estimate, Interval};
use crate::time::NANOS;

/// A factor: what numbers are multiplied by, or divided by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Factor {
    /// Multiplied by this.
    Times(f64),
    /// Divided by this.
    Over(f64),
}

impl Factor {
    /// Numbers as they are.
    pub const ONE: Self = Self::Times(1.0);

    /// Nanoseconds as seconds.
    pub const SECONDS: Self = Self::Over(NANOS as f64);

    /// A number with this factor, rounded once.
    #[must_use]
    pub fn of(self, number: f64) -> f64 {
        self.after(self.before(number))
    }

    /// A part of a whole with this factor.
    #[must_use]
    pub fn of_ratio(self, [part, whole]: [i128; 2]) -> f64 {
        self.after(self.before(part as f64) / whole as f64)
    }

    /// A number on its way into a computation: multiplied already, not yet divided, so that integers
    /// stay integers as long as they can.
    #[must_use]
    pub fn before(self, number: f64) -> f64 {
        match self {
            Self::Times(factor) => number * factor,
            Self::Over(_) => number,
        }
    }

    /// What such a computation came to, in the unit.
    #[must_use]
    pub fn after(self, number: f64) -> f64 {
        match self {
            Self::Times(_) => number,
            Self::Over(divisor) => number / divisor,
        }
    }

    /// An estimate from such numbers, in the unit.
    #[must_use]
    pub fn after_all(self, estimate: Estimate) -> Estimate {
        let scaled = |number: f64| self.after(number);
        let ends = |found: Interval| Interval { low: scaled(found.low), high: scaled(found.high) };
        Estimate {
            value: estimate.value.map(scaled),
            interval: estimate.interval.map(ends),
            ..estimate
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::units;

    #[test]
    fn whole_seconds_and_milliseconds_are_what_is_written() {
        for whole in 1..=100_000_i64 {
            let nanos = (whole * NANOS) as f64;
            assert_eq!(Factor::SECONDS.of(nanos), whole as f64);
            assert_eq!(
                Factor::SECONDS.of_ratio([i128::from(whole * NANOS) * 31, 31]),
                whole as f64
            );
            let text = format!("{whole}ms");
            let (written, _) = units::quantity(&text).unwrap();
            assert_eq!(Factor::SECONDS.of((whole * 1_000_000) as f64), written, "{text}");
        }
    }

    #[test]
    fn a_share_is_what_is_written() {
        for parts in 0..=10_000_i64 {
            let text = format!("{}.{:02}%", parts / 100, parts % 100);
            let (written, _) = units::quantity(&text).unwrap();
            for many in [1, 7, 1_000_003] {
                let share = Factor::ONE.of_ratio([(parts * many).into(), (10_000 * many).into()]);
                assert_eq!(share, written, "{text}");
            }
        }
    }
}
