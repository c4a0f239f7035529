//! When agents came into service at sites and left it, for pictures: to the nanosecond while there are few instants,
//! else as coarse as it takes.
//!
//! Measures are counted on the fine grid, whose slots are minutes in a run of years. What is kept here does not depend
//! on the order in which agents come.

use crate::model::SiteId;
use crate::time::{Span, Time};

use super::order;

/// Most changes that are kept of all sites together.
const MOST: usize = 1 << 16;

/// Changes that are remembered, so that those of one instant become one.
const REMEMBERED: usize = 1 << 8;

/// Coarser it never becomes: a slot of 36 years.
const COARSEST: u32 = 60;

/// Changes of the numbers in service at each site, and of the number not staffed.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelChanges {
    /// A slot is two to this power of nanoseconds.
    coarse: u32,
    list: Vec<Change>,
    /// Where in the list a change may stand. Only a short cut; any place is right.
    places: Vec<u32>,
}

/// From a slot on, this many more agents are in service at a site; of none: not staffed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    slot: i64,
    site: Option<SiteId>,
    by: i64,
}

impl Change {
    fn is_like(&self, other: &Self) -> bool {
        (self.slot, self.site) == (other.slot, other.site)
    }
}

impl LevelChanges {
    /// From an instant on, `by` agents more are in service at a site, or not staffed.
    pub(super) fn add(&mut self, at: Time, site: Option<SiteId>, by: i64) {
        // The first whole slot is the first that sees it.
        let slot = (at.0 >> self.coarse) + i64::from(at.0 & ((1 << self.coarse) - 1) > 0);
        let change = Change { slot, site, by };
        if self.places.is_empty() {
            self.places.resize(REMEMBERED, 0);
        }
        let own = site.map_or(0, |site| 1 + site.index());
        let place = &mut self.places[(slot as usize ^ own.wrapping_mul(0x9E37)) % REMEMBERED];
        match self.list.get_mut(*place as usize) {
            Some(known) if known.is_like(&change) => known.by += by,
            _ => {
                *place = self.list.len() as u32;
                self.list.push(change);
                self.make_room();
            }
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
        self.list.append(&mut other.list);
        self.make_room();
    }

    fn make_room(&mut self) {
        if self.list.len() >= 2 * MOST {
            self.settle();
        }
    }

    /// Puts everything in order; at least after the last `add` or `merge`. A change of nothing stays, so that the same
    /// are kept whatever came first.
    pub(super) fn settle(&mut self) {
        self.places = Vec::new();
        let site = |change: Change| change.site.map_or(0, |site| 1 + site.index() as i64);
        order::sort_by_key(&mut self.list, |change| change.slot);
        let alike = self.list.chunk_by_mut(|one, other| one.slot == other.slot);
        alike.for_each(|alike| order::sort_by_key(alike, site));
        self.join();
        while self.list.len() > MOST && self.coarse < COARSEST {
            self.halve();
            self.settle();
        }
    }

    fn join(&mut self) {
        self.list.dedup_by(|later, first| {
            let same = later.is_like(first);
            first.by += if same { later.by } else { 0 };
            same
        });
    }

    /// Two slots become one.
    fn halve(&mut self) {
        self.coarse += 1;
        self.places = Vec::new();
        self.list.iter_mut().for_each(|change| change.slot = (change.slot + 1) >> 1);
    }

    /// By how much the instants may be late.
    pub(super) const fn width(&self) -> Span {
        Span(1 << self.coarse)
    }

    /// The changes before an instant, in order, once everything is settled: when, where, and by how many.
    pub(super) fn before(&self, end: Time) -> impl Iterator<Item = (Time, Option<SiteId>, i64)> {
        let all = self.list.iter().map(|change| {
            (Time(change.slot.saturating_mul(1 << self.coarse)), change.site, change.by)
        });
        all.take_while(move |(at, ..)| *at < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(changes: &LevelChanges) -> Vec<(i64, i64)> {
        changes.before(Time::NEVER).map(|(at, _, by)| (at.0 / 1_000_000_000, by)).collect()
    }

    #[test]
    fn few_changes_are_kept_to_the_nanosecond() {
        let mut changes = LevelChanges::default();
        let site = Some(SiteId(0));
        changes.add(Time::ZERO, site, 20);
        for _ in 0..20 {
            changes.add(Time(1_376_534_123_456_789), site, -1);
            changes.add(Time(1_376_534_123_456_789), None, 1);
        }
        changes.settle();
        let found: Vec<_> = changes.before(Time::NEVER).collect();
        let late = Time(1_376_534_123_456_789);
        assert_eq!(found, [(Time::ZERO, site, 20), (late, None, 20), (late, site, -20)]);
        assert_eq!((changes.width(), changes.before(late).count()), (Span(1), 1));
    }

    #[test]
    fn many_are_kept_as_coarse_as_it_takes_in_any_order() {
        // 100,000 changes, one in each second: no more than 65,536 slots are two seconds and more.
        let all: Vec<i64> = (0..100_000).map(|n| n * 7_919 % 100_000).collect();
        let changes = |seconds: &[i64]| {
            let mut changes = LevelChanges::default();
            let each = seconds.iter().map(|second| Time::from_secs(*second));
            each.for_each(|at| changes.add(at, None, 1));
            changes
        };
        let mut whole = changes(&all);
        whole.settle();
        assert_eq!(whole.width(), Span(1 << 31));
        assert_eq!(secs(&whole).iter().map(|(_, by)| by).sum::<i64>(), 100_000);
        for cut in [1, 40_000, 99_999] {
            let mut one = changes(&all[cut..]);
            one.merge(changes(&all[..cut]));
            one.settle();
            assert_eq!((one.width(), secs(&one)), (whole.width(), secs(&whole)), "cut at {cut}");
        }
    }
}
