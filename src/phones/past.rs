//! What came to the queue of one registrar in a run: a counterfactual asks what one more message
//! would have met there. That message takes no service time from the others.

use crate::model::{Limit, PairId};
use crate::time::{Span, Time};

use super::transaction::grid_at_or_after;

/// A message that waited, or was served.
#[derive(Clone, Copy, Debug)]
struct QueuedMessage {
    at: Time,
    /// When its service begins, or would.
    begins: Time,
    /// When all that has come by then is served.
    free: Time,
}

/// What one more message meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Its service begins at this instant.
    Served(Time),
    /// It is refused at once.
    Refused,
    /// It is not served.
    Lost,
}

/// The queue of one registrar, over a whole run.
#[derive(Clone, Debug)]
pub struct Past {
    /// The pair of the registrar.
    pub pair: PairId,
    most: Option<u32>,
    rejects: bool,
    /// When the registrar takes REGISTERs, in order.
    open: Vec<(Time, Time)>,
    came: Vec<QueuedMessage>,
    /// When it is busy: times in order, apart from each other.
    busy: Vec<(Time, Time)>,
}

/// Busy intervals of a registrar that one search reads at most.
const LOOK: usize = 64;

impl Past {
    /// Nothing has come yet to a registrar that takes REGISTERs at these times.
    #[must_use]
    pub const fn new(pair: PairId, limit: &Limit, open: Vec<(Time, Time)>) -> Self {
        let (most, rejects) = (limit.queue, limit.rejects);
        Self { pair, most, rejects, open, came: Vec::new(), busy: Vec::new() }
    }

    /// A message has come, and `begins` to be served unless the registrar stops before; all is served
    /// at `free`. In the order of time.
    pub fn came(&mut self, at: Time, begins: Time, free: Time) {
        self.came.push(QueuedMessage { at, begins, free });
        let until = free.min(self.spell(at).1);
        match self.busy.last_mut() {
            Some(last) if at <= last.1 => last.1 = last.1.max(until),
            _ if at < until => self.busy.push((at, until)),
            _ => {}
        }
    }

    /// When the registrar takes REGISTERs without a break around an instant, or after it.
    fn spell(&self, t: Time) -> (Time, Time) {
        let here = self.open.partition_point(|spell| spell.1 <= t);
        self.open.get(here).copied().unwrap_or((t, Time::NEVER))
    }

    /// What one more message meets that comes after all others of an instant at which the registrar
    /// takes REGISTERs. O(log messages).
    #[must_use]
    pub fn meets(&self, t: Time) -> Met {
        let (opens, closes) = self.spell(t);
        let position = |first: Time| self.came.partition_point(|came| came.at < first);
        let before = &self.came[position(opens)..position(t + Span(1))];
        let begins = before.last().map_or(t, |last| last.free.max(t));
        let waiting = before.len() - before.partition_point(|came| came.begins <= t);
        let full = self.most.is_some_and(|most| waiting >= most as usize);
        match (begins > t && full, self.rejects) {
            (true, true) => Met::Refused,
            (true, false) => Met::Lost,
            (false, _) if begins >= closes => Met::Lost,
            (false, _) => Met::Served(begins),
        }
    }

    /// The first instant of the grid `first + k x period`, after `after`, at which it is busy, or
    /// one before that: the number of busy intervals read is limited, so one search costs the same
    /// however long the run is.
    #[must_use]
    pub fn busy_on_grid(&self, first: Time, period: Span, after: Time) -> Time {
        let from = grid_at_or_after(first, period, after + Span(1));
        let here = self.busy.partition_point(|spell| spell.1 <= from);
        let due = |spell: &(Time, Time)| grid_at_or_after(from, period, spell.0);
        let near = self.busy[here..].iter().take(LOOK);
        let busy = near.map(|spell| (due(spell), spell.1)).find(|(due, to)| due < to);
        let beyond = || self.busy.get(here + LOOK).map(due);
        busy.map(|it| it.0).or_else(beyond).unwrap_or(Time::NEVER)
    }
}
