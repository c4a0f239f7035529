//! The records that an agent leaves. It puts them in order of time where that is needed; it decides
//! nothing.

use crate::model::AgentId;
use crate::time::Time;
use crate::trace::{Event, Record, Sink};

/// Where a record belongs within its instant.
pub(super) mod rank {
    /// A REGISTER that succeeds: before attempts that do.
    pub(crate) const REGISTERED: u8 = 9;
    /// A transaction that fails: after losses that are noticed.
    pub(crate) const FAILED: u8 = 23;
    /// A phone that goes off: with its power.
    pub(crate) const OFF: u8 = 0;
    /// At the end of the instant: stale contacts and ghosts, the preferred side's first.
    pub(crate) const STALE: u8 = 100;
    /// Bindings that have ended.
    pub(crate) const ENDED: u8 = 104;
    /// The state, and what the end of an outage brings.
    pub(crate) const STATE: u8 = 105;
    /// The last record.
    pub(crate) const LAST: u8 = 106;

    /// A step of the desktop.
    pub(crate) const fn step(slot: usize) -> u8 {
        2 * slot as u8
    }
}

/// Records that wait to be put in order.
pub(super) type Kept = Vec<(Time, u8, Event)>;

/// The records of one agent.
#[derive(Debug)]
pub(super) struct Ledger<S> {
    sink: S,
    agent: AgentId,
    way: Way,
    kept: Kept,
}

/// Which way records go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The first of the agent.
    First,
    /// At once.
    Through,
    /// They are kept until the end and put in order.
    Sorted,
}

impl<S: Sink> Ledger<S> {
    /// Nothing recorded yet; `buffers` is an empty list whose memory is reused.
    pub(super) const fn new(sink: S, agent: AgentId, sorted: bool, buffers: Kept) -> Self {
        let way = if sorted { Way::Sorted } else { Way::First };
        Self { sink, agent, way, kept: buffers }
    }

    /// Takes a record.
    #[inline(always)]
    pub(super) fn record(&mut self, at: Time, rank: u8, event: Event) {
        if self.way == Way::Through {
            self.sink.more(Record { at, agent: self.agent, event });
        } else {
            self.record_apart(at, rank, event);
        }
    }

    #[cold]
    fn record_apart(&mut self, at: Time, rank: u8, event: Event) {
        if self.way == Way::Sorted {
            self.kept.push((at, rank, event));
        } else {
            self.way = Way::Through;
            self.sink.record(Record { at, agent: self.agent, event });
        }
    }

    /// From now on records go to the sink at once; those before, too.
    pub(super) fn passes_through(&mut self) {
        self.close();
        self.way = Way::First;
    }

    /// Where records go.
    pub(super) const fn sink(&mut self) -> &mut S {
        &mut self.sink
    }

    /// The run is complete.
    pub(super) fn close(&mut self) {
        self.kept.sort_by_key(|&(at, rank, _)| (at, rank));
        for (at, _, event) in self.kept.drain(..) {
            self.sink.record(Record { at, agent: self.agent, event });
        }
    }

    /// Its list, whose memory the next agent reuses.
    pub(super) fn into_buffers(self) -> Kept {
        self.kept
    }
}
