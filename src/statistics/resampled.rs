//! The difference of a quantile between two policies with common random numbers: a paired bootstrap
//! over groups of replications. It draws nothing: which groups each resample holds is given.

use std::cell::OnceCell;

use super::estimate::{Estimate, Interval, Method};
use super::laws::Student;
use super::pooled::Pool;
use super::sketch::Sketch;
use super::special::beta;

/// Fewest values that must lie beyond a quantile on either side, and of these as independent ones.
/// A rule about independent ones alone, whose number is estimated, would select samples that vary
/// little by chance, whose intervals are too short.
const BEYOND: (f64, f64) = (20.0, 5.0);

/// How often each group is drawn in each resample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resamples {
    groups: usize,
    times: Vec<u32>,
}

impl Resamples {
    /// Draws as many groups as there are, with replacement, `number` times; `uniform(resample,
    /// place)` says which.
    #[must_use]
    pub fn new(groups: usize, number: usize, uniforms: impl Fn(usize) -> Vec<f64>) -> Self {
        let mut times = vec![0; groups * number];
        for resample in 0..number {
            for u in uniforms(resample).into_iter().take(groups) {
                let drawn = ((u * groups as f64) as usize).min(groups - 1);
                times[resample * groups + drawn] += 1;
            }
        }
        Self { groups, times }
    }

    /// Number of groups that are drawn from.
    #[must_use]
    pub const fn groups(&self) -> usize {
        self.groups
    }

    fn each(&self) -> impl Iterator<Item = &[u32]> {
        self.times.chunks_exact(self.groups.max(1))
    }
}

/// The `p` quantile of all values of one policy, and of its resamples: those are made once, however
/// many others it is compared with.
#[derive(Debug)]
pub struct Resampled<'s> {
    groups: &'s [Sketch],
    pool: Pool<'s>,
    p: f64,
    level: f64,
    quantiles: OnceCell<Vec<Option<f64>>>,
}

impl<'s> Resampled<'s> {
    /// The quantile of these groups of replications; differences get intervals at `level`.
    #[must_use]
    pub fn new(groups: &'s [Sketch], p: f64, level: f64) -> Self {
        Self { groups, pool: Pool::new(groups), p, level, quantiles: OnceCell::new() }
    }

    /// The quantile of this policy less that of `a`, whose groups hold the same
    /// replications; with the percentile interval of a paired bootstrap over the groups, whose
    /// quantiles are weighted means of neighbouring ranks, widened for the number of groups
    /// (Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69,
    /// 2015). There is no interval while fewer than twenty values, or five counted as
    /// independent ones, lie beyond the quantile in one of the two.
    #[must_use]
    pub fn less(&self, a: &Resampled<'_>, resamples: &Resamples) -> Estimate {
        let level = self.level;
        let count = a.pool.all().count() + self.pool.all().count();
        let ends = a.nearest_rank().zip(self.nearest_rank());
        let Some((low, high)) = ends else { return Estimate::too_few(None, level, count) };
        let value = (high - low) as f64;
        if a.groups == self.groups {
            return Estimate::constant(0.0, level, count);
        }
        if a.has_few(low) || self.has_few(high) {
            return Estimate::too_few(Some(value), level, count);
        }
        let both = a.quantiles(resamples).iter().zip(self.quantiles(resamples));
        let mut all: Vec<f64> = both.filter_map(|(a, b)| Some((*b)? - (*a)?)).collect();
        all.sort_by(f64::total_cmp);
        let interval = percentiles(&all, resamples.groups, level);
        let interval =
            interval.map(|i| Interval { low: i.low.min(value), high: i.high.max(value) });
        match interval {
            Some(_) => {
                Estimate { value: Some(value), interval, level, count, method: Method::Bootstrap }
            }
            None => Estimate::too_few(Some(value), level, count),
        }
    }

    fn nearest_rank(&self) -> Option<i64> {
        self.pool.all().nearest_rank(self.p)
    }

    /// Whether too few values lie beyond the quantile, which is `at`.
    fn has_few(&self, at: i64) -> bool {
        let worth = self.pool.effective_count(self.level, at).unwrap_or(0) as f64;
        let beyond = self.p.min(1.0 - self.p);
        // A share like 1 - 0.95 is not exact, so that a hair less than the limit is the limit.
        let limits = (BEYOND.0 - 1e-6, BEYOND.1 - 1e-6);
        self.pool.all().count() as f64 * beyond < limits.0 || worth * beyond < limits.1
    }

    /// The weighted quantile of every resample.
    fn quantiles(&self, resamples: &Resamples) -> &[Option<f64>] {
        self.quantiles.get_or_init(|| {
            let all = self.pool.all();
            let steps = Steps::new(self.groups, all, Weights::new(self.p, all.count()));
            resamples.each().map(|times| steps.quantile(times)).collect()
        })
    }
}

/// The `p` quantile of all values of `b` less that of `a`: see [`Resampled::less`].
#[must_use]
pub fn paired_quantiles(
    (a, b): (&[Sketch], &[Sketch]),
    p: f64,
    level: f64,
    resamples: &Resamples,
) -> Estimate {
    Resampled::new(b, p, level).less(&Resampled::new(a, p, level), resamples)
}

