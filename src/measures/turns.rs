//! Connections of desktops to the SIP Servers of sites with a reconnect capacity: how many were
//! made, how many had to wait, and how many were not served in time.
//!
//! It does not simulate a queue; it counts the agents in the queue that the trace reports.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Model, SiteId};
use crate::time::Time;

use super::frame::{Bins, Frame};
use super::paged::Paged;
use super::quantity::Total;
use super::queue::Queue;

/// What is summed for one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Turns {
    queue: Queue,
    made: u64,
    timed_out: u64,
    /// Attempts, connections, and attempts without an answer in time, on the fine grid.
    asked: Paged,
    fine: Paged,
    late: Paged,
}

/// Connections to the SIP Servers of one site over a window, a value per step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnsCourse {
    /// Most attempts that came in one slot of the step.
    pub asked: Vec<u64>,
    /// Most connections made in one slot of the step.
    pub made: Vec<u64>,
    /// Most attempts that had no answer in time in one slot of the step.
    pub timed_out: Vec<u64>,
    /// Most attempts that waited at once.
    pub waiting: Vec<u64>,
}

/// Connections to the SIP Servers of one site with a reconnect capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReconnectSummary {
    /// Name of the site.
    pub name: String,
    /// Connections that desktops made after a loss or in a move.
    pub connections: u64,
    /// Most of them in one window.
    pub connections_peak: u64,
    /// Attempts that had to wait for their turn.
    pub waits: u64,
    /// Of them, those that had no answer within the connect timeout.
    pub timed_out: u64,
    /// Most attempts that waited at once.
    pub queue_longest: u64,
    /// The longest wait, of attempts that timed out or were given up too.
    pub wait_longest_s: Total,
}

/// The sites with a reconnect capacity.
pub(super) fn limited(model: &Model) -> impl Iterator<Item = SiteId> + '_ {
    let sites = (0..model.sites.len() as u32).map(SiteId);
    sites.filter(|site| model.sites[site.index()].reconnect_gap.is_some())
}

impl Turns {
    /// Puts everything in order, once all agents are in.
    pub(super) fn settle(&mut self) {
        self.queue.settle();
        [&mut self.asked, &mut self.fine, &mut self.late].into_iter().for_each(Paged::settle);
    }

    /// An attempt waits for its turn.
    pub(super) fn join(&mut self, frame: &Frame, at: Time) {
        self.queue.join(at);
        count(&mut self.asked, frame, at);
    }

    /// It waits no longer.
    pub(super) fn leave(&mut self, since: Time, at: Time) {
        self.queue.leave(since, at);
    }

    /// It has had no answer in time.
    pub(super) fn time_out(&mut self, frame: &Frame, at: Time) {
        self.timed_out += 1;
        count(&mut self.late, frame, at);
    }

    /// A connection is made; one that had not to wait asks for it at that instant.
    pub(super) fn connect(&mut self, frame: &Frame, waited: bool, at: Time) {
        self.made += 1;
        count(&mut self.fine, frame, at);
        if !waited {
            count(&mut self.asked, frame, at);
        }
    }

    /// Attempts on the fine grid, once they are settled.
    pub(super) fn attempts(&self, slots: Range<usize>) -> impl Iterator<Item = (usize, i64)> {
        self.asked.entries(slots)
    }

    /// The course over `slots` of the fine grid in steps of `every`, once it is settled.
    pub(super) fn course(&self, grid: Bins, slots: Range<usize>, every: usize) -> TurnsCourse {
        let most = |counts: &Paged| counts.steps(slots.clone(), every, u64::max);
        TurnsCourse {
            asked: most(&self.asked),
            made: most(&self.fine),
            timed_out: most(&self.late),
            waiting: self.queue.most(grid, slots.clone(), every),
        }
    }

    /// The summary of the site, once it is settled.
    pub(super) fn summary(self, name: String, frame: &Frame) -> ReconnectSummary {
        let Self { queue, made, timed_out, fine, .. } = self;
        let queue = queue.finish();
        ReconnectSummary {
            name,
            connections: made,
            connections_peak: fine.peak(0..frame.grid.count()) as u64,
            waits: queue.waits,
            timed_out,
            queue_longest: queue.longest,
            wait_longest_s: queue.longest_wait.into(),
        }
    }

    /// Bytes held on the heap by the queue.
    pub(super) fn bytes(&self) -> usize {
        self.queue.bytes()
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.queue.merge(other.queue);
        self.made += other.made;
        self.timed_out += other.timed_out;
        self.asked.merge(other.asked);
        self.fine.merge(other.fine);
        self.late.merge(other.late);
    }
}

/// Counts one event on the fine grid.
fn count(counts: &mut Paged, frame: &Frame, at: Time) {
    if let Some(slot) = frame.grid.of(at) {
        counts.add(slot, 1);
    }
}
