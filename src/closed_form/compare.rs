//! What was simulated beside what theory says: the difference in standard errors, where the
//! conditions of a comparison hold; else why there is none.

use schemars::JsonSchema;
use serde::Serialize;

use super::{About, Form, Forms};
use crate::statistics::{Moments, special};

/// Fewest incidents over all replications from which a mean is compared: below, it is not near a normal
/// law.
const FEWEST: f64 = 25.0;

/// Largest skewness of a mean that is compared.
const SKEWED: f64 = 0.5;

/// Largest edge that is compared, in standard errors.
const EDGE: f64 = 0.1;

/// Largest error of Poisson's law for the number of incidents of one run.
const POISSON: f64 = 0.01;

/// Closed forms of a scenario next to what was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClosedForms {
    /// Measures with a closed form.
    pub compared: Vec<Compared>,
    /// Measures of random faults, and of what they stop, that are not compared; by the reason.
    pub not_compared: Vec<NotCompared>,
}

/// A measure next to its closed form.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// The measure.
    pub measure: String,
    /// What it is about: `incidents` of a fault, `time-down` of a pair or path.
    pub about: About,
    /// Targets that fail, each by a clock of its own.
    pub targets: u64,
    /// Mean time to failure.
    pub mtbf_s: f64,
    /// Mean time to repair.
    pub mttr_s: f64,
    /// The mean by the closed form.
    pub expected: f64,
    /// What the cut at the horizon changes of it at most.
    pub edge: f64,
    /// The value of the run, or the mean of the replications.
    pub found: f64,
    /// Its standard error; of one run, that of Poisson's law.
    pub standard_error: f64,
    /// (`found` - `expected`) / `standard_error`.
    pub z: f64,
    /// Probability of a number at least as far out, on either side; null for replications.
    pub chance: Option<f64>,
}

/// Measures that are not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotCompared {
    /// Why, after the word "because".
    pub because: String,
    /// The measures.
    pub measures: Vec<String>,
}

impl ClosedForms {
    fn beside(forms: &Forms, compare: impl Fn(&Form) -> Result<Compared, String>) -> Self {
        let mut all = Self { compared: Vec::new(), not_compared: Vec::new() };
        for form in &forms.known {
            match compare(form) {
                Ok(compared) => all.compared.push(compared),
                Err(because) => all.skip(because, form.measure.clone()),
            }
        }
        for (measure, absent) in &forms.absent {
            all.skip(absent.because().to_owned(), measure.clone());
        }
        all
    }

    fn skip(&mut self, because: String, measure: String) {
        match self.not_compared.iter_mut().find(|other| other.because == because) {
            Some(other) => other.measures.push(measure),
            None => self.not_compared.push(NotCompared { because, measures: vec![measure] }),
        }
    }
}

/// Of one run: the numbers of incidents, each with its probability by Poisson's law. `incidents`: the
/// number by the name of its measure.
#[must_use]
pub fn in_one_run(forms: &Forms, incidents: impl Fn(&str) -> Option<u64>) -> ClosedForms {
    ClosedForms::beside(forms, |form| {
        if form.about == About::TimeDown {
            return Err("one run has no standard error for a time".to_owned());
        }
        if form.poisson_error > POISSON {
            return Err("the repairs are too long beside the times to failure for the number in one run to follow Poisson's law".to_owned());
        }
        let found = incidents(&form.measure).ok_or("it was not measured")?;
        let compared = form.beside(found as f64, form.mean.sqrt());
        Ok(Compared { chance: Some(nine(two_sided(found, form.mean))), ..compared })
    })
}

/// The probability by Poisson's law of a number at least as far out, on either side.
fn two_sided(found: u64, mean: f64) -> f64 {
    let at_least = if found == 0 { 1.0 } else { special::gamma(found as f64, mean).lower };
    let at_most = special::gamma(found as f64 + 1.0, mean).upper;
    (2.0 * at_least.min(at_most)).min(1.0)
}

/// Of replications: their means. `values`: those of a measure, by its name.
#[must_use]
pub fn over_replications(forms: &Forms, values: impl Fn(&str) -> Option<Vec<f64>>) -> ClosedForms {
    ClosedForms::beside(forms, |form| {
        let values = values(&form.measure).ok_or("it was not measured")?;
        let (moments, number) = (Moments::of(&values), values.len() as f64);
        let incidents = form.incidents * number;
        if values.len() < 2 || incidents < FEWEST {
            return Err(format!("fewer than {FEWEST} incidents are expected in all replications"));
        }
        if form.skewness / incidents.sqrt() > SKEWED {
            return Err("few long repairs make up most of the time, so that the mean of these replications is not near a normal law".to_owned());
        }
        let error = moments.standard_error();
        if form.edge > EDGE * error {
            return Err("the cut at the horizon is not small beside the standard error".to_owned());
        }
        Ok(form.beside(moments.average().unwrap_or(0.0), error))
    })
}

impl Form {
    fn beside(&self, found: f64, error: f64) -> Compared {
        Compared {
            measure: self.measure.clone(),
            about: self.about,
            targets: self.targets,
            mtbf_s: nine(self.mtbf_s),
            mttr_s: nine(self.mttr_s),
            expected: nine(self.mean),
            edge: nine(self.edge),
            found: nine(found),
            standard_error: nine(error),
            z: nine((found - self.mean) / error),
            chance: None,
        }
    }
}

/// A number cut to nine significant digits.
fn nine(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_tables() {
        // Poisson with mean 4: P(N <= 1) = 0.0915782, P(N >= 9) = 0.0213634.
        assert!((two_sided(1, 4.0) - 0.183_156_388_9).abs() < 1e-9);
        assert!((two_sided(9, 4.0) - 0.042_726_869_6).abs() < 1e-8);
        assert!((two_sided(4, 4.0) - 1.0).abs() < 1e-12);
        assert!((two_sided(0, 1.0) - 0.735_758_882_3).abs() < 1e-9);
    }
}
