//! One row per agent, outage and move: what the row files contain, and where rows go.
//!
//! Rows are handed over when their agent's run is complete and are not kept here.

use crate::model::{AgentId, SiteId};
use crate::time::{Span, Time};
use crate::trace::{Cause, Reason};

/// What one agent went through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// The agent.
    pub agent: AgentId,
    /// The time in which it was staffed, the whole that the downtime is a part of: that of the run, less that off
    /// shift and that of signing in without any delay.
    pub staffed: Span,
    /// Time out of service.
    pub downtime: Span,
    /// The same per cause, in the order of [`Cause::ALL`]; adds up to `downtime`.
    pub by_cause: [Span; 8],
    /// Outages, one that is open at the horizon included.
    pub outages: u32,
    /// The longest of them; zero if there was none.
    pub longest: Span,
    /// Switchovers begun.
    pub switchovers: u32,
    /// Those that were needless.
    pub needless: u32,
    /// Outages that restores opened: trips home.
    pub trips_home: u32,
    /// Restores begun.
    pub restores: u32,
    /// Switchovers within the flap window after a restore.
    pub flaps: u32,
    /// Time not at the preferred site, moves to and from the peer included.
    pub away: Span,
}

/// A maximal interval in which one agent was out of service: [from, to).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutageRow {
    /// The agent.
    pub agent: AgentId,
    /// Start.
    pub from: Time,
    /// End: the first instant in service again, or the horizon.
    pub to: Time,
    /// Still open at the horizon or at the end of the agent's shift, and cut there.
    pub censored: bool,
    /// The cause with the largest share.
    pub cause: Cause,
    /// Length per cause, in the order of [`Cause::ALL`].
    pub by_cause: [Span; 8],
    /// The site that the agent was in service at before; `None`: out of service from the start of the run or of
    /// the shift.
    pub site: Option<SiteId>,
    /// A restore opened it.
    pub by_restore: bool,
    /// Switchovers begun in it, or opening it.
    pub switchovers: u32,
    /// Without a switchover: what switching over at the noticing would have cost, if comparable.
    pub if_switched: Option<Span>,
    /// Its length beyond that, if it was comparable; at least zero.
    pub regret: Option<Span>,
}

impl OutageRow {
    /// Its length.
    #[must_use]
    pub fn length(&self) -> Span {
        self.to - self.from
    }
}

/// One switchover or restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveRow {
    /// The agent.
    pub agent: AgentId,
    /// Why; [`Reason::Restore`] for a restore.
    pub reason: Reason,
    /// The site that was left; `None`: the desktop was connected nowhere.
    pub from: Option<SiteId>,
    /// The site that it set out for.
    pub to: SiteId,
    /// Start.
    pub begun: Time,
    /// In service until the start, so that the move itself opened an outage.
    pub in_service_before: bool,
    /// Restore: since when the preferred site had been available without a break.
    pub available: Option<Time>,
    /// When the desktop connected, if it did, and where (the no-site cycle may end elsewhere).
    pub connected: Option<(Time, SiteId)>,
    /// When the login ended.
    pub logged_in: Option<Time>,
    /// When and where the agent was in service; `None`: another move began first, or the run ended.
    pub in_service: Option<(Time, SiteId)>,
    /// Switchover: the old site was usable again before the agent was in service.
    pub needless: bool,
    /// Switchover: begun within the flap window after a restore.
    pub flap: bool,
    /// Restore: the preferred site was lost again within the window.
    pub premature: bool,
    /// Switchover: the downtime of having stayed, for the last one of its outage.
    pub if_stayed: Option<Span>,
    /// Switchover: the downtime that moving and coming back cost beyond that; at least zero.
    pub regret: Option<Span>,
}

impl MoveRow {
    /// Whether it is a restore; else it is a switchover.
    #[must_use]
    pub fn is_restore(&self) -> bool {
        self.reason == Reason::Restore
    }

    /// Of a restore that ended in service at the preferred site: the time since that was available.
    #[must_use]
    pub fn since_available(&self) -> Option<Span> {
        let (back, site) = self.in_service?;
        Some(back - self.available?).filter(|_| site == self.to)
    }
}

/// Where rows go: agents in order; the outages and the moves of one agent by time.
pub trait Rows {
    /// Whether outages and moves are needed; if not, their rows are not built.
    fn wanted(&self) -> bool {
        true
    }
    /// Takes the row of one agent, after its outages and moves.
    fn agent(&mut self, row: &AgentRow);
    /// Takes one outage.
    fn outage(&mut self, row: &OutageRow);
    /// Takes one move.
    fn moved(&mut self, row: &MoveRow);
}

/// The rows are not needed.
impl Rows for () {
    fn wanted(&self) -> bool {
        false
    }

    fn agent(&mut self, _: &AgentRow) {}
    fn outage(&mut self, _: &OutageRow) {}
    fn moved(&mut self, _: &MoveRow) {}
}

/// Rows kept in memory, for small runs and tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// One per agent.
    pub agents: Vec<AgentRow>,
    /// One per outage.
    pub outages: Vec<OutageRow>,
    /// One per move.
    pub moves: Vec<MoveRow>,
}

impl Rows for Kept {
    fn agent(&mut self, row: &AgentRow) {
        self.agents.push(*row);
    }

    fn outage(&mut self, row: &OutageRow) {
        self.outages.push(*row);
    }

    fn moved(&mut self, row: &MoveRow) {
        self.moves.push(*row);
    }
}
