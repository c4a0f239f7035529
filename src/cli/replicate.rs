//! How many replications, as meant: the scenario's experiment with what the command line says
//! otherwise.
//!
//! It reads arguments; it makes no replication.

use std::ops::Range;

use super::args::Replicate;
use super::failure::Failure;
use crate::facade::target;
use crate::measures::Gauge;
use crate::measures::names::Declared;
use crate::model::{Experiment, Model, Unit};
use crate::scenario::units;
use crate::time::Span;

/// What is asked of an experiment.
#[derive(Clone, Debug)]
pub struct ReplicationRequest {
    /// How many replications, and until when.
    pub experiment: Experiment,
    /// These replications and no others.
    pub range: Option<Range<u64>>,
}

impl Replicate {
    /// Whether the command line asks for an experiment.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.replications.is_some()
            || self.precision.is_some()
            || self.absolute_precision.is_some()
            || !self.measures.is_empty()
            || self.max_replications.is_some()
            || self.max_time.is_some()
    }

    /// Whether exactly one replication is asked for, the first: a single run.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.replications.as_deref().is_some_and(|text| text.trim() == "1")
    }

    /// The scenario's experiment with these arguments in place of what it says.
    ///
    /// # Errors
    /// [`Failure::Usage`] for an argument that cannot be understood.
    pub fn apply(&self, model: &Model) -> Result<ReplicationRequest, Failure> {
        let mut experiment = model.experiment.clone();
        let range = self.range()?;
        if range.is_some() {
            (experiment.precision, experiment.absolute) = (None, None);
        }
        if !self.measures.is_empty() {
            experiment.measures.clone_from(&self.measures);
        }
        let unit = unit(model, &experiment.measures)?;
        if let Some(text) = &self.precision {
            experiment.precision = Some(share("--precision", text, 0, 100)?);
            experiment.replications = None;
        }
        if let Some(text) = &self.absolute_precision {
            experiment.absolute = Some(quantity(text, unit)?);
            experiment.replications = None;
        }
        if let Some(text) = &self.confidence {
            experiment.confidence = confidence(text)?;
        }
        if let Some(text) = &self.max_time {
            experiment.max_time = Some(duration("--max-time", text)?);
        }
        experiment.max_replications = self.max_replications.unwrap_or(experiment.max_replications);
        Ok(ReplicationRequest { experiment, range })
    }

    /// The replications asked for by number.
    fn range(&self) -> Result<Option<Range<u64>>, Failure> {
        let Some(text) = &self.replications else { return Ok(None) };
        let wrong = |why: &str| {
            Failure::Usage(format!("--replications {text}: {why}; write 400, or 200..400"))
        };
        let number = |text: &str| {
            text.trim().parse::<u64>().map_err(|_| wrong("this is no number of replications"))
        };
        let range = match text.split_once("..") {
            Some((from, to)) => number(from)?..number(to)?,
            None => 0..number(text)?,
        };
        if range.is_empty() {
            return Err(wrong("there is no replication in it"));
        }
        Ok(Some(range))
    }
}

/// A confidence level.
///
/// # Errors
/// [`Failure::Usage`].
pub(super) fn confidence(text: &str) -> Result<f64, Failure> {
    share("--confidence", text, 50, 100)
}

/// What a number without a per cent sign probably means: 0.95 and 95 are 95%.
fn percentage_meant(text: &str, above: u8, below: u8) -> Option<String> {
    let number: f64 = text.trim().parse().ok()?;
    let inside = |value: &f64| (f64::from(above)..f64::from(below)).contains(value);
    let value = [number * 100.0, number].into_iter().find(inside)?;
    Some(format!("{}%", (value * 1e6).round() / 1e6))
}

/// A percentage between two, both excluded.
fn share(argument: &str, text: &str, above: u8, below: u8) -> Result<f64, Failure> {
    let meant = percentage_meant(text, above, below);
    let usual = if above == 0 { "5%" } else { "95%" };
    let help = format!("write {}", meant.as_deref().unwrap_or(usual));
    let fraction = units::fraction(text)
        .map_err(|wrong| Failure::Usage(format!("{argument} {text}: {wrong}; {help}")))?;
    if !fraction.is_between(above, below) {
        let range = format!("it must be above {above} % and below {below} %");
        return Err(Failure::Usage(format!("{argument} {text}: {range}")));
    }
    Ok(fraction.as_f64())
}

fn duration(argument: &str, text: &str) -> Result<Span, Failure> {
    let wrong = |wrong| Failure::Usage(format!("{argument} {text}: {wrong}; write \"10m\""));
    units::duration(text).map_err(wrong)
}

/// The unit that all measures share; `None` if they differ.
fn unit(model: &Model, measures: &[String]) -> Result<Option<Unit>, Failure> {
    let declared = Declared::from(model);
    let mut found = None;
    let mut same = true;
    for name in measures {
        let gauge = measure(&declared, &format!("--measure {name}"), name)?;
        same &= found.is_none_or(|unit: Unit| unit.fits(gauge.unit));
        found = Some(gauge.unit);
    }
    Ok(found.filter(|_| same))
}

/// The measure of a name that is given in an argument.
///
/// # Errors
/// [`Failure::Usage`] if there is none.
pub(super) fn measure(
    declared: &Declared,
    argument: &str,
    name: &str,
) -> Result<&'static Gauge, Failure> {
    target::measure(declared, argument, name).map_err(Failure::Usage)
}

/// A half-width in the unit of the measures.
fn quantity(text: &str, unit: Option<Unit>) -> Result<f64, Failure> {
    let argument = format!("--absolute-precision {text}");
    let wrong = |why: &str| Failure::Usage(format!("{argument}: {why}"));
    let Some(unit) = unit else {
        return Err(wrong(
            "the measures differ in their unit, so one half-width does not suit all",
        ));
    };
    let value = match unit {
        Unit::Time | Unit::AgentTime => units::duration(text).map(Span::as_secs_f64).ok(),
        Unit::Share => units::fraction(text).map(units::Fraction::as_f64).ok(),
        Unit::Count => text.trim().parse().ok(),
    };
    let value = value.filter(|value: &f64| value.is_finite() && *value > 0.0);
    value.ok_or_else(|| wrong(&format!("the measure wants {}", unit.written())))
}
