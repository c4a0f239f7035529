//! The outcomes of calls, counted by queue and by the interval in which they came. Whole numbers
//! only: replications and parts of a run add up in any order. It judges nothing.

use std::ops::Range;

use crate::model::{GroupId, ShareOf};
use crate::time::{Span, Time};

use super::outcome::{CallObserver, Fate, Outcome};
use super::staff::{Change, Staff, StaffEvent};
use super::windows::holding;

/// Calls of one queue that came in one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Calls that came, those that came again included.
    pub offered: u64,
    /// Of these, calls of a caller who had called before because of the same matter.
    pub redialled: u64,
    /// An agent took them, and they were not lost.
    pub answered: u64,
    /// The caller gave up.
    pub abandoned: u64,
    /// A failure took them.
    pub lost: u64,
    /// No waiting place was free.
    pub blocked: u64,
    /// They wait at the horizon.
    pub waiting: u64,
    /// Calls that an agent took, whatever their outcome.
    pub taken: u64,
    /// Of these, after a wait of at most the threshold of the service level.
    pub taken_in_time: u64,
    /// Abandoned after a wait of at most that threshold.
    pub abandoned_in_time: u64,
    /// Abandoned, but an agent would have taken them within that threshold; counted only where the service level asks for it.
    pub missed_in_time: u64,
    /// Lost after an agent had taken them.
    pub lost_talking: u64,
    /// How often they rang at a dead contact, where a call is not answered.
    pub rings: u64,
    /// Waits of calls taken, in nanoseconds.
    pub wait_taken: i128,
    /// Waits of all calls, in nanoseconds.
    pub wait: i128,
    /// The longest wait of any call.
    pub longest_wait: Span,
}

impl Cell {
    /// Calls that failed: abandoned, lost or blocked.
    #[must_use]
    pub const fn failed(&self) -> u64 {
        self.abandoned + self.lost + self.blocked
    }

    /// Counts the calls of two cells together.
    pub fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.redialled += other.redialled;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.lost += other.lost;
        self.blocked += other.blocked;
        self.waiting += other.waiting;
        self.taken += other.taken;
        self.taken_in_time += other.taken_in_time;
        self.abandoned_in_time += other.abandoned_in_time;
        self.missed_in_time += other.missed_in_time;
        self.lost_talking += other.lost_talking;
        self.rings += other.rings;
        self.wait_taken += other.wait_taken;
        self.wait += other.wait;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
    }

    fn count(&mut self, call: &Outcome, within: Span) {
        let one = u64::from;
        let wait = call.answered.unwrap_or(call.ended) - call.offered;
        let (taken, in_time) = (call.answered.is_some(), wait <= within);
        self.add(&Self {
            offered: 1,
            redialled: one(call.attempt > 0),
            answered: one(call.fate == Fate::Answered),
            abandoned: one(call.fate == Fate::Abandoned),
            lost: one(call.fate == Fate::Lost),
            blocked: one(call.fate == Fate::Blocked),
            waiting: one(call.fate == Fate::Waiting),
            taken: one(taken),
            taken_in_time: one(taken && in_time),
            abandoned_in_time: one(call.fate == Fate::Abandoned && !taken && in_time),
            missed_in_time: 0,
            lost_talking: one(call.fate == Fate::Lost && taken),
            rings: u64::from(call.rings),
            wait_taken: if taken { i128::from(wait.0) } else { 0 },
            wait: i128::from(wait.0),
            longest_wait: wait,
        });
    }

    /// The service level, in [0, 1]; `None`: there is no call to take a share of.
    #[must_use]
    pub fn service_level(&self, of: ShareOf) -> Option<f64> {
        let (in_time, calls) = self.in_time(of);
        ratio(in_time as f64, calls)
    }

    /// Calls in time, and the calls of which the service level is the share.
    #[must_use]
    pub const fn in_time(&self, of: ShareOf) -> (u64, u64) {
        match of {
            ShareOf::Offered => (self.taken_in_time, self.offered),
            ShareOf::Taken => (self.taken_in_time, self.taken),
            ShareOf::OfferedLessQuick => {
                (self.taken_in_time, self.offered - self.abandoned_in_time)
            }
            ShareOf::Virtual => (self.taken_in_time + self.missed_in_time, self.offered),
        }
    }

    /// Average speed of answer: mean wait of the calls that an agent took, in seconds; `None`: none was.
    #[must_use]
    pub fn answer_speed_s(&self) -> Option<f64> {
        ratio(self.wait_taken as f64 / 1e9, self.taken)
    }
}

fn ratio(sum: f64, calls: u64) -> Option<f64> {
    (calls > 0).then(|| sum / calls as f64)
}

/// Agent time of one group in one interval, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// In service.
    pub in_service: i128,
    /// With a call or with the work after it.
    pub busy: i128,
}

impl Hours {
    /// Adds two times together.
    pub fn add(&mut self, other: Self) {
        self.in_service += other.in_service;
        self.busy += other.busy;
    }

