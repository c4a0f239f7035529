//! Calls by queue and interval over replications: running moments of each cell, and the figures
//! made from them.
//!
//! Memory grows with the cells, of which [`CallGrid`] has a bounded number, and not with
//! replications. Only sampling error is considered, even where faults have data behind them.

use crate::closed_form::erlang;
use crate::measures::CallGrid;
use crate::model::{Model, Queue};
use crate::statistics::{Estimate, Fractions, Interval, Moments, poisson, proportion};
use crate::time::{NANOS, Span, Time};

/// Figures of a queue in an interval: the columns of `calls.csv`.
pub(super) const FIGURES: usize = 16;

/// The position of agents needed among them, of what fails without the faults, and of agents on
/// shift.
const NEEDED: usize = 13;
pub(super) const UNHARMED: usize = 14;
const ON_SHIFT: usize = 15;

/// A figure over the replications.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CallFigure {
    /// Its mean; of a share or a mean, that of all calls together.
    pub mean: Option<f64>,
    /// The interval of the mean.
    pub interval: Option<Interval>,
    /// The smallest of one replication.
    pub least: Option<f64>,
    /// The largest of one replication.
    pub most: Option<f64>,
}

/// One queue in one interval.
#[derive(Clone, Debug, PartialEq)]
pub struct CallCell {
    /// Number of the queue.
    pub queue: usize,
    /// Start of the interval.
    pub from: Time,
    /// Its end, excluded.
    pub to: Time,
    /// In the order of the columns of `calls.csv`; times in seconds.
    pub figures: [CallFigure; FIGURES],
}

/// Moments of one figure, with its ends.
#[derive(Clone, Copy, Debug)]
struct Spread {
    moments: Moments,
    least: i64,
    most: i64,
}

impl Spread {
    const NONE: Self = Self { moments: Moments::NONE, least: i64::MAX, most: i64::MIN };

    fn push(&mut self, value: i64) {
        self.moments.push(value as f64);
        self.least = self.least.min(value);
        self.most = self.most.max(value);
    }

    /// The figure, divided by `unit`.
    fn figure(&self, unit: f64, level: f64) -> CallFigure {
        let mut estimate = self.moments.mean(level);
        let is_count = unit.to_bits() == 1.0_f64.to_bits();
        if self.most == 0 && is_count {
            estimate = poisson::none_seen(self.moments.count() as f64, level);
        }
        let scaled = |value: f64| value / unit;
        let ends =
            |Interval { low, high }| Interval { low: scaled(low).max(0.0), high: scaled(high) };
        let end = |value: i64| (self.moments.count() > 0).then(|| scaled(value as f64));
        CallFigure {
            mean: estimate.value.map(scaled),
            interval: estimate.interval.map(ends),
            least: end(self.least),
            most: end(self.most),
        }
    }
}

/// The positions of figures that are counted among the integers of a cell: calls by outcome and
/// rings, the longest wait, the time in service, failed without faults.
pub(super) const SINGLE: [usize; 11] = [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 15];

/// Where parts and wholes do: the service level, the speed of answer, the occupancy.
pub(super) const PAIRS: [(usize, usize); 3] = [(8, 9), (10, 11), (14, 13)];

/// The position of the flag whether calls were simulated.
pub(super) const TOLD: usize = 16;

/// One cell.
#[derive(Clone, Copy, Debug)]
struct Sums {
    single: [Spread; SINGLE.len()],
    pairs: [Fractions; PAIRS.len()],
}

/// All cells of all replications so far.
#[derive(Clone, Debug, Default)]
pub(super) struct CallSums {
    cells: Vec<Sums>,
}

impl CallSums {
    /// Takes the integers of the next replication.
    pub(super) fn push(&mut self, integers: &[i64]) {
        let none = Sums {
            single: [Spread::NONE; SINGLE.len()],
            pairs: [Fractions::default(); PAIRS.len()],
        };
        self.cells.resize(integers.len() / CallGrid::FIGURES, none);
        let cells = self.cells.iter_mut().zip(integers.chunks_exact(CallGrid::FIGURES));
        for (sums, own) in cells.filter(|(_, own)| own[TOLD] != 0) {
            sums.single.iter_mut().zip(SINGLE).for_each(|(spread, at)| spread.push(own[at]));
            for (fractions, (part, whole)) in sums.pairs.iter_mut().zip(PAIRS) {
                fractions.push(own[part] as f64, own[whole] as f64);
            }
        }
    }

