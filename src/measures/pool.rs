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
