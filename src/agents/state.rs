//! The state of one agent: plain data, cheap to clone, so that a counterfactual is a copy that
//! lives on under another rule.
//!
//! It decides nothing. Everything that will happen by itself is an [`alarm`]: an instant worked
//! out in advance from the world's timelines.

use crate::model::{Role, Side};
use crate::time::{Span, Time};
use crate::trace::{Cause, Reason};
use crate::world::Outlook;

use super::fate::Fate;
use super::rounds::{Answer, Search};

/// What wakes an agent, as places in [`State::alarms`]. Stepping to the earliest alarm is the
/// whole event loop of an agent.
pub mod alarm {
    /// What is seen of the SIP Server pair changes; by side.
    pub const WORLD: usize = 0;
    /// What a restore needs of the preferred site's other pairs changes; Stat, Config.
    pub const OTHERS: usize = 2;
    /// A connection breaks, is noticed lost, is answered, or its round fails; by kind.
    pub const LINK: usize = 4;
    /// A registration's next step; the first or only one, then the peer site's of a dual phone.
    pub const LINE: usize = 7;
    /// A binding runs out; by side.
    pub const BOUND: usize = 9;
    /// The login slot, or the end of login.
    pub const STAGE: usize = 11;
    /// A DR timer fires; by kind.
    pub const DR: usize = 12;
    /// The phone timer fires.
    pub const PHONE_TIMER: usize = 15;
    /// A restore probe that changes something.
    pub const PROBE: usize = 16;
    /// The probe of a connection that has moved alone succeeds; Stat, Config.
    pub const OWN_PROBE: usize = 17;
    /// The agent becomes ready.
    pub const READY: usize = 19;
    /// A ghost disappears with the pair; by side.
    pub const GHOST: usize = 20;
    /// Number of alarms.
    pub const COUNT: usize = 22;
}

/// Where a connection stands. Its alarm says when the next step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No connection, and none is sought.
    Off,
    /// Connected; the alarm is the next break.
    Live,
    /// Broken and not yet noticed.
    Broken(Fate),
    /// Random delay, then the first round after a noticed loss: its answer, or none.
    First(Option<Answer>),
    /// Later rounds of warm standby: the answer, if one ever comes.
    Rounds(Option<Answer>),
    /// The round at the target of a move: its answer, or none.
    Target(Option<Answer>),
    /// Preferred and peer in turn: the answer, if one ever comes.
    Cycle(Option<Answer>),
}

impl Phase {
    /// The answer that is waited for.
    #[must_use]
    pub const fn answer(self) -> Option<Answer> {
        match self {
            Self::First(answer)
            | Self::Rounds(answer)
            | Self::Target(answer)
            | Self::Cycle(answer) => answer,
            Self::Off | Self::Live | Self::Broken(_) => None,
        }
    }
}

/// One connection of a desktop.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Where it stands.
    pub phase: Phase,
    /// The side it is connected to, or makes rounds at (target or first door of a search).
    pub side: Side,
    /// The member it is connected to, or was last.
    pub member: Role,
    /// The member last used, per side.
    pub last: [Role; 2],
    /// When it broke.
    pub since: Time,
    /// Start of the first round of the search under way.
    pub origin: Time,
    /// Where the search under way stands.
    pub search: Search,
    /// Real breaks so far.
    pub breaks: u32,
    /// Noticed losses so far.
    pub losses: u32,
    /// Moved alone to the peer side: origin of its own restore probes.
    pub alone: Option<Time>,
}

impl Link {
    /// A connection to the configured primary at the preferred site.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            phase: Phase::Live,
            side: Side::Preferred,
            member: Role::Primary,
            last: [Role::Primary; 2],
            since: Time::NEVER,
            origin: Time::NEVER,
            search: Search::new(Time::NEVER, 0),
            breaks: 0,
            losses: 0,
            alone: None,
        }
    }

    /// Whether the desktop believes in the connection.
    #[must_use]
    pub const fn believed(&self) -> bool {
        matches!(self.phase, Phase::Live | Phase::Broken(_))
    }
}

/// What a registration does next. Its alarm says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: there is no such registration.
    Off,
    /// Refreshes undisturbed; the alarm is the first refresh that will not succeed at once.
    Steady,
    /// A failover phone away from home, refreshed there after trying home in vain each time; the
    /// alarm is the first such cycle that may end otherwise.
    Away,
    /// The transaction under way, or due, will succeed.
    Succeeds,
    /// The transaction under way, or due, will fail.
    Fails,
}

/// One registration, or the chain of transactions of a phone with a single one.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// What comes next.
    pub step: Step,
    /// Where the transaction goes.
    pub side: Side,
    /// First refresh of a steady stretch, or first of the transactions known to fail.
    pub first: Time,
    /// Start of the transaction under way or due.
    pub start: Time,
    /// Transactions known to fail, and not stepped through, between `first` and `start`.
    pub skipped: Skipped,
    /// Consecutive failures.
    pub failures: u32,
    /// Waits so far.
    pub waits: u32,
    /// Failover phone: the other site has been tried in this sequence.
    pub second: bool,
}

impl Line {
    /// A registration that does not exist.
    #[must_use]
    pub const fn off(side: Side) -> Self {
        Self {
            step: Step::Off,
            side,
            first: Time::NEVER,
            start: Time::NEVER,
            skipped: Skipped { cycles: 0, period: Span::ZERO, sites: 1 },
            failures: 0,
            waits: 0,
            second: false,
        }
    }
}

