//! What each fault did to calls, from the tallies of intervals: calls that failed because of it,
//! the service level in its worst interval, and how long until it was met again.
//!
//! Calls are counted in the interval in which they came. Which interval belongs to which incident, [`super::whose`] says; those
//! before all incidents belong to the first, whose calls they lose.
//!
//! Only intervals count in which the service level is lower than without faults: what is bad every
//! day is not caused by a fault.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::calls::{Books, Cell, Tally};
use crate::model::Model;
use crate::time::{Span, Time};

use super::calls::{CallResults, CallSummary, in_time, misses};
use super::incident::Impact;
use super::quantity::{Ratio, Total};
use super::totals::Counts;
use super::whose::{self, IncidentHits};

/// What was done to calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CallDisruption {
    /// Calls lost beyond those of the same callers without faults and drains.
    pub(super) lost: i64,
    /// Calls abandoned beyond them.
    pub(super) abandoned: i64,
    /// The lowest service level of any queue in any interval in which it is lower than without faults; none: no share.
    pub(super) worst: Ratio,
    /// From the start until the last of the intervals in a row in which a target was missed because of it has ended;
    /// `None`: not before the horizon.
    pub(super) until_met: Option<Span>,
}

/// What a fault did to calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FaultCalls {
    /// Calls lost because of it: beyond those of the same callers without faults.
    pub lost: i64,
    /// Calls abandoned because of it.
    pub abandoned: i64,
    /// What it did to service levels.
    #[serde(flatten)]
    pub level: WorstLevel,
}

/// What faults did to service levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WorstLevel {
    /// The lowest service level of any queue in an interval in which it is lower than without faults; null: in none.
    pub service_level_worst: Ratio,
    /// From the start until all queues met their targets again, or were as without faults, to the interval; 0: no target was missed because of it;
    /// null: it never occurred, or they were not met again.
    pub met_again_s: Option<Total>,
    /// 1: a target was not met again before the end of the run.
    pub not_met_again: u64,
}

/// Calls of all queues together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllCalls {
    /// Their outcomes.
    #[serde(flatten)]
    pub calls: CallSummary,
    /// What the faults did to service levels.
    pub faults: WorstLevel,
    /// Agents that would leave, and wait for the end of their calls and of the work after them.
    pub held_agents: HeldAgents,
}

/// Agents that restore, leave a drained site or end their shift, each time that a call holds one
/// up. None in windows around faults, where agents do not wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeldAgents {
    /// How often.
    pub count: u64,
    /// How long, on average, up to the horizon; null: never.
    pub wait_mean_s: Option<Total>,
    /// The longest of these waits; null: never.
    pub wait_longest_s: Option<Total>,
}

impl HeldAgents {
    fn of(counts: &Counts) -> Self {
        let number = i128::from(counts.held);
        let any = number > 0;
        Self {
            count: counts.held,
            wait_mean_s: any.then(|| Total(counts.held_wait.0 / number.max(1))),
            wait_longest_s: any.then(|| counts.held_longest.into()),
        }
    }
}

impl WorstLevel {
    /// `None`: no fault occurred.
    pub(super) fn of(disruption: Option<&CallDisruption>) -> Self {
        let met = disruption.map(|disruption| disruption.until_met);
        Self {
            service_level_worst: disruption.map(|disruption| disruption.worst).unwrap_or_default(),
            met_again_s: met.flatten().map(Total::from),
            not_met_again: (met == Some(None)).into(),
        }
    }
}

impl From<Option<&CallDisruption>> for FaultCalls {
    fn from(disruption: Option<&CallDisruption>) -> Self {
        let CallDisruption { lost, abandoned, .. } =
            disruption.copied().unwrap_or(CallDisruption::NONE);
        Self { lost, abandoned, level: WorstLevel::of(disruption) }
    }
}

impl AllCalls {
    pub(super) fn of(
        calls: &CallResults,
        upsets: &[Option<CallDisruption>],
        counts: &Counts,
    ) -> Self {
        let faults = WorstLevel::of(together(upsets).as_ref());
        Self { calls: calls.all.summary(), faults, held_agents: HeldAgents::of(counts) }
    }
}

/// All that occurred, together; `None`: nothing did.
pub(super) fn together(upsets: &[Option<CallDisruption>]) -> Option<CallDisruption> {
    let struck = upsets.iter().flatten().copied();
    struck.reduce(|mut all, one| {
        all.add(&one);
        all
    })
}

