//! All durations of one kind, complete: an exact list of a few, the sketch of many.
//!
//! Readers need not know which of the two they are; a report can ask, to write it down. Only for
//! reading: how durations are gathered is in `duration_list`.

use crate::statistics::Sketch;
use crate::time::Span;

use super::order;

/// Durations, none of them negative. Number, sum and longest are exact; everything else is exact
/// to the nanosecond or, read from a sketch, at most 0.4 % too long and never too short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Durations(pub(super) Held);

/// How they are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nanoseconds, sorted.
    Exact(Vec<i64>),
    /// Nanoseconds.
    Sketched(Sketch),
}

impl Durations {
    /// How many.
    #[must_use]
    pub fn count(&self) -> u64 {
        match &self.0 {
            Held::Exact(sorted) => sorted.len() as u64,
            Held::Sketched(sketch) => sketch.count(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Whether ranks and steps are exact to the nanosecond.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        matches!(self.0, Held::Exact(_))
    }

    /// Their sum in nanoseconds. Goes through the list, if there is one.
    #[must_use]
    pub fn sum(&self) -> i128 {
        match &self.0 {
            Held::Exact(sorted) => sorted.iter().copied().map(i128::from).sum(),
            Held::Sketched(sketch) => sketch.sum(),
        }
    }

    /// The longest.
    #[must_use]
    pub fn max(&self) -> Option<Span> {
        self.at_rank(self.count())
    }

    /// The duration at a rank, from 1 for the shortest; `None` beyond the ends.
    #[must_use]
    pub fn at_rank(&self, rank: u64) -> Option<Span> {
        let nanos = match &self.0 {
            Held::Exact(sorted) => sorted.get(rank.checked_sub(1)? as usize).copied(),
            Held::Sketched(sketch) => sketch.at_rank(rank),
        };
        nanos.map(Span)
    }

    /// The nearest-rank percentile: the duration at rank ceil(percent / 100 x count), from 1.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<Span> {
        self.at_rank((percent * self.count()).div_ceil(100).max(1))
    }

    /// The steps of their distribution: different durations, shortest first, each with how many
    /// are no longer.
    #[must_use]
    pub fn steps(&self) -> Box<dyn Iterator<Item = (Span, u64)> + '_> {
        let mut below = 0;
        let mut step = move |nanos, count| {
            below += count;
            (Span(nanos), below)
        };
        match &self.0 {
            Held::Exact(sorted) => {
                let equals = sorted.chunk_by(|one, other| one == other);
                Box::new(equals.map(move |equals| step(equals[0], equals.len() as u64)))
            }
            Held::Sketched(sketch) => {
                Box::new(sketch.bins().iter().map(move |bin| step(bin.max, bin.count)))
            }
        }
    }
}

impl Default for Durations {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

/// A list of nanoseconds in any order.
impl From<Vec<i64>> for Durations {
    fn from(mut nanos: Vec<i64>) -> Self {
        order::sort(&mut nanos);
        Self(Held::Exact(nanos))
    }
}

/// A sketch of nanoseconds.
impl From<Sketch> for Durations {
    fn from(sketch: Sketch) -> Self {
        Self(Held::Sketched(sketch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both forms of the same durations. Below 512 ns a sketch is exact as well.
    fn both(nanos: &[i64]) -> [Durations; 2] {
        let mut sorted = nanos.to_vec();
        sorted.sort_unstable();
        [nanos.to_vec().into(), Sketch::from_sorted(&sorted).into()]
    }

    #[test]
    fn nearest_rank_by_hand() {
        let hundred: Vec<i64> = (1..=100).collect();
        let cases: [(&[i64], u64, Option<i64>); 8] = [
            (&[], 50, None),
            (&[7], 0, Some(7)),
            (&[7], 50, Some(7)),
            (&[7], 99, Some(7)),
            (&[2, 1], 50, Some(1)),
            (&[3, 1, 2], 50, Some(2)),
            (&hundred, 95, Some(95)),
            (&hundred, 100, Some(100)),
        ];
        for (nanos, percent, expected) in cases {
            for durations in both(nanos) {
                let found = durations.percentile(percent);
                assert_eq!(found, expected.map(Span), "{percent} of {durations:?}");
            }
        }
    }

    #[test]
    fn either_form_says_the_same_of_short_durations() {
        let nanos = [30, 10, 20, 10, 500, 30, 30];
        for durations in both(&nanos) {
            let steps: Vec<(i64, u64)> = durations.steps().map(|(span, n)| (span.0, n)).collect();
            assert_eq!(steps, [(10, 2), (20, 3), (30, 6), (500, 7)]);
            assert_eq!((durations.count(), durations.sum()), (7, 630));
            assert_eq!(durations.max(), Some(Span(500)));
            assert_eq!((durations.at_rank(0), durations.at_rank(8)), (None, None));
        }
        let [exact, sketched] = both(&nanos);
        assert!(exact.is_exact() && !sketched.is_exact());
        assert_eq!(both(&[]).map(|none| (none.max(), none.steps().count())), [(None, 0); 2]);
    }
}
