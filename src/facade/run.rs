//! One run of a scenario and its results.

use super::drawn::{self, Drawn};
use super::error::Error;
use super::once;
use crate::measures::{Results, Summary};
use crate::model::Model;
use crate::report::{self, Screen, TypedTable};

/// The tables that are not kept.
const ROWS: [&str; 3] = ["agents", "outages", "moves"];

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

    /// The names of its tables: those of the program's CSV files, but the trace and the assumptions.
    #[must_use]
    pub fn table_names(&self) -> Vec<&'static str> {
        let made = report::typed_tables(&self.results);
        ROWS.into_iter().chain(made.into_iter().map(|(name, _)| name)).collect()
    }

    /// A table that its results hold; `None`: they hold no such one. Those with a row for each agent, outage and
    /// move are made by [`Run::rows_while`].
    #[must_use]
    pub fn table(&self, name: &str) -> Option<TypedTable> {
        let made = report::typed_tables(&self.results);
        let (_, found) = made.into_iter().find(|(own, _)| *own == name)?;
        Some(found.typed(&self.results, &self.model))
    }

    /// The tables `agents`, `outages` and `moves`. A run does not keep them: every agent is
    /// simulated again, which takes as long as the run did. On `threads` threads (0: as many as
    /// there are), as long as it is `wanted`; that is asked often, from this thread.
    ///
    /// # Errors
    /// [`Error::Stopped`], [`Error::Threads`].
    pub fn rows_while(
        &self,
        threads: usize,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<[(&'static str, TypedTable); 3], Error> {
        once::rows(&self.model, threads, wanted).map(report::RowsInMemory::tables)
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