impl CallDisruption {
    /// Both together: sums, and the worse of each.
    pub(super) fn add(&mut self, other: &Self) {
        self.lost += other.lost;
        self.abandoned += other.abandoned;
        self.worst = worse(self.worst, other.worst);
        self.until_met = self.until_met.zip(other.until_met).map(|(mine, own)| mine.max(own));
    }

    const NONE: Self = Self {
        lost: 0,
        abandoned: 0,
        worst: Ratio { part: 0, whole: 0 },
        until_met: Some(Span::ZERO),
    };
}

/// The lower of two shares; a share of nothing is not lower.
fn worse(one: Ratio, other: Ratio) -> Ratio {
    let is_lower = match (one.whole, other.whole) {
        (_, 0) => false,
        (0, _) => true,
        _ => other.part * one.whole < one.part * other.whole,
    };
    if is_lower { other } else { one }
}

/// Per declared fault, then per drain; `None`: it never occurred, or nothing is known of the calls
/// without faults.
pub(super) fn upsets(
    books: &Books,
    impacts: &[Impact],
    model: &Model,
) -> Vec<Option<CallDisruption>> {
    let mut all = vec![None; model.faults.len() + model.drains.len()];
    let Some(unharmed) = &books.unharmed else { return all };
    let both = Both { lived: &books.lived, unharmed, model };
    for (impact, own) in impacts.iter().zip(both.intervals_of(impacts)) {
        let found = both.disruption(impact.incident.from, &own);
        all[impact.incident.declared(model)].get_or_insert(CallDisruption::NONE).add(&found);
    }
    all
}

/// Calls with and without faults.
struct Both<'a> {
    lived: &'a Tally,
    unharmed: &'a Tally,
    model: &'a Model,
}

impl Both<'_> {
    /// The intervals of each incident, in order of time; those before the first one begins are its as well.
    fn intervals_of(&self, impacts: &[Impact]) -> Vec<Vec<Range<usize>>> {
        let struck = impacts.iter().map(|impact| (impact.incident, impact.recovery.hit));
        let struck: Vec<IncidentHits> = struck.collect();
        let mut owned = whose::intervals(&struck, self.lived.interval(), self.intervals());
        if let Some((first, _)) = owned.first_mut() {
            first.start = 0;
        }
        let mut own = vec![Vec::new(); impacts.len()];
        owned.into_iter().for_each(|(intervals, owner)| own[owner].push(intervals));
        own
    }

    /// What an incident did that begins at an instant.
    fn disruption(&self, from: Time, own: &[Range<usize>]) -> CallDisruption {
        let mut disruption = CallDisruption::NONE;
        let start = whose::number(from, self.lived.interval());
        let own = || own.iter().flat_map(Range::clone);
        for at in own() {
            for queue in 0..self.model.calls.queues.len() {
                let [lived, unharmed] = self.cells(queue, at);
                disruption.lost += lived.lost as i64 - unharmed.lost as i64;
                disruption.abandoned += lived.abandoned as i64 - unharmed.abandoned as i64;
                if at >= start && self.is_lower(queue, at) {
                    let of = self.model.calls.queues[queue].level.of;
                    disruption.worst = worse(disruption.worst, in_time(lived, of));
                }
            }
        }
        disruption.until_met = self.until_met(from, own().filter(|at| *at >= start));
        disruption
    }

    /// The calls of a queue in an interval, with and without faults.
    fn cells(&self, queue: usize, at: usize) -> [&Cell; 2] {
        [self.lived, self.unharmed].map(|tally| &tally.cells(queue)[at])
    }

    /// Whether the service level of a queue in an interval is lower than without faults; without
    /// faults there may be no calls.
    fn is_lower(&self, queue: usize, at: usize) -> bool {
        let of = self.model.calls.queues[queue].level.of;
        let [lived, unharmed] = self.cells(queue, at).map(|cell| cell.service_level(of));
        lived.is_some_and(|lived| unharmed.is_none_or(|unharmed| lived < unharmed))
    }

    fn intervals(&self) -> usize {
        if self.model.calls.queues.is_empty() { 0 } else { self.lived.cells(0).len() }
    }

    fn until_met(&self, from: Time, mut own: impl Iterator<Item = usize>) -> Option<Span> {
        let because = |at: &usize| {
            let mut queues = self.model.calls.queues.iter().enumerate();
            queues.any(|(number, queue)| {
                misses(self.cells(number, *at)[0], queue) && self.is_lower(number, *at)
            })
        };
        let Some(first) = own.find(because) else { return Some(Span::ZERO) };
        let met = (first..self.intervals()).find(|at| !because(at))?;
        Some(Time(self.lived.interval().0.saturating_mul(met as i64)) - from)
    }
}
