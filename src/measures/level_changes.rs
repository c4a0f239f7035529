//! When agents came into service at sites and left it, to the nanosecond, for pictures of runs in which that does not
//! happen too often.
//!
//! Measures are counted on the fine grid, whose slots are minutes in a run of years. What is kept here does not depend
//! on the order in which agents come.

use crate::model::SiteId;
use crate::time::Time;

use super::order;

/// Most changes that are kept of all sites together; of more, none is, so that large runs do not pay for them.
const MOST: usize = 1 << 16;

/// Changes that are remembered, so that those of one instant become one.
const REMEMBERED: usize = 1 << 8;

/// Changes of the numbers in service at each site, and of the number not staffed.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelChanges {
    /// There were more than are kept.
    too_many: bool,
    list: Vec<Change>,
    /// Where in the list a change may stand. Only a short cut; any place is right.
    places: Vec<u32>,
}

/// From an instant on, this many more agents are in service at a site; of none: not staffed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    at: Time,
    site: Option<SiteId>,
    by: i64,
}

impl Change {
    fn is_like(&self, other: &Self) -> bool {
        (self.at, self.site) == (other.at, other.site)
    }
}

impl LevelChanges {
    /// From an instant on, `by` agents more are in service at a site, or not staffed.
    #[inline]
    pub(super) fn add(&mut self, at: Time, site: Option<SiteId>, by: i64) {
        if !self.too_many {
            self.keep(Change { at, site, by });
        }
    }

    fn keep(&mut self, change: Change) {
        if self.places.is_empty() {
            self.places.resize(REMEMBERED, 0);
        }
        let own = change.site.map_or(0, |site| 1 + site.index());
        let place = (change.at.0 as usize ^ own.wrapping_mul(0x9E37)) % REMEMBERED;
        let place = &mut self.places[place];
        match self.list.get_mut(*place as usize) {
            Some(known) if known.is_like(&change) => known.by += change.by,
            _ => {
                *place = self.list.len() as u32;
                self.list.push(change);
                self.make_room();
            }
        }
    }

    /// Adds the agents of another range.
    pub(super) fn merge(&mut self, mut other: Self) {
        self.too_many |= other.too_many;
        self.list.append(&mut other.list);
        self.make_room();
    }

    fn make_room(&mut self) {
        if self.too_many || self.list.len() >= 2 * MOST {
            self.settle();
        }
    }

    /// Puts everything in order; at least after the last `add` or `merge`. A change of nothing stays, so that whether
    /// there are too many does not depend on what came first.
    pub(super) fn settle(&mut self) {
        self.places = Vec::new();
        let site = |change: Change| change.site.map_or(0, |site| 1 + site.index() as i64);
        order::sort_by_key(&mut self.list, |change| change.at.0);
        let alike = self.list.chunk_by_mut(|one, other| one.at == other.at);
        alike.for_each(|alike| order::sort_by_key(alike, site));
        self.join();
        self.too_many |= self.list.len() > MOST;
        if self.too_many {
            self.list = Vec::new();
        }
    }

    fn join(&mut self) {
        self.list.dedup_by(|later, first| {
            let same = later.is_like(first);
            first.by += if same { later.by } else { 0 };
            same
        });
    }

    /// The changes before an instant, in order, once everything is settled: when, where, and by how many. `None`: there
    /// were too many.
    pub(super) fn before(
        &self,
        end: Time,
    ) -> Option<impl Iterator<Item = (Time, Option<SiteId>, i64)>> {
        let all = self.list.iter().map(|change| (change.at, change.site, change.by));
        (!self.too_many).then(|| all.take_while(move |(at, ..)| *at < end))
    }

    /// Whether they are kept.
    pub(super) const fn is_exact(&self) -> bool {
        !self.too_many
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(changes: &LevelChanges) -> Option<Vec<(i64, Option<SiteId>, i64)>> {
        let all = changes.before(Time::NEVER)?;
        Some(all.map(|(at, site, by)| (at.0, site, by)).collect())
    }

    #[test]
    fn few_changes_are_kept_to_the_nanosecond() {
        let mut changes = LevelChanges::default();
        let site = Some(SiteId(0));
        changes.add(Time::ZERO, site, 20);
        let late = 1_376_534_123_456_789;
        for _ in 0..20 {
            changes.add(Time(late), site, -1);
            changes.add(Time(late), None, 1);
        }
        changes.settle();
        let expected = vec![(0, site, 20), (late, None, 20), (late, site, -20)];
        assert_eq!(all(&changes), Some(expected));
        assert_eq!(changes.before(Time(late)).map(Iterator::count), Some(1));
    }

    #[test]
    fn too_many_are_not_kept_in_any_order() {
        let changes = |number: usize, cut: usize| {
            let instants: Vec<i64> = (0..number as i64).map(|n| n * 7_919 % 100_003).collect();
            let of = |instants: &[i64]| {
                let mut changes = LevelChanges::default();
                // Twice, so that there are more calls than instants.
                let both = instants.iter().chain(instants);
                both.for_each(|at| changes.add(Time(*at), None, 1));
                changes
            };
            let mut one = of(&instants[cut..]);
            one.merge(of(&instants[..cut]));
            one.settle();
            one
        };
        for cut in [0, 1, 40_000, MOST] {
            let found = all(&changes(MOST, cut)).unwrap();
            assert_eq!(found.len(), MOST, "cut at {cut}");
            assert!(found.is_sorted() && found.iter().all(|(.., by)| *by == 2));
            assert_eq!(all(&changes(MOST + 1, cut)), None, "cut at {cut}");
        }
    }
}
