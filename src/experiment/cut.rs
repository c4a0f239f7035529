//! An experiment cut into shards: pieces of fixed length, which can be made anywhere, in any order and
//! more than once.
//!
//! What is cut is the list of all samples: replication by replication and, within a replication,
//! variant by variant. So a sweep of many points and few replications has as many shards as it has
//! samples. Only numbers; nothing is made here.

use std::ops::Range;

/// Samples by number: replication times number of variants, plus variant.
pub type Items = Range<u128>;

/// An experiment that is cut into shards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// All replications.
    pub replications: Range<u64>,
    /// Number of variants, at least 1.
    pub variants: usize,
    /// Number of shards, at least 1.
    pub shards: u64,
}

impl Cut {
    /// All samples.
    #[must_use]
    pub fn items(&self) -> Items {
        items(&self.replications, self.variants)
    }

    /// The samples of a shard, from 0: neighbours differ by one sample in length at most.
    #[must_use]
    pub fn shard(&self, index: u64) -> Items {
        let all = self.items();
        let begin = |index: u64| {
            all.start + (all.end - all.start) * u128::from(index) / u128::from(self.shards)
        };
        begin(index)..begin(index + 1)
    }

    /// The shards that hold any of these samples, in order.
    #[must_use]
    pub fn shards_of(&self, missing: &[Items]) -> Vec<u64> {
        let mut found = Vec::new();
        for range in missing {
            let first = self.holder(range.start);
            let last = self.holder(range.end - 1);
            let known = found.last().copied();
            found.extend((first..=last).filter(|index| Some(*index) != known));
        }
        found
    }

    /// The shard that holds a sample.
    fn holder(&self, item: u128) -> u64 {
        let all = self.items();
        let (at, length) = (item - all.start, all.end - all.start);
        // The last shard that does not begin behind it.
        let guess = ((at + 1) * u128::from(self.shards)).div_ceil(length.max(1)) - 1;
        u64::try_from(guess).unwrap_or(u64::MAX).min(self.shards - 1)
    }
}

/// The samples of all variants in these replications.
#[must_use]
pub fn items(replications: &Range<u64>, variants: usize) -> Items {
    let item = |replication: u64| u128::from(replication) * variants as u128;
    item(replications.start)..item(replications.end)
}

/// The replications that samples belong to, whole or in part.
#[must_use]
pub fn replications(items: &Items, variants: usize) -> Range<u64> {
    let most = |item: u128| u64::try_from(item).unwrap_or(u64::MAX);
    let variants = variants.max(1) as u128;
    most(items.start / variants)..most(items.end.div_ceil(variants))
}

/// The samples of a range that none of these ranges holds; they come in the order of their starts.
#[must_use]
pub fn missing<'a>(all: &Items, held: impl IntoIterator<Item = &'a Items>) -> Vec<Items> {
    let mut next = all.start;
    let mut found = Vec::new();
    for range in held {
        if range.start > next && next < all.end {
            found.push(next..range.start.min(all.end));
        }
        next = next.max(range.end);
    }
    if next < all.end {
        found.push(next..all.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(replications: Range<u64>, variants: usize, shards: u64) -> Cut {
        Cut { replications, variants, shards }
    }

    #[test]
    fn shards_are_all_samples_once() {
        for (variants, shards) in [(1, 1), (1, 7), (3, 7), (5, 100), (1000, 13)] {
            let cut = cut(200..300, variants, shards);
            let all: Vec<Items> = (0..shards).map(|index| cut.shard(index)).collect();
            assert_eq!(missing(&cut.items(), &all), []);
            let length = |items: &Items| items.end - items.start;
            assert_eq!(all.iter().map(length).sum::<u128>(), 100 * variants as u128);
            let (least, most) = (all.iter().map(length).min(), all.iter().map(length).max());
            assert!(most.unwrap() - least.unwrap() <= 1, "{cut:?}");
            for (index, items) in (0..).zip(&all) {
                assert_eq!(cut.shards_of(std::slice::from_ref(items)), [index], "{cut:?}");
            }
        }
        assert_eq!(cut(0..10, 1, 4).shard(1), 2..5);
    }

    #[test]
    fn missing_samples_are_named_with_the_shards_that_hold_them() {
        let cut = cut(0..10, 1, 4);
        let held = [0..2, 5..7];
        let missing = missing(&cut.items(), &held);
        assert_eq!(missing, [2..5, 7..10]);
        assert_eq!(cut.shards_of(&missing), [1, 3]);
        assert_eq!(cut.shards_of(&[1..3, 4..8]), [0, 1, 2, 3]);
        assert_eq!(replications(&(7..12), 5), 1..3);
    }
}
