//! The state of one agent's desktop: plain data, so that a counterfactual is a copy that goes on
//! under another rule.
//!
//! It decides nothing. When anything happens next is in its agenda.

use crate::model::{Role, Side};
use crate::time::Time;
use crate::trace::{Cause, Reason};

use super::agenda::Agenda;
use super::hold::Hold;
use super::link::{Link, Phase};

/// How far the desktop is at its current site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Off shift.
    Absent,
    /// Without power, or starting.
    Off,
    /// Logged in; no move is open.
    LoggedIn,
    /// On the way: not connected, or reconnecting before the login has ended.
    Seeking,
    /// Connected, the login slot not yet known.
    AwaitingSlot,
    /// Waiting for the login slot.
    Queued,
    /// Waiting until logins are possible again, or giving that up.
    HeldUp,
    /// Logging in.
    LoggingIn,
    /// The login would have ended, but the connection is broken and the desktop does not know.
    Held,
}

/// The move that is open, or whose agent is not yet in service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    /// Why it began.
    pub reason: Reason,
    /// Whether the agent was in service until then.
    pub in_service: bool,
}

/// The outage under way, as far as hindsight needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outage {
    /// Its start; [`Time::NEVER`]: in service.
    pub start: Time,
    /// Whether a restore opened it.
    pub restore: bool,
    /// The last switchover begun in it or opening it.
    pub switchover: Option<Move>,
    /// Where the agent was when the desktop first knew.
    pub known: Option<Known>,
    /// When it would have ended had no timer moved the agent, once one has.
    pub stayed: Option<Time>,
    /// The power failed in it.
    pub power: bool,
}

impl Outage {
    /// In service, and nothing recorded.
    pub(crate) const NONE: Self = Self {
        start: Time::NEVER,
        restore: false,
        switchover: None,
        known: None,
        stayed: None,
        power: false,
    };
}

/// Where an agent was when its desktop first knew of an outage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// When.
    pub at: Time,
    /// The side that was not its current site.
    pub other: Side,
    /// The member last used there.
    pub last: Role,
    /// Logins begun.
    pub logins: u32,
    /// Logins ended.
    pub logged_in: u32,
}

/// Restore probes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probing {
    /// Origin of the grid (the end of login); [`Time::NEVER`]: no probes.
    pub origin: Time,
    /// Probes up to here (included) are counted.
    pub counted: Time,
    /// First success of the unbroken run of probes.
    pub found: Option<Time>,
    /// The next probe comes at the end of a jitter, and starts the restore if it succeeds.
    pub delayed: bool,
}

impl Probing {
    /// No probes.
    pub(crate) const OFF: Self =
        Self { origin: Time::NEVER, counted: Time::NEVER, found: None, delayed: false };
}

/// The desktop of one agent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DesktopState {
    /// Everything before this instant has happened.
    pub now: Time,
    /// When anything happens next.
    pub agenda: Agenda,
    /// Connections, by kind.
    pub links: [Link; 3],
    /// How far it is at its site.
    pub stage: Stage,
    /// Its machine has no power, or is starting.
    pub dark: bool,
    /// Number of the shift that is on, or that comes next.
    pub duty: u32,
    /// The agent has come for its shift, and its login goes straight on.
    pub signs_in: bool,
    /// The open move, if one is.
    pub open: Option<Reason>,
    /// When the agent is (or was) ready.
    pub ready: Time,
    /// Whether the phone is really usable here.
    pub usable: bool,
    /// It sees its phone unregistered.
    pub phone_lost: bool,
    /// The phone timer has fired; the agent stays until the phone registers at the other site.
    pub expired: bool,
    /// A desk phone's registration, per side, as last seen through a connected SIP Server.
    pub seen: [bool; 2],
    /// Restore probes.
    pub probing: Probing,
    /// What is known of a call in progress that delays its leaving.
    pub hold: Hold,
    /// Logins begun.
    pub logins: u32,
    /// When the login under way is planned to end.
    pub login_ends: Time,
    /// Logins ended.
    pub logged_in: u32,
    /// Returns of the power.
    pub starts: u32,
    /// Jittered restore decisions.
    pub decisions: u32,
    /// The latest switchovers, newest first (what-if cap).
    pub switchovers: [Time; 8],
    /// The outage under way.
    pub outage: Outage,
    /// The site that a switchover under way left, and when.
    pub watch: Option<(Side, Time)>,
    /// Per side: when the pair loses the ghost that was left there.
    pub ghost: [Option<Time>; 2],
    /// The state last recorded: side and cause.
    pub told: Option<(Option<Side>, Option<Cause>)>,
    /// Rounds begun by the SIP connection.
    pub rounds: u64,
    /// Restore probes made.
    pub probes: u64,
}

