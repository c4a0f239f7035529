//! Two variants with common random numbers: every measure in both, and the paired difference.
//!
//! Replication k of both saw the same faults, and every agent drew the same values for the same
//! purpose, so that most of what chance does cancels in the difference.

use crate::limits::Stop;
use crate::measures::{Better, How, Measure};
use crate::model::Unit;
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::statistics::{self, Estimate, Interval, Method, Paired, Resampled, Resamples, Sketch};

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

/// Every measure that a first variant shares with each of the others; `None`: `stop`, which is
/// called before every one, says that the work is to be stopped.
#[must_use]
pub fn contrasts(
    a: &Gathered,
    others: &[Gathered],
    level: f64,
    stop: Stop<'_>,
) -> Option<Vec<Vec<Contrast>>> {
    let resamples = resamples(a.groups());
    let mut all = vec![Vec::with_capacity(a.measures().len()); others.len()];
    for in_a in 0..a.measures().len() {
        let first = First::new(a, in_a, level);
        let resampled = first.resampled(level);
        for (b, found) in others.iter().zip(&mut all) {
            if stop() {
                return None;
            }
            let in_b = b.measure_named(&first.measure().name);
            found.extend(in_b.map(|in_b| first.against((b, in_b), &resampled, level, &resamples)));
        }
    }
    Some(all)
}

/// One measure of both, each by its number.
#[must_use]
pub fn contrast(
    (a, in_a): (&Gathered, usize),
    (b, in_b): (&Gathered, usize),
    level: f64,
) -> Contrast {
    let first = First::new(a, in_a, level);
    first.against((b, in_b), &first.resampled(level), level, &resamples(a.groups()))
}

/// One measure of the first variant, ready to be compared with many others.
struct First<'g> {
    gathered: &'g Gathered<'g>,
    number: usize,
    estimate: Estimate,
    /// Of a percentile: its values.
    pool: Vec<Sketch>,
}

impl<'g> First<'g> {
    fn new(gathered: &'g Gathered<'g>, number: usize, level: f64) -> Self {
        let measure = &gathered.measures()[number];
        let pool = match measure.gauge.how {
            How::Pooled(pool, _) => gathered.pool(pool(measure.index)),
            _ => Vec::new(),
        };
        Self { gathered, number, estimate: estimate(gathered, number, level), pool }
    }

    fn measure(&self) -> &'g Measure {
        &self.gathered.measures()[self.number]
    }

    /// Of a percentile: its resamples, made when they are needed.
    fn resampled(&self, level: f64) -> Option<Resampled<'_>> {
        let How::Pooled(_, percent) = self.measure().gauge.how else { return None };
        Some(Resampled::new(&self.pool, share(percent), level))
    }

    /// Compares it with the same measure of another variant.
    fn against(
        &self,
        (b, in_b): (&Gathered, usize),
        resampled: &Option<Resampled<'_>>,
        level: f64,
        resamples: &Resamples,
    ) -> Contrast {
        let Measure { name, gauge, .. } = self.measure();
        let paired = paired((self.gathered, self.number), (b, in_b), gauge.better, level);
        let difference = match (&paired, gauge.how, resampled) {
            (Some(paired), ..) => paired.difference,
            (None, How::Pooled(pool, percent), Some(first)) => {
                let other = b.pool(pool(b.measures()[in_b].index));
                let other = Resampled::new(&other, share(percent), level);
                gauge.factor().after_all(other.less(first, resamples))
            }
            (None, ..) => Estimate::too_few(None, level, 0),
        };
        Contrast {
            name: name.clone(),
            unit: gauge.unit,
            better: gauge.better,
            a: self.estimate,
            b: estimate(b, in_b, level),
            difference,
            paired,
        }
    }
}

fn share<P: Into<f64>>(percent: P) -> f64 {
    percent.into() / 100.0
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
        let random = RandomNumbers { seed: 0, replication: number as u64 };
        let drawn: [f64; GROUPS] = random.uniforms(Entity::agent(0, 0), Purpose::Resample, 0);
        drawn.to_vec()
    })
}