    /// Occupancy: busy time as a share of time in service; `None`: no agent was in service. It can
    /// exceed 1 where calls go on while their agents are out of service.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        (self.in_service > 0).then(|| self.busy as f64 / self.in_service as f64)
    }
}

/// The tallies of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Length of an interval.
    interval: Span,
    /// Threshold of the service level of each queue.
    within: Vec<Span>,
    intervals: usize,
    horizon: Time,
    group_of: Vec<u32>,
    /// By queue and interval.
    cells: Vec<Cell>,
    /// By group and interval.
    hours: Vec<Hours>,
}

impl Tally {
    /// Empty tallies, except for the time that agents are in service. `within`: the threshold of
    /// each queue's service level. `interval` is longer than zero.
    #[must_use]
    pub fn new(within: Vec<Span>, staff: &Staff, interval: Span, horizon: Time) -> Self {
        let interval = interval.max(Span(1));
        let intervals = (horizon.0 as u64).div_ceil(interval.0 as u64) as usize;
        let groups = staff.groups.iter().map(|group| *group as usize + 1).max().unwrap_or(0);
        let mut tally = Self {
            interval,
            intervals,
            horizon,
            group_of: staff.groups.clone(),
            cells: vec![Cell::default(); within.len() * intervals],
            hours: vec![Hours::default(); groups * intervals],
            within,
        };
        tally.staffed(&staff.changes);
        tally
    }

    /// The time that agents are in service, by all changes of a run.
    pub fn staffed(&mut self, changes: &[Change]) {
        let mut since = vec![None; self.group_of.len()];
        let horizon = self.horizon;
        for change in changes.iter().filter(|change| change.at < horizon) {
            let StaffEvent::Agent { agent, site } = change.what else { continue };
            let before = std::mem::replace(&mut since[agent as usize], site.map(|_| change.at));
            self.stay(agent, before, change.at);
        }
        for (agent, since) in (0..).zip(since) {
            self.stay(agent, since, self.horizon);
        }
    }

    fn stay(&mut self, agent: u32, since: Option<Time>, until: Time) {
        if let Some(since) = since {
            self.spread(agent, since, until, |span| Hours { in_service: span, busy: 0 });
        }
    }

    /// Adds a time of an agent to the intervals that it touches.
    fn spread(&mut self, agent: u32, from: Time, to: Time, hours: impl Fn(i128) -> Hours) {
        let group = self.group_of[agent as usize] as usize;
        let mut from = from;
        while from < to {
            let number = self.number(from);
            let end = Time((number as i64 + 1).saturating_mul(self.interval.0)).min(to);
            self.hours[group * self.intervals + number].add(hours(i128::from((end - from).0)));
            from = end;
        }
    }

    fn number(&self, at: Time) -> usize {
        (at.0 / self.interval.0) as usize
    }

    /// Drops the time in service outside of some windows of whole intervals.
    pub(super) fn only(&mut self, windows: &[Range<Time>]) {
        for (number, hours) in self.hours.iter_mut().enumerate() {
            let from = Time((number % self.intervals) as i64 * self.interval.0);
            if holding(windows, from).is_none() {
                *hours = Hours::default();
            }
        }
    }

    /// Length of an interval.
    #[must_use]
    pub const fn interval(&self) -> Span {
        self.interval
    }

    /// The calls of a queue, by the interval in which they came.
    #[must_use]
    pub fn cells(&self, queue: usize) -> &[Cell] {
        &self.cells[queue * self.intervals..(queue + 1) * self.intervals]
    }

    /// All calls of a queue.
    #[must_use]
    pub fn total(&self, queue: usize) -> Cell {
        let mut total = Cell::default();
        self.cells(queue).iter().for_each(|cell| total.add(cell));
        total
    }

    /// Agent time of some groups, by interval; what they do for any queue counts.
    #[must_use]
    pub fn hours(&self, groups: &[GroupId]) -> Vec<Hours> {
        let mut all = vec![Hours::default(); self.intervals];
        for group in groups {
            let from = group.index() * self.intervals;
            let of_group = self.hours.get(from..from + self.intervals).unwrap_or_default();
            all.iter_mut().zip(of_group).for_each(|(sum, hours)| sum.add(*hours));
        }
        all
    }
}

impl CallObserver for Tally {
    fn call(&mut self, outcome: &Outcome) {
        let queue = outcome.queue as usize;
        let place = queue * self.intervals + self.number(outcome.offered);
        self.cells[place].count(outcome, self.within[queue]);
    }

    fn in_time_after_all(&mut self, queue: u32, offered: Time) {
        let place = queue as usize * self.intervals + self.number(offered);
        self.cells[place].missed_in_time += 1;
    }

    fn busy(&mut self, agent: u32, _queue: u32, from: Time, to: Time) {
        self.spread(agent, from, to, |span| Hours { in_service: 0, busy: span });
    }
}
