//! The estimate of a mean and its interval after more and more replications. For pictures; no
//! decision uses it.

use crate::statistics::Estimate;
use crate::statistics::Moments;

use super::estimate::cut;
use super::gathered::Gathered;

/// Most points of a course.
const POINTS: usize = 200;

/// The estimate after some replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Replications so far.
    pub replications: usize,
    /// The estimate from them alone.
    pub estimate: Estimate,
}

/// The course of the mean of a measure over the replications that have a value, at numbers of
/// replications that grow by about the same factor.
#[must_use]
pub(super) fn course(gathered: &Gathered, measure: usize, level: f64) -> Vec<Step> {
    let values = gathered.values(measure);
    let gauge = gathered.measures()[measure].gauge;
    let factor = libm::pow(values.len().max(2) as f64, 1.0 / POINTS as f64);
    let (mut moments, mut steps, mut next) = (Moments::default(), Vec::new(), 2.0);
    for (before, value) in values.iter().enumerate() {
        if let Some(value) = value {
            moments.push(*value);
        }
        let number = before + 1;
        if number as f64 >= next || number == values.len() {
            let estimate = cut(moments.mean(level), gauge);
            steps.push(Step { replications: number, estimate });
            next = (next * factor).max(number as f64 + 1.0);
        }
    }
    steps
}