impl DesktopState {
    /// Logged in and ready at the preferred site; connections follow.
    pub(crate) const START: Self = Self {
        now: Time::ZERO,
        agenda: Agenda::EMPTY,
        links: [Link::OFF; 3],
        stage: Stage::LoggedIn,
        dark: false,
        duty: 0,
        signs_in: false,
        open: None,
        ready: Time::ZERO,
        usable: true,
        phone_lost: false,
        expired: false,
        seen: [true; 2],
        probing: Probing::OFF,
        hold: Hold::NONE,
        logins: 0,
        login_ends: Time::NEVER,
        logged_in: 0,
        starts: 0,
        decisions: 0,
        switchovers: [Time(i64::MIN); 8],
        outage: Outage::NONE,
        watch: None,
        ghost: [None; 2],
        told: None,
        rounds: 0,
        probes: 0,
    };

    /// The SIP Server connection.
    pub(crate) const fn sip(&self) -> &Link {
        &self.links[0]
    }

    /// The site it is at, or at which it makes the round of a move.
    pub(crate) const fn side(&self) -> Side {
        self.links[0].side
    }

    /// The site it is at; `None` from the start of a move to connecting.
    pub(crate) const fn site(&self) -> Option<Side> {
        if self.links[0].moving() || matches!(self.stage, Stage::Off | Stage::Absent) {
            None
        } else {
            Some(self.links[0].side)
        }
    }

    /// Whether the SIP Server connection is really live.
    pub(crate) fn live(&self) -> bool {
        self.links[0].live()
    }

    /// Whether the agent was in service up to now: its state over the interval that ends here,
    /// whatever has happened at this instant. At the start all agents on duty are.
    pub(crate) fn was_in_service(&self) -> bool {
        self.told.is_none_or(|(site, cause)| cause.is_none() && site.is_some())
    }

    /// Where the agent is, and why it is out of service, as long as nothing happens; neither: it is not
    /// staffed.
    pub(crate) fn state(&self) -> (Option<Side>, Option<Cause>) {
        if self.is_away() { (None, None) } else { (self.site(), self.cause()) }
    }

    /// Whether the agent is not staffed: off shift, or signing in without any delay.
    fn is_away(&self) -> bool {
        self.signs_in || self.stage == Stage::Absent
    }

    /// An instant is over: whether the agent still signs in without any delay.
    pub(crate) fn settle_signing_in(&mut self) {
        self.signs_in = self.signs_in
            && self.live()
            && match self.stage {
                Stage::LoggingIn => true,
                Stage::LoggedIn => self.usable && self.ready > self.now,
                _ => false,
            };
    }

    /// Why the agent is out of service, as long as nothing happens: the first cause that holds.
    pub(crate) fn cause(&self) -> Option<Cause> {
        if self.is_away() {
            return None;
        }
        let sip = self.sip();
        if self.stage == Stage::Off {
            return Some(Cause::Off);
        }
        if self.stage != Stage::LoggedIn {
            return Some(match (sip.phase, self.open) {
                (Phase::Cycle, _) => Cause::NoSite,
                (_, Some(Reason::Restore)) => Cause::Restoring,
                _ => Cause::Switching,
            });
        }
        if sip.live() && self.usable {
            return (self.ready > self.now).then_some(Cause::NotReady);
        }
        Some(if sip.reconnecting() {
            Cause::Reconnecting
        } else if self.phone_lost {
            Cause::Phone
        } else {
            Cause::Undetected
        })
    }
}
