//! One run and what it came to.

use super::drawn::{self, Drawn};
use crate::measures::{Results, Summary};
use crate::model::Model;
use crate::report::{self, Screen};

/// The results of one run.
#[derive(Clone, Debug)]
pub struct Run {
    pub(super) model: Model,
    pub(super) results: Results,
}

impl Run {
    /// The numbers of `summary.json`; it can be serialised.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.results.summary(&self.model)
    }

    /// What the program prints of it, in lines of 80 characters without colours.
    #[must_use]
    pub fn text(&self) -> String {
        report::text(&self.results, &self.model, Screen::PLAIN)
    }

    /// Its charts.
    #[must_use]
    pub fn charts(&self) -> Vec<Drawn> {
        drawn::of_run(&self.results, &self.model)
    }

    /// The scenario as meant, every default in its place.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Everything that was measured.
    #[must_use]
    pub const fn results(&self) -> &Results {
        &self.results
    }
}
