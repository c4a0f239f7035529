//! From gathered replications to estimates: one line per measure.
//!
//! Which method suits which measure is decided here; the methods themselves are in `statistics`.
//!
//! | gauge | estimate |
//! |---|---|
//! | one integer per run | mean over runs, t interval |
//! | ... of a rare event of machines, few seen | exact Poisson |
//! | ... never seen | "none seen": an upper bound for numbers; times have none |
//! | in some runs only; one sum over another | ratio estimator, "none seen" as above |
//! | a percentile of all values | order statistics, values of one run dependent |
//!
//! No measure but a difference is negative and no share above 1, so no interval reaches there.

use crate::measures::{Factor, Gauge, How, Pool};
use crate::model::Unit;
use crate::statistics::{
    self, Estimate, Interval, Method, Split, input_uncertainty, mean, poisson, proportion,
    quantile, ratio,
};

use super::gathered::Gathered;

/// With at most this many events in all, counts of rare events are taken as Poisson.
const FEW: f64 = 30.0;

/// A measure over all replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The number of the measure.
    pub measure: usize,
    /// The estimate.
    pub estimate: Estimate,
    /// How single replications are spread.
    pub runs: Option<Runs>,
    /// Share of the replications in which it was not zero, for measures that were zero in some.
    pub any: Option<Estimate>,
    /// What of the interval is due to the data behind the faults, and what to sampling error.
    pub split: Option<Split>,
}

/// How the values of single replications are spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    /// Replications that have a value.
    pub count: u64,
    /// The smallest.
    pub least: f64,
    /// The median.
    pub p50: Estimate,
    /// The 95th percentile.
    pub p95: Estimate,
    /// The largest.
    pub most: f64,
}

