//! What happened to the agents, as records: the one language that measures, reports and the
//! explanation of one agent read. Measures know nothing else of the agents.
//!
//! Each agent's records come in the order of time; those of one instant in the order in which
//! they happened. Undisturbed refreshes, failed probes and repeated rounds are counted in the
//! closing [`Event::Tally`], not recorded.

mod cause;
mod sink;

pub use cause::Cause;
pub use sink::Sink;

use serde::{Deserialize, Serialize};

use crate::model::{AgentId, Kind, Role, SiteId};
use crate::time::{Span, Time};

/// One thing that happened to one agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When.
    pub at: Time,
    /// To whom.
    pub agent: AgentId,
    /// What.
    pub event: Event,
}

/// Why a desktop left its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The DR timer of the SIP Server connection fired.
    SipTimer,
    /// The DR timer of the Stat Server connection fired (`stat-loss = move-agent`).
    StatTimer,
    /// The DR timer of the Configuration Server connection fired (`config-loss = move-agent`).
    ConfigTimer,
    /// The phone timer fired, or had expired and the phone registered at the other site.
    PhoneTimer,
    /// The site is drained.
    Drain,
    /// The preferred site is back.
    Restore,
}

impl Reason {
    /// The reason's name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SipTimer => "sip-timer",
            Self::StatTimer => "stat-timer",
            Self::ConfigTimer => "config-timer",
            Self::PhoneTimer => "phone-timer",
            Self::Drain => "drain",
            Self::Restore => "restore",
        }
    }
}

/// How a loss was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noticed {
    /// The host answered that the connection is gone (a reset), at once or when it became
    /// reachable again.
    Reset,
    /// Keep-alives went unanswered for the detection delay.
    KeepAlive,
}

