//! Everything that is summed over agents while they come one after the other.
//!
//! Totals of two disjoint ranges of agents merge into those of both. Beyond a fixed number of outages
//! and agents nothing in here is per agent but login queues.

use crate::model::Kind;
use crate::statistics::Sketch;
use crate::time::Span;
use crate::trace::Reason;

use super::agent::FinishedOutage;
use super::duration_list::DurationList;
use super::frame::Frame;
use super::group_changes::GroupChanges;
use super::incident::{IncidentEffect, ReturnTimes};
use super::level_changes::LevelChanges;
use super::paged::Paged;
use super::quantity::Total;
use super::rows::{AgentRow, MoveRow};
use super::shares::Shares;
use super::site::{Presence, SiteTotals};

/// At most this many values of a pool are kept exact.
pub(super) const POOLED: usize = 262_144;

/// Reasons for a switchover, in the order of the tables here, which is their own.
pub const SWITCHOVER_REASONS: [Reason; 5] =
    [Reason::SipTimer, Reason::StatTimer, Reason::ConfigTimer, Reason::PhoneTimer, Reason::Drain];

/// What happened to the connections of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Breaks that really happened.
    pub broken: u64,
    /// Breaks that healed before they were noticed.
    pub survived: u64,
    /// Losses noticed.
    pub losses: u64,
    /// Noticed losses after which a whole first round failed.
    pub pairs_lost: u64,
    /// Reconnects by warm standby at the same site.
    pub reconnects: u64,
    /// DR timers that fired.
    pub timers_fired: u64,
    /// Moves of that connection alone.
    pub moved_alone: u64,
}

impl Links {
    fn merge(&mut self, other: Self) {
        self.broken += other.broken;
        self.survived += other.survived;
        self.losses += other.losses;
        self.pairs_lost += other.pairs_lost;
        self.reconnects += other.reconnects;
        self.timers_fired += other.timers_fired;
        self.moved_alone += other.moved_alone;
    }
}

/// Plain counts and sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Agents measured.
    pub agents: u64,
    /// Agents with at least one outage.
    pub agents_hit: u64,
    /// Agents with at least one outage in which service was lost.
    pub agents_lost: u64,
    /// Agents with at least one trip home that was an outage.
    pub agents_home: u64,
    /// Agents that moved at least once.
    pub agents_moved: u64,
    /// Downtime per cause.
    pub downtime: [Total; 8],
    /// Time not at the preferred site.
    pub away: Total,
    /// Time in which agents were staffed.
    pub staffed: Total,
    /// Outages cut at the horizon.
    pub censored: u64,
    /// Switchovers per reason, in the order of [`SWITCHOVER_REASONS`].
    pub switchovers: [u64; 5],
    /// Needless switchovers.
    pub needless: u64,
    /// Switchovers with a regret above zero.
    pub switchovers_regretted: u64,
    /// Sum of their regret.
    pub switchover_regret: Total,
    /// Outages without a switchover that could be compared with switching over.
    pub stays_compared: u64,
    /// Those with a regret above zero.
    pub stays_regretted: u64,
    /// Sum of their regret.
    pub stay_regret: Total,
    /// Restores begun.
    pub restores: u64,
    /// Premature restores.
    pub premature: u64,
    /// Switchovers within the flap window after a restore.
    pub flaps: u64,
    /// Switchovers held back by the cap per hour.
    pub capped: u64,
    /// Waits of agents that would leave for the end of their calls.
    pub held: u64,
    /// The sum of these waits, up to the horizon.
    pub held_wait: Total,
    /// The longest of them.
    pub held_longest: Span,
    /// Phone timers that fired.
    pub phone_timers_fired: u64,
    /// Intervals without any site.
    pub no_site: u64,
    /// REGISTER transactions that succeeded.
    pub registered: u64,
    /// REGISTER transactions that failed.
    pub failed: u64,
    /// Restore probes.
    pub probes: u64,
    /// Rounds of SIP Server connections.
    pub rounds: u64,
}

