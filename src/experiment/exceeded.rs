//! Capacities that replications exceeded: the most that came, and in how many of them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::measures::{Capacity, Overload, overloads};
use crate::model::Model;

use super::gathered::Gathered;

/// A capacity that was exceeded.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Exceeded {
    /// The worst of the replications.
    #[serde(flatten)]
    pub worst: Overload,
    /// In how many replications it was exceeded.
    pub replications: usize,
}

/// The capacities that the replications of a model exceeded.
#[must_use]
pub fn exceeded(gathered: &Gathered<'_>, model: &Model) -> Vec<Exceeded> {
    let most = |site, capacity| peaks(gathered, site, capacity).max().unwrap_or(0);
    let each = overloads(model, most).into_iter();
    each.map(|worst| {
        let site = model.sites.iter().position(|site| site.name == worst.site).unwrap_or(0);
        let all = peaks(gathered, site, worst.capacity);
        let replications = all.filter(|peak| worst.is_exceeded_by(*peak)).count();
        Exceeded { worst, replications }
    })
    .collect()
}

/// The peak of every replication.
fn peaks(gathered: &Gathered<'_>, site: usize, capacity: Capacity) -> impl Iterator<Item = u64> {
    let gauge =
        |name: &str| name.strip_prefix("sites.SITE.").is_some_and(|end| end == capacity.gauge());
    let mut measures = gathered.measures().iter();
    let found = measures.position(|m| m.index == site && gauge(m.gauge.name));
    let values = found.into_iter().flat_map(|measure| gathered.integers(measure, 0));
    values.map(|peak| u64::try_from(peak).unwrap_or(0))
}

/// A capacity that was exceeded in some variants: the worst of them, and in which.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceededIn {
    /// The worst.
    pub worst: Overload,
    /// Positions of the variants.
    pub variants: Vec<usize>,
}

/// What several variants exceeded, each capacity of each size once.
#[must_use]
pub fn exceeded_in(variants: &[Vec<Exceeded>]) -> Vec<ExceededIn> {
    let mut all: Vec<ExceededIn> = Vec::new();
    for (position, found) in variants.iter().enumerate() {
        for Exceeded { worst, .. } in found {
            let same = |other: &&mut ExceededIn| {
                let of = |found: &Overload| (found.capacity, found.sized_for.to_bits());
                other.worst.site == worst.site && of(&other.worst) == of(worst)
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    known.variants.push(position);
                    if worst.peak > known.worst.peak {
                        known.worst = worst.clone();
                    }
                }
                None => all.push(ExceededIn { worst: worst.clone(), variants: vec![position] }),
            }
        }
    }
    all
}
