//! How many agents of a group were out of service, in service away from home and not staffed, over time.
//!
//! Changes are counted on the fine grid while only a part of the run is busy; where most of it is,
//! on a grid that is as coarse as needed. What is kept does not depend on the order in which agents
//! come.

use std::ops::Range;

use crate::time::Time;

use super::frame::{Bins, Frame};
use super::paged::Paged;

/// Most pages of changes that are kept of a group.
const PAGES: usize = 1_024;

/// Most steps of one group, and of all groups together as long as each has [`FEWEST`].
const STEPS: usize = 1_000;
const TOGETHER: usize = 100_000;
const FEWEST: usize = 20;

/// What agents of a group are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Out of service.
    Out,
    /// In service at another site than the preferred one.
    Away,
    /// Not staffed.
    Absent,
}

/// Number of places.
const PLACES: usize = 3;

/// Some time of a group, and how many of its agents were where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupStep {
    /// Start.
    pub from: Time,
    /// End, excluded.
    pub to: Time,
    /// Out of service: the most.
    pub out: i64,
    /// In service at another site than the preferred one: the most.
    pub away: i64,
    /// Not staffed: with those in service, of whom it is the fewest, and with `out` all of the group.
    pub not_staffed: i64,
}

/// The changes of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GroupChanges {
    /// A slot here is two to this power of the fine grid.
    coarse: u32,
    places: [Paged; PLACES],
}

impl GroupChanges {
    /// Counts an agent in a place over slots of the fine grid.
    pub(super) fn hold(&mut self, place: Place, slots: Range<usize>) {
        if slots.is_empty() {
            return;
        }
        let table = &mut self.places[place as usize];
        table.add(slots.start >> self.coarse, 1);
        table.add(slots.end >> self.coarse, -1);
        if table.pages() > PAGES {
            self.make_room();
        }
    }

    /// Adds the agents of another range.
    pub(super) fn merge(&mut self, mut other: Self) {
        while self.coarse < other.coarse {
            self.halve();
        }
        while other.coarse < self.coarse {
            other.halve();
        }
        self.places.iter_mut().zip(other.places).for_each(|(mine, theirs)| mine.merge(theirs));
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.places.iter().any(|place| place.pages() > PAGES) {
            self.halve();
        }
    }

    fn halve(&mut self) {
        self.coarse += 1;
        self.places.iter_mut().for_each(|place| *place = std::mem::take(place).halved());
    }

    /// At most `most` steps, from the start of the run to its end.
    fn steps(mut self, grid: Bins, most: usize) -> Vec<GroupStep> {
        self.places.iter_mut().for_each(Paged::settle);
        let levels = self.levels(grid);
        let mut every = 1 << self.coarse;
        let mut found = joined(&levels, every);
        while found.len() > most {
            every *= 2;
            found = joined(&levels, every);
        }
        let ends = found.iter().skip(1).map(|level| level.slots.start).chain([grid.count()]);
        let ends: Vec<usize> = ends.collect();
        let steps = found.iter().zip(ends).map(|(level, end)| GroupStep {
            from: grid.start(level.slots.start),
            to: grid.end(end - 1),
            out: level.most.out,
            away: level.most.away,
            not_staffed: level.most.missing - level.most.out,
        });
        steps.collect()
    }

    /// From change to change.
    fn levels(&self, grid: Bins) -> Vec<Level> {
        let mut changes: Vec<(usize, [i64; PLACES])> = Vec::new();
        for (place, table) in self.places.iter().enumerate() {
            let slots = 0..grid.count().div_ceil(1 << self.coarse);
            changes.extend(table.entries(slots).map(|(slot, by)| {
                let mut each = [0; PLACES];
                each[place] = by;
                (slot << self.coarse, each)
            }));
        }
        changes.sort_unstable();
        let mut levels = vec![Level { slots: 0..grid.count(), most: Agents::default() }];
        let mut now = Agents::default();
        for (slot, [out, away, absent]) in changes {
            now.out += out;
            now.away += away;
            now.missing += out + absent;
            let last = levels.len() - 1;
            if levels[last].slots.start < slot {
                levels[last].slots.end = slot;
                levels.push(Level { slots: slot..grid.count(), most: now });
            }
            let level = levels.last_mut();
            level.into_iter().for_each(|level| level.most = now);
        }
        levels
    }
}

/// Agents of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Agents {
    out: i64,
    away: i64,
    /// Not in service: out of service or not staffed.
    missing: i64,
}

impl Agents {
    /// The most of each.
    fn most(self, other: Self) -> Self {
        Self {
            out: self.out.max(other.out),
            away: self.away.max(other.away),
            missing: self.missing.max(other.missing),
        }
    }
}

/// Slots with the same numbers, or with these at most.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Level {
    slots: Range<usize>,
    most: Agents,
}