/// The totals of one range of agents.
#[derive(Clone, Debug)]
pub struct Totals {
    pub(super) counts: Counts,
    /// Outage durations by the cause with the largest share; of each, first those of the outages that
    /// no restore opened, then of those that one did.
    pub(super) outages: [[DurationList<POOLED>; 2]; 8],
    /// How many of them were cut at the horizon or at the end of a shift.
    pub(super) open: [[u64; 2]; 8],
    /// Restores that were under way when the run, or the shift of their agent, ended.
    pub(super) open_restores: u64,
    /// Downtime of every agent.
    pub(super) downtimes: DurationList<POOLED>,
    /// From "preferred available" to in service there.
    pub(super) restore_times: DurationList<POOLED>,
    pub(super) links: [Links; 3],
    pub(super) sites: Vec<SiteTotals>,
    pub(super) nowhere: Presence,
    /// Changes of the number not staffed, on the fine grid.
    pub(super) absent: Paged,
    /// Changes of the numbers in service and not staffed, for pictures; nothing in one run of many.
    pub(super) changes: LevelChanges,
    pub(super) effects: Vec<IncidentEffect>,
    pub(super) shares: Shares,
    /// Per group; nothing in one run of many.
    pub(super) groups: Vec<GroupChanges>,
    /// In the order of [`Frame::list`].
    pub(super) backs: Vec<ReturnTimes>,
}

impl Totals {
    /// No agent measured yet.
    #[must_use]
    pub fn new(frame: &Frame) -> Self {
        Self {
            counts: Counts::default(),
            outages: Default::default(),
            open: Default::default(),
            open_restores: 0,
            downtimes: DurationList::default(),
            restore_times: DurationList::default(),
            links: Default::default(),
            sites: frame.model.sites.iter().map(|_| SiteTotals::new(frame)).collect(),
            nowhere: Presence::new(frame.bins),
            absent: Paged::default(),
            changes: LevelChanges::default(),
            shares: Shares::new(frame),
            groups: if frame.is_one_of_many() {
                Vec::new()
            } else {
                vec![GroupChanges::default(); frame.model.groups.len()]
            },
            effects: vec![IncidentEffect::default(); frame.incidents.len()],
            backs: vec![ReturnTimes::default(); frame.lists()],
        }
    }

    /// Adds the totals of the agents that come after these.
    pub fn merge(&mut self, later: Self) {
        self.counts.merge(&later.counts);
        let theirs = later.outages.into_iter().flatten();
        let mine = self.outages.as_flattened_mut();
        mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.merge(theirs));
        self.open_restores += later.open_restores;
        let theirs = later.open.as_flattened();
        let mine = self.open.as_flattened_mut();
        mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        self.downtimes.merge(later.downtimes);
        self.restore_times.merge(later.restore_times);
        self.links.iter_mut().zip(later.links).for_each(|(mine, theirs)| mine.merge(theirs));
        self.sites.iter_mut().zip(later.sites).for_each(|(mine, theirs)| mine.merge(theirs));
        self.nowhere.merge(&later.nowhere);
        self.absent.merge(later.absent);
        self.changes.merge(later.changes);
        self.shares.merge(&later.shares);
        self.groups.iter_mut().zip(later.groups).for_each(|(mine, theirs)| mine.merge(theirs));
        self.effects.iter_mut().zip(later.effects).for_each(|(mine, theirs)| mine.merge(theirs));
        self.backs.iter_mut().zip(later.backs).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    /// The sketch of each list of durations, in nanoseconds, in the order of [`LISTS`]. Sorts the lists that are few enough
    /// to be held as such.
    ///
    /// [`LISTS`]: super::LISTS
    pub fn sketches(&mut self) -> Vec<Sketch> {
        let outages = self.outages.as_flattened_mut().iter_mut();
        let lists = outages.chain([&mut self.restore_times, &mut self.downtimes]);
        lists.map(DurationList::sketch).collect()
    }

    /// Of each list of outages, in the same order, and then of restores: how many were still open at the end; empty where
    /// none was.
    #[must_use]
    pub fn open(&self) -> Vec<i64> {
        let all = self.open.as_flattened().iter().chain([&self.open_restores]);
        if all.clone().all(|open| *open == 0) {
            return Vec::new();
        }
        all.map(|open| *open as i64).collect()
    }

