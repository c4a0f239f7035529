//! What went on at one site within a window, in even steps of whole slots of the fine grid.

use std::ops::Range;

use super::paged::Paged;
use super::site::SiteTotals;

/// How many agents were in service, per step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Fewest at the slots of the step.
    pub lowest: Vec<i64>,
    /// Most at the slots of the step.
    pub highest: Vec<i64>,
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
    /// The course over `slots` in steps of `every` slots.
    pub(super) fn new(site: &SiteTotals, slots: Range<usize>, every: usize) -> Self {
        let most = |counts: &Paged| counts.steps(slots.clone(), every, u64::max);
        let sum = |counts: &Paged| counts.steps(slots.clone(), every, |a, b| a + b);
        let [logins, registers, switchovers_to, restores_to] = &site.fine;
        Self {
            in_service: Levels::new(&[&site.level], slots.clone(), every),
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
    /// Agents of some tables of changes together.
    pub(super) fn new(tables: &[&Paged], slots: Range<usize>, every: usize) -> Self {
        let entries =
            |range: Range<usize>| tables.iter().flat_map(move |table| table.entries(range.clone()));
        let before = entries(0..slots.start + 1).map(|(_, by)| by).sum();
        let mut changes: Vec<(usize, i64)> = entries(slots.start + 1..slots.end).collect();
        changes.sort_unstable();
        levels(before, &changes, slots, every)
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

/// Fewest and most per step of a level that is given at the first slot and by its changes later.
fn levels(mut now: i64, changes: &[(usize, i64)], slots: Range<usize>, every: usize) -> Levels {
    let number = slots.len().div_ceil(every);
    let (mut lowest, mut highest) = (vec![i64::MAX; number], vec![i64::MIN; number]);
    let mut hold = |from: usize, to: usize, level: i64| {
        let steps = (from - slots.start) / every..(to - slots.start).div_ceil(every);
        for step in steps {
            lowest[step] = lowest[step].min(level);
            highest[step] = highest[step].max(level);
        }
    };
    let mut since = slots.start;
    for at in changes.chunk_by(|a, b| a.0 == b.0) {
        hold(since, at[0].0, now);
        now += at.iter().map(|(_, by)| by).sum::<i64>();
        since = at[0].0;
    }
    hold(since, slots.end, now);
    Levels { lowest, highest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_counts_are_put_together_per_step() {
        // Ten at slot 4, none at 7 and 8, twelve from 9.
        let found = levels(10, &[(7, -10), (9, 7), (9, 5)], 4..11, 2);
        assert_eq!((found.lowest, found.highest), (vec![10, 0, 0, 12], vec![10, 10, 12, 12]));
        assert_eq!(levels(3, &[], 8..9, 5).lowest, [3]);
        let mut counts = Paged::default();
        for (slot, by) in [(3, 1), (4, 2), (5, 3), (7, 4)] {
            counts.add(slot, by);
        }
        counts.settle();
        assert_eq!(counts.steps(4..9, 2, u64::max), [3, 4, 0]);
        assert_eq!(counts.steps(4..9, 2, |a, b| a + b), [5, 4, 0]);
    }
}