    /// The figures of the calls of each queue, interval by interval, where they were simulated.
    pub(super) fn figures(&self, model: &Model, grid: &CallGrid, level: f64) -> Vec<CallCell> {
        let queues = 0..model.calls.queues.len();
        let on_shift: Vec<Vec<f64>> = queues.map(|queue| grid.on_shift(model, queue)).collect();
        let cell = |(at, sums): (usize, &Sums)| {
            let queue = at / grid.intervals();
            let (from, to) = grid.span(at % grid.intervals());
            let told = grid.is_whole().then(|| &model.calls.queues[queue]);
            let mut figures = sums.figures(told, to - from, level);
            if model.strikers().next().is_none() {
                figures[UNHARMED] = CallFigure::default();
            }
            figures[ON_SHIFT] = CallFigure::always(on_shift[queue][at % grid.intervals()]);
            CallCell { queue, from, to, figures }
        };
        let known = |(_, sums): &(usize, &Sums)| sums.single[0].moments.count() > 0;
        self.cells.iter().enumerate().filter(known).map(cell).collect()
    }
}

impl Sums {
    /// `queue`: the queue whose need of agents is reported.
    fn figures(&self, queue: Option<&Queue>, length: Span, level: f64) -> [CallFigure; FIGURES] {
        let single = |at: usize, unit| self.single[at].figure(unit, level);
        let [in_time, speed, occupancy] = self.pairs;
        let pairs = [share(&in_time, level), time(&speed, level), share(&occupancy, level)];
        let mut figures = in_columns(single, pairs, length);
        figures[NEEDED] = queue.map(|queue| needed(queue, &figures[0], length)).unwrap_or_default();
        figures
    }
}

/// Figures in the order of the columns of `calls.csv`: of the moments, divided by their unit, and
/// of the pairs. What is computed from them, and agents on shift, are still missing.
pub(super) fn in_columns(
    single: impl Fn(usize, f64) -> CallFigure,
    [in_time, speed, occupancy]: [CallFigure; PAIRS.len()],
    length: Span,
) -> [CallFigure; FIGURES] {
    let none = CallFigure::default();
    let count = |at: usize| single(at, 1.0);
    [
        count(0),
        count(1),
        count(2),
        count(3),
        count(4),
        count(5),
        count(6),
        count(7),
        in_time,
        speed,
        single(8, NANOS as f64),
        single(9, length.0 as f64),
        occupancy,
        none,
        count(10),
        none,
    ]
}

impl CallFigure {
    /// What is the same in every replication.
    fn always(value: f64) -> Self {
        let [mean, least, most] = [Some(value); 3];
        Self { mean, interval: Some(Interval { low: value, high: value }), least, most }
    }
}

fn share(of: &Fractions, level: f64) -> CallFigure {
    let never = of.ends().is_some_and(|(_, most)| most == 0.0);
    let estimate = if never { proportion::none_seen(of.count(), level) } else { of.ratio(level) };
    fraction(of, &estimate, (1.0, 1.0))
}

fn time(of: &Fractions, level: f64) -> CallFigure {
    fraction(of, &of.ratio(level), (NANOS as f64, f64::INFINITY))
}

/// The figure of a fraction, divided by `unit`, at most `most`.
fn fraction(of: &Fractions, estimate: &Estimate, (unit, most): (f64, f64)) -> CallFigure {
    let ends = |Interval { low, high }| Interval {
        low: (low / unit).max(0.0),
        high: (high / unit).min(most),
    };
    CallFigure {
        mean: estimate.value.map(|value| value / unit),
        interval: estimate.interval.map(ends),
        least: of.ends().map(|(least, _)| least / unit),
        most: of.ends().map(|(_, most)| most / unit),
    }
}

/// The agents that the mean number of calls needs, and that the ends of its interval need.
fn needed(queue: &Queue, offered: &CallFigure, length: Span) -> CallFigure {
    let agents = |calls: f64| {
        let asked = erlang::Queue::of(queue, calls / length.as_secs_f64());
        asked.agents_needed(&queue.level).map(f64::from)
    };
    let ends = offered
        .interval
        .and_then(|found| Some(Interval { low: agents(found.low)?, high: agents(found.high)? }));
    CallFigure { mean: offered.mean.and_then(agents), interval: ends, ..CallFigure::default() }
}
