//! Pools: lists of values that percentiles are taken over, within a run and over many.
//!
//! Only their names; the values are in the totals.

use crate::trace::Cause;

/// All values of one kind, from every run together; percentiles are taken over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// Durations of all outages.
    Outages,
    /// Durations of the outages in which one cause had the largest share.
    OutagesBy(Cause),
    /// Durations of the outages in which service was lost: all that no restore opened.
    ServiceLost,
    /// Durations of the outages that restores opened.
    TripsHome,
    /// From "preferred available" to in service there.
    RestoreTimes,
    /// Downtime of every agent.
    AgentDowntimes,
}

/// Lists that values are kept in, each value in one of them: outages by cause, of each first those that no restore opened, then
/// those that one did; times of restores; downtimes of agents.
pub const LISTS: usize = 18;

/// The lists of what may be open when a run ends are the first ones: outages, and restores.
pub const OPEN_LISTS: usize = LISTS - 1;

impl Pool {
    /// Whether what has not come to its end is in the pool with its length so far; else it is in no list.
    #[must_use]
    pub const fn holds_open(self) -> bool {
        !matches!(self, Self::RestoreTimes)
    }

    /// Whether the values of a list are in the pool.
    #[must_use]
    pub const fn holds(self, list: usize) -> bool {
        let (restores, downtimes) = (LISTS - 2, LISTS - 1);
        match self {
            Self::Outages => list < restores,
            Self::OutagesBy(cause) => list / 2 == cause as usize,
            Self::ServiceLost => list < restores && list.is_multiple_of(2),
            Self::TripsHome => list < restores && !list.is_multiple_of(2),
            Self::RestoreTimes => list == restores,
            Self::AgentDowntimes => list == downtimes,
        }
    }
}
