//! The answer of an experiment: every measure with its interval, the thresholds, the notable
//! replications, and the estimates after more and more replications.
//!
//! What reports show; it is no format.

use std::sync::OnceLock;

use crate::measures::{CallGrid, DOWNTIME_PER_AGENT};
use crate::model::Model;

use super::convergence::{self, Step};
use super::estimate::{self, Line};
use super::fault_peaks::SiteFigures;
use super::gathered::Gathered;
use super::interval_calls::CallCell;
use super::looks::Ended;
use super::notable::{self, Notable};
use super::plan::Experienced;
use super::verdict::Verdict;
use super::watch::Watch;

/// The answer.
#[derive(Clone, Debug)]
pub struct Answer<'s> {
    /// The replications.
    pub gathered: Gathered<'s>,
    /// Confidence level of all intervals.
    pub level: f64,
    /// Why there are not more of them.
    pub ended: Ended,
    /// One line per measure, in their order.
    pub lines: Vec<Line>,
    /// The thresholds, judged.
    pub verdicts: Vec<Verdict>,
    /// Notable replications.
    pub notable: Vec<Notable>,
    /// The mean of the first watched measure (else downtime per agent and year) after more and more
    /// replications.
    pub course: Course,
    /// Number of sets of laws that the replications took in turn, where faults have such sets.
    pub sets: Option<usize>,
    /// Calls by queue and interval, once they have been computed.
    calls: OnceLock<Vec<CallCell>>,
}

/// A mean after more and more replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The number of the measure.
    pub measure: usize,
    /// The steps.
    pub steps: Vec<Step>,
}

impl<'s> Answer<'s> {
    /// Estimates everything.
    #[must_use]
    pub fn new(made: Experienced<'s>, level: f64, sets: Option<usize>) -> Self {
        Self::estimated(made.gathered, &made.watch, (made.ended, level, sets))
    }

    /// The answer of the replications so far, while more are being made: that of an experiment whose
    /// time is over now.
    #[must_use]
    pub fn so_far(gathered: &Gathered<'s>, watch: &Watch, level: f64, sets: Option<usize>) -> Self {
        Self::estimated(gathered.clone(), watch, (Ended::OutOfTime, level, sets))
    }

    fn estimated(
        gathered: Gathered<'s>,
        watch: &Watch,
        (ended, level, sets): (Ended, f64, Option<usize>),
    ) -> Self {
        let measures = 0..gathered.measures().len();
        let mut recent = None;
        let line = |m| estimate::line(&gathered, m, (level, sets), &mut recent);
        let lines = measures.map(line).collect();
        let watched = watch.latest().map(|(measure, ..)| measure).next();
        let usual = ["downtime_s.per_agent_year", DOWNTIME_PER_AGENT];
        let usual = || usual.iter().find_map(|name| gathered.measure_named(name)).unwrap_or(0);
        let measure = watched.unwrap_or_else(usual);
        Self {
            level,
            ended,
            lines,
            verdicts: watch.verdicts(&gathered),
            notable: notable::notable(&gathered),
            course: Course { measure, steps: convergence::course(&gathered, measure, level) },
            sets,
            calls: OnceLock::new(),
            gathered,
        }
    }

    /// The figures of the calls of each queue, interval by interval; nothing where there are no
    /// queues.
    #[must_use]
    pub fn calls(&self, model: &Model) -> &[CallCell] {
        let figures = |grid| self.gathered.calls().figures(model, &grid, self.level);
        self.calls.get_or_init(|| CallGrid::of(model).map(figures).unwrap_or_default())
    }

    /// The most at each site because of each fault, then of each drain; empty where nothing can fail, or there are too
    /// many of them.
    #[must_use]
    pub fn peaks(&self, model: &Model) -> Vec<Vec<SiteFigures>> {
        self.gathered.peaks().figures(model, self.level)
    }

    /// The line of the measure of that name.
    #[must_use]
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.get(self.gathered.measure_named(name)?)
    }
}