/// Transactions known to fail, in cycles of one or two each.
#[derive(Clone, Copy, Debug)]
pub struct Skipped {
    /// Number of cycles.
    pub cycles: i64,
    /// Length of a cycle.
    pub period: Span,
    /// Transactions in a cycle, one after the other.
    pub sites: u8,
}

/// How far the desktop is at its current site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Logged in; no move is open.
    LoggedIn,
    /// On the way: not connected, or reconnecting before the login has ended.
    Seeking,
    /// Connected, the login slot not yet known.
    AwaitingSlot,
    /// Waiting for the login slot (the alarm).
    Queued,
    /// Logging in until the alarm.
    LoggingIn,
    /// The login would have ended, but the connection is broken and the desktop does not know.
    Held,
}

/// The phone timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneTimer {
    /// Not running.
    Off,
    /// Running until the alarm.
    Running,
    /// Expired; the agent stays until the phone turns up at the other site.
    Expired,
}

/// Restore probes, looked up between the instants at which anything changes.
#[derive(Clone, Copy, Debug)]
pub struct Probing {
    /// Origin of the grid (the end of login); [`Time::NEVER`]: no probes.
    pub origin: Time,
    /// Probes up to here (included) are counted.
    pub counted: Time,
    /// Whether probes between the last instant and the next one are made.
    pub made: bool,
    /// Start of the unbroken availability of the preferred site, in truth.
    pub available: Option<Time>,
    /// First success of the unbroken run of probes.
    pub found: Option<Time>,
    /// A delayed restore: when the site is probed once more.
    pub delayed: Option<Time>,
}

impl Probing {
    /// No probes.
    pub const OFF: Self = Self {
        origin: Time::NEVER,
        counted: Time::NEVER,
        made: false,
        available: None,
        found: None,
        delayed: None,
    };
}

/// The move that is open, or whose agent is not yet in service.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// Why it began.
    pub reason: Reason,
    /// Whether the agent was in service until then.
    pub in_service: bool,
}

/// The outage under way, as far as hindsight needs it.
#[derive(Clone, Copy, Debug)]
pub struct Outage {
    /// Its start; [`Time::NEVER`]: in service.
    pub start: Time,
    /// Whether a restore opened it.
    pub restore: bool,
    /// The last switchover begun in it or opening it.
    pub switchover: Option<Move>,
    /// Where the agent stood when the desktop first knew.
    pub known: Option<Known>,
}

impl Outage {
    /// In service, and nothing noted.
    pub const NONE: Self =
        Self { start: Time::NEVER, restore: false, switchover: None, known: None };
}

/// Where an agent stood when its desktop first knew of an outage.
#[derive(Clone, Copy, Debug)]
pub struct Known {
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

/// Whether the switchover under way is turning out needless.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// The site that was left.
    pub old: Side,
    /// It has been usable again.
    pub usable: bool,
}

/// Counters for the closing tally.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// REGISTER transactions that succeeded.
    pub registered: u64,
    /// REGISTER transactions that failed.
    pub failed: u64,
    /// Restore probes made.
    pub probes: u64,
    /// Rounds begun by the SIP connection.
    pub rounds: u64,
}

/// The state of one agent.
#[derive(Clone, Debug)]
pub struct State {
    /// When each alarm goes off.
    pub alarms: [Time; alarm::COUNT],
    /// The alarms that are set, as bits.
    pub armed: u32,
    /// What is seen of the SIP Server pair, per side.
    pub sight: [Outlook; 2],
    /// Where that stands in its timeline.
    pub position: [u32; 2],
    /// Connections, by kind.
    pub links: [Link; 3],
    /// Registrations.
    pub lines: [Line; 2],
    /// Until when the registrar holds a binding, per side; [`UNBOUND`]: it holds none,
    /// [`Time::NEVER`]: it is refreshed.
    pub bound: [Time; 2],
    /// Whether the phone's last transaction succeeded, per side.
    pub registered: [bool; 2],
    /// Side of the phone's latest success.
    pub latest: Side,
    /// A desk phone's registration, as last seen through a connected SIP Server.
    pub seen: [bool; 2],
    /// Since when the phone has been unusable at each side, in truth.
    pub unusable: [Option<Time>; 2],
    /// Current site; `None` from the start of a move to connecting.
    pub site: Option<Side>,
    /// How far the desktop is there.
    pub stage: Stage,
    /// The open move, if one is.
    pub open: Option<Move>,
    /// In the no-site cycle.
    pub no_site: bool,
    /// When the agent is (or was) ready.
    pub ready: Time,
    /// The desktop sees its phone unregistered.
    pub phone_lost: bool,
    /// The phone timer.
    pub phone_timer: PhoneTimer,
    /// Restore probes.
    pub probing: Probing,
    /// Logins begun.
    pub logins: u32,
    /// Logins ended.
    pub logged_in: u32,
    /// Jittered restore decisions.
    pub decisions: u32,
    /// The latest switchovers, newest first (what-if cap).
    pub switchovers: [Time; 8],
    /// Whether a ghost is at each side.
    pub ghost: [bool; 2],
    /// Whether a stale contact is at each side.
    pub stale: [bool; 2],
    /// The switchover watched for being needless.
    pub watch: Option<Watch>,
    /// The outage under way.
    pub outage: Outage,
    /// The state last told: side and cause.
    pub told: Option<(Option<Side>, Option<Cause>)>,
    /// Counters.
    pub counts: Counts,
}

/// The registrar holds no binding.
pub const UNBOUND: Time = Time(i64::MIN);
