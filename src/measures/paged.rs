//! Counts per slot of a fine grid over the whole run, with memory only for the busy parts.
//!
//! A fault affects minutes of a year; pages of the quiet rest are never allocated. A few thousand
//! counts, as those of one agent's year, are a list and need no pages at all.

use std::ops::Range;

use super::order;

/// Slots on a page.
const PAGE: usize = 64;

/// At most this many counts are kept as a list.
const SPARSE: usize = 1 << 14;

/// Places in the list that are remembered.
const REMEMBERED: usize = 1 << 10;

/// A sparse table of counts by slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Paged {
    /// Slots and what was added to them; empty once there are pages.
    list: Vec<(u32, i64)>,
    /// The number of counts that are expected: the list has memory for them from the first one on.
    expected: usize,
    /// How often something was added: with [`SPARSE`] times there are pages, whatever came first.
    added: usize,
    /// Where in the list a slot may be, by its last digits: what happens to many agents at one
    /// instant usually becomes one count. It only speeds up the search, and short lists do without
    /// it; every place gives the right result.
    places: Vec<u16>,
    /// Per page of slots: one more than its place in `pages`; 0: not made.
    index: Vec<u32>,
    pages: Vec<[i64; PAGE]>,
}

impl Paged {
    /// An empty table for an expected number of counts; a few more or less do no harm.
    pub(super) fn expecting(counts: usize) -> Self {
        Self { expected: counts.min(SPARSE), ..Self::default() }
    }

    /// Adds `by` to a slot.
    pub(super) fn add(&mut self, slot: usize, by: i64) {
        let place = self.places.get(slot % REMEMBERED).copied().unwrap_or_default();
        match self.list.get_mut(usize::from(place)) {
            Some((known, count)) if *known as usize == slot && self.added < SPARSE - 1 => {
                *count += by;
                self.added += 1;
            }
            Some(_) => self.add_apart(slot, by),
            None => {
                let page = self.index.get(slot / PAGE).map_or(0, |page| *page as usize);
                match self.pages.get_mut(page.wrapping_sub(1)) {
                    Some(page) => page[slot % PAGE] += by,
                    None => self.add_apart(slot, by),
                }
            }
        }
    }

    /// Adds to a slot that is not remembered, or whose page is not made.
    #[inline(never)]
    fn add_apart(&mut self, slot: usize, by: i64) {
        if !self.pages.is_empty() {
            self.page(slot / PAGE)[slot % PAGE] += by;
            return;
        }
        self.put(slot as u32, by);
        self.added += 1;
        if self.added >= SPARSE {
            self.spread();
        }
    }

    /// Adds to the list.
    fn put(&mut self, slot: u32, by: i64) {
        if self.places.is_empty() {
            if self.list.is_empty() {
                self.list.reserve(self.expected);
            }
            if self.list.len() < REMEMBERED {
                return self.list.push((slot, by));
            }
            self.places.resize(REMEMBERED, 0);
        }
        let place = &mut self.places[slot as usize % REMEMBERED];
        match self.list.get_mut(usize::from(*place)) {
            Some((known, count)) if *known == slot => *count += by,
            _ => {
                *place = self.list.len() as u16;
                self.list.push((slot, by));
            }
        }
    }

    /// From the list to pages.
    fn spread(&mut self) {
        self.places = Vec::new();
        for (slot, by) in std::mem::take(&mut self.list) {
            let slot = slot as usize;
            self.page(slot / PAGE)[slot % PAGE] += by;
        }
    }

    /// A page, made if it is not there.
    fn page(&mut self, page: usize) -> &mut [i64; PAGE] {
        if page >= self.index.len() {
            self.index.resize(page + 1, 0);
        }
        if self.index[page] == 0 {
            self.pages.push([0; PAGE]);
            self.index[page] = self.pages.len() as u32;
        }
        &mut self.pages[self.index[page] as usize - 1]
    }

    /// Number of slots in the list, once everything is settled.
    pub(super) fn listed(&self) -> usize {
        self.list.len()
    }

    /// Number of pages.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The same with two slots in one; a page that was made is made again.
    pub(super) fn halved(self) -> Self {
        let list = self.list.into_iter().map(|(slot, by)| (slot / 2, by)).collect();
        let mut half = Self { list, added: self.added, ..Self::default() };
        for (page, place) in self.index.iter().enumerate().filter(|(_, place)| **place != 0) {
            let counts = &self.pages[*place as usize - 1];
            let first = page * PAGE / 2 % PAGE;
            let pairs = counts.chunks_exact(2).map(|pair| pair[0] + pair[1]);
            half.page(page / 2)[first..].iter_mut().zip(pairs).for_each(|(sum, pair)| *sum += pair);
        }
        half
    }

