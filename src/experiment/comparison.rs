//! A comparison, done: the first variant against each other one.
//!
//! What reports tell; it is no format.

use crate::agents::Stop;
use crate::closed_form::ClosedForms;

use super::advice::Advice;
use super::contrast::{Contrast, contrasts};
use super::gathered::Gathered;
use super::looks::Ended;
use super::side_by_side::Sides;
use super::tradeoff::Tradeoff;

/// A comparison of a first variant with others.
#[derive(Debug)]
pub struct Comparison<'s> {
    /// What each variant is called.
    pub names: Vec<String>,
    /// The replications of each variant.
    pub gathered: Vec<Gathered<'s>>,
    /// Every measure of the first against each of the others.
    pub contrasts: Vec<Vec<Contrast>>,
    /// What the variants trade against each other.
    pub tradeoff: Tradeoff,
    /// Confidence level.
    pub level: f64,
    /// Why there are not more replications.
    pub ended: Ended,
    /// What has to be known about the variants before their numbers are read.
    pub advice: Advice,
    /// What theory says of each variant that has something random; whoever knows the models fills it in.
    pub closed_forms: Vec<Option<ClosedForms>>,
}

impl<'s> Comparison<'s> {
    /// Compares the first with each of the others. `None`: `stop` says that it is not wanted any more.
    #[must_use]
    pub fn new(names: Vec<String>, sides: Sides<'s>, level: f64, stop: Stop<'_>) -> Option<Self> {
        let Sides { gathered, ended } = sides;
        let contrasts = contrasts(&gathered[0], &gathered[1..], level, stop)?;
        let tradeoff = Tradeoff::new(&gathered, level);
        let advice = Advice::default();
        let closed_forms = Vec::new();
        Some(Self { names, gathered, contrasts, tradeoff, level, ended, advice, closed_forms })
    }

    /// The difference of a measure in every replication of variant `other` (from 1), with the
    /// replication; nothing where one of the two has no value.
    #[must_use]
    pub fn differences(&self, other: usize, name: &str) -> Vec<(u64, f64)> {
        let (a, b) = (&self.gathered[0], &self.gathered[other]);
        let (Some(in_a), Some(in_b)) = (a.measure_named(name), b.measure_named(name)) else {
            return Vec::new();
        };
        let pairs = a.values(in_a).into_iter().zip(b.values(in_b)).zip(a.replications());
        pairs.filter_map(|((a, b), replication)| Some((replication, b? - a?))).collect()
    }
}
