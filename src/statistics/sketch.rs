//! A mergeable sketch of nonnegative integers (nanoseconds): how many lie in each of many narrow
//! bins. Not a sample: count, sum, smallest and largest are exact, and merging loses nothing.
//!
//! Bins are one wide below 512, and above that 256 to the octave, so a quantile read from a
//! sketch is at most 0.4 % too large, and never too small. Each bin remembers the largest value in
//! it, which is what is read: a lump of equal values, such as a fixed timer, is given exactly
//! unless larger values share its bin.

use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

use super::ranks::nearest_rank;

/// Bins to an octave, as a power of two.
const BITS: u32 = 8;

/// One bin that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Its number: values below 512 are their own bin; see [`bin_of`].
    pub number: u32,
    /// How many values lie in it.
    pub count: u64,
    /// The largest of them.
    pub max: i64,
}

/// The number of the bin that a value (at least 0) lies in; at most 14,335.
#[must_use]
pub fn bin_of(value: i64) -> u32 {
    let value = value.max(0) as u64;
    let shift = (u64::BITS - value.leading_zeros()).saturating_sub(BITS + 1);
    (shift << BITS) + (value >> shift) as u32
}

/// Counts of values in bins, with exact count, sum, smallest and largest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Plain")]
pub struct Sketch {
    /// By number, each once.
    bins: Vec<Bin>,
    count: u64,
    sum: i128,
    min: i64,
}

impl Sketch {
    /// The sketch of sorted values, none of them negative.
    #[must_use]
    pub fn from_sorted(values: &[i64]) -> Self {
        debug_assert!(values.is_sorted() && values.first().is_none_or(|first| *first >= 0));
        let mut bins: Vec<Bin> = Vec::new();
        for &value in values {
            let number = bin_of(value);
            match bins.last_mut() {
                Some(last) if last.number == number => {
                    last.count += 1;
                    last.max = value;
                }
                _ => bins.push(Bin { number, count: 1, max: value }),
            }
        }
        let sum = values.iter().copied().map(i128::from).sum();
        let min = values.first().copied().unwrap_or_default();
        Self { bins, count: values.len() as u64, sum, min }
    }

    /// Adds one value, at least 0. O(log bins), or O(bins) for the first of its bin.
    pub fn add(&mut self, value: i64) {
        let number = bin_of(value);
        match self.bins.binary_search_by_key(&number, |bin| bin.number) {
            Ok(found) => {
                let bin = &mut self.bins[found];
                bin.count += 1;
                bin.max = bin.max.max(value);
            }
            Err(place) => self.bins.insert(place, Bin { number, count: 1, max: value }),
        }
        self.min = if self.count == 0 { value } else { self.min.min(value) };
        self.count += 1;
        self.sum += i128::from(value);
    }

    /// Adds the values of another sketch. The order of merging does not matter.
    pub fn merge(&mut self, other: &Self) {
        if other.count > 0 {
            *self = self.with(other);
        }
    }

    /// The sketch of the values of both.
    fn with(&self, other: &Self) -> Self {
        let min = match (self.count, other.count) {
            (_, 0) => self.min,
            (0, _) => other.min,
            _ => self.min.min(other.min),
        };
        Self {
            bins: merged_bins(&self.bins, &other.bins),
            count: self.count + other.count,
            sum: self.sum + other.sum,
            min,
        }
    }

    /// The sketch of all values of some sketches.
    #[must_use]
    pub fn of_all(sketches: &[Self]) -> Self {
        match sketches {
            [] => Self::default(),
            [one] => one.clone(),
            [one, other] => one.with(other),
            // Halves of halves: each bin is touched log n times, not n.
            _ => {
                let (left, right) = sketches.split_at(sketches.len() / 2);
                let mut all = Self::of_all(left);
                all.merge(&Self::of_all(right));
                all
            }
        }
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    #[must_use]
    pub fn sum(&self) -> i128 {
        self.sum
    }

    /// Their mean; `None` of none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The smallest value.
    #[must_use]
    pub fn min(&self) -> Option<i64> {
        (self.count > 0).then_some(self.min)
    }

    /// The largest value.
    #[must_use]
    pub fn max(&self) -> Option<i64> {
        self.bins.last().map(|bin| bin.max)
    }

    /// The bins that hold something, smallest first.
    #[must_use]
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }

    /// The value at a rank (from 1): the largest in its bin. `None` beyond the ends.
    #[must_use]
    pub fn at_rank(&self, rank: u64) -> Option<i64> {
        let mut left = rank.checked_sub(1)?;
        for bin in &self.bins {
            match left.checked_sub(bin.count) {
                None => return Some(bin.max),
                Some(rest) => left = rest,
            }
        }
        None
    }

    /// The `p` quantile by nearest rank, at most 0.4 % too large; `None` of nothing.
    #[must_use]
    pub fn nearest_rank(&self, p: f64) -> Option<i64> {
        self.at_rank(nearest_rank(self.count, p))
    }

    /// How many values lie in bins whose largest is at most `value`: exact if it is such a
    /// largest one, here or in a sketch that this one was merged into.
    #[must_use]
    pub fn count_at_most(&self, value: i64) -> u64 {
        let end = self.bins.partition_point(|bin| bin.max <= value);
        self.bins[..end].iter().map(|bin| bin.count).sum()
    }
}

