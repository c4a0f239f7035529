//! What breaks, and when: declared faults, not yet sampled.

use crate::distribution::{Age, Law};
use crate::time::{Span, Time};

use super::hours::Hours;
use super::ids::{HostId, LocationId, PairId, Role, SiteId};

/// The planes of a path that a fault takes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planes {
    /// The desktop's plane only.
    Cti,
    /// The phone's plane only.
    Sip,
    /// Both.
    Both,
}

impl Planes {
    /// Whether the desktop's plane is hit.
    #[must_use]
    pub const fn cti(self) -> bool {
        matches!(self, Self::Cti | Self::Both)
    }

    /// Whether the phone's plane is hit.
    #[must_use]
    pub const fn sip(self) -> bool {
        matches!(self, Self::Sip | Self::Both)
    }
}

/// What is wrong with a registrar whose SIP Server pair serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegistrarFault {
    /// No REGISTER is answered.
    Hangs,
    /// Every REGISTER is refused at once (503).
    Refuses,
    /// Each answer takes a time by a law.
    Slow,
}

/// What a fault takes down: fixed machines and paths, never roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A member's process; clean, its sockets reset.
    Process(PairId, Role),
    /// A member's process hangs: it does not serve and says nothing, its sockets stay open.
    Hang(PairId, Role),
    /// A host; silent.
    Host(HostId),
    /// Every host of a site; silent.
    Site(SiteId),
    /// The path between a location and a site.
    Path(LocationId, SiteId, Planes),
    /// All paths of a location.
    Location(LocationId, Planes),
    /// The link between two sites; no desktop notices.
    InterSite(SiteId, SiteId),
    /// The path between a location and a site, which is up, with loss or delay.
    PoorPath(LocationId, SiteId, Planes),
    /// All paths of a location, which are up, with loss or delay.
    PoorLocation(LocationId, Planes),
    /// The link between two sites, which is up, with loss or delay; no desktop notices.
    PoorLink(SiteId, SiteId),
    /// What connects the members of a pair: they cannot see each other.
    HaLink(PairId),
    /// The power of a location: its desktops and phones are off.
    Power(LocationId),
    /// Logins at a site: no new logins; agents that are logged in stay.
    Logins(SiteId),
    /// The registrar of a site: bindings, calls and desktops are untouched.
    Registrar(SiteId, RegistrarFault),
}

/// When a fault holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// Down `times` times for `down`, with `up` between, from `at` on (a single fault: once).
    Scripted {
        /// Start of the first outage.
        at: Time,
        /// Length of an outage.
        down: Span,
        /// Time between outages.
        up: Span,
        /// Number of outages, at least 1.
        times: u32,
    },
    /// A renewal process; all targets are up at 0.
    Random {
        /// Time to failure, measured from the repair.
        failure: Law,
        /// Time to repair.
        repair: Law,
        /// Laws that take their place, one set per replication in turn: what a log leaves open
        /// about them. Empty: the laws are known.
        sets: Vec<Laws>,
        /// How old the targets are at 0: the law of their first time to failure.
        age: Age,
        /// The hours in which the time to failure passes; `None`: always.
        when: Option<Hours>,
    },
}

/// The two laws of a random fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Laws {
    /// Time to failure, measured from the repair.
    pub failure: Law,
    /// Time to repair.
    pub repair: Law,
}

impl Schedule {
    /// A renewal process whose laws are known.
    #[must_use]
    pub const fn random(failure: Law, repair: Law) -> Self {
        Self::Random { failure, repair, sets: Vec::new(), age: Age::New, when: None }
    }

    /// Time to failure and time to repair that hold in a replication (from 0): set `replication`
    /// modulo their number, if there are sets. `None`: not random.
    #[must_use]
    pub fn laws(&self, replication: u64) -> Option<(&Law, &Law)> {
        let Self::Random { failure, repair, sets, .. } = self else { return None };
        let set = replication.checked_rem(sets.len() as u64).map(|index| &sets[index as usize]);
        Some(set.map_or((failure, repair), |set| (&set.failure, &set.repair)))
    }

    /// The number of sets of laws; 0: the laws are known, or the schedule is scripted.
    #[must_use]
    pub const fn sets(&self) -> usize {
        match self {
            Self::Random { sets, .. } => sets.len(),
            Self::Scripted { .. } => 0,
        }
    }
}

/// A declared fault; each target of a random fault keeps a clock of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Name for reports.
    pub name: String,
    /// What it takes down; scripted: all together, random: each by its own clock.
    pub targets: Vec<Target>,
    /// When.
    pub schedule: Schedule,
    /// What it does to targets that stay up.
    pub impairment: Impairment,
}

/// What happens to messages to something that is up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Impairment {
    /// Probability that a packet is lost, one way, in [0, 1): of REGISTERs over UDP on a path.
    pub loss: f64,
    /// How long answers take. On a path it is drawn once per interval, at a slow registrar for each
    /// answer.
    pub delay: Option<Law>,
}

/// A graceful migration: the site refuses logins and REGISTERs from `at`, its server processes
/// stop cleanly at `at + grace` and return at `at + lasts` (`grace < lasts`).
#[derive(Clone, Debug, PartialEq)]
pub struct Drain {
    /// Name for reports.
    pub name: String,
    /// The site that is drained.
    pub site: SiteId,
    /// When the order to leave is given.
    pub at: Time,
    /// From the order to the stop.
    pub grace: Span,
    /// From the order to the return.
    pub lasts: Span,
}
