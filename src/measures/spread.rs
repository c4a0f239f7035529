//! How a set of durations is spread: exact, over all of them, by nearest rank.
//!
//! No sketch and no sample: the durations are kept as integers and sorted.

use crate::time::Span;

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
}

impl Spread {
    /// The spread of sorted durations in nanoseconds; `None` of none.
    #[must_use]
    pub fn of(sorted: &[i64]) -> Option<Self> {
        let count = sorted.len() as i128;
        let sum: i128 = sorted.iter().copied().map(i128::from).sum();
        Some(Self {
            count: sorted.len() as u64,
            sum,
            max: Span(*sorted.last()?),
            mean: Span(((2 * sum + count) / (2 * count)) as i64),
            p50: percentile(sorted, 50)?,
            p95: percentile(sorted, 95)?,
            p99: percentile(sorted, 99)?,
        })
    }
}

/// The nearest-rank percentile: the value at rank ceil(percent / 100 x count), from 1.
#[must_use]
pub fn percentile(sorted: &[i64], percent: usize) -> Option<Span> {
    let rank = (percent * sorted.len()).div_ceil(100);
    sorted.get(rank.max(1) - 1).copied().map(Span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_rank_by_hand() {
        let hundred: Vec<i64> = (1..=100).collect();
        let cases: [(&[i64], usize, Option<i64>); 7] = [
            (&[], 50, None),
            (&[7], 50, Some(7)),
            (&[7], 99, Some(7)),
            (&[1, 2], 50, Some(1)),
            (&[1, 2, 3], 50, Some(2)),
            (&hundred, 95, Some(95)),
            (&hundred, 100, Some(100)),
        ];
        for (sorted, percent, expected) in cases {
            assert_eq!(percentile(sorted, percent), expected.map(Span), "{percent} of {sorted:?}");
        }
    }

    #[test]
    fn the_mean_is_rounded_and_does_not_overflow() {
        assert_eq!(Spread::of(&[1, 2]).map(|s| s.mean), Some(Span(2)));
        assert_eq!(Spread::of(&[1, 1, 2]).map(|s| s.mean), Some(Span(1)));
        let long = i64::MAX - 1;
        assert_eq!(Spread::of(&[long; 4]).map(|s| s.mean), Some(Span(long)));
        assert_eq!(Spread::of(&[]), None);
    }
}
