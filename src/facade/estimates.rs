//! The answer of an experiment, as plain values.

use serde_json::Value;

use super::drawn::{self, Drawn};
use super::numbers::numbers;
use crate::experiment::Answer;
use crate::model::Model;
use crate::report::{Screen, experiment};
use crate::statistics::Estimate;

/// A measure over all replications.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Estimated {
    /// Its key, such as `downtime_s.per_agent.mean`; `switchover measures` lists them.
    pub measure: String,
    /// The estimate, in the unit of the measure; `None`: there was nothing to measure.
    pub value: Option<f64>,
    /// The interval that contains the true value, at the confidence level; `None`: too few
    /// replications.
    pub interval: Option<(f64, f64)>,
    /// Everything about it, including the method.
    pub estimate: Estimate,
}

/// All measures of an experiment.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Estimates {
    /// How many replications there are.
    pub replications: usize,
    /// Confidence level of all intervals, between 0 and 1.
    pub level: f64,
    /// Every measure, in the order of `experiment.json`.
    pub measures: Vec<Estimated>,
    /// Its charts.
    pub charts: Vec<Drawn>,
    json: Value,
    text: String,
}

impl Estimates {
    pub(super) fn of(answer: &Answer<'_>, model: &Model) -> Self {
        let measures = answer.gathered.measures();
        let measured = answer.lines.iter().map(|line| Estimated {
            measure: measures[line.measure].name.clone(),
            value: line.estimate.value,
            interval: line.estimate.interval.map(|interval| (interval.low, interval.high)),
            estimate: line.estimate,
        });
        Self {
            replications: answer.gathered.count(),
            level: answer.level,
            measures: measured.collect(),
            charts: drawn::of_experiment(answer, model),
            json: numbers(experiment::json(answer, model)),
            text: experiment::text(answer, model, Screen::PLAIN),
        }
    }

    /// The measure of that key.
    #[must_use]
    pub fn named(&self, measure: &str) -> Option<&Estimated> {
        self.measures.iter().find(|estimated| estimated.measure == measure)
    }

    /// The numbers of `experiment.json`.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.json
    }

    /// What the program prints of it, in lines of 80 characters without colours.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
