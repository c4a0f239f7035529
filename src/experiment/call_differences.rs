//! Calls by queue and interval in two variants with common random numbers: running moments of each
//! cell's differences.
//!
//! Memory grows with the cells and not with replications. A cell counts where calls were simulated in both.

use crate::measures::CallGrid;
use crate::model::Model;
use crate::statistics::{Estimate, Interval, Moments, TwoRatios};
use crate::time::{NANOS, Span};

use super::interval_calls::{
    CallCell, CallFigure, FIGURES, PAIRS, SINGLE, TOLD, UNHARMED, in_columns,
};

/// One cell.
#[derive(Clone, Copy, Debug)]
struct Sums {
    single: [Moments; SINGLE.len()],
    pairs: [TwoRatios; PAIRS.len()],
}

/// All cells of all replications so far.
#[derive(Clone, Debug, Default)]
pub struct CallDifferences {
    cells: Vec<Sums>,
}

impl CallDifferences {
    /// Takes the integers of the next replication of both.
    pub(super) fn push(&mut self, first: &[i64], second: &[i64]) {
        if first.len() != second.len() {
            return;
        }
        let none = Sums {
            single: [Moments::NONE; SINGLE.len()],
            pairs: [TwoRatios::default(); PAIRS.len()],
        };
        self.cells.resize(first.len() / CallGrid::FIGURES, none);
        let [first, second] = [first, second].map(|own| own.chunks_exact(CallGrid::FIGURES));
        for (sums, (one, other)) in self.cells.iter_mut().zip(first.zip(second)) {
            if one[TOLD] == 0 || other[TOLD] == 0 {
                continue;
            }
            for (moments, at) in sums.single.iter_mut().zip(SINGLE) {
                moments.push(other[at] as f64 - one[at] as f64);
            }
            for (ratios, (part, whole)) in sums.pairs.iter_mut().zip(PAIRS) {
                ratios.push([one[part], one[whole], other[part], other[whole]].map(|it| it as f64));
            }
        }
    }

    /// The second less the first, where both have the same queues and intervals; else nothing.
    pub(super) fn figures(
        &self,
        models: [&Model; 2],
        grids: [&CallGrid; 2],
        level: f64,
    ) -> Vec<CallCell> {
        let names = |model: &Model| -> Vec<String> {
            model.calls.queues.iter().map(|queue| queue.name.clone()).collect()
        };
        if grids[0] != grids[1] || names(models[0]) != names(models[1]) {
            return Vec::new();
        }
        let grid = grids[0];
        let fail = models.iter().any(|model| model.strikers().next().is_some());
        let cell = |(at, sums): (usize, &Sums)| {
            let (queue, interval) = (at / grid.intervals(), at % grid.intervals());
            let (from, to) = grid.span(interval);
            let mut figures = sums.figures(to - from, level);
            if !fail {
                figures[UNHARMED] = CallFigure::default();
            }
            CallCell { queue, from, to, figures }
        };
        let known = |(_, sums): &(usize, &Sums)| sums.single[0].count() > 0;
        self.cells.iter().enumerate().filter(known).map(cell).collect()
    }
}

impl Sums {
    /// In the order of the columns of `calls.csv`. There is no difference of what is worked out, and none of agents on shift.
    fn figures(&self, length: Span, level: f64) -> [CallFigure; FIGURES] {
        let single = |at: usize, unit: f64| figure(&self.single[at].mean(level), unit);
        let pair = |at: usize, unit: f64| figure(&self.pairs[at].difference(level), unit);
        in_columns(single, [pair(0, 1.0), pair(1, NANOS as f64), pair(2, 1.0)], length)
    }
}

/// An estimate, divided by `unit`.
fn figure(estimate: &Estimate, unit: f64) -> CallFigure {
    let ends = |Interval { low, high }| Interval { low: low / unit, high: high / unit };
    CallFigure {
        mean: estimate.value.map(|value| value / unit),
        interval: estimate.interval.map(ends),
        ..CallFigure::default()
    }
}