    /// Bytes held for durations and login queues: for what there is more of, the more happens to
    /// the more agents. The tables over time do not count.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let pools = self.outages.as_flattened().iter();
        let pools = pools.chain([&self.downtimes, &self.restore_times]);
        let pools: usize = pools.map(DurationList::bytes).sum();
        let incidents: usize = self.backs.iter().map(ReturnTimes::bytes).sum();
        let queues: usize =
            self.sites.iter().map(|site| site.queue.bytes() + site.turns.bytes()).sum();
        pools + incidents + queues
    }

    pub(super) fn link(&mut self, kind: Kind) -> &mut Links {
        &mut self.links[kind.index()]
    }

    pub(super) fn add_agent(&mut self, row: &AgentRow) {
        let counts = &mut self.counts;
        counts.agents += 1;
        counts.agents_hit += u64::from(row.outages > 0);
        counts.agents_lost += u64::from(row.outages > row.trips_home);
        counts.agents_home += u64::from(row.trips_home > 0);
        counts.agents_moved += u64::from(row.switchovers + row.restores > 0);
        counts.away.add(row.away);
        counts.staffed.add(row.staffed);
        counts.downtime.iter_mut().zip(row.by_cause).for_each(|(sum, span)| sum.add(span));
        self.downtimes.push(row.downtime.0);
    }

    pub(super) fn add_outage(&mut self, whole: &FinishedOutage, length: Span) {
        let (cause, by_restore) = (whole.cause as usize, usize::from(whole.by_restore));
        let open = u64::from(whole.censored);
        self.outages[cause][by_restore].push(length.0);
        self.open[cause][by_restore] += open;
        self.counts.censored += open;
    }

    /// An outage without a switchover has been compared with switching over.
    pub(super) fn add_stay(&mut self, regret: Span) {
        let counts = &mut self.counts;
        counts.stays_compared += 1;
        counts.stays_regretted += u64::from(regret > Span::ZERO);
        counts.stay_regret.add(regret);
    }

    pub(super) fn add_move(&mut self, row: &MoveRow) {
        let counts = &mut self.counts;
        match counts.switchovers.get_mut(row.reason as usize) {
            Some(switchovers) => *switchovers += 1,
            None => counts.restores += 1,
        }
        counts.needless += u64::from(row.needless);
        counts.premature += u64::from(row.premature);
        counts.flaps += u64::from(row.flap);
        counts.switchovers_regretted += u64::from(row.regret > Some(Span::ZERO));
        counts.switchover_regret.add(row.regret.unwrap_or_default());
        if let Some(length) = row.since_available() {
            self.restore_times.push(length.0);
        }
    }
}

impl Counts {
    /// An agent that wants to leave waits this long for the end of its call.
    pub(super) fn holds(&mut self, wait: Span) {
        self.held += 1;
        self.held_wait.add(wait);
        self.held_longest = self.held_longest.max(wait);
    }

    fn merge(&mut self, other: &Self) {
        self.held_longest = self.held_longest.max(other.held_longest);
        let pairs = self.downtime.iter_mut().zip(other.downtime);
        pairs.for_each(|(mine, theirs)| mine.0 += theirs.0);
        let pairs = self.switchovers.iter_mut().zip(other.switchovers);
        pairs.for_each(|(mine, theirs)| *mine += theirs);
        for (mine, theirs) in self.sums().into_iter().zip(other.clone().sums()) {
            mine.0 += theirs.0;
        }
        for (mine, theirs) in self.numbers().into_iter().zip(other.clone().numbers()) {
            *mine += *theirs;
        }
    }

    fn sums(&mut self) -> [&mut Total; 5] {
        let Self { away, staffed, switchover_regret, stay_regret, held_wait, .. } = self;
        [away, staffed, switchover_regret, stay_regret, held_wait]
    }

    fn numbers(&mut self) -> [&mut u64; 21] {
        let Self { agents, agents_hit, agents_lost, agents_home, agents_moved, .. } = self;
        let Self {
            censored,
            needless,
            switchovers_regretted,
            stays_compared,
            stays_regretted,
            restores,
            ..
        } = self;
        let Self { premature, flaps, capped, held, phone_timers_fired, .. } = self;
        let Self { no_site, registered, failed, probes, rounds, .. } = self;
        [
            agents,
            agents_hit,
            agents_lost,
            agents_home,
            agents_moved,
            censored,
            needless,
            switchovers_regretted,
            stays_compared,
            stays_regretted,
            restores,
            premature,
            flaps,
            capped,
            held,
            phone_timers_fired,
            no_site,
            registered,
            failed,
            probes,
            rounds,
        ]
    }
}
