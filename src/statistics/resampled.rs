//! The difference of a quantile between two policies on the same luck: a paired bootstrap over
//! groups of replications. It draws nothing: which groups each resample holds is given.

use super::estimate::{Estimate, Interval, Method};
use super::laws::Student;
use super::pooled::Pool;
use super::ranks::nearest_rank;
use super::sketch::Sketch;

/// Fewest values, of independent ones, that must lie beyond a quantile on either side.
const BEYOND: f64 = 5.0;

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

/// The `p` quantile of all values of `b` less that of `a`, whose groups hold the same
/// replications; with the percentile interval of a paired bootstrap over the groups, widened for
/// their number (Hesterberg, "What Teachers Should Know About the Bootstrap", The American
/// Statistician 69, 2015). There is no interval while fewer than five values, counted as
/// independent ones, lie beyond the quantile in one of the two.
#[must_use]
pub fn paired_quantiles(
    (a, b): (&[Sketch], &[Sketch]),
    p: f64,
    level: f64,
    resamples: &Resamples,
) -> Estimate {
    let (of_a, of_b) = (Pool::new(a), Pool::new(b));
    let count = of_a.all().count() + of_b.all().count();
    let ends = of_a.all().nearest_rank(p).zip(of_b.all().nearest_rank(p));
    let Some((low, high)) = ends else { return Estimate::too_few(None, level, count) };
    let value = (high - low) as f64;
    if a == b {
        return Estimate::constant(0.0, level, count);
    }
    let beyond = |pool: &Pool, at: i64| {
        let worth = pool.effective_count(level, at).unwrap_or(0) as f64;
        worth * p.min(1.0 - p)
    };
    // A share like 1 - 0.95 is not exact, so that a hair less than five is five.
    if beyond(&of_a, low).min(beyond(&of_b, high)) < BEYOND - 1e-6 {
        return Estimate::too_few(Some(value), level, count);
    }
    let (in_a, in_b) = (Steps::new(a, of_a.all()), Steps::new(b, of_b.all()));
    let difference =
        |times: &[u32]| Some((in_b.quantile(p, times)? - in_a.quantile(p, times)?) as f64);
    let mut all: Vec<f64> = resamples.each().filter_map(difference).collect();
    all.sort_by(f64::total_cmp);
    let interval = percentiles(&all, resamples.groups, level);
    let interval = interval.map(|i| Interval { low: i.low.min(value), high: i.high.max(value) });
    match interval {
        Some(_) => {
            Estimate { value: Some(value), interval, level, count, method: Method::Bootstrap }
        }
        None => Estimate::too_few(Some(value), level, count),
    }
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

/// How many values of each group lie in each bin or below it.
struct Steps {
    /// The largest value of each bin.
    values: Vec<i64>,
    /// One row per bin and one column per group.
    up_to: Vec<u32>,
    groups: usize,
}

impl Steps {
    fn new(groups: &[Sketch], all: &Sketch) -> Self {
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
        Self { values: bins.iter().map(|bin| bin.max).collect(), up_to, groups: groups.len() }
    }

    /// The `p` quantile of a resample that holds each group so many times.
    fn quantile(&self, p: f64, times: &[u32]) -> Option<i64> {
        let up_to = |row: usize| -> u64 {
            let own = &self.up_to[row * self.groups..(row + 1) * self.groups];
            own.iter().zip(times).map(|(own, times)| u64::from(*own) * u64::from(*times)).sum()
        };
        let rank = nearest_rank(up_to(self.values.len().checked_sub(1)?), p);
        if rank == 0 {
            return None;
        }
        let (mut low, mut high) = (0, self.values.len() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if up_to(middle) >= rank { high = middle } else { low = middle + 1 }
        }
        Some(self.values[low])
    }
}
