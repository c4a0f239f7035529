//! A scenario against others under the same faults and random draws, as plain values.

use serde_json::Value;

use super::drawn::{self, Drawn};
use super::numbers::numbers;
use crate::experiment::{Comparison, closed_forms};
use crate::model::Model;
use crate::report::{Screen, compare};

/// The answer of a comparison.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compared {
    /// How many replications there are of each variant.
    pub replications: usize,
    /// Confidence level of all intervals, between 0 and 1.
    pub level: f64,
    /// The names of the variants, the first first.
    pub names: Vec<String>,
    /// How the downtime of each other variant differs from that of the first; then, of more than two, all of them.
    pub charts: Vec<Drawn>,
    json: Value,
    text: String,
}

impl Compared {
    pub(super) fn of(comparison: Comparison<'_>, models: &[&Model]) -> Self {
        let each = models.iter().zip(&comparison.gathered);
        let closed_forms = each.map(|(model, found)| closed_forms(found, model)).collect();
        let comparison = Comparison { closed_forms, ..comparison };
        Self {
            replications: comparison.gathered[0].count(),
            level: comparison.level,
            charts: drawn::of_comparison(&comparison),
            text: compare::text(&comparison, models[0], Screen::PLAIN),
            json: numbers(compare::json(&comparison)),
            names: comparison.names,
        }
    }

    /// The numbers of `compare.json`.
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
