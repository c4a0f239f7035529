//! The most at each site by fault over replications: what each site must carry from an incident to the next.
//!
//! Of each figure moments and a sketch are kept, and no list of replications. Replications in which
//! a fault never occurred are not counted for it.

use crate::measures::Results;
use crate::model::Model;
use crate::statistics::{Interval, Moments, Sketch, poisson};

/// Most rows of faults and sites that are kept.
const MOST: usize = 2_000;

/// Figures of a site.
const FIGURES: usize = 6;

/// A count over the replications that have it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PeakFigure {
    /// Its mean.
    pub mean: Option<f64>,
    /// The interval of the mean.
    pub interval: Option<Interval>,
    /// 95 % of the replications have at most this; at most 0.4 % too large.
    pub p95: Option<f64>,
    /// The largest of one replication.
    pub most: Option<f64>,
}

/// The figures of a fault at a site, in the order of the planner's table.
pub type SiteFigures = [PeakFigure; FIGURES];

/// Integers that are kept of a replication; 0: nothing can fail, or there are too many faults and sites.
#[must_use]
pub(super) fn length(model: &Model) -> usize {
    let rows = model.strikers().count() * model.sites.len();
    if rows <= MOST { rows * FIGURES } else { 0 }
}

/// The integers of a replication: of each fault, then of each drain, site by site, one more than each figure; 0: there
/// is none.
#[must_use]
pub(super) fn integers(results: &Results, model: &Model) -> Vec<i64> {
    let one = |figure: Option<u64>| figure.map_or(0, |most| (most as i64).saturating_add(1));
    let sites = 0..model.sites.len();
    let of_fault = |fault: usize| {
        let own = results.peaks.get(fault);
        let of_site = move |site: usize| own.and_then(|own| own.get(site));
        sites.clone().flat_map(move |site| of_site(site).map_or([None; FIGURES], |it| it.all()))
    };
    (0..model.strikers().count()).flat_map(of_fault).map(one).collect()
}

/// One figure.
#[derive(Clone, Debug)]
struct Peak {
    moments: Moments,
    values: Sketch,
}

/// All figures of all replications so far.
#[derive(Clone, Debug, Default)]
pub(super) struct PeakSums {
    figures: Vec<Peak>,
}

impl PeakSums {
    /// Takes the integers of the next replication.
    pub(super) fn push(&mut self, integers: &[i64]) {
        let none = Peak { moments: Moments::NONE, values: Sketch::default() };
        self.figures.resize(integers.len(), none);
        for (peak, own) in self.figures.iter_mut().zip(integers).filter(|(_, own)| **own > 0) {
            peak.moments.push((own - 1) as f64);
            peak.values.add(own - 1);
        }
    }

    /// Per fault, then per drain, and per site; empty where nothing can fail, where there are too many of them, and of
    /// several variants.
    pub(super) fn figures(&self, model: &Model, level: f64) -> Vec<Vec<SiteFigures>> {
        let row = |peaks: &[Peak]| std::array::from_fn(|at| peaks[at].figure(level));
        let of_fault = |peaks: &[Peak]| peaks.chunks_exact(FIGURES).map(row).collect();
        let width = (model.sites.len() * FIGURES).max(1);
        self.figures.chunks_exact(width).map(of_fault).collect()
    }
}

impl Peak {
    fn figure(&self, level: f64) -> PeakFigure {
        let count = self.moments.count();
        let estimate = match self.values.max() {
            Some(0) => poisson::none_seen(count as f64, level),
            _ => self.moments.mean(level),
        };
        let ends = |Interval { low, high }| Interval { low: low.max(0.0), high };
        PeakFigure {
            mean: estimate.value,
            interval: estimate.interval.map(ends),
            p95: self.values.nearest_rank(0.95).map(|value| value as f64),
            most: self.values.max().map(|value| value as f64),
        }
    }
}
