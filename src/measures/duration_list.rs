//! Durations of one kind while agents come one after the other: an exact list up to a limit, beyond
//! it a sketch.
//!
//! Nothing is read from it but when it is complete: see `durations`.

use crate::statistics::Sketch;

use super::durations::{Durations, Held};
use super::order;

/// Any number of durations. Up to `LIMIT` take 8 bytes each and stay exact; more take a fixed number
/// of bins of 24 bytes (256 for each doubling from the shortest to the longest). Which of the two
/// it is in the end depends on their number alone: it does not matter which ranges of agents they
/// came from, nor in which order these were merged.
#[derive(Clone, Debug, Default)]
pub(super) struct DurationList<const LIMIT: usize> {
    /// Not sorted; empty once there is a sketch.
    nanos: Vec<i64>,
    /// There from the first duration beyond the limit on.
    sketch: Option<Box<Sketch>>,
}

impl<const LIMIT: usize> DurationList<LIMIT> {
    /// Adds a duration in nanoseconds, at least 0.
    pub(super) fn push(&mut self, nanos: i64) {
        match &mut self.sketch {
            Some(sketch) => sketch.add(nanos),
            None if self.nanos.len() < LIMIT => self.nanos.push(nanos),
            None => self.sketched().add(nanos),
        }
    }

    /// Adds all durations of another list.
    pub(super) fn merge(&mut self, mut other: Self) {
        let exact = self.sketch.is_none() && other.sketch.is_none();
        if exact && self.nanos.len() + other.nanos.len() <= LIMIT {
            self.nanos.append(&mut other.nanos);
        } else {
            self.sketched().merge(other.sketched());
        }
    }

    /// Adds durations that came from a list of the same limit.
    pub(super) fn add_all(&mut self, durations: &Durations) {
        match &durations.0 {
            Held::Sketched(sketch) => self.sketched().merge(sketch),
            Held::Exact(nanos)
                if self.sketch.is_none() && self.nanos.len() + nanos.len() <= LIMIT =>
            {
                self.nanos.extend_from_slice(nanos);
            }
            Held::Exact(nanos) => self.sketched().merge(&Sketch::from_sorted(nanos)),
        }
    }

    /// Everything that was added, complete.
    pub(super) fn settle(self) -> Durations {
        self.sketch.map_or_else(|| self.nanos.into(), |sketch| (*sketch).into())
    }

    /// The sketch of everything that was added, whatever the limit. Sorts the list.
    pub(super) fn sketch(&mut self) -> Sketch {
        order::sort(&mut self.nanos);
        self.sketch.as_deref().cloned().unwrap_or_else(|| Sketch::from_sorted(&self.nanos))
    }

    /// Bytes held on the heap.
    pub(super) fn bytes(&self) -> usize {
        let sketch = self.sketch.as_ref();
        let sketch = sketch.map_or(0, |sketch| size_of::<Sketch>() + size_of_val(sketch.bins()));
        self.nanos.capacity() * size_of::<i64>() + sketch
    }

    /// The sketch that everything is in from now on.
    fn sketched(&mut self) -> &mut Sketch {
        let nanos = std::mem::take(&mut self.nanos);
        self.sketch.get_or_insert_with(|| Box::new(sketch_of(nanos)))
    }
}

fn sketch_of(mut nanos: Vec<i64>) -> Sketch {
    order::sort(&mut nanos);
    Sketch::from_sorted(&nanos)
}

/// To go on with durations that came from a list of the same limit, or from several.
impl<const LIMIT: usize> From<Durations> for DurationList<LIMIT> {
    fn from(durations: Durations) -> Self {
        match durations.0 {
            Held::Exact(nanos) => Self { nanos, sketch: None },
            Held::Sketched(sketch) => Self { nanos: Vec::new(), sketch: Some(Box::new(sketch)) },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Small, so that the limit is passed often, and waiting values are merged often.
    type Small = DurationList<8>;

    fn list(nanos: &[i64]) -> Small {
        let mut list = Small::default();
        nanos.iter().for_each(|nanos| list.push(*nanos));
        list
    }

    /// Ranges of durations merged pairwise, neighbours first or last, as `picks` say.
    fn merged(mut lists: Vec<Small>, picks: &[usize]) -> Small {
        for pick in picks.iter().cycle() {
            if lists.len() < 2 {
                break;
            }
            let other = lists.remove(pick % (lists.len() - 1) + 1);
            let at = pick % lists.len();
            // Both ways: into an earlier one, and an earlier one into it.
            if pick % 3 == 0 {
                let earlier = std::mem::replace(&mut lists[at], other);
                lists[at].merge(earlier);
            } else {
                lists[at].merge(other);
            }
        }
        lists.pop().unwrap_or_default()
    }

    /// The durations that are expected, computed without a list.
    fn expected(nanos: &[i64]) -> Durations {
        let mut sorted = nanos.to_vec();
        sorted.sort_unstable();
        if sorted.len() <= 8 { sorted.into() } else { Sketch::from_sorted(&sorted).into() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn neither_ranges_nor_the_order_of_merging_can_be_seen(
            ranges in prop::collection::vec(
                prop::collection::vec(prop_oneof![0..40_i64, 0..i64::MAX], 0..20), 0..6),
            picks in prop::collection::vec(0_usize..60, 1..8),
        ) {
            let all = ranges.concat();
            let mut together = merged(ranges.iter().map(|range| list(range)).collect(), &picks);
            let mut sorted = all.clone();
            sorted.sort_unstable();
            prop_assert_eq!(together.sketch(), Sketch::from_sorted(&sorted));
            prop_assert_eq!(together.settle(), expected(&all));
            prop_assert_eq!(list(&all).settle(), expected(&all));
        }

        #[test]
        fn settled_ranges_go_on_as_if_they_had_not_been(
            one in prop::collection::vec(0..i64::MAX, 0..20),
            other in prop::collection::vec(0..i64::MAX, 0..20),
        ) {
            let mut again = Small::from(list(&one).settle());
            let (mut added, other_settled) = (again.clone(), list(&other).settle());
            added.add_all(&other_settled);
            again.merge(other_settled.into());
            let all = expected(&[one, other].concat());
            prop_assert_eq!((again.settle(), added.settle()), (all.clone(), all));
        }
    }

    #[test]
    fn the_limit_itself_is_exact_and_one_more_is_not() {
        let nanos: Vec<i64> = (0..9).map(|n| n * 1_000_003).collect();
        assert!(list(&nanos[..8]).settle().is_exact());
        assert!(!list(&nanos).settle().is_exact());
    }

    #[test]
    fn memory_is_bounded_however_many_there_are() {
        let mut list = DurationList::<16_384>::default();
        let mut most = 0;
        // Up to five hours, in no order.
        for number in 0..400_000_i64 {
            list.push(number * 7_919 % 18_000 * 1_000_000_000 + 1);
            most = most.max(list.bytes());
        }
        assert!(most <= 16_384 * 8, "{most} bytes at the most");
        assert_eq!(list.settle().count(), 400_000);
    }
}
