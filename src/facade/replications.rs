//! How many replications an experiment has, and on how many threads. None is made here.

use std::ops::Range;

use super::error::Error;
use crate::experiment::{Plan, SideBySide};
use crate::measures::names::Declared;
use crate::model::{Experiment, Model};

/// How many replications, and on how many threads.
#[derive(Clone, Debug, Default)]
pub struct Replications {
    range: Option<Range<u64>>,
    precision: Option<f64>,
    most: Option<u32>,
    measures: Vec<String>,
    threads: usize,
}

impl Replications {
    /// As many as the scenario says; where it says nothing, until downtime is known to 5 %.
    #[must_use]
    pub fn of_scenario() -> Self {
        Self::default()
    }

    /// This many, whatever they show.
    #[must_use]
    pub fn exactly(number: u64) -> Self {
        Self::range(0..number)
    }

    /// Those with these numbers.
    #[must_use]
    pub fn range(range: Range<u64>) -> Self {
        Self { range: Some(range), ..Self::default() }
    }

    /// Until the half-width of each watched measure is at most this share of its value (0.05: 5 %).
    #[must_use]
    pub fn until_precise(share: f64) -> Self {
        Self { precision: Some(share), ..Self::default() }
    }

    /// At most this many.
    #[must_use]
    pub const fn at_most(mut self, most: u32) -> Self {
        self.most = Some(most);
        self
    }

    /// Watches these measures in place of those of the scenario.
    #[must_use]
    pub fn watching<T: Into<String>>(mut self, measures: impl IntoIterator<Item = T>) -> Self {
        self.measures = measures.into_iter().map(Into::into).collect();
        self
    }

    /// On this many threads; 0, as without it: as many as there are. No result depends on it.
    #[must_use]
    pub const fn on_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    pub(super) const fn threads(&self) -> usize {
        self.threads
    }

    /// The plan for a scenario.
    pub(super) fn plan(&self, model: &Model) -> Result<Plan, Error> {
        Ok(Plan::new(&self.asked(model)?, &model.thresholds, self.range.clone()))
    }

    /// The plan for several scenarios, the first of which is this.
    pub(super) fn side_by_side(&self, first: &Model) -> Result<SideBySide, Error> {
        Ok(SideBySide::new(&self.asked(first)?, self.range.clone()))
    }

    /// What is asked of each value of a search for a measure's bound; first, where a precision is asked for, of the
    /// scenario as it is.
    pub(super) fn of_values(
        &self,
        today: &Model,
        measure: &str,
    ) -> Result<(Option<Plan>, SideBySide), Error> {
        let precision = self.precision;
        let measures = vec![measure.to_owned()];
        let own = Experiment { precision, absolute: None, measures, ..self.asked(today)? };
        let precise = precision.map(|_| Plan::new(&own, &[], self.range.clone()));
        let fixed = Experiment { precision: None, ..own };
        Ok((precise, SideBySide::new(&fixed, self.range.clone())))
    }

    fn asked(&self, model: &Model) -> Result<Experiment, Error> {
        let mut asked = model.experiment.clone();
        if self.range.as_ref().is_some_and(Range::is_empty) {
            return Err(Error::Usage("there is no replication in an empty range".to_owned()));
        }
        if self.range.is_some() {
            (asked.precision, asked.absolute) = (None, None);
        }
        if let Some(share) = self.precision {
            if !(share > 0.0 && share < 1.0) {
                return Err(Error::Usage(format!(
                    "the precision {share} is not above 0 and below 1"
                )));
            }
            (asked.precision, asked.replications) = (Some(share), None);
        }
        asked.max_replications = self.most.unwrap_or(asked.max_replications);
        if !self.measures.is_empty() {
            asked.measures.clone_from(&self.measures);
        }
        let declared = Declared::from(model);
        for name in &asked.measures {
            if declared.find(name).is_none() {
                let near = declared.nearest(name).map(|near| format!("; did you mean {near}?"));
                let near = near.unwrap_or_default();
                return Err(Error::Usage(format!("there is no measure {name}{near}")));
            }
        }
        Ok(asked)
    }
}
