//! Quantiles of all values of all replications together, where the values of one replication
//! depend on each other. Not a mean of the replications' quantiles.

use std::borrow::Cow;

use super::estimate::{Estimate, Interval, Method};
use super::laws::Student;
use super::ranks::{nearest_rank, order_statistics};
use super::sketch::Sketch;

/// The groups (replications) and all their values together.
#[derive(Clone, Debug)]
pub struct Pool<'a> {
    groups: Cow<'a, [Sketch]>,
    all: Sketch,
    /// Groups that hold anything.
    filled: u64,
}

impl<'a> Pool<'a> {
    /// Pools the groups.
    #[must_use]
    pub fn new(groups: impl Into<Cow<'a, [Sketch]>>) -> Self {
        let groups = groups.into();
        let filled = groups.iter().filter(|group| group.count() > 0).count() as u64;
        Self { all: Sketch::of_all(&groups), groups, filled }
    }

    /// All values together.
    #[must_use]
    pub fn all(&self) -> &Sketch {
        &self.all
    }

    /// The `p` quantile of all values by nearest rank, in the values' unit, with an interval at
    /// `level`; its count is the number of values.
    ///
    /// After Korn and Graubard, "Confidence Intervals for Proportions with Small Expected Number
    /// of Positive Counts Estimated from Survey Data", Survey Methodology 24 (1998), 193-201: the
    /// values are worth as many independent ones as would give the share of values up to the
    /// quantile the variance that it has between groups, less a correction for having few
    /// groups. Each order-statistic rank of that many values represents a range of the ranks of all
    /// of them: the interval reaches from the first of the lower to the last of the upper.
    /// Groups without values say nothing; of fewer than two others there is no interval.
    #[must_use]
    pub fn quantile(&self, p: f64, level: f64) -> Estimate {
        let count = self.all.count();
        let rank = nearest_rank(count, p);
        let Some(value) = self.all.at_rank(rank) else {
            return Estimate::too_few(None, level, 0);
        };
        let center = value as f64;
        if self.all.min() == self.all.max() {
            return Estimate { count, ..Estimate::constant(center, level, self.filled) };
        }
        match self.interval(p, level, value) {
            Some(interval) => {
                let method = if self.filled == count {
                    Method::OrderStatistics
                } else {
                    Method::OrderStatisticsClustered
                };
                Estimate { value: Some(center), interval: Some(interval), level, count, method }
            }
            None => Estimate::too_few(Some(center), level, count),
        }
    }

    fn interval(&self, p: f64, level: f64, value: i64) -> Option<Interval> {
        let worth = self.effective_count(level, value)?;
        let (low, high) = order_statistics(worth, p, level)?;
        let start = |rank: u64| u128::from(rank) * u128::from(self.all.count());
        let low = (start(low - 1) / u128::from(worth) + 1) as u64;
        let high = start(high).div_ceil(u128::from(worth)) as u64;
        Some(Interval { low: self.all.at_rank(low)? as f64, high: self.all.at_rank(high)? as f64 })
    }

    /// How many independent values all values are worth, for the share of them up to `value`;
    /// `None` of fewer than two filled groups.
    #[must_use]
    pub fn effective_count(&self, level: f64, value: i64) -> Option<u64> {
        if self.filled < 2 {
            return None;
        }
        let n = self.all.count() as f64;
        // A share of 1 does not vary: then the share below the value is used.
        let cut = if self.all.count_at_most(value) == self.all.count() { value - 1 } else { value };
        let up_to: Vec<u64> = self.groups.iter().map(|group| group.count_at_most(cut)).collect();
        let share = up_to.iter().sum::<u64>() as f64 / n;
        let squares: f64 = up_to
            .iter()
            .zip(self.groups.iter())
            .map(|(up_to, group)| {
                let residual = *up_to as f64 - share * group.count() as f64;
                residual * residual
            })
            .sum();
        let g = self.filled as f64;
        let variance = squares * g / (g - 1.0) / (n * n);
        let independent = share * (1.0 - share) / (n - 1.0);
        let student = Student::two_sided(level);
        let few_groups = student.quantile(n - 1.0) / student.quantile(g - 1.0);
        let worth = n * independent / variance * few_groups * few_groups;
        // One value per group is worth n but for rounding.
        Some(if worth < n { (worth * (1.0 + 1e-9)) as u64 } else { self.all.count() })
    }
}

