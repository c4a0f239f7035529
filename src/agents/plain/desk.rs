//! The state of a plain agent's desktop: small, plain data, copied for a counterfactual.
//!
//! It decides nothing. What will happen by itself is a handful of alarms, each worked out in
//! advance from the world's timelines and the gaps in the phone's registrations.

use crate::model::{Role, Side};
use crate::time::{Span, Time};
use crate::trace::{Cause, Reason};

use crate::agents::fate::Fate;
use crate::agents::rounds::{Answer, Search};
use crate::agents::state::{Outage, Stage};

/// Where the SIP Server connection stands; [`Desk::link_at`] says when the next step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Connected, until its next break.
    Live,
    /// Broken and not yet noticed.
    Broken(Fate),
    /// Random delay, then the first round after a noticed loss.
    First,
    /// Later rounds of warm standby.
    Rounds,
    /// The round at the target of a move.
    Target,
    /// Preferred and peer in turn.
    Cycle,
}

impl Link {
    /// Whether the loss is noticed, and the desktop still at its site.
    pub const fn reconnecting(self) -> bool {
        matches!(self, Self::First | Self::Rounds)
    }

    /// Whether the desktop is connected nowhere, on its way.
    pub const fn moving(self) -> bool {
        matches!(self, Self::Target | Self::Cycle)
    }
}

/// The desktop of one agent.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// Everything before this instant is told.
    pub now: Time,
    /// Where it is connected, or was last, or makes the round of a move.
    pub side: Side,
    /// Where the connection stands.
    pub link: Link,
    /// The connection's next step.
    pub link_at: Time,
    /// What the rounds under way will get, if anything ever.
    pub answer: Option<Answer>,
    /// Where the search under way stands.
    pub search: Search,
    /// The member it is connected to, or was last.
    pub member: Role,
    /// The member last used, per side.
    pub last: [Role; 2],
    /// When the connection broke.
    pub since: Time,
    /// Start of the first round of the search under way.
    pub origin: Time,
    /// Real breaks so far.
    pub breaks: u32,
    /// Noticed losses so far.
    pub losses: u32,
    /// How far it is at its site.
    pub stage: Stage,
    /// The planned end of the login.
    pub stage_at: Time,
    /// When the DR timer fires.
    pub dr: Time,
    /// It sees its phone unregistered.
    pub phone_lost: bool,
    /// When that changes next.
    pub phone_at: Time,
    /// When the phone timer fires or, once it has, the phone turns up at the other site.
    pub phone_timer: Time,
    /// The phone timer has fired in vain.
    pub expired: bool,
    /// Whether the phone is usable here, in truth.
    pub usable: bool,
    /// When that changes next.
    pub usable_at: Time,
    /// Origin of the grid of restore probes; [`Time::NEVER`]: no probes.
    pub probing: Time,
    /// Probes of the grid from here on (included) are not yet counted.
    pub uncounted: Time,
    /// The probe that leads home.
    pub probe: Time,
    /// When the agent is (or was) ready.
    pub ready: Time,
    /// Logins begun.
    pub logins: u32,
    /// Logins ended.
    pub logged_in: u32,
    /// Why the open move began, if one is open.
    pub open: Option<Reason>,
    /// The outage under way.
    pub outage: Outage,
    /// When it would have ended had no timer moved the agent, once one has.
    pub stayed: Option<Time>,
    /// The site that a switchover under way left, and when.
    pub watch: Option<(Side, Time)>,
    /// Per side: when the pair loses the ghost that was left there.
    pub ghost: [Option<Time>; 2],
    /// The state last told: side and cause.
    pub told: Option<(Option<Side>, Option<Cause>)>,
    /// Rounds begun.
    pub rounds: u64,
    /// Restore probes made.
    pub probes: u64,
}

impl Desk {
    /// Logged in, connected and ready at the preferred site.
    pub const fn new() -> Self {
        Self {
            now: Time::ZERO,
            side: Side::Preferred,
            link: Link::Live,
            link_at: Time::NEVER,
            answer: None,
            search: Search::new(Time::NEVER, 0),
            member: Role::Primary,
            last: [Role::Primary; 2],
            since: Time::NEVER,
            origin: Time::NEVER,
            breaks: 0,
            losses: 0,
            stage: Stage::LoggedIn,
            stage_at: Time::NEVER,
            dr: Time::NEVER,
            phone_lost: false,
            phone_at: Time::NEVER,
            phone_timer: Time::NEVER,
            expired: false,
            usable: true,
            usable_at: Time::ZERO,
            probing: Time::NEVER,
            uncounted: Time::NEVER,
            probe: Time::NEVER,
            ready: Time::ZERO,
            logins: 0,
            logged_in: 0,
            open: None,
            outage: Outage::NONE,
            stayed: None,
            watch: None,
            ghost: [None; 2],
            told: None,
            rounds: 0,
            probes: 0,
        }
    }

    /// The site it is at; `None` from the start of a move to connecting.
    pub const fn site(&self) -> Option<Side> {
        if self.link.moving() { None } else { Some(self.side) }
    }

    /// The next instant at which anything happens.
    pub fn next(&self) -> Time {
        let timers = self.dr.min(self.phone_timer).min(self.probe);
        self.link_at.min(self.stage_at).min(self.phone_at).min(self.usable_at).min(timers)
    }

    /// Why the agent is out of service, as long as nothing happens: the first cause that holds.
    pub fn cause(&self) -> Option<Cause> {
        if self.stage != Stage::LoggedIn {
            return Some(match (self.link, self.open) {
                (Link::Cycle, _) => Cause::NoSite,
                (_, Some(Reason::Restore)) => Cause::Restoring,
                _ => Cause::Switching,
            });
        }
        let well = self.link == Link::Live && self.usable;
        if well {
            return (self.ready > self.now).then_some(Cause::NotReady);
        }
        Some(if self.link.reconnecting() {
            Cause::Reconnecting
        } else if self.phone_lost {
            Cause::Phone
        } else {
            Cause::Undetected
        })
    }

    /// Counts the restore probes made up to `t`, excluded.
    pub fn count_probes(&mut self, interval: Span, t: Time) {
        let (origin, from) = (self.probing, self.uncounted);
        if !origin.comes() || from >= t || self.link.reconnecting() {
            return;
        }
        self.uncounted = t;
        let before = |t: Time| ((t - origin).0 - 1).max(0) / interval.0;
        self.probes += (before(t) - before(from)) as u64;
    }
}