/// The ends of the middle `level` of sorted resampled values, widened for the number of groups.
fn percentiles(sorted: &[f64], groups: usize, level: f64) -> Option<Interval> {
    let g = groups as f64;
    if groups < 2 || sorted.is_empty() {
        return None;
    }
    let t = Student::two_sided(level).quantile(g - 1.0);
    let z = t * (g / (g - 1.0)).sqrt();
    let outside = 0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2);
    let rank = libm::floor(outside * (sorted.len() + 1) as f64).max(1.0) as usize;
    Some(Interval { low: *sorted.get(rank - 1)?, high: *sorted.get(sorted.len() - rank)? })
}

/// The weights of Harrell and Davis ("A new distribution-free quantile estimator", Biometrika 69,
/// 1982): where the `p` quantile of `count` values lies among their ranks, by the law of an order
/// statistic. A resample whose quantile is a single rank jumps from value to value, and
/// the difference of two then varies more than the difference of two samples does.
#[derive(Debug)]
struct Weights {
    /// The law below `k / STEPS`.
    below: Vec<f64>,
    /// The part of all ranks that has weight.
    within: (f64, f64),
}

impl Weights {
    /// Steps of the table of the law.
    const STEPS: usize = 4_096;

    fn new(p: f64, count: u64) -> Self {
        let n = count as f64 + 1.0;
        let share = |k: usize| k as f64 / Self::STEPS as f64;
        let law = |k: usize| beta(n * p, n * (1.0 - p), share(k), 1.0 - share(k)).lower;
        let below: Vec<f64> = (0..=Self::STEPS).map(law).collect();
        let first = below.iter().rposition(|below| *below < 1e-9).unwrap_or(0);
        let last = below.iter().position(|below| *below > 1.0 - 1e-9).unwrap_or(Self::STEPS);
        Self { below, within: (share(first), share(last)) }
    }

    /// The weight of all ranks up to a share of them.
    fn up_to(&self, share: f64) -> f64 {
        let at = share * Self::STEPS as f64;
        let row = (at as usize).min(Self::STEPS - 1);
        let (low, high) = (self.below[row], self.below[row + 1]);
        low + (high - low) * (at - row as f64)
    }
}

/// How many values of each group lie in each bin or below it.
struct Steps {
    /// The largest value of each bin.
    values: Vec<i64>,
    /// One row per bin and one column per group.
    up_to: Vec<u32>,
    groups: usize,
    weights: Weights,
}

impl Steps {
    fn new(groups: &[Sketch], all: &Sketch, weights: Weights) -> Self {
        let bins = all.bins();
        let mut up_to = vec![0; bins.len() * groups.len()];
        for (column, group) in groups.iter().enumerate() {
            let (mut own, mut sum) = (group.bins().iter().peekable(), 0);
            for (row, bin) in bins.iter().enumerate() {
                while let Some(next) = own.next_if(|next| next.number <= bin.number) {
                    sum += u32::try_from(next.count).unwrap_or(u32::MAX);
                }
                up_to[row * groups.len() + column] = sum;
            }
        }
        let values = bins.iter().map(|bin| bin.max).collect();
        Self { values, up_to, groups: groups.len(), weights }
    }

    /// Values in the bins up to a row, in a resample that holds each group this number of times.
    fn count(&self, row: usize, times: &[u32]) -> u64 {
        let own = &self.up_to[row * self.groups..(row + 1) * self.groups];
        own.iter().zip(times).map(|(own, times)| u64::from(*own) * u64::from(*times)).sum()
    }

    /// The first row with more values up to it than a share of all.
    fn row(&self, share: f64, all: u64, times: &[u32]) -> usize {
        let rank = share * all as f64;
        let (mut low, mut high) = (0, self.values.len() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.count(middle, times) as f64 > rank { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The weighted quantile of a resample.
    fn quantile(&self, times: &[u32]) -> Option<f64> {
        let all = self.count(self.values.len().checked_sub(1)?, times);
        if all == 0 {
            return None;
        }
        let (mut before, mut sum) = (0.0, 0.0);
        for row in self.row(self.weights.within.0, all, times)..self.values.len() {
            let share = self.count(row, times) as f64 / all as f64;
            let weight = self.weights.up_to(share);
            sum += (weight - before) * self.values[row] as f64;
            before = weight;
            if share >= self.weights.within.1 {
                break;
            }
        }
        // What lies beyond the part that has weight is below 1e-9.
        (before > 0.0).then(|| sum / before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_three_has_the_weights_of_harrell_and_davis() {
        // Beta(2, 2) is 3 x^2 - 2 x^3: 7/27 below a third, 20/27 below two thirds.
        let weights = Weights::new(0.5, 3);
        assert!((weights.up_to(1.0 / 3.0) - 7.0 / 27.0).abs() < 1e-6);
        let groups: Vec<Sketch> = [0, 27, 270].map(|value| Sketch::from_sorted(&[value])).to_vec();
        let steps = Steps::new(&groups, &Sketch::of_all(&groups), weights);
        // 13/27 of 27 and 7/27 of 270.
        let found = steps.quantile(&[1, 1, 1]).unwrap();
        assert!((found - 83.0).abs() < 1e-3, "{found}");
        // Two of the first: 20/27 of 0 and 7/27 of 27.
        assert!((steps.quantile(&[2, 1, 0]).unwrap() - 7.0).abs() < 1e-3);
        assert_eq!(steps.quantile(&[0, 0, 0]), None);
    }
}
