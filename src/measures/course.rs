//! What went on at one site within a window, in even steps: counts in whole slots of the fine grid, levels in steps that
//! a picture has room for.

use std::ops::Range;

use crate::time::{Span, Time};

use super::paged::Paged;
use super::site::SiteTotals;

/// How many agents were in service, per step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Fewest within the step.
    pub lowest: Vec<i64>,
    /// Most within the step.
    pub highest: Vec<i64>,
}

/// Even steps from one instant to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) from: Time,
    pub(super) to: Time,
    pub(super) each: Span,
}

/// One site's course over a window, a value per step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Agents in service.
    pub in_service: Levels,
    /// Most logins begun in one slot of the step.
    pub logins: Vec<u64>,
    /// Most recovery REGISTERs in one slot of the step.
    pub registers: Vec<u64>,
    /// Switchovers begun towards the site.
    pub switchovers_to: Vec<u64>,
    /// Restores begun towards the site.
    pub restores_to: Vec<u64>,
}

impl Course {
    /// The course over `slots` in steps of `every` slots, with the levels.
    pub(super) fn new(
        (site, in_service): (&SiteTotals, Levels),
        slots: Range<usize>,
        every: usize,
    ) -> Self {
        let most = |counts: &Paged| counts.steps(slots.clone(), every, u64::max);
        let sum = |counts: &Paged| counts.steps(slots.clone(), every, |a, b| a + b);
        let [logins, registers, switchovers_to, restores_to] = &site.fine;
        Self {
            in_service,
            logins: most(logins),
            registers: most(registers),
            switchovers_to: sum(switchovers_to),
            restores_to: sum(restores_to),
        }
    }

    /// Whether any agent logged in or registered again.
    #[must_use]
    pub fn has_load(&self) -> bool {
        self.logins.iter().chain(&self.registers).any(|count| *count > 0)
    }
}

impl Levels {
    /// The levels from zero on by some changes, which are in the order of time and end with the steps.
    pub(super) fn new(changes: &[(Time, i64)], steps: &Steps) -> Self {
        let later = changes.partition_point(|(at, _)| *at <= steps.from);
        let before = changes[..later].iter().map(|(_, by)| by).sum();
        levels(before, &changes[later..], steps)
    }

    /// Agents in service before anything happened.
    #[must_use]
    pub fn before(&self) -> i64 {
        self.highest.first().copied().unwrap_or(0)
    }

    /// Most of all.
    #[must_use]
    pub fn most(&self) -> i64 {
        self.highest.iter().copied().max().unwrap_or(0)
    }

    /// Fewest of all.
    #[must_use]
    pub fn least(&self) -> i64 {
        self.lowest.iter().copied().min().unwrap_or(0)
    }

    /// Whether the number changed.
    #[must_use]
    pub fn is_stirred(&self) -> bool {
        self.least() != self.most()
    }
}

/// Fewest and most per step of a level that is given at the first instant and by its changes later.
fn levels(mut now: i64, changes: &[(Time, i64)], steps: &Steps) -> Levels {
    let number = (steps.to - steps.from).0.unsigned_abs().div_ceil(steps.each.0.unsigned_abs());
    let number = number as usize;
    let (mut lowest, mut highest) = (vec![i64::MAX; number], vec![i64::MIN; number]);
    let mut hold = |from: Time, to: Time, level: i64| {
        let first = ((from - steps.from).0 / steps.each.0) as usize;
        let end = (to - steps.from).0.unsigned_abs().div_ceil(steps.each.0.unsigned_abs());
        for step in first..end as usize {
            lowest[step] = lowest[step].min(level);
            highest[step] = highest[step].max(level);
        }
    };
    let mut since = steps.from;
    for at in changes.chunk_by(|a, b| a.0 == b.0) {
        hold(since, at[0].0, now);
        now += at.iter().map(|(_, by)| by).sum::<i64>();
        since = at[0].0;
    }
    hold(since, steps.to, now);
    Levels { lowest, highest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_counts_are_put_together_per_step() {
        // Ten at slot 4, none at 7 and 8, twelve from 9.
        let steps = |from, to, each| Steps { from: Time(from), to: Time(to), each: Span(each) };
        let changes = [(7, -10), (9, 7), (9, 5)].map(|(at, by)| (Time(at), by));
        let found = levels(10, &changes, &steps(4, 11, 2));
        assert_eq!((found.lowest, found.highest), (vec![10, 0, 0, 12], vec![10, 10, 12, 12]));
        assert_eq!(levels(3, &[], &steps(8, 9, 5)).lowest, [3]);
        let changes = [(0, 10), (4, 1), (6, -3)].map(|(at, by)| (Time(at), by));
        assert_eq!(Levels::new(&changes, &steps(4, 8, 2)).lowest, [11, 8]);
        let mut counts = Paged::default();
        for (slot, by) in [(3, 1), (4, 2), (5, 3), (7, 4)] {
            counts.add(slot, by);
        }
        counts.settle();
        assert_eq!(counts.steps(4..9, 2, u64::max), [3, 4, 0]);
        assert_eq!(counts.steps(4..9, 2, |a, b| a + b), [5, 4, 0]);
    }
}
