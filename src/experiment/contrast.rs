//! Two variants under the same luck: every measure in both, and the paired difference.
//!
//! Replication k of both saw the same faults, and every agent drew the same values for the same
//! purpose, so that most of what luck does cancels in the difference.

use crate::measures::{Better, How};
use crate::model::Unit;
use crate::random::{Entity, Luck, Purpose};
use crate::statistics::{self, Estimate, Interval, Method, Paired, Resamples, paired_quantiles};

use super::estimate::{estimate, linearised};
use super::gathered::{GROUPS, Gathered};

/// Resamples of the replications for differences of percentiles.
const RESAMPLES: usize = 1_000;

/// Half-widths below this part of the difference are rounding: files show nine digits.
const NOISE: f64 = 1e-9;

/// One measure in two variants.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The measure's name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its better direction.
    pub better: Better,
    /// In the first.
    pub a: Estimate,
    /// In the second.
    pub b: Estimate,
    /// Second less first.
    pub difference: Estimate,
    /// Pair by pair; `None` for percentiles, which single replications do not add up to.
    pub paired: Option<Paired>,
}

/// The contrast of the measure of that name.
#[must_use]
pub fn contrast_of<'c>(contrasts: &'c [Contrast], measure: &str) -> Option<&'c Contrast> {
    contrasts.iter().find(|contrast| contrast.name == measure)
}

/// Every measure that both variants have.
#[must_use]
pub fn contrasts(a: &Gathered, b: &Gathered, level: f64) -> Vec<Contrast> {
    let resamples = resamples(a.groups());
    let each = a.measures().iter().enumerate();
    each.filter_map(|(in_a, measure)| {
        let in_b = b.measure_named(&measure.name)?;
        Some(one((a, in_a), (b, in_b), level, &resamples))
    })
    .collect()
}

/// One measure of both, each by its number.
#[must_use]
pub fn contrast(
    (a, in_a): (&Gathered, usize),
    (b, in_b): (&Gathered, usize),
    level: f64,
) -> Contrast {
    one((a, in_a), (b, in_b), level, &resamples(a.groups()))
}

fn one(
    (a, in_a): (&Gathered, usize),
    (b, in_b): (&Gathered, usize),
    level: f64,
    resamples: &Resamples,
) -> Contrast {
    let measure = &a.measures()[in_a];
    let gauge = measure.gauge;
    let paired = paired((a, in_a), (b, in_b), gauge.better, level);
    let difference = match (&paired, gauge.how) {
        (Some(paired), _) => paired.difference,
        (None, How::Pooled(pool, percent)) => {
            let (of_a, of_b) = (pool(measure.index), pool(b.measures()[in_b].index));
            let (of_a, of_b) = (a.pool(of_a), b.pool(of_b));
            let p = f64::from(percent) / 100.0;
            seconds(paired_quantiles((&of_a, &of_b), p, level, resamples))
        }
        (None, _) => Estimate::too_few(None, level, 0),
    };
    Contrast {
        name: measure.name.clone(),
        unit: gauge.unit,
        better: gauge.better,
        a: estimate(a, in_a, level),
        b: estimate(b, in_b, level),
        difference,
        paired,
    }
}

fn paired(
    (a, in_a): (&Gathered, usize),
    (b, in_b): (&Gathered, usize),
    better: Better,
    level: f64,
) -> Option<Paired> {
    let direction = match better {
        Better::More => statistics::Better::More,
        Better::Less | Better::Neither => statistics::Better::Less,
    };
    let (of_a, of_b) = (linearised(a, in_a)?, linearised(b, in_b)?);
    let all = steady(statistics::paired(&of_a, &of_b, direction, level));
    // Which of the two is better is for each replication's own values to say, not for those that
    // carry the error of a ratio.
    let pairs = a.values(in_a).into_iter().zip(b.values(in_b));
    let (own_a, own_b): (Vec<f64>, Vec<f64>) = pairs.filter_map(|(a, b)| Some((a?, b?))).unzip();
    let Paired { share_better, better, ties, worse, .. } =
        statistics::paired(&own_a, &own_b, direction, level);
    Some(Paired { share_better, better, ties, worse, ..all })
}

/// A difference that varies by nothing but the last bits of its computation does not vary.
fn steady(paired: Paired) -> Paired {
    let known = paired.difference.value.zip(paired.difference.half_width());
    match known.filter(|(value, half)| *half <= NOISE * value.abs()) {
        Some((value, _)) => {
            let interval = Some(Interval::point(value));
            let difference = Estimate { interval, method: Method::Constant, ..paired.difference };
            Paired { difference, variance_reduction: None, ..paired }
        }
        None => paired,
    }
}

/// The resamples that differences of percentiles are judged by: draws with addresses of their own,
/// the same in every comparison of as many groups of replications.
fn resamples(groups: usize) -> Resamples {
    Resamples::new(groups, RESAMPLES, |number| {
        let luck = Luck { seed: 0, replication: number as u64 };
        let drawn: [f64; GROUPS] = luck.uniforms(Entity::agent(0, 0), Purpose::Resample, 0);
        drawn.to_vec()
    })
}

/// Nanoseconds as seconds.
fn seconds(estimate: Estimate) -> Estimate {
    let scaled = |nanos: f64| nanos / crate::time::NANOS as f64;
    let interval = |i: Interval| Interval { low: scaled(i.low), high: scaled(i.high) };
    let (value, interval) = (estimate.value.map(scaled), estimate.interval.map(interval));
    Estimate { value, interval, ..estimate }
}
