//! The login queue of one site: how long it was at its longest, and how long agents waited.
//!
//! It does not run a queue; it counts who was in the one that the trace tells of. For that it keeps
//! 16 bytes per login: which of the instants was the fullest is not known before the last agent.

use crate::time::{Span, Time};

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

/// What is told of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueMeasures {
    /// Most agents in it at once.
    pub longest: u64,
    /// Spells of waiting, those of no length and those cut short included.
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

    pub(super) fn finish(mut self) -> QueueMeasures {
        self.events.sort_unstable();
        let (mut now, mut longest) = (0_i64, 0);
        for event in self.events {
            now += if event & 1 == 1 { 1 } else { -1 };
            longest = longest.max(now);
        }
        let Self { waits, waited, longest_wait, .. } = self;
        QueueMeasures { longest: longest as u64, waits, waited, longest_wait }
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
}