/// Levels put together in steps of `every` slots, the most of each; equal neighbours are one.
fn joined(levels: &[Level], every: usize) -> Vec<Level> {
    let mut steps: Vec<Level> = Vec::new();
    for Level { slots, most } in levels {
        let (first, last) = (slots.start / every * every, (slots.end - 1) / every * every);
        match steps.last_mut() {
            Some(step) if step.slots.start == first => {
                step.most = step.most.most(*most);
            }
            _ => steps.push(Level { slots: first..slots.end, most: *most }),
        }
        // The last step may have to be joined with what comes then.
        for first in [first + every, last] {
            if steps.last().is_some_and(|step| step.slots.start < first) && first <= last {
                steps.push(Level { slots: first..slots.end, most: *most });
            }
        }
    }
    steps.dedup_by(|step, before| step.most == before.most);
    steps
}

/// The course of every group.
pub(super) fn courses(crowds: Vec<GroupChanges>, frame: &Frame) -> Vec<Vec<GroupStep>> {
    let most = (TOGETHER / crowds.len().max(1)).clamp(FEWEST, STEPS);
    crowds.into_iter().map(|crowd| crowd.steps(frame.grid, most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Bins {
        Bins::fine(Time::from_secs(100_000))
    }

    fn told(steps: &[GroupStep]) -> Vec<(i64, i64, i64)> {
        steps.iter().map(|step| (step.from.0 / 1_000_000_000, step.out, step.away)).collect()
    }

    #[test]
    fn a_step_lasts_until_something_changes() {
        let mut crowd = GroupChanges::default();
        // Two agents out from 10 on, one of them back away from home at 15, at home from 40 on.
        crowd.hold(Place::Out, 10..15);
        crowd.hold(Place::Out, 10..30);
        crowd.hold(Place::Away, 15..40);
        crowd.hold(Place::Away, 50..50);
        let steps = crowd.steps(grid(), 1_000);
        assert_eq!(told(&steps), [(0, 0, 0), (10, 2, 0), (15, 1, 1), (30, 0, 1), (40, 0, 0)]);
        assert!(steps.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!(steps[4].to, Time::from_secs(100_000));
    }

    /// Ten agents. Those who are not staffed are not in service, and those of a joined row are what the
    /// fewest in service and the most out of service leave.
    #[test]
    fn agents_who_are_not_staffed_are_counted_apart() {
        let mut crowd = GroupChanges::default();
        (0..7).for_each(|_| crowd.hold(Place::Absent, 0..20));
        crowd.hold(Place::Out, 10..15);
        crowd.hold(Place::Out, 30..33);
        crowd.hold(Place::Out, 30..33);
        let told = |steps: &[GroupStep]| -> Vec<_> {
            steps
                .iter()
                .map(|step| (step.from.0 / 1_000_000_000, step.out, step.not_staffed))
                .collect()
        };
        let each = [(0, 0, 7), (10, 1, 7), (15, 0, 7), (20, 0, 0), (30, 2, 0), (33, 0, 0)];
        assert_eq!(told(&crowd.clone().steps(grid(), 1_000)), each);
        // In steps of 32 seconds: the fewest in service are 2 of 10, and the most out of service 2.
        assert_eq!(told(&crowd.steps(grid(), 3)), [(0, 2, 6), (32, 2, 0), (64, 0, 0)]);
    }

    #[test]
    fn of_too_many_steps_the_most_is_kept() {
        let mut crowd = GroupChanges::default();
        // A second in seven, so that each step of eight seconds has one; the last from 283 s on.
        (0..40).for_each(|n| crowd.hold(Place::Out, 10 + 7 * n..11 + 7 * n));
        crowd.hold(Place::Out, 5_003..6_005);
        let steps = crowd.steps(grid(), 10);
        let expected = [(0, 0, 0), (8, 1, 0), (288, 0, 0), (5_000, 1, 0), (6_008, 0, 0)];
        assert_eq!(told(&steps), expected);
    }

    #[test]
    fn agents_in_any_order_give_the_same_on_a_grid_that_is_bounded() {
        let spans: Vec<Range<usize>> =
            (0..40_000).map(|n| n * 7_919 % 99_000).map(|from| from..from + 3 + from % 5).collect();
        let crowd = |spans: &[Range<usize>]| {
            let mut crowd = GroupChanges::default();
            spans.iter().for_each(|span| crowd.hold(Place::Out, span.clone()));
            crowd
        };
        let whole = crowd(&spans);
        assert_eq!(whole.coarse, 1);
        for cut in [3, 9_000, 20_000, 39_999] {
            let mut one = crowd(&spans[cut..]);
            one.merge(crowd(&spans[..cut]));
            assert_eq!(one, whole, "cut at {cut}");
        }
    }
}
