//! How variants differ so that what they did cannot be compared: the time that they cover, who works,
//! who calls. It looks at models, not at results.

use std::collections::BTreeMap;

use crate::model::{Arrivals, Model, ServiceLevel};
use crate::time::{Span, Time};

use super::goal::Goal;

/// A difference that forbids to weigh something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// They cover different times: the shortest, the longest.
    Times([Span; 2]),
    /// They have different numbers of agents.
    Agents,
    /// Their agents are on duty at different times.
    Shifts,
    /// Different calls come.
    Callers,
    /// To be answered in time means something else.
    Levels,
    /// Calls are simulated in windows only, and without faults not the same calls would fail in all of them.
    Windows,
}

impl Unlike {
    /// Whether a goal can be weighed in spite of it.
    #[must_use]
    pub const fn allows(self, goal: Goal) -> bool {
        let is_total = matches!(goal, Goal::NeedlessSwitchovers | Goal::Flaps | Goal::PeakLogins);
        let is_of_calls = matches!(goal, Goal::FailedCalls | Goal::LateCalls | Goal::CallsOfFaults);
        match self {
            Self::Times(_) => false,
            Self::Agents => !is_total,
            Self::Shifts => is_of_calls,
            Self::Callers => !is_of_calls,
            Self::Levels => !matches!(goal, Goal::LateCalls),
            Self::Windows => !matches!(goal, Goal::CallsOfFaults),
        }
    }

    /// Whether it is a difference of staff.
    #[must_use]
    pub const fn is_of_staff(self) -> bool {
        matches!(self, Self::Agents | Self::Shifts)
    }
}

/// Every such difference between variants.
#[must_use]
pub fn unlike(models: &[&Model]) -> Vec<Unlike> {
    let Some((first, others)) = models.split_first() else { return Vec::new() };
    let any = |differs: fn(&Model, &Model) -> bool| others.iter().any(|own| differs(first, own));
    let horizons = || models.iter().map(|model| model.horizon - Time::ZERO);
    let (Some(shortest), Some(longest)) = (horizons().min(), horizons().max()) else {
        return Vec::new();
    };
    let in_windows = models.iter().any(|model| model.calls.in_windows());
    let quiet = |a: &Model, b: &Model| a.calls != b.calls || staff(a) != staff(b);
    let all = [
        (shortest != longest, Unlike::Times([shortest, longest])),
        (any(|a, b| a.agents() != b.agents()), Unlike::Agents),
        (any(other_duty), Unlike::Shifts),
        (any(|a, b| callers(a) != callers(b)), Unlike::Callers),
        (any(|a, b| levels(a) != levels(b)), Unlike::Levels),
        (in_windows && any(quiet), Unlike::Windows),
    ];
    all.into_iter().filter(|(differs, _)| *differs).map(|(_, unlike)| unlike).collect()
}

/// A shift as written, and how late its agents may come; `None`: always on duty.
type Duty<'m> = Option<(&'m str, Span)>;

/// How many agents of which group have which shift.
fn staff(model: &Model) -> BTreeMap<(&str, Duty<'_>), u64> {
    let mut all = BTreeMap::new();
    for cohort in &model.cohorts {
        let group = model.groups[cohort.group.index()].name.as_str();
        for (shift, agents) in cohort.by_shift() {
            let shift = shift.map(|shift| &model.shifts[shift.index()]);
            let duty = shift.map(|shift| (shift.text.as_str(), shift.spread));
            *all.entry((group, duty)).or_default() += agents;
        }
    }
    all
}

/// Whether shifts have other shares of the agents, or runs begin at other times of them.
fn other_duty(a: &Model, b: &Model) -> bool {
    let by_duty = |model| {
        let mut all: BTreeMap<Duty<'_>, u64> = BTreeMap::new();
        staff(model).into_iter().for_each(|((_, duty), n)| *all.entry(duty).or_default() += n);
        all.retain(|_, agents| *agents > 0);
        all
    };
    if !a.shifts.is_empty() && a.clock != b.clock {
        return true;
    }
    let (in_a, in_b) = (by_duty(a), by_duty(b));
    let (all_a, all_b) = (u64::from(a.agents()), u64::from(b.agents()));
    !in_a.keys().eq(in_b.keys())
        || in_a.values().zip(in_b.values()).any(|(own, other)| own * all_b != other * all_a)
}

/// When how many call, queue by queue.
fn callers(model: &Model) -> Vec<(&Arrivals, Option<f64>)> {
    model.calls.queues.iter().map(|queue| (&queue.arrivals, queue.day_factor)).collect()
}

/// What in time means, queue by queue, without the targets.
fn levels(model: &Model) -> Vec<ServiceLevel> {
    let queues = model.calls.queues.iter();
    queues.map(|queue| ServiceLevel { target: 0.0, ..queue.level }).collect()
}
