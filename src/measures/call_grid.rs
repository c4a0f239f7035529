//! Calls by queue and interval as integers, so that the runs of an experiment can be put together cell by cell.

use crate::calls::{Books, Cell, Hours};
use crate::model::{Model, Queue};
use crate::time::{Span, Time};

use super::calls::{in_time, occupancy};
use super::on_shift::on_shift;
use super::results::Results;

/// Most cells: intervals of all queues. Of longer runs several intervals are one.
const MOST: usize = 4_000;

/// The intervals by which the calls of an experiment are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallGrid {
    queues: usize,
    /// Intervals of a run that are one here.
    joined: usize,
    /// Length of an interval of a run.
    interval: Span,
    horizon: Time,
}

impl CallGrid {
    /// Integers of a cell.
    pub const FIGURES: usize = 17;

    /// The intervals of a scenario; `None`: it has no queues.
    #[must_use]
    pub fn of(model: &Model) -> Option<Self> {
        Self::within(model, MOST)
    }

    /// The same with at most `most` cells, or one for each queue.
    #[must_use]
    pub fn within(model: &Model, most: usize) -> Option<Self> {
        let queues = model.calls.queues.len();
        let (interval, horizon) = (model.calls.interval.max(Span(1)), model.horizon);
        let own = (horizon.0.max(0) as u64).div_ceil(interval.0 as u64) as usize;
        let fits = |joined: &usize| queues * own.div_ceil(*joined) <= most.max(queues);
        let joined = (0..usize::BITS).map(|power| 1 << power).find(fits)?;
        (queues > 0).then_some(Self { queues, joined, interval, horizon })
    }

    /// Its intervals.
    #[must_use]
    pub fn intervals(&self) -> usize {
        (self.horizon.0 as u64).div_ceil(self.interval.0 as u64).div_ceil(self.joined as u64)
            as usize
    }

    /// Whether an interval is one of a run, and not several together.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.joined == 1
    }

    /// Integers of a run.
    #[must_use]
    pub fn length(&self) -> usize {
        self.queues * self.intervals() * Self::FIGURES
    }

    /// Start and end of an interval.
    #[must_use]
    pub fn span(&self, interval: usize) -> (Time, Time) {
        let at = |number: usize| self.start(number * self.joined).min(self.horizon);
        (at(interval), at(interval + 1))
    }

    /// Start of an interval of a run.
    fn start(&self, number: usize) -> Time {
        Time(self.interval.0.saturating_mul(number as i64))
    }

    /// Agents of a queue on shift, mean over each interval.
    #[must_use]
    pub fn on_shift(&self, model: &Model, queue: usize) -> Vec<f64> {
        let all = on_shift(model, &model.calls.queues[queue].groups, self.interval);
        let mean = |(at, times): (usize, &[i128])| {
            let (from, to) = self.span(at);
            times.iter().sum::<i128>() as f64 / (to - from).0 as f64
        };
        all.chunks(self.joined).enumerate().map(mean).collect()
    }

    /// The integers of a run: one queue after the other, interval by interval; of each cell
    ///
    /// - calls offered, redialled, answered, abandoned, lost, blocked, waiting, and how often they rang nowhere;
    /// - the calls in time and those of which they are a share;
    /// - waits of calls taken, and how many these are; the longest wait of any;
    /// - time in service of the agents, and how much of it they were busy;
    /// - calls that failed without the faults;
    /// - 1 where calls were simulated; else there is nothing.
    ///
    /// Times are in nanoseconds.
    #[must_use]
    pub fn integers(&self, results: &Results, model: &Model) -> Vec<i64> {
        let Some(calls) = &results.calls else { return vec![0; self.length()] };
        let queues = model.calls.queues.iter().enumerate();
        queues.flat_map(|queue| self.of_queue(&calls.books, queue)).flatten().collect()
    }

    fn of_queue(
        &self,
        books: &Books,
        (number, queue): (usize, &Queue),
    ) -> Vec<[i64; CallGrid::FIGURES]> {
        let hours = books.lived.hours(&queue.groups);
        let cells = books.lived.cells(number).chunks(self.joined).zip(hours.chunks(self.joined));
        let unharmed = books.unharmed.as_ref().map(|tally| tally.cells(number));
        let each = cells.enumerate().map(|(at, (cells, hours))| {
            let from = at * self.joined;
            let without = unharmed.map_or(&[][..], |all| &all[from..from + cells.len()]);
            let mut starts = (from..from + cells.len()).map(|at| self.start(at));
            let told = starts.any(|start| books.window(start).is_some());
            integers(queue, &together(cells), (hours, &together(without)), told)
        });
        each.collect()
    }
}

fn together(cells: &[Cell]) -> Cell {
    let mut sum = Cell::default();
    cells.iter().for_each(|cell| sum.add(cell));
    sum
}

fn integers(
    queue: &Queue,
    cell: &Cell,
    (hours, without): (&[Hours], &Cell),
    told: bool,
) -> [i64; CallGrid::FIGURES] {
    let mut time = Hours::default();
    hours.iter().for_each(|one| time.add(*one));
    let in_time = in_time(cell, queue.level.of);
    let busy = occupancy(&time).part;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let nanos = |number: i128| i64::try_from(number).unwrap_or(i64::MAX);
    [
        count(cell.offered),
        count(cell.redialled),
        count(cell.answered),
        count(cell.abandoned),
        count(cell.lost),
        count(cell.blocked),
        count(cell.waiting),
        count(cell.rings),
        nanos(in_time.part),
        nanos(in_time.whole),
        nanos(cell.wait_taken),
        count(cell.taken),
        cell.longest_wait.0,
        nanos(time.in_service),
        nanos(busy),
        count(without.failed()),
        told.into(),
    ]
}
