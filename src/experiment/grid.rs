//! One or two parameters over a range: the variant of each point, each compared with today's.
//!
//! The variants were gathered side by side; here they only get their places.

use crate::closed_form::ClosedForms;
use crate::limits::Stop;
use crate::model::Model;

use super::advice::Advice;
use super::contrast::{Contrast, contrasts};
use super::gathered::Gathered;
use super::looks::Ended;
use super::tradeoff::{Marks, Tradeoff};

/// One parameter of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// What is set, as typed.
    pub path: String,
    /// Its values as typed, in order.
    pub values: Vec<String>,
    /// The same as numbers, if all of them are numbers: seconds, plain numbers or shares.
    pub numbers: Option<Vec<f64>>,
    /// Today's value among the values, if it is one of them.
    pub today: Option<usize>,
    /// The unit of bare numbers among the values: `s`, `ms`; empty: there is none.
    pub unit: &'static str,
    /// Today's value as a number like those of `numbers`, if one value is in force for all.
    pub in_force: Option<f64>,
}

impl Parameter {
    /// The last two words of its path, which are enough for a heading.
    #[must_use]
    pub fn short(&self) -> String {
        short(&self.path)
    }

    /// The last word of its path: `timeout`.
    #[must_use]
    pub(crate) fn last(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// The short name with its unit: `disaster-recovery.timeout (s)`.
    #[must_use]
    pub fn titled(&self) -> String {
        let name = self.short();
        if self.unit.is_empty() { name } else { format!("{name} ({})", self.unit) }
    }
}

/// The last two words of a path.
#[must_use]
pub fn short(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    parts[parts.len().saturating_sub(2)..].join(".")
}

/// One point.
#[derive(Clone, Debug)]
pub struct GridPoint {
    /// Position of its value in each parameter.
    pub at: Vec<usize>,
    /// Its variant in [`Grid::tradeoff`]; 0 is today's scenario.
    pub variant: usize,
    /// Every measure here and today, and the difference from today.
    pub contrasts: Vec<Contrast>,
}

/// A sweep, done.
#[derive(Clone, Debug)]
pub struct Grid {
    /// One or two parameters.
    pub parameters: Vec<Parameter>,
    /// The points, the last parameter changing fastest.
    pub points: Vec<GridPoint>,
    /// Every measure compared with itself today: where today's values come from.
    pub today: Vec<Contrast>,
    /// What the variants trade against each other.
    pub tradeoff: Tradeoff,
    /// Replications of each point.
    pub replications: usize,
    /// Confidence level.
    pub level: f64,
    /// Why there are not more replications.
    pub ended: Ended,
    /// What has to be known about the points before their numbers are read.
    pub advice: Advice,
    /// The closed forms of today's scenario, if something in it is random; the code that knows the
    /// model fills it in.
    pub closed_forms: Option<ClosedForms>,
}

impl Grid {
    /// Puts variants in their places: `variants` says which of `gathered`, of these models, belongs
    /// to each point; the first of them is today's. `None`: `stop` says that the sweep is to be
    /// stopped.
    #[must_use]
    pub fn new(
        parameters: Vec<Parameter>,
        (gathered, models): (&[Gathered], &[&Model]),
        variants: &[usize],
        (level, ended): (f64, Ended),
        stop: Stop<'_>,
    ) -> Option<Self> {
        let today = &gathered[0];
        let compared = contrasts(today, gathered, level, stop)?;
        let points = variants.iter().enumerate().map(|(number, variant)| GridPoint {
            at: places(&parameters, number),
            variant: *variant,
            contrasts: compared[*variant].clone(),
        });
        Some(Self {
            points: points.collect(),
            today: compared[0].clone(),
            tradeoff: Tradeoff::new(gathered, models, level),
            replications: today.count(),
            level,
            ended,
            advice: Advice::default(),
            closed_forms: None,
            parameters,
        })
    }
}

impl Grid {
    /// The point that is today's scenario, if one is.
    #[must_use]
    pub fn today_point(&self) -> Option<usize> {
        self.points.iter().position(|point| point.variant == 0)
    }

    /// What a point is marked with.
    #[must_use]
    pub fn marks(&self, point: usize) -> Marks {
        self.tradeoff.marks(self.points[point].variant)
    }
}

/// The positions of a point by its number.
fn places(parameters: &[Parameter], number: usize) -> Vec<usize> {
    let mut rest = number;
    let mut at = vec![0; parameters.len()];
    for (place, parameter) in at.iter_mut().zip(parameters).rev() {
        *place = rest % parameter.values.len();
        rest /= parameter.values.len();
    }
    at
}
