//! A finished comparison: the first variant against each other one.
//!
//! What reports show; it is no format.

use crate::closed_form::ClosedForms;
use crate::limits::Stop;
use crate::measures::CallGrid;
use crate::model::Model;

use super::advice::Advice;
use super::call_differences::CallDifferences;
use super::contrast::{Contrast, contrasts};
use super::gathered::Gathered;
use super::interval_calls::CallCell;
use super::looks::Ended;
use super::side_by_side::Sides;
use super::study::Study;
use super::tradeoff::Tradeoff;

/// Calls by queue and interval in several variants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparedCalls {
    /// Of each variant; empty where there are no calls.
    pub variants: Vec<Vec<CallCell>>,
    /// Of each other variant, less the first; empty where the two have other queues or intervals.
    pub differences: Vec<Vec<CallCell>>,
}

/// A comparison of a first variant with others.
#[derive(Debug)]
pub struct Comparison<'s> {
    /// What each variant is called.
    pub names: Vec<String>,
    /// The replications of each variant.
    pub gathered: Vec<Gathered<'s>>,
    /// Calls by queue and interval of each variant, then of each other one the differences from the
    /// first; the code that knows the models fills it in.
    pub calls: ComparedCalls,
    /// Calls by interval of each other variant, less those of the first.
    pub call_sums: Vec<CallDifferences>,
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
    /// The closed forms of each variant that has something random; the code that knows the models
    /// fills it in.
    pub closed_forms: Vec<Option<ClosedForms>>,
}

impl<'s> Comparison<'s> {
    /// Compares the first with each of the others, of these models. `None`: `stop` says that the
    /// comparison is to be stopped.
    #[must_use]
    pub fn new(
        names: Vec<String>,
        (sides, models): (Sides<'s>, &[&Model]),
        level: f64,
        stop: Stop<'_>,
    ) -> Option<Self> {
        let Sides { gathered, calls, ended } = sides;
        let contrasts = contrasts(&gathered[0], &gathered[1..], level, stop)?;
        let tradeoff = Tradeoff::new(&gathered, models, level);
        let advice = Advice::default();
        let closed_forms = Vec::new();
        Some(Self {
            names,
            gathered,
            calls: ComparedCalls::default(),
            call_sums: calls,
            contrasts,
            tradeoff,
            level,
            ended,
            advice,
            closed_forms,
        })
    }

    /// The same with calls by queue and interval, as far as they were kept.
    #[must_use]
    pub fn with_calls(self, study: &Study) -> Self {
        let models = study.models();
        let grids: Vec<Option<&CallGrid>> =
            study.besides().iter().map(|besides| besides.calls.as_ref()).collect();
        let each = self.gathered.iter().zip(models).zip(&grids);
        let variants = each.map(|((gathered, model), grid)| {
            let figures = |grid| gathered.calls().figures(model, grid, self.level);
            grid.map(figures).unwrap_or_default()
        });
        let others = self.call_sums.iter().zip(models.iter().zip(&grids).skip(1));
        let differences = others.map(|(sums, (model, grid))| match (grids[0], grid) {
            (Some(first), Some(own)) => sums.figures([models[0], model], [first, own], self.level),
            _ => Vec::new(),
        });
        let calls =
            ComparedCalls { variants: variants.collect(), differences: differences.collect() };
        Self { calls, ..self }
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