/// What can happen to an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The agent's state from now on: in service (no cause) or out, and the site it is at; with neither it is
    /// not staffed: off shift, or signing in without any delay.
    /// The first record of every agent, then one for each change of either field.
    State {
        /// Site that the desktop is at; `None` between the start of a move and connecting.
        site: Option<SiteId>,
        /// Why the agent is out of service; `None`: it is in service, if it is at a site.
        cause: Option<Cause>,
    },
    /// A connection is really broken.
    Broken {
        /// Kind of server.
        kind: Kind,
        /// Its site.
        site: SiteId,
        /// The member that it was connected to.
        member: Role,
    },
    /// The path healed before the break was noticed: the connection has survived.
    Survived {
        /// Kind of server.
        kind: Kind,
    },
    /// The desktop notices that a connection is lost.
    LossNoticed {
        /// Kind of server.
        kind: Kind,
        /// When it really broke.
        since: Time,
        /// Since when its pair has been out of reach or has not served, from the break to here;
        /// `None`: it always was in reach and served, by another member.
        unusable: Option<Time>,
        /// How it was noticed.
        how: Noticed,
    },
    /// The first round after a noticed loss has failed at every member: the pair is lost.
    PairLost {
        /// Kind of server.
        kind: Kind,
    },
    /// Warm standby has found a member again at the same site.
    Reconnected {
        /// Kind of server.
        kind: Kind,
        /// The member.
        member: Role,
        /// Rounds begun, this one included.
        rounds: u32,
    },
    /// A DR timer starts.
    DrTimerStarted {
        /// Kind of server.
        kind: Kind,
        /// When it will fire.
        fires: Time,
    },
    /// A DR timer is cancelled by a successful attempt or by the start of a move.
    DrTimerCancelled {
        /// Kind of server.
        kind: Kind,
    },
    /// A DR timer fires.
    DrTimerFired {
        /// Kind of server.
        kind: Kind,
        /// Rounds begun since the loss was noticed.
        rounds: u32,
    },
    /// The cap on switchovers per hour holds a fired timer back.
    Capped {
        /// When the cap allows the move.
        until: Time,
    },
    /// The phone's registration at a site is lost, as the phone sees it: a transaction failed.
    RegistrationFailed {
        /// Site.
        site: SiteId,
        /// The registrar refused it; else no answer came in time.
        refused: bool,
    },
    /// A REGISTER succeeds after a failure, late (retransmitted), or at a new site.
    Registered {
        /// Site.
        site: SiteId,
    },
    /// A binding ends at the registrar without a successor: it ran out, or was lost with the pair.
    BindingEnded {
        /// Site.
        site: SiteId,
    },
    /// The desktop sees its phone unregistered at its current site.
    PhoneSeenLost {
        /// Site.
        site: SiteId,
        /// Since when the phone has really been unusable there; `None`: it is usable.
        since: Option<Time>,
    },
    /// The desktop sees its phone registered again at its current site.
    PhoneSeenBack {
        /// Site.
        site: SiteId,
    },
    /// The phone timer starts.
    PhoneTimerStarted {
        /// When it will fire.
        fires: Time,
    },
    /// The phone timer is cancelled by a registration or by the start of a move.
    PhoneTimerCancelled,
    /// The phone timer fires.
    PhoneTimerFired {
        /// Whether the phone is registered at the other site, as the desktop sees it.
        elsewhere: bool,
    },
    /// A switchover or a restore begins. A switchover ends any open move.
    MoveBegun {
        /// Why ([`Reason::Restore`]: a restore, else a switchover).
        reason: Reason,
        /// The site that is left; `None`: the desktop was connected nowhere.
        from: Option<SiteId>,
        /// Where to.
        to: SiteId,
        /// Whether the agent was in service until then.
        in_service: bool,
        /// Restore: since when the preferred site had been available without a break.
        available: Option<Time>,
    },
    /// A round at the target has failed, or a login was given up: the agent has no site.
    NoSite,
    /// The desktop connects at a site during a move.
    Connected {
        /// Site.
        site: SiteId,
        /// The member.
        member: Role,
        /// Rounds begun in this search, over both sites, this one included.
        rounds: u32,
    },
    /// An attempt to connect to a SIP Server waits for its turn (only at a site with a reconnect capacity,
    /// and only if it is not its turn at once). It ends with the connection, with
    /// [`Event::ConnectionTimedOut`], or with the start of a move.
    ConnectionQueued {
        /// Site.
        site: SiteId,
    },
    /// An attempt that waited for its turn has had no answer within the connect timeout.
    ConnectionTimedOut {
        /// Site.
        site: SiteId,
    },
    /// The desktop queues for a login slot (only at a site with a login capacity).
    LoginQueued {
        /// Site.
        site: SiteId,
    },
    /// The desktop leaves the queue without a slot.
    QueueLeft {
        /// Site.
        site: SiteId,
    },
    /// No login is possible at the site now: a login that was due waits, or one under way starts
    /// again later.
    LoginHeldUp {
        /// Site.
        site: SiteId,
    },
    /// The desktop has waited too long for a login that was not possible, and leaves.
    LoginGivenUp {
        /// Site.
        site: SiteId,
    },
    /// A login begins.
    LoginBegun {
        /// Site.
        site: SiteId,
        /// When it will end, if the connection lasts.
        ends: Time,
    },
    /// A login ends: the desktop is logged in.
    LoggedIn {
        /// Site.
        site: SiteId,
        /// When the agent will be ready.
        ready: Time,
    },
    /// The agent comes for its shift: its desktop looks for a site, as soon as it has power.
    ShiftBegun,
    /// The agent's shift ends: it logs out and goes.
    ShiftEnded,
    /// The power at the agent's location fails: desktop and phone are off.
    PowerLost,
    /// The desktop has started again, and looks for a site.
    Started,
    /// The phone has failed more often in a row than its `retry-limit`, at a site last: it does not try again
    /// until it is started again, or its desktop moves it elsewhere.
    PhoneGivesUp {
        /// Site.
        site: SiteId,
    },
    /// The phone goes off while it holds itself registered at a site.
    PhoneOff {
        /// Site.
        site: SiteId,
    },
    /// An order to leave reaches the desktop.
    OrderedToLeave {
        /// Site.
        site: SiteId,
    },
    /// The first successful restore probe of an unbroken run.
    PreferredFound,
    /// A failed probe, or one that could not be made, ends a run that [`Event::PreferredFound`] began.
    PreferredLostAgain,
    /// The preferred site will be probed once more after a jitter (what-if).
    RestoreDelayed {
        /// When.
        until: Time,
    },
    /// The agent would restore, leave a drained site or end its shift, and waits for the end of its
    /// call and of the work after it.
    HeldByCall {
        /// When they are over.
        until: Time,
    },
    /// A Stat or Configuration Server connection has moved alone.
    ConnectionMoved {
        /// Kind of server.
        kind: Kind,
        /// Where it is now.
        to: SiteId,
        /// Rounds begun in this search, over both sites; 0: found by a probe of the preferred site.
        rounds: u32,
    },
    /// An outage with a switchover begun in it ends: what it would have cost to stay.
    IfStayed {
        /// Downtime from the outage's start with neither timer ever firing.
        downtime: Span,
    },
    /// A switchover begun in service, and the restore that it led to, are over (or the run is): what
    /// it would have cost to stay until then.
    IfRemained {
        /// When the switchover began.
        begun: Time,
        /// Downtime from then on with neither timer ever firing.
        downtime: Span,
    },
    /// An outage without a switchover ends: what switching over at the noticing would have cost.
    IfSwitched {
        /// Downtime of switching over and of going back later; `None`: no comparison (never
        /// noticed, opened by a restore, no peer, or the first round there fails).
        downtime: Option<Span>,
    },
    /// The old site became usable again while a switchover was under way: it was needless.
    Needless,
    /// The agent may still be logged in, as a site sees it that the desktop has left.
    GhostBegun {
        /// Site.
        site: SiteId,
    },
    /// The ghost is gone: the agent has logged in there again, or both members were down.
    GhostEnded {
        /// Site.
        site: SiteId,
    },
    /// Calls would ring a dead contact at this site.
    StaleBegun {
        /// Site.
        site: SiteId,
    },
    /// They no longer would.
    StaleEnded {
        /// Site.
        site: SiteId,
    },
    /// The last record of every agent, at the horizon: what was counted and not recorded.
    Tally {
        /// REGISTER transactions that succeeded.
        registered: u64,
        /// REGISTER transactions that failed.
        failed: u64,
        /// Restore probes made.
        probes: u64,
        /// Rounds begun by SIP Server connections.
        rounds: u64,
    },
}
