//! What is summed per site: agents by state over time, logins and REGISTERs, the login queue,
//! stale and ghost time.

use crate::model::{Model, SiteId};
use crate::time::{Span, Time};
use crate::trace::Cause;

use super::bin_position::BinPosition;
use super::flow::Flow;
use super::frame::{Bins, Frame};
use super::paged::Paged;
use super::quantity::Total;
use super::queue::Queue;
use super::turns::Turns;

/// The states that timelines distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AgentState {
    /// In service.
    InService,
    /// A move is open: switching, restoring, or without any site.
    Switching,
    /// Out of service for any other cause.
    Out,
    /// Not staffed: off shift, or signing in.
    NotStaffed,
}

impl AgentState {
    /// What timelines show of a site and a cause, or of none.
    pub(super) const fn of(site: Option<SiteId>, cause: Option<Cause>) -> Self {
        match cause {
            None if site.is_none() => Self::NotStaffed,
            None => Self::InService,
            Some(Cause::NoSite | Cause::Restoring | Cause::Switching) => Self::Switching,
            Some(_) => Self::Out,
        }
    }
}

/// Agents by state over time, at one site or at none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Presence {
    flows: [Flow; 4],
}

impl Presence {
    pub(super) fn new(bins: Bins) -> Self {
        Self { flows: std::array::from_fn(|_| Flow::new(bins)) }
    }

    /// Agents in a state.
    pub(super) fn flow(&mut self, stand: AgentState) -> &mut Flow {
        &mut self.flows[stand as usize]
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.flows.iter_mut().zip(&other.flows).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    /// Agent-nanoseconds per bin in service, switching and out.
    pub(super) fn totals(&self, bins: Bins) -> [Vec<i128>; 3] {
        [0, 1, 2].map(|stand: usize| self.flows[stand].totals(bins))
    }

    /// Agent-nanoseconds per bin not staffed.
    pub(super) fn not_staffed(&self, bins: Bins) -> Vec<i128> {
        self.flows[AgentState::NotStaffed as usize].totals(bins)
    }
}

/// Events that are counted per bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tick {
    /// A login begins.
    Login,
    /// A REGISTER succeeds after a failure, late, or at a new site.
    Register,
    /// A switchover to this site begins.
    SwitchoverTo,
    /// A restore to this site begins.
    RestoreTo,
}

/// Everything that is summed for one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SiteTotals {
    pub(super) presence: Presence,
    /// Registrations in steady refresh, per phone type.
    pub(super) steady: Vec<Flow>,
    /// Events per bin, in the order of [`Tick`].
    pub(super) ticks: [Vec<u64>; 4],
    /// Changes of the number in service, on the fine grid.
    pub(super) level: Paged,
    /// The same events on the fine grid; of moves none in one run of many.
    pub(super) fine: [Paged; 4],
    pub(super) queue: Queue,
    pub(super) turns: Turns,
    pub(super) stale: Total,
    pub(super) ghost: Total,
}

impl SiteTotals {
    pub(super) fn new(frame: &Frame) -> Self {
        let (bins, hits) = (frame.bins, frame.incidents.len());
        Self {
            presence: Presence::new(bins),
            steady: frame.model.phones.iter().map(|_| Flow::new(bins)).collect(),
            ticks: std::array::from_fn(|_| vec![0; bins.count()]),
            level: Paged::expecting(2 * hits),
            fine: std::array::from_fn(|_| Paged::expecting(hits)),
            queue: Queue::default(),
            turns: Turns::default(),
            stale: Total::default(),
            ghost: Total::default(),
        }
    }

    /// Counts one event.
    pub(super) fn tick(&mut self, frame: &Frame, position: BinPosition, at: Time, tick: Tick) {
        self.ticks[tick as usize][position.bin] += 1;
        let drawn = matches!(tick, Tick::SwitchoverTo | Tick::RestoreTo);
        if drawn && frame.is_one_of_many() {
            return;
        }
        if let Some(slot) = frame.grid.of(at) {
            self.fine[tick as usize].add(slot, 1);
        }
    }

    /// Puts everything in order, once all agents are in.
    pub(super) fn settle(&mut self) {
        self.level.settle();
        self.fine.iter_mut().for_each(Paged::settle);
        self.turns.settle();
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.presence.merge(&other.presence);
        self.steady.iter_mut().zip(&other.steady).for_each(|(mine, theirs)| mine.merge(theirs));
        for (mine, theirs) in self.ticks.iter_mut().zip(&other.ticks) {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
        self.level.merge(other.level);
        self.fine.iter_mut().zip(other.fine).for_each(|(mine, theirs)| mine.merge(theirs));
        self.queue.merge(other.queue);
        self.turns.merge(other.turns);
        self.stale.0 += other.stale.0;
        self.ghost.0 += other.ghost.0;
    }

    /// REGISTERs of undisturbed refreshes per bin, in millionths: registered time / refresh.
    pub(super) fn background(&self, model: &Model, site: SiteId, bins: Bins) -> Vec<i128> {
        let mut all = vec![0; bins.count()];
        for (flow, phone) in self.steady.iter().zip(&model.phones) {
            let refresh = i128::from(model.refresh(phone, site).0.max(1));
            let each = all.iter_mut().zip(flow.totals(bins));
            each.for_each(|(sum, time)| *sum += time * 1_000_000 / refresh);
        }
        all
    }
}

/// How many agents were in service at the whole slots of the fine grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// At the start.
    pub first: i64,
    /// Fewest per bin.
    pub lowest: Vec<i64>,
    /// Fewest of all.
    pub least: i64,
    /// Most of all.
    pub most: i64,
}

/// Runs through the changes once.
pub(super) fn level(changes: &Paged, bins: Bins, grid: Bins) -> Level {
    let (mut now, mut most, mut open) = (0, i64::MIN, 0);
    let first = changes.entries(0..1).map(|(_, by)| by).sum();
    let mut lowest = vec![i64::MAX; bins.count()];
    // The first slot that lies in a later bin.
    let mut end = 0;
    for (slot, by) in changes.entries(0..grid.count()) {
        if slot >= end {
            let Some(bin) = bins.of(grid.start(slot)) else { break };
            // The old level still held at the bin's earlier slots, if it has any.
            let kept = usize::from(grid.next(bins.start(bin)) < slot);
            lowest[open..bin + kept].iter_mut().for_each(|low| *low = now.min(*low));
            (open, end) = (bin, grid.next(bins.end(bin)));
        }
        most = if slot == 0 { most } else { most.max(now) };
        now += by;
        lowest[open] = lowest[open].min(now);
    }
    lowest[open..].iter_mut().for_each(|low| *low = now.min(*low));
    let least = lowest.iter().copied().min().unwrap_or(0);
    Level { first, lowest, least, most: most.max(now) }
}

/// A length of time that is cut at the horizon.
pub(super) fn cut(from: Time, to: Time, horizon: Time) -> Span {
    to.min(horizon) - from.min(horizon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_level_of_a_bin_is_found() {
        let bins = Bins::new(Time::from_secs(3_600));
        let grid = Bins::fine(Time::from_secs(3_600));
        let mut changes = Paged::default();
        // Bins of 5 s: ten agents from 0, none from 7 to 9, three more from 20 on.
        for (slot, by) in [(0, 10), (7, -10), (9, 10), (20, 3)] {
            changes.add(slot, by);
        }
        changes.settle();
        let found = level(&changes, bins, grid);
        assert_eq!(found.lowest[..6], [10, 0, 10, 10, 13, 13]);
        assert_eq!((found.least, found.most), (0, 13));
    }
}
