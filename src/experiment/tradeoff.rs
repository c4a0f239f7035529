//! What the variants of a sweep trade against each other: downtime against needless switchovers,
//! flaps and peak logins. Which of them may have the least of each, and which none dominates.
//!
//! Values come from the replications; the tests are those of `statistics`.

use crate::statistics::{self, Least, Moments};

use super::estimate::linearised;
use super::gathered::Gathered;

/// The values of a measure, one per replication; `None`: it has none in one of them.
type Values = fn(&Gathered) -> Option<Vec<f64>>;

/// Something of which less is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// What it is called in sentences and files.
    pub name: &'static str,
    /// Its mean in every variant.
    pub means: Vec<f64>,
    /// The variants that may have the least of it.
    pub least: Least,
    /// About how many replications would tell the smallest from each other variant that may have
    /// the least; `None` where no difference was seen.
    pub needed: Vec<Option<u64>>,
}

impl Objective {
    /// Whether any two variants differ in it.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.means.iter().any(|mean| *mean != self.means[0])
    }
}

/// What variants trade against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Tradeoff {
    /// Downtime first.
    pub objectives: Vec<Objective>,
    /// Which variants no other one dominates.
    pub pareto: Vec<bool>,
}

impl Tradeoff {
    /// Weighs variants that were gathered on the same luck.
    #[must_use]
    pub fn new(gathered: &[Gathered], level: f64) -> Self {
        let named = ["downtime", "needless switchovers", "flaps", "peak logins"];
        let values: [Values; 4] = [
            |one| linearised(one, one.measure_named("downtime_s.per_agent.mean")?),
            |one| linearised(one, one.measure_named("switchovers.needless")?),
            |one| linearised(one, one.measure_named("flaps.count")?),
            |one| Some(peaks(one)),
        ];
        let all = named.into_iter().zip(values).filter_map(|(name, values)| {
            Some((name, gathered.iter().map(values).collect::<Option<Vec<_>>>()?))
        });
        let (names, samples): (Vec<_>, Vec<_>) = all.unzip();
        let objectives = names.into_iter().zip(&samples);
        Self {
            objectives: objectives.filter_map(|(name, all)| objective(name, all, level)).collect(),
            pareto: statistics::pareto(&samples, level),
        }
    }
}

fn objective(name: &'static str, samples: &[Vec<f64>], level: f64) -> Option<Objective> {
    let least = statistics::least(samples, level)?;
    let smallest = &samples[least.smallest];
    let needed = samples
        .iter()
        .map(|own| statistics::replications_to_tell(smallest, own, samples.len(), level));
    let means = samples.iter().filter_map(|own| Moments::of(own).average()).collect();
    Some(Objective { name, means, needed: needed.collect(), least })
}

/// The largest number of logins in a second at any site, per replication.
fn peaks(gathered: &Gathered) -> Vec<f64> {
    let mut peaks = vec![0.0_f64; gathered.count()];
    for (number, measure) in gathered.measures().iter().enumerate() {
        if measure.name.starts_with("sites.") && measure.name.ends_with(".logins_peak") {
            for (peak, own) in peaks.iter_mut().zip(gathered.values(number)) {
                *peak = peak.max(own.unwrap_or(0.0));
            }
        }
    }
    peaks
}
