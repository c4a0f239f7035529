//! What one fault did to the agents: how many it hit and how long until they were back.
//!
//! Not the fault itself: all targets of one fault that go down at one instant are one incident.

use std::sync::Arc;

use crate::faults::{Occurrence, Source};
use crate::model::Model;
use crate::time::{Span, Time};

use super::duration_list::DurationList;
use super::durations::Durations;
use super::quantity::Total;

/// At most this many times until agents were back are kept exact, of one incident or of all
/// incidents of one fault.
const RECOVERED: usize = 16_384;

/// All targets of one fault that go down together, or one drain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    /// What was declared.
    pub source: Source,
    /// Start.
    pub from: Time,
    /// When the last target is up again; it may lie beyond the horizon.
    pub to: Time,
}

impl Incident {
    /// Position among the declared faults followed by the drains.
    #[must_use]
    pub fn declared(&self, model: &Model) -> usize {
        match self.source {
            Source::Fault(fault) => fault.index(),
            Source::Drain(drain) => model.faults.len() + drain as usize,
        }
    }

    /// The declared name.
    #[must_use]
    pub fn name<'m>(&self, model: &'m Model) -> &'m str {
        match self.source {
            Source::Fault(fault) => &model.faults[fault.index()].name,
            Source::Drain(drain) => &model.drains[drain as usize].name,
        }
    }
}

/// The incidents behind occurrences ordered by start and source.
pub(super) fn incidents(occurrences: &[Occurrence]) -> Vec<Incident> {
    let mut all: Vec<Incident> = Vec::with_capacity(occurrences.len());
    for &Occurrence { from, to, source, .. } in occurrences {
        match all.last_mut() {
            Some(last) if (last.from, last.source) == (from, source) => last.to = last.to.max(to),
            _ => all.push(Incident { source, from, to }),
        }
    }
    all
}

/// From an incident's start to the agents' next instant in service, one per agent back.
pub(super) type ReturnTimes = DurationList<RECOVERED>;

/// What an incident did, while ranges of agents are being measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IncidentEffect {
    pub(super) hit: u64,
    pub(super) stale: Total,
    pub(super) ghost: Total,
}

impl IncidentEffect {
    pub(super) fn merge(&mut self, other: Self) {
        self.hit += other.hit;
        self.stale.0 += other.stale.0;
        self.ghost.0 += other.ghost.0;
    }
}

/// All incidents of one declared fault, or a drain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultIncidents {
    /// How many.
    pub number: u64,
    /// Stale-binding time that began with one of them or after it, and before the next incident of any fault.
    pub stale: Total,
    /// Ghost time that began with one of them or after it, and before the next incident of any fault.
    pub ghost: Total,
}

/// How soon the agents hit were in service again, somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Agents in service until the start and not from it; of a drain also those who go out of service at its site
    /// later, while it lasts and no other incident begins.
    pub hit: u64,
    /// From then to being in service again; agents not back are missing.
    pub back: Arc<Durations>,
}

impl Recovery {
    /// The number of agents hit, and the times of those back.
    #[must_use]
    pub fn new(hit: u64, back: Durations) -> Self {
        Self { hit, back: Arc::new(back) }
    }

    /// Agents not in service again before the horizon.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.hit - self.back.count()
    }

    /// Time until this percentage of the agents hit was in service again; `None`: no agent was hit,
    /// or too many were still out at the horizon.
    #[must_use]
    pub fn until(&self, percent: u64) -> Option<Span> {
        self.back.at_rank((percent * self.hit).div_ceil(100).max(1))
    }
}

/// An incident and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// The incident.
    pub incident: Incident,
    /// The agents hit; in one run of many it is not known here when they were back.
    pub recovery: Recovery,
    /// Most logins begun in one slot of the grid at any one site, from its start to that of the next
    /// incident.
    pub peak_logins: u64,
    /// Most recovery REGISTERs in one slot of the grid at any one site, from its start to that of the
    /// next incident.
    pub peak_registers: u64,
    /// Stale-binding time that began with it or after it, and before the next incident.
    pub stale: Total,
    /// Ghost time that began with it or after it, and before the next incident.
    pub ghost: Total,
}

impl Impact {
    /// Agent time that it cost, by which incidents are ranked: the time until each agent hit was in
    /// service again, added up; those not back are counted from its start to the end of the run. In
    /// one run of many it is not known.
    #[must_use]
    pub fn lost(&self, horizon: Time) -> Total {
        let rest = horizon - self.incident.from;
        let missing = i128::from(self.recovery.missing()) * i128::from(rest.0);
        Total(self.recovery.back.sum() + missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_still_out_hold_the_percentage_back() {
        let recovery = Recovery::new(4, vec![30, 10, 20].into());
        assert_eq!(recovery.until(50), Some(Span(20)));
        assert_eq!(recovery.until(75), Some(Span(30)));
        assert_eq!(recovery.until(95), None);
        assert_eq!(recovery.missing(), 1);
        assert_eq!(Recovery::default().until(50), None);
    }

    #[test]
    fn those_not_back_cost_the_time_up_to_the_end() {
        let incident = Incident { source: Source::Drain(0), from: Time(100), to: Time(130) };
        let lost = |hit, back: Vec<i64>| {
            let recovery = Recovery::new(hit, back.into());
            let (stale, ghost) = (Total(0), Total(0));
            Impact { incident, recovery, peak_logins: 0, peak_registers: 0, stale, ghost }
                .lost(Time(1_000))
        };
        assert_eq!(lost(0, vec![]), Total(0));
        assert_eq!(lost(3, vec![30, 10, 20]), Total(60));
        assert_eq!(lost(4, vec![30, 10, 20]), Total(60 + 900));
    }
}
