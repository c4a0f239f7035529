//! Connections of desktops to the SIP Servers of sites with a reconnect capacity: how many were made,
//! how many had to wait for their turn, and how many had none in time.
//!
//! It runs no queue; it counts who was in the one that the trace tells of.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Model, SiteId};
use crate::time::Time;

use super::frame::Frame;
use super::paged::Paged;
use super::quantity::Total;
use super::queue::Queue;

/// What is summed for one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Turns {
    queue: Queue,
    made: u64,
    timed_out: u64,
    /// Connections on the fine grid.
    fine: Paged,
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
        self.fine.settle();
    }

    /// An attempt waits for its turn.
    pub(super) fn join(&mut self, at: Time) {
        self.queue.join(at);
    }

    /// It waits no longer.
    pub(super) fn leave(&mut self, since: Time, at: Time) {
        self.queue.leave(since, at);
    }

    /// It has had no answer in time.
    pub(super) const fn time_out(&mut self) {
        self.timed_out += 1;
    }

    /// A connection is made.
    pub(super) fn connect(&mut self, frame: &Frame, at: Time) {
        self.made += 1;
        if let Some(slot) = frame.grid.of(at) {
            self.fine.add(slot, 1);
        }
    }

    /// What it comes to, once it is settled.
    pub(super) fn summary(self, name: String, frame: &Frame) -> ReconnectSummary {
        let Self { queue, made, timed_out, fine } = self;
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
        self.fine.merge(other.fine);
    }
}
