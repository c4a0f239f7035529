//! Two variants under the same luck: every measure in both, and the paired difference.
//!
//! Replication k of both saw the same faults, and every agent drew the same values for the same
//! purpose, so that most of what luck does cancels in the difference.

use crate::measures::{Better, How};
use crate::model::Unit;
use crate::statistics::{self, Estimate, Interval, Method, Paired, Sketch};

use super::estimate::{estimate, linearised};
use super::gathered::{GROUPS, Gathered};

/// Sections of the replications for differences of percentiles.
const SECTIONS: usize = 16;

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

/// Every measure that both variants have.
#[must_use]
pub fn contrasts(a: &Gathered, b: &Gathered, level: f64) -> Vec<Contrast> {
    let each = a.measures().iter().enumerate();
    each.filter_map(|(in_a, measure)| {
        let in_b = b.measure_named(&measure.name)?;
        Some(contrast((a, in_a), (b, in_b), level))
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
    let measure = &a.measures()[in_a];
    let gauge = measure.gauge;
    let paired = paired((a, in_a), (b, in_b), gauge.better, level);
    let difference = match (&paired, gauge.how) {
        (Some(paired), _) => paired.difference,
        (None, How::Pooled(pool, percent)) => {
            let pools = (a.pool(pool(measure.index)), b.pool(pool(b.measures()[in_b].index)));
            sectioned(&pools, f64::from(percent) / 100.0, level)
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

/// The difference of a percentile in two pools, with an interval by sectioning: the replications
/// are dealt out to a few sections, and the spread of the sections' own differences about that of
/// all is its error (Asmussen and Glynn, "Stochastic Simulation", 2007, III.5).
fn sectioned((a, b): &(Vec<Sketch>, Vec<Sketch>), p: f64, level: f64) -> Estimate {
    const { assert!(GROUPS.is_multiple_of(SECTIONS)) };
    let quantile =
        |sketch: &Sketch| Some(sketch.nearest_rank(p)? as f64 / crate::time::NANOS as f64);
    let between = |a: &Sketch, b: &Sketch| Some(quantile(b)? - quantile(a)?);
    let (all_a, all_b) = (Sketch::of_all(a), Sketch::of_all(b));
    let count = all_a.count() + all_b.count();
    let Some(value) = between(&all_a, &all_b) else {
        return Estimate::too_few(None, level, count);
    };
    let section = |groups: &[Sketch], number: usize| {
        Sketch::of_all(&groups.iter().skip(number).step_by(SECTIONS).cloned().collect::<Vec<_>>())
    };
    let own: Vec<f64> =
        (0..SECTIONS).filter_map(|n| between(&section(a, n), &section(b, n))).collect();
    if own.len() < SECTIONS {
        return Estimate::too_few(Some(value), level, count);
    }
    let sections = SECTIONS as f64;
    let variance = own.iter().map(|d| (d - value) * (d - value)).sum::<f64>() / (sections - 1.0);
    let t = statistics::student(sections - 1.0, f64::midpoint(1.0, level));
    let half = t * (variance / sections).sqrt();
    let interval = Some(Interval::around(value, half));
    Estimate { value: Some(value), interval, level, count, method: Method::Sectioning }
}
