//! The answer of a sweep, as plain values.

use serde_json::Value;

use super::drawn::{self, Drawn};
use super::numbers::numbers;
use crate::experiment::{Grid, Parameter};
use crate::model::Model;
use crate::report::{Screen, sweep};

/// One or two parameters over their values, each compared with the scenario as it is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Swept {
    /// How many replications each point has.
    pub replications: usize,
    /// Confidence level of all intervals, between 0 and 1.
    pub level: f64,
    /// What is set, to which values.
    pub parameters: Vec<Parameter>,
    /// Its chart.
    pub charts: Vec<Drawn>,
    json: Value,
    text: String,
}

impl Swept {
    pub(super) fn of(grid: &Grid, today: &Model) -> Self {
        Self {
            replications: grid.replications,
            level: grid.level,
            parameters: grid.parameters.clone(),
            charts: drawn::of_sweep(grid),
            json: numbers(sweep::json(grid)),
            text: sweep::text(grid, today, Screen::PLAIN),
        }
    }

    /// The numbers of `sweep.json`.
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
