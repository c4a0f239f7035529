//! The parts of a day of calls: calls, agents, dead contacts, and what falls due for them.

use crate::model::SiteId;
use crate::time::{Span, Time};

/// Nodes of an agent: itself, and a dead contact at its preferred and at its peer site.
pub(super) const NODES: u32 = 3;

/// The node of a dead contact, counted two per agent.
pub(super) const fn node_of(phantom: u32) -> u32 {
    phantom / 2 * NODES + 1 + phantom % 2
}

/// What falls due. An event whose stamp is not the holder's any more is dropped.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// An agent's talk or its work after it ends.
    Done { agent: u32, stamp: u32 },
    /// A call has rung a dead contact for long enough.
    Unanswered { phantom: u32, stamp: u32 },
    /// A caller gives up.
    GivesUp { call: u32, stamp: u32 },
    /// The next caller of a queue calls.
    Comes { queue: u32 },
    /// A caller calls again.
    Again { queue: u32, caller: u32, attempt: u32 },
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The slot is free.
    Nowhere,
    Waiting,
    /// At a dead contact.
    Ringing(u32),
    /// With an agent.
    Talking(u32),
}

/// A call that is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) queue: u32,
    pub(super) site: u32,
    pub(super) place: Place,
    pub(super) caller: u32,
    pub(super) attempt: u32,
    /// Its number in the order of coming.
    pub(super) rank: u64,
    pub(super) offered: Time,
    pub(super) answered: Option<Time>,
    pub(super) agent: Option<u32>,
    pub(super) rings: u32,
    /// Handling that is left.
    pub(super) handling: Span,
    pub(super) after: Span,
    pub(super) gives_up: Time,
    pub(super) redial: Option<Span>,
    pub(super) stamp: u32,
}

/// A caller who gave up, as if still there.
#[derive(Clone, Copy, Debug)]
pub(super) struct VirtualWaiter {
    pub(super) queue: u32,
    pub(super) site: u32,
    pub(super) rank: u64,
    pub(super) offered: Time,
}

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Nothing,
    Talks { call: u32 },
    WorksAfter,
}

/// An agent.
#[derive(Clone, Copy, Debug)]
pub(super) struct AgentState {
    /// Where it is in service.
    pub(super) at: Option<SiteId>,
    /// It takes no further call.
    pub(super) leaving: bool,
    pub(super) doing: Doing,
    /// Where its talk goes, the queue of its work, and when the talk began and ends.
    pub(super) talks_at: SiteId,
    pub(super) queue: u32,
    pub(super) since: Time,
    pub(super) ends: Time,
    pub(super) stamp: u32,
}

/// An agent at a site, as that site alone sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phantom {
    pub(super) on: bool,
    pub(super) site: SiteId,
    pub(super) rings: Option<u32>,
    pub(super) stamp: u32,
}

impl AgentState {
    pub(super) const OUT: Self = Self {
        at: None,
        leaving: false,
        doing: Doing::Nothing,
        talks_at: SiteId(0),
        queue: 0,
        since: Time::ZERO,
        ends: Time::ZERO,
        stamp: 0,
    };
}

impl Phantom {
    pub(super) const OFF: Self = Self { on: false, site: SiteId(0), rings: None, stamp: 0 };

    pub(super) fn silence(&mut self) {
        self.rings = None;
        self.stamp = self.stamp.wrapping_add(1);
    }
}
