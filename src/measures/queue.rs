//! A queue at one site, for logins or for connections: how long it was at its longest, and how long agents
//! waited.
//!
//! It does not simulate a queue; it counts the agents in the queue that the trace reports. For that
//! it keeps 16 bytes per login: which of the instants was the fullest is not known before the last
//! agent.

use std::ops::Range;

use crate::time::{Span, Time};

use super::frame::Bins;
use super::order;
use super::quantity::Total;

/// Who joined and left, each packed as twice the instant, plus one for joining: sorted, those who
/// leave at an instant come before those who join.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Queue {
    events: Vec<i64>,
    waits: u64,
    waited: Total,
    longest_wait: Span,
}

/// The measures of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueMeasures {
    /// Most agents in it at once.
    pub longest: u64,
    /// Intervals of waiting, those of no length and those cut short included.
    pub waits: u64,
    /// Sum of the waits.
    pub waited: Total,
    /// The longest wait.
    pub longest_wait: Span,
}

impl Queue {
    pub(super) fn join(&mut self, at: Time) {
        self.events.push(at.0 << 1 | 1);
    }

    pub(super) fn leave(&mut self, since: Time, at: Time) {
        self.events.push(at.0 << 1);
        self.waits += 1;
        self.waited.add(at - since);
        self.longest_wait = self.longest_wait.max(at - since);
    }

    /// Bytes held on the heap.
    pub(super) fn bytes(&self) -> usize {
        self.events.capacity() * size_of::<i64>()
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.events.extend(other.events);
        self.waits += other.waits;
        self.waited.0 += other.waited.0;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
    }

    /// Puts everything in order, once all agents are in.
    pub(super) fn settle(&mut self) {
        order::sort(&mut self.events);
    }

    /// How many are in it, over every time in which that does not change; once it is settled.
    fn levels(&self) -> impl Iterator<Item = (Range<Time>, u64)> {
        let at = |event: i64| Time(event >> 1);
        let ends = self.events.iter().skip(1).map(move |event| at(*event)).chain([Time::NEVER]);
        let level = |now: &mut i64, event: &i64| {
            *now += if event & 1 == 1 { 1 } else { -1 };
            Some(*now)
        };
        let levels = self.events.iter().scan(0, level);
        let each = self.events.iter().zip(ends).zip(levels);
        let each = each.map(move |((event, end), level)| (at(*event)..end, level));
        // Below 0 only within an instant at which an agent joins and leaves.
        each.map(|(when, level)| (when, level.max(0) as u64))
    }

    /// Most who were in it, per step of `every` of the `slots` of a grid; once it is settled.
    pub(super) fn most(&self, grid: Bins, slots: Range<usize>, every: usize) -> Vec<u64> {
        let mut most = vec![0; slots.len().div_ceil(every)];
        for (when, level) in self.levels().filter(|(when, _)| !when.is_empty()) {
            let touched = grid.touched(when.start, when.end);
            let (from, to) = (touched.start.max(slots.start), touched.end.min(slots.end));
            if from < to {
                let steps = (from - slots.start) / every..(to - slots.start).div_ceil(every);
                most[steps].iter_mut().for_each(|most| *most = level.max(*most));
            }
        }
        most
    }

    /// Most who were in it within each of some times, which are in order and do not overlap; once it is settled.
    pub(super) fn most_within(&self, spans: &[Range<Time>]) -> Vec<u64> {
        let mut most = vec![0; spans.len()];
        for (when, level) in self.levels().filter(|(when, _)| !when.is_empty()) {
            let first = spans.partition_point(|span| span.end <= when.start);
            let touched = spans.iter().zip(&mut most).skip(first);
            let touched = touched.take_while(|(span, _)| span.start < when.end);
            touched.for_each(|(_, most)| *most = level.max(*most));
        }
        most
    }

    pub(super) fn finish(mut self) -> QueueMeasures {
        self.settle();
        let longest = self.levels().map(|(_, level)| level).max().unwrap_or(0);
        let Self { waits, waited, longest_wait, .. } = self;
        QueueMeasures { longest, waits, waited, longest_wait }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_of_no_length_is_no_queue() {
        let mut queue = Queue::default();
        for (from, to) in [(0, 0), (0, 5), (5, 9), (3, 6)] {
            queue.join(Time(from));
            queue.leave(Time(from), Time(to));
        }
        let found = queue.finish();
        assert_eq!((found.longest, found.waits, found.waited), (2, 4, Total(12)));
        assert_eq!(found.longest_wait, Span(5));
    }

    #[test]
    fn the_most_in_a_step_counts_what_is_shorter_than_a_slot() {
        let mut queue = Queue::default();
        let secs = |secs: f64| Time((secs * 1e9) as i64);
        // Two from 1 s to 4 s, three more for a moment within [2 s, 3 s), one of no length at 5 s; one at 8 s.
        for (from, to) in [(1.0, 4.0), (1.0, 4.0), (5.0, 5.0), (8.0, 8.5)] {
            queue.join(secs(from));
            queue.leave(secs(from), secs(to));
        }
        for _ in 0..3 {
            queue.join(secs(2.25));
            queue.leave(secs(2.25), secs(2.5));
        }
        queue.settle();
        let grid = Bins::fine(Time::from_secs(9));
        assert_eq!(queue.most(grid, 0..9, 1), [0, 2, 5, 2, 0, 0, 0, 0, 1]);
        assert_eq!(queue.most(grid, 0..9, 2), [2, 5, 0, 0, 1]);
        assert_eq!(queue.most(grid, 3..6, 2), [2, 0]);
        let spans = [0.0..1.0, 1.0..2.0, 2.0..2.5, 2.5..8.25, 8.5..9.0];
        let spans = spans.map(|span| secs(span.start)..secs(span.end));
        assert_eq!(queue.most_within(&spans), [0, 2, 5, 2, 0]);
    }
}
