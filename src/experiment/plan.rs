//! What is asked of an experiment, and the experiment itself: replications until enough is known.
//!
//! It decides how many there are; files and clocks belong to the store.

use std::ops::{ControlFlow, Range};

use rayon::ThreadPool;

use crate::model::{Experiment, Threshold};
use crate::statistics::Precision;

use super::gather::{self, ReplicationStore};
use super::gathered::Gathered;
use super::looks::Ended;
use super::study::Study;
use super::watch::Watch;

/// The precision of an experiment that asks for nothing.
const DEFAULT_PRECISION: f64 = 0.05;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The replications, at most.
    pub range: Range<u64>,
    /// Confidence level of all intervals.
    pub level: f64,
    /// What must become precise, by name; nothing where the number of replications is given.
    pub precise: Vec<(String, Precision)>,
    /// Bounds to be judged.
    pub thresholds: Vec<Threshold>,
    /// All replications of the range are made, whatever they show.
    pub fixed: bool,
}

impl Plan {
    /// The plan behind what a scenario and a command line ask; `range`: these replications.
    #[must_use]
    pub fn new(asked: &Experiment, thresholds: &[Threshold], range: Option<Range<u64>>) -> Self {
        let range = range.or(asked.replications.map(|number| 0..u64::from(number)));
        let fixed = range.is_some();
        let nothing = asked.precision.is_none() && asked.absolute.is_none();
        let relative = match (nothing, thresholds.is_empty()) {
            (true, true) => Some(DEFAULT_PRECISION),
            _ => asked.precision,
        };
        let precision = precision(asked, relative);
        let wanted = !fixed && (precision.relative.is_some() || precision.absolute.is_some());
        let precise = asked.measures.iter().filter(|_| wanted);
        Self {
            range: range.unwrap_or(0..u64::from(asked.max_replications)),
            level: asked.confidence,
            precise: precise.map(|name| (name.clone(), precision)).collect(),
            thresholds: thresholds.to_vec(),
            fixed,
        }
    }

    /// Makes the replications of a study of one variant.
    ///
    /// # Errors
    /// Those of the store; what was finished before has been kept.
    pub fn run<'s, K: ReplicationStore>(
        &self,
        study: &'s Study,
        pool: &ThreadPool,
        store: &mut K,
    ) -> Result<Experienced<'s>, K::Error> {
        let (measures, layout) = (study.measures(0), &study.layouts()[0]);
        let mut gathered = Gathered::new(measures, layout, self.range.start);
        let mut watch = self.watch(&gathered, study.models()[0].input_sets());
        let done = gather::in_order(study, self.range.clone(), pool, store, |turn, store| {
            turn.into_iter().for_each(|sample| gathered.push(sample));
            let decided = watch.push(&gathered);
            store.progressed(&watch, &gathered);
            if decided && !self.fixed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        let all = gathered.count() as u64 == self.range.end - self.range.start;
        let ended = Ended::of(done.is_some(), all, self.fixed);
        Ok(Experienced { gathered, watch, ended })
    }

    /// Watches what must be decided; `sets`: number of sets of laws that replications take in turn.
    #[must_use]
    pub fn watch(&self, gathered: &Gathered, sets: Option<usize>) -> Watch {
        let precise: Vec<_> = self
            .precise
            .iter()
            .filter_map(|(name, precision)| Some((gathered.measure_named(name)?, *precision)))
            .collect();
        let thresholds = self.thresholds.iter().filter_map(|threshold| {
            Some((gathered.measure_named(&threshold.measure)?, threshold.clone()))
        });
        Watch::new(gathered, &precise, thresholds.collect(), (self.level, sets))
    }
}

/// The precision that is asked for, with this relative one.
pub(super) fn precision(asked: &Experiment, relative: Option<f64>) -> Precision {
    let (absolute, level) = (asked.absolute, asked.confidence);
    Precision { relative, absolute, level, first: 3, look_ahead: 5 }
}

/// An experiment, made.
#[derive(Debug)]
pub struct Experienced<'s> {
    /// Its replications.
    pub gathered: Gathered<'s>,
    /// What was watched.
    pub watch: Watch,
    /// Why it ended.
    pub ended: Ended,
}