    /// Adds another table.
    pub(super) fn merge(&mut self, other: Self) {
        if self.list.is_empty() && self.pages.is_empty() {
            *self = other;
            return;
        }
        if self.pages.is_empty() {
            other.list.iter().for_each(|(slot, by)| self.put(*slot, *by));
            self.added += other.added;
        } else {
            other.list.iter().for_each(|(slot, by)| self.add(*slot as usize, *by));
        }
        if !other.pages.is_empty() || self.pages.is_empty() && self.added >= SPARSE {
            self.spread();
        }
        for (page, place) in other.index.iter().enumerate().filter(|(_, place)| **place != 0) {
            let theirs = &other.pages[*place as usize - 1];
            self.page(page).iter_mut().zip(theirs).for_each(|(mine, own)| *mine += own);
        }
    }

    /// Makes everything one list in order, as [`Paged::entries`] wants it; after the last `add` or
    /// `merge`.
    pub(super) fn settle(&mut self) {
        for (page, place) in (0..).zip(std::mem::take(&mut self.index)).filter(|page| page.1 != 0) {
            let counts = (page * PAGE as u32..).zip(self.pages[place as usize - 1]);
            self.list.extend(counts.filter(|(_, count)| *count != 0));
        }
        (self.pages, self.places) = (Vec::new(), Vec::new());
        order::sort_by_key(&mut self.list, |(slot, _)| slot.into());
        self.list.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0 };
            same
        });
    }

    /// The slots in `range` that are not zero, in order, once everything is settled.
    pub(super) fn entries(&self, range: Range<usize>) -> impl Iterator<Item = (usize, i64)> {
        debug_assert!(self.pages.is_empty(), "pages are settled first");
        let before = |limit: usize| self.list.partition_point(|(slot, _)| (*slot as usize) < limit);
        let from = before(range.start);
        let listed = &self.list[from..before(range.end).max(from)];
        listed.iter().map(|(slot, count)| (*slot as usize, *count)).filter(|(_, count)| *count != 0)
    }

    /// Raises each of `most` to the largest count in its range; the ranges are in order.
    pub(super) fn raise(&self, ranges: &[Range<usize>], most: &mut [u64]) {
        let mut rest = self.list.as_slice();
        for (range, most) in ranges.iter().zip(most) {
            let before = |entry: &&(u32, i64), end: usize| (entry.0 as usize) < end;
            let passed = rest.iter().take_while(|entry| before(entry, range.start)).count();
            rest = &rest[passed..];
            let inside = rest.iter().take_while(|entry| before(entry, range.end));
            *most = inside.fold(*most, |most, entry| most.max(entry.1 as u64));
        }
    }

    /// The counts of some slots put together per step of `every` slots, once everything is settled.
    pub(super) fn steps(
        &self,
        slots: Range<usize>,
        every: usize,
        together: fn(u64, u64) -> u64,
    ) -> Vec<u64> {
        let mut steps = vec![0; slots.len().div_ceil(every)];
        for (slot, count) in self.entries(slots.clone()) {
            let step = &mut steps[(slot - slots.start) / every];
            *step = together(*step, count.max(0) as u64);
        }
        steps
    }

    /// The largest count in `range`, 0 if all are.
    #[must_use]
    pub(super) fn peak(&self, range: Range<usize>) -> i64 {
        self.entries(range).map(|(_, count)| count).max().unwrap_or(0)
    }
}

/// The same counts, however they are kept.
impl PartialEq for Paged {
    fn eq(&self, other: &Self) -> bool {
        let [mine, theirs] = [self, other].map(|table| {
            let mut table = table.clone();
            table.settle();
            table.entries(0..usize::MAX).collect::<Vec<_>>()
        });
        mine == theirs
    }
}

impl Eq for Paged {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stay_where_they_were_put() {
        let (mut left, mut right) = (Paged::default(), Paged::default());
        left.add(3, 1);
        left.add(3_000_000, 2);
        right.add(3, 4);
        right.add(1_024, 6);
        right.add(1_023, 1);
        right.add(1_024, 1);
        for pages in 0..3 {
            let (mut left, mut right) = (left.clone(), right.clone());
            // As lists; one with pages, one without; with pages both.
            if pages > 0 {
                left.spread();
            }
            if pages > 1 {
                right.spread();
            }
            let other = left.clone();
            left.merge(right.clone());
            right.merge(other);
            assert_eq!(left, right);
            left.settle();
            let all: Vec<_> = left.entries(0..usize::MAX).collect();
            assert_eq!(all, [(3, 5), (1_023, 1), (1_024, 7), (3_000_000, 2)]);
            let peaks = [4..1_024, 6_000_000..7_000_000, 900..1_025, 1_024..1_025, 70..70];
            assert_eq!(peaks.map(|range| left.peak(range)), [1, 0, 7, 7, 0]);
            let mut most = [0, 0, 6, 9];
            left.raise(&[0..3, 3..1_025, 1_024..1_025, 1_024..3_000_001], &mut most);
            assert_eq!(most, [0, 7, 7, 9]);
        }
    }

    #[test]
    fn many_counts_are_kept_on_pages() {
        let mut table = Paged::default();
        for number in 0..3 * SPARSE {
            table.add(number * 7 % 10_007, 1);
        }
        assert!(table.list.is_empty() && !table.pages.is_empty());
        table.settle();
        let sum: i64 = table.entries(0..usize::MAX).map(|(_, count)| count).sum();
        assert_eq!(sum, 3 * SPARSE as i64);
    }
}
