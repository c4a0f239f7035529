//! Counts per slot of a fine grid over the whole run, with memory only for the busy parts.
//!
//! A fault stirs minutes of a year; the pages of the quiet rest are never made.

use std::ops::Range;

/// Slots on a page.
const PAGE: usize = 1024;

/// A sparse table of counts by slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paged {
    pages: Vec<Option<Box<[i64; PAGE]>>>,
}

impl Paged {
    /// Adds `by` to a slot.
    pub fn add(&mut self, slot: usize, by: i64) {
        let page = slot / PAGE;
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        self.pages[page].get_or_insert_with(|| Box::new([0; PAGE]))[slot % PAGE] += by;
    }

    /// Adds another table.
    pub fn merge(&mut self, other: Self) {
        if other.pages.len() > self.pages.len() {
            self.pages.resize(other.pages.len(), None);
        }
        for (mine, theirs) in self.pages.iter_mut().zip(other.pages) {
            match (mine, theirs) {
                (_, None) => {}
                (Some(mine), Some(theirs)) => {
                    mine.iter_mut().zip(theirs.iter()).for_each(|(a, b)| *a += b);
                }
                (mine @ None, theirs) => *mine = theirs,
            }
        }
    }

    /// The slots in `range` that are not zero, in order.
    pub fn entries(&self, range: Range<usize>) -> impl Iterator<Item = (usize, i64)> {
        let pages = range.start / PAGE..range.end.div_ceil(PAGE).min(self.pages.len());
        let made = pages.filter_map(|page| Some((page * PAGE, self.pages[page].as_deref()?)));
        made.flat_map(|(first, counts)| (first..).zip(counts.iter().copied()))
            .filter(move |(slot, count)| *count != 0 && range.contains(slot))
    }

    /// The largest count in `range`, 0 if all are.
    #[must_use]
    pub fn peak(&self, range: Range<usize>) -> i64 {
        self.entries(range).map(|(_, count)| count).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stay_where_they_were_put() {
        let (mut left, mut right) = (Paged::default(), Paged::default());
        left.add(3, 1);
        left.add(5_000_000, 2);
        right.add(3, 4);
        right.add(1_023, 1);
        right.add(1_024, 7);
        left.merge(right);
        let all: Vec<_> = left.entries(0..usize::MAX).collect();
        assert_eq!(all, [(3, 5), (1_023, 1), (1_024, 7), (5_000_000, 2)]);
        assert_eq!(left.peak(4..1_024), 1);
        assert_eq!(left.peak(6_000_000..7_000_000), 0);
        assert_eq!(left.peak(900..1_025), 7);
    }
}
