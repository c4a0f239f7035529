//! What calls see of the world and the agents: a list of changes in the order of time. It knows nothing of
//! why they happen.

use crate::model::SiteId;
use crate::time::Time;

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaffEvent {
    /// An agent wants to leave, and its call keeps it: it takes no further one.
    Leaving {
        /// The agent.
        agent: u32,
    },
    /// A site. All serve and are up at the start, unless a change at the start says otherwise.
    Site {
        /// The site.
        site: SiteId,
        /// Whether its SIP Servers serve.
        serves: bool,
        /// Whether any of them is up; what serves is up.
        lives: bool,
    },
    /// The link between two sites; up at the start.
    Link {
        /// One site.
        a: SiteId,
        /// The other.
        b: SiteId,
        /// Whether it is up.
        up: bool,
    },
    /// An agent comes into service at a site, or goes out of service.
    Agent {
        /// The agent.
        agent: u32,
        /// Where it is in service; `None`: nowhere.
        site: Option<SiteId>,
    },
    /// A call of this agent by way of this site would go on no longer: pair, path or power is gone.
    Severed {
        /// The agent.
        agent: u32,
        /// The site.
        site: SiteId,
    },
    /// A site believes that an agent is ready who is not there.
    Phantom {
        /// The agent.
        agent: u32,
        /// 0 for its preferred site, 1 for its peer.
        side: u8,
        /// The site.
        site: SiteId,
        /// From now on; else no longer.
        on: bool,
    },
    /// The call of an agent that wanted to leave is over: it has left, or has found that it may not, and takes calls again.
    Left {
        /// The agent.
        agent: u32,
    },
}

/// A change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// When.
    pub at: Time,
    /// What.
    pub what: StaffEvent,
}

/// Sites and agents over a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Number of sites.
    pub sites: usize,
    /// The group of each agent.
    pub groups: Vec<u32>,
    /// What changes, by time; at one instant in the order of [`StaffEvent`].
    pub changes: Vec<Change>,
}
