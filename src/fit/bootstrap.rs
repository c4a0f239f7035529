//! What another log of the same length might have said: outages are drawn again with the up times
//! after them, and the chosen laws are fitted again (Efron 1979).

use super::estimate::near;
use super::fitted::Fitted;
use super::sample::{Length, Sample};
use super::spells::Cycle;
use crate::random::{Entity, Purpose, RandomNumbers};

/// Level of the intervals in per cent.
pub const LEVEL: f64 = 95.0;

/// Fewer lengths than this, seen to their end, cannot be resampled: all resamples look alike.
pub const LEAST: usize = 5;

/// Draws that are made together, for speed; each has an address of its own all the same.
const TOGETHER: usize = 64;

/// The chosen laws and the log that is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Resampling<'a> {
    /// The log.
    pub cycles: &'a [Cycle],
    /// Seed of the draws.
    pub seed: u64,
    /// The law of the up times.
    pub failure: Option<&'a Fitted>,
    /// The law of the outages.
    pub repair: Option<&'a Fitted>,
}

/// The laws of one resample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Set {
    /// Of the up times.
    pub failure: Option<Fitted>,
    /// Of the outages.
    pub repair: Option<Fitted>,
    /// Mean up time of the resample itself, in seconds; see [`Sample::total_mean`].
    pub up_mean_s: Option<f64>,
    /// Mean outage of the resample itself, in seconds.
    pub outage_mean_s: Option<f64>,
}

impl Resampling<'_> {
    /// The laws of resample `number`; `None` where one of them cannot be fitted to it. A pure
    /// function of log, seed and number.
    #[must_use]
    pub fn set(&self, number: u64) -> Option<Set> {
        let random = RandomNumbers { seed: self.seed, replication: number };
        let size = self.cycles.len();
        let mut drawn: Vec<&Cycle> = Vec::with_capacity(size);
        while drawn.len() < size {
            let entity = Entity::agent(0, 0);
            let place = drawn.len() as u32;
            let uniforms: [f64; TOGETHER] = random.uniforms(entity, Purpose::Resample, place);
            let left = size - drawn.len();
            let chosen = uniforms.iter().take(left);
            drawn.extend(chosen.map(|u| &self.cycles[((u * size as f64) as usize).min(size - 1)]));
        }
        let sample = |of: fn(&Cycle) -> Option<Length>| {
            drawn.iter().filter_map(|cycle| of(cycle)).collect::<Sample>()
        };
        let (ups, outages) = (sample(|cycle| cycle.up), sample(|cycle| cycle.outage));
        let refit = |law: Option<&Fitted>, sample: &Sample| {
            law.map(|law| near(law, sample)).transpose().ok()
        };
        Some(Set {
            failure: refit(self.failure, &ups)?,
            repair: refit(self.repair, &outages)?,
            up_mean_s: ups.total_mean(),
            outage_mean_s: outages.total_mean(),
        })
    }
}

/// A value and the interval of its resamples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The percentile intervals of the parameters of refitted laws, and of their mean at last.
#[must_use]
pub fn intervals(laws: &[Fitted]) -> Vec<Interval> {
    let number = laws.first().map_or(0, |law| law.parameters().len());
    let of = |index: usize| {
        let value = |law: &Fitted| {
            law.parameters().get(index).map_or_else(|| law.mean(), |parameter| parameter.value)
        };
        let mut values: Vec<f64> = laws.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        ends(&values)
    };
    if laws.is_empty() { Vec::new() } else { (0..=number).map(of).collect() }
}

/// The interval of the share that is over by a length, over refitted laws.
#[must_use]
pub fn band(laws: &[Fitted], at: f64) -> Option<Interval> {
    let mut shares: Vec<f64> = laws.iter().map(|law| law.cdf(at)).collect();
    shares.sort_by(f64::total_cmp);
    (!shares.is_empty()).then(|| ends(&shares))
}

/// The ends of an interval over sorted values.
pub(super) fn ends(sorted: &[f64]) -> Interval {
    let tail = (100.0 - LEVEL) / 200.0;
    Interval { low: at_share(sorted, tail), high: at_share(sorted, 1.0 - tail) }
}

/// The value at a share of sorted values, between two of them in proportion.
pub(super) fn at_share(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}