/// Two sorted lists of bins as one.
fn merged_bins(mut left: &[Bin], mut right: &[Bin]) -> Vec<Bin> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let ([one, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
        if one.number < other.number {
            merged.push(*one);
            left = left_rest;
        } else if one.number > other.number {
            merged.push(*other);
            right = right_rest;
        } else {
            let (count, max) = (one.count + other.count, one.max.max(other.max));
            merged.push(Bin { number: one.number, count, max });
            (left, right) = (left_rest, right_rest);
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    merged
}

/// A sketch as it is written: the smallest value, the sum, and of each bin the largest value, before it the count with a minus
/// where it is not 1. Which bin it is follows from its largest value.
#[derive(Deserialize)]
struct Plain(i64, i128, Vec<i64>);

impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.min, self.sum, Written(&self.bins)).serialize(serializer)
    }
}

/// Bins as they are written.
struct Written<'s>(&'s [Bin]);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for bin in self.0 {
            if bin.count != 1 {
                list.serialize_element(&-(bin.count as i64))?;
            }
            list.serialize_element(&bin.max)?;
        }
        list.end()
    }
}

impl TryFrom<Plain> for Sketch {
    type Error = &'static str;

    fn try_from(Plain(min, sum, numbers): Plain) -> Result<Self, Self::Error> {
        let mut bins: Vec<Bin> = Vec::with_capacity(numbers.len());
        let mut counted: Option<u64> = None;
        for number in numbers {
            if number < 0 {
                if counted.replace(number.unsigned_abs()).is_some() {
                    return Err("two counts of one bin");
                }
                continue;
            }
            bins.push(Bin {
                number: bin_of(number),
                count: counted.take().unwrap_or(1),
                max: number,
            });
        }
        if counted.is_some() {
            return Err("a count of no bin");
        }
        if !bins.is_sorted_by(|one, next| one.number < next.number) {
            return Err("the bins are not in order");
        }
        let first_holds = bins.first().map_or(min == 0 && sum == 0, |first| {
            (0..=first.max).contains(&min) && bin_of(min) == first.number
        });
        if !first_holds {
            return Err("the smallest value does not lie in the first bin");
        }
        let count = bins.iter().try_fold(0u64, |count, bin| count.checked_add(bin.count));
        Ok(Self { count: count.ok_or("too many values")?, bins, sum, min })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_follow_each_other_and_are_narrow() {
        for value in 0..512 {
            assert_eq!(bin_of(value), value as u32);
        }
        assert_eq!((bin_of(513), bin_of(514), bin_of(1023), bin_of(1024)), (512, 513, 767, 768));
        assert_eq!(bin_of(i64::MAX), 14_335);
        for value in (0..62).map(|octave| 1i64 << octave).chain([600, 1_000_000_007, 1 << 40]) {
            assert!(bin_of(value) <= bin_of(value + 1));
            let far = value + value / 256 + 1;
            assert!(bin_of(far) > bin_of(value), "{value} and {far} share a bin");
        }
    }

    #[test]
    fn a_lump_is_exact_and_so_are_the_ends() {
        let minute = 60_000_000_000;
        let sketch = Sketch::from_sorted(&[17, minute, minute, minute, 2 * minute]);
        assert_eq!(sketch.nearest_rank(0.5), Some(minute));
        assert_eq!((sketch.min(), sketch.max()), (Some(17), Some(2 * minute)));
        assert_eq!((sketch.count(), sketch.sum()), (5, 17 + 5 * i128::from(minute)));
        assert_eq!(sketch.count_at_most(minute), 4);
        assert_eq!(sketch.count_at_most(minute - 1), 1);
        assert_eq!((sketch.at_rank(0), sketch.at_rank(6)), (None, None));
    }

    #[test]
    fn one_by_one_in_any_order_or_sorted_is_the_same() {
        let mut values: Vec<i64> = (0..3_000).map(|n| n * 7_919 % 2_500 * n % 9_000).collect();
        values.extend([0, 1 << 40, 511, 512]);
        let mut sketch = Sketch::default();
        values.iter().for_each(|value| sketch.add(*value));
        values.sort_unstable();
        assert_eq!(sketch, Sketch::from_sorted(&values));
    }

    #[test]
    fn an_empty_sketch_changes_nothing() {
        let some = Sketch::from_sorted(&[3, 9]);
        let mut other = some.clone();
        other.merge(&Sketch::default());
        assert_eq!(other, some);
        let mut other = Sketch::default();
        other.merge(&some);
        assert_eq!(other, some);
        assert_eq!((other.mean(), Sketch::default().mean()), (Some(6.0), None));
        assert_eq!(Sketch::default().nearest_rank(0.5), None);
    }

    #[test]
    fn written_compactly_and_read_with_care() {
        let sketch = Sketch::from_sorted(&[1, 600, 601, i64::MAX, i64::MAX]);
        let text = serde_json::to_string(&sketch).unwrap();
        let expected = "[1,18446744073709552816,[1,-2,601,-2,9223372036854775807]]";
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Sketch>(&text).unwrap(), sketch);
        for wrong in [
            r#"[1,"x",[1]]"#,
            "[1,1]",
            "[1,1,[1,-2]]",
            "[1,2,[-2,-2,1]]",
            "[2,1,[1]]",
            "[1,3,[1,1]]",
            "[1,3,[2,1]]",
            "[1,0,[]]",
        ] {
            assert!(serde_json::from_str::<Sketch>(wrong).is_err(), "{wrong}");
        }
    }
}