/// The pool that was looked at last: its percentiles follow each other.
pub(super) type Recent = Option<(Pool, statistics::Pool<'static>)>;

/// The line of one measure; `sets`: the number of sets of laws that the replications take in turn.
#[must_use]
pub(super) fn line(
    gathered: &Gathered,
    measure: usize,
    (level, sets): (f64, Option<usize>),
    recent: &mut Recent,
) -> Line {
    let estimate = estimate_again(gathered, measure, level, recent);
    let (estimate, split) = completed(gathered, measure, estimate, (level, sets));
    let runs = runs(gathered, measure, level);
    Line { measure, estimate, runs, any: any(gathered, measure, level), split }
}

/// The estimate of one measure with both reasons of its interval: sampling error, and the data
/// behind the faults where they have `sets` sets of laws.
#[must_use]
pub fn complete(
    gathered: &Gathered,
    measure: usize,
    level: f64,
    sets: Option<usize>,
) -> (Estimate, Option<Split>) {
    completed(gathered, measure, estimate(gathered, measure, level), (level, sets))
}

/// The same from the estimate with sampling error alone.
fn completed(
    gathered: &Gathered,
    measure: usize,
    mut estimate: Estimate,
    (level, sets): (f64, Option<usize>),
) -> (Estimate, Option<Split>) {
    let split = sets.and_then(|sets| split(gathered, measure, sets, level));
    if let Some(split) = &split {
        (estimate.interval, estimate.method) = (split.combined.interval, split.combined.method);
    }
    (cut(estimate, gathered.measures()[measure].gauge), split)
}

/// The estimate of one measure with sampling error alone.
#[must_use]
pub fn estimate(gathered: &Gathered, measure: usize, level: f64) -> Estimate {
    estimate_again(gathered, measure, level, &mut None)
}

fn estimate_again(
    gathered: &Gathered,
    measure: usize,
    level: f64,
    recent: &mut Recent,
) -> Estimate {
    let gauge = gathered.measures()[measure].gauge;
    let found = match gauge.how {
        How::Each(_) => each(gathered, measure, gauge, level),
        How::IfAny(_) => {
            let (parts, wholes) = gathered.fractions(measure);
            ratio(&parts, &wholes, level)
        }
        How::Ratio(..) => {
            let (parts, wholes) = gathered.fractions(measure);
            let never = never(gauge.unit, (&parts, &wholes), gauge.factor(), level);
            never.unwrap_or_else(|| ratio(&parts, &wholes, level))
        }
        How::Pooled(pool, percent) => {
            let pool = pool(gathered.measures()[measure].index);
            let known = recent.take().filter(|(known, _)| *known == pool);
            let look = || (pool, statistics::Pool::new(gathered.pool(pool)));
            let (_, pooled) = recent.insert(known.unwrap_or_else(look));
            pooled.quantile(f64::from(percent) / 100.0, level)
        }
    };
    cut(gauge.factor().after_all(found), gauge)
}

/// The interval cut to what a measure can be: not negative unless it is a difference, and a share at most 1. It holds the
/// truth as often as before.
pub(super) fn cut(estimate: Estimate, gauge: &Gauge) -> Estimate {
    if gauge.signed { estimate } else { possible(estimate, gauge.unit) }
}

fn possible(estimate: Estimate, unit: Unit) -> Estimate {
    let most = if unit == Unit::Share { 1.0 } else { f64::INFINITY };
    let interval =
        estimate.interval.map(|i| Interval { low: i.low.max(0.0), high: i.high.min(most) });
    Estimate { interval, ..estimate }
}

/// What was always 0 though there was something to count it in: "none seen".
fn never(
    unit: Unit,
    (parts, wholes): (&[f64], &[f64]),
    factor: Factor,
    level: f64,
) -> Option<Estimate> {
    let count = wholes.iter().filter(|whole| **whole > 0.0).count() as u64;
    if count == 0 || parts.iter().any(|part| *part != 0.0) {
        return None;
    }
    let bound = match unit {
        Unit::Count => Some(poisson::none_seen(wholes.iter().sum::<f64>() / factor.of(1.0), level)),
        Unit::Share => Some(proportion::none_seen(count, level)),
        Unit::Time | Unit::AgentTime => None,
    };
    let interval = bound.and_then(|bound| bound.interval);
    Some(Estimate { value: Some(0.0), interval, level, count, method: Method::NoneSeen })
}

fn each(gathered: &Gathered, measure: usize, gauge: &Gauge, level: f64) -> Estimate {
    let (values, wholes) = gathered.fractions(measure);
    if let Some(never) = never(gauge.unit, (&values, &wholes), Factor::ONE, level) {
        return never;
    }
    let total: f64 = values.iter().sum();
    if gauge.rare && total <= FEW && !values.is_empty() {
        return poisson::interval(total as u64, values.len() as f64, level);
    }
    mean(&values, level)
}

/// How single replications are spread, where more than one has a value.
fn runs(gathered: &Gathered, measure: usize, level: f64) -> Option<Runs> {
    let mut values: Vec<f64> = gathered.values(measure).into_iter().flatten().collect();
    values.sort_by(f64::total_cmp);
    let (&least, &most) = (values.first()?, values.last()?);
    (values.len() > 1).then(|| Runs {
        count: values.len() as u64,
        least,
        p50: quantile(&values, 0.5, level),
        p95: quantile(&values, 0.95, level),
        most,
    })
}

/// In how many replications a measure was not zero, if it was in some and not in others, or never.
fn any(gathered: &Gathered, measure: usize, level: f64) -> Option<Estimate> {
    let How::Each(_) = gathered.measures()[measure].gauge.how else { return None };
    let trials = gathered.count() as u64;
    let hits = gathered.integers(measure, 0).filter(|value| *value != 0).count() as u64;
    match hits {
        _ if hits == trials => None,
        0 => Some(proportion::none_seen(trials, level)),
        _ => Some(proportion::clopper_pearson(hits, trials, level)),
    }
}

/// Values per replication whose mean is the estimate of a mean or of a ratio, and whose spread is
/// its error (for a ratio r of sums: r + (part - r whole) / mean whole); `None` for percentiles.
#[must_use]
pub(super) fn linearised(gathered: &Gathered, measure: usize) -> Option<Vec<f64>> {
    if matches!(gathered.measures()[measure].gauge.how, How::Pooled(..)) {
        return None;
    }
    let (parts, wholes) = gathered.fractions(measure);
    let whole: f64 = wholes.iter().sum::<f64>() / wholes.len() as f64;
    if whole <= 0.0 {
        return None;
    }
    let ratio = parts.iter().sum::<f64>() / wholes.iter().sum::<f64>();
    let factor = gathered.measures()[measure].gauge.factor();
    let each = parts.iter().zip(&wholes);
    Some(each.map(|(part, own)| factor.after(ratio + (part - ratio * own) / whole)).collect())
}

/// The parts of data and of sampling error, where the measure varies and there are enough
/// replications to separate them.
fn split(gathered: &Gathered, measure: usize, sets: usize, level: f64) -> Option<Split> {
    let split = input_uncertainty(&linearised(gathered, measure)?, sets, level);
    (split.combined.method == Method::DataAndLuck).then_some(split)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_that_never_occurred_is_none_seen() {
        // Three runs of 2 agent-years each; the factor makes a rate per agent-year of the parts.
        let (parts, wholes) = ([0.0; 3], [2.0e9; 3]);
        let found = never(Unit::Count, (&parts, &wholes), Factor::Times(1e9), 0.95).unwrap();
        assert_eq!((found.value, found.count, found.method), (Some(0.0), 3, Method::NoneSeen));
        assert!((found.interval.unwrap().high - 2.995_732_273_553_991 / 6.0).abs() < 1e-12);
        assert_eq!(never(Unit::Time, (&parts, &wholes), Factor::ONE, 0.95).unwrap().interval, None);
        assert_eq!(never(Unit::Count, (&[0.0, 1.0], &[1.0, 1.0]), Factor::ONE, 0.95), None);
        assert_eq!(
            never(Unit::Count, (&[0.0], &[0.0]), Factor::ONE, 0.95),
            None,
            "nothing to count in"
        );
    }

    #[test]
    fn intervals_end_where_measures_do() {
        let found = Estimate {
            value: Some(0.9),
            interval: Some(Interval { low: -0.2, high: 1.3 }),
            level: 0.95,
            count: 3,
            method: Method::T,
        };
        let ends = |unit| possible(found, unit).interval.unwrap();
        assert_eq!(ends(Unit::Share), Interval { low: 0.0, high: 1.0 });
        assert_eq!(ends(Unit::Time), Interval { low: 0.0, high: 1.3 });
    }
}