/// The `p` quantile of all values of the groups, see [`Pool::quantile`].
#[must_use]
pub fn pooled_quantile(groups: &[Sketch], p: f64, level: f64) -> Estimate {
    Pool::new(groups).quantile(p, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ranks::quantile;

    /// Groups that hold `copies` of each value in turn.
    fn groups(values: impl IntoIterator<Item = i64>, copies: usize) -> Vec<Sketch> {
        values.into_iter().map(|value| Sketch::from_sorted(&vec![value; copies])).collect()
    }

    #[test]
    fn groups_of_one_value_are_ordinary_order_statistics() {
        for n in [2, 5, 6, 17, 60, 200, 320] {
            for p in [0.5, 0.9, 0.95, 0.99] {
                let values: Vec<i64> = (1..=n).map(|k| k * k % 509 + 1).collect();
                let mut sorted: Vec<f64> = values.iter().map(|value| *value as f64).collect();
                sorted.sort_by(f64::total_cmp);
                let found = pooled_quantile(&groups(values, 1), p, 0.95);
                assert_eq!(found, quantile(&sorted, p, 0.95), "{n} {p}");
            }
        }
        let found = pooled_quantile(&groups(1..=200, 1), 0.95, 0.95);
        assert_eq!(found.interval, Some(Interval { low: 183.0, high: 196.0 }));
    }

    #[test]
    fn copies_are_worth_little_more_than_one() {
        let found = pooled_quantile(&groups(1..=200, 50), 0.95, 0.95);
        assert_eq!((found.value, found.count), (Some(190.0), 10_000));
        assert_eq!(found.method, Method::OrderStatisticsClustered);
        let interval = found.interval.unwrap();
        assert!((182.0..=184.0).contains(&interval.low), "{interval:?}");
        assert!((196.0..=198.0).contains(&interval.high), "{interval:?}");
        assert_eq!(pooled_quantile(&groups(1..=20, 50), 0.95, 0.95).method, Method::TooFew);
    }

    #[test]
    fn groups_that_agree_are_worth_all_their_values() {
        let same = vec![Sketch::from_sorted(&(1..=100).collect::<Vec<i64>>()); 20];
        let pool = Pool::new(same);
        assert_eq!(pool.effective_count(0.95, 95), Some(2000));
    }

    #[test]
    fn lumps_nothing_and_too_few_groups() {
        assert_eq!(
            pooled_quantile(&groups([7; 4], 3), 0.99, 0.95),
            Estimate { count: 12, ..Estimate::constant(7.0, 0.95, 4) }
        );
        assert_eq!(pooled_quantile(&groups([7; 2], 3), 0.99, 0.95).method, Method::TooFew);
        assert_eq!(pooled_quantile(&[], 0.5, 0.95), Estimate::too_few(None, 0.95, 0));
        let one = [Sketch::from_sorted(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), Sketch::default()];
        assert_eq!(pooled_quantile(&one, 0.5, 0.95), Estimate::too_few(Some(5.0), 0.95, 9));
    }

    #[test]
    fn a_lump_at_the_top_has_an_interval_at_the_lump() {
        // Three of ten values of every group are a timer of 120 s.
        let timer = 120_000_000_000;
        let all: Vec<Sketch> = (1..=40)
            .map(|k| Sketch::from_sorted(&[k, k, k, k, k, k, k, timer, timer, timer]))
            .collect();
        let found = pooled_quantile(&all, 0.95, 0.95);
        assert_eq!(found.interval, Some(Interval::point(timer as f64)));
    }
}
