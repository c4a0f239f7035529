//! Agents on shift by interval, as the scenario plans them: from the start of a shift to its end, whether they have
//! come yet, are signed in, or are out of service.

use std::collections::BTreeMap;

use crate::model::{GroupId, Model, ShiftId};
use crate::time::{Span, Time};

/// Agent time of some groups in intervals of one length, in nanoseconds; an agent without a shift
/// is always there.
pub(super) fn on_shift(model: &Model, groups: &[GroupId], interval: Span) -> Vec<i128> {
    let interval = interval.max(Span(1));
    let number = (model.horizon.0.max(0) as u64).div_ceil(interval.0 as u64) as usize;
    let mut all = vec![0; number];
    let mut by_shift: BTreeMap<Option<ShiftId>, u64> = BTreeMap::new();
    for cohort in model.cohorts.iter().filter(|cohort| groups.contains(&cohort.group)) {
        cohort.by_shift().for_each(|(shift, agents)| *by_shift.entry(shift).or_default() += agents);
    }
    for (shift, agents) in by_shift {
        let mut add = |duty| spread(&mut all, interval, duty, agents);
        let Some(shift) = shift.and_then(|shift| model.shifts.get(shift.index())) else {
            add((Time::ZERO, model.horizon));
            continue;
        };
        let duties = (0..).map_while(|number| shift.hours.interval(number));
        let within = |duty: &(Time, Time)| duty.0 < model.horizon;
        duties.take_while(within).for_each(|(from, to)| add((from, to.min(model.horizon))));
    }
    all
}

/// Adds a time of some agents to the intervals that it touches.
fn spread(all: &mut [i128], interval: Span, (from, to): (Time, Time), agents: u64) {
    let mut from = from.max(Time::ZERO);
    while from < to {
        let number = (from.0 / interval.0) as usize;
        let end = Time((number as i64 + 1).saturating_mul(interval.0)).min(to);
        let Some(sum) = all.get_mut(number) else { return };
        *sum += i128::from((end - from).0) * i128::from(agents);
        from = end;
    }
}
