//! How a set of durations is spread: over all of them, by nearest rank.
//!
//! Never over a sample; whether percentiles are exact depends on the durations, and is reported.

use crate::time::Span;

use super::durations::Durations;

/// Mean, percentiles and largest of at least one duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many durations.
    pub count: u64,
    /// Their sum in nanoseconds.
    pub sum: i128,
    /// Mean, rounded to the nearest nanosecond, halves up.
    pub mean: Span,
    /// Median: the smallest duration that at least half of them do not exceed.
    pub p50: Span,
    /// 95th percentile, nearest rank.
    pub p95: Span,
    /// 99th percentile, nearest rank.
    pub p99: Span,
    /// The longest.
    pub max: Span,
    /// Whether the percentiles are exact; if not, at most 0.4 % too long, and never too short.
    /// Everything else is exact.
    pub exact: bool,
}

impl Spread {
    /// The spread of durations; `None` of none.
    #[must_use]
    pub fn of(durations: &Durations) -> Option<Self> {
        let (count, sum) = (i128::from(durations.count()), durations.sum());
        Some(Self {
            count: durations.count(),
            sum,
            max: durations.max()?,
            mean: Span(((2 * sum + count) / (2 * count)) as i64),
            p50: durations.percentile(50)?,
            p95: durations.percentile(95)?,
            p99: durations.percentile(99)?,
            exact: durations.is_exact(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_rounded_and_does_not_overflow() {
        let mean = |nanos: &[i64]| Spread::of(&nanos.to_vec().into()).map(|s| s.mean);
        assert_eq!(mean(&[1, 2]), Some(Span(2)));
        assert_eq!(mean(&[1, 1, 2]), Some(Span(1)));
        let long = i64::MAX - 1;
        assert_eq!(mean(&[long; 4]), Some(Span(long)));
        assert_eq!(mean(&[]), None);
    }
}
