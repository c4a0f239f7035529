//! How many agents are in a state over time, summed exactly into bins.
//!
//! A difference array: a change of the count costs two additions, however long it lasts.

use super::bin_position::BinPosition;
use super::frame::Bins;

/// Agent-nanoseconds per bin of one state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// Per bin: what the changes within it add to this bin alone.
    partial: Vec<i128>,
    /// Per bin: the change of the count at its start.
    step: Vec<i64>,
}

impl Flow {
    /// No agent in the state.
    #[must_use]
    pub(super) fn new(bins: Bins) -> Self {
        Self { partial: vec![0; bins.count()], step: vec![0; bins.count()] }
    }

    /// Changes the count by `by` from a place on.
    pub(super) fn shift(&mut self, position: BinPosition, by: i64) {
        self.partial[position.bin] += i128::from(by * position.rest.0);
        if let Some(step) = self.step.get_mut(position.bin + 1) {
            *step += by;
        }
    }

    /// Adds agent-nanoseconds to one bin.
    #[inline]
    pub(super) fn add(&mut self, bin: usize, nanos: i64) {
        self.partial[bin] += i128::from(nanos);
    }

    /// Changes the count by `by` from one place to another; `None`: to the horizon.
    pub(super) fn hold(&mut self, from: BinPosition, to: Option<BinPosition>, by: i64) {
        match to {
            Some(to) if to.bin == from.bin => {
                self.partial[from.bin] += i128::from(by * (from.rest.0 - to.rest.0));
            }
            to => {
                self.shift(from, by);
                to.into_iter().for_each(|to| self.shift(to, -by));
            }
        }
    }

    /// Adds the agents of another range.
    pub(super) fn merge(&mut self, other: &Self) {
        self.partial.iter_mut().zip(&other.partial).for_each(|(a, b)| *a += b);
        self.step.iter_mut().zip(&other.step).for_each(|(a, b)| *a += b);
    }

    /// Agent-nanoseconds in every bin.
    #[must_use]
    pub(super) fn totals(&self, bins: Bins) -> Vec<i128> {
        let mut level = 0;
        let each = self.partial.iter().zip(&self.step).enumerate();
        each.map(|(bin, (partial, step))| {
            level += step;
            partial + i128::from(level) * i128::from(bins.length(bin).0)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::bin_position::Near;
    use crate::time::Time;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_cutting_every_interval(
            horizon in 1_i64..5_000,
            intervals in prop::collection::vec((0_i64..6_000, 0_i64..6_000), 0..20),
        ) {
            let bins = Bins::new(Time(horizon * 1_000_000_000));
            let (mut flow, mut near) = (Flow::new(bins), Near::default());
            for &(from, length) in &intervals {
                let mut position = |at: i64| near.position(bins, Time(at * 999_999_937));
                let (from, to) = (position(from), position(from + length));
                from.into_iter().for_each(|from| flow.hold(from, to, 1));
            }
            let totals = flow.totals(bins);
            for (bin, total) in totals.iter().enumerate() {
                let (start, end) = (bins.start(bin).0, bins.end(bin).0);
                let cut = |&(from, length): &(i64, i64)| {
                    let (a, b) = (from * 999_999_937, (from + length) * 999_999_937);
                    i128::from((b.min(end) - a.max(start)).max(0))
                };
                prop_assert_eq!(*total, intervals.iter().map(cut).sum::<i128>());
            }
        }
    }
}
