//! When enough replications have been made.
//!
//! Fed after every replication in the order of their index, so that what it decides depends
//! neither on threads nor on waves. Means are watched at every replication (Hoad, Robinson and
//! Davies 2010); ratios, percentiles and thresholds, which cost more, at looks.

use crate::measures::How;
use crate::model::Threshold;
use crate::statistics::{Method, Precision, Reached, Stopping};

use super::estimate;
use super::gathered::Gathered;
use super::looks::Looks;
use super::open::OpenEnd;
use super::verdict::{self, Outcome, Verdict};

/// Looks at which the precision must be reached in a row.
const IN_A_ROW: u32 = 2;

/// One measure that must become precise.
#[derive(Debug)]
struct Watched {
    measure: usize,
    precision: Precision,
    gate: Gate,
    latest: Option<Reached>,
}

#[derive(Debug)]
enum Gate {
    /// Decides at every replication.
    Every(Stopping),
    /// Decides at looks: in how many in a row it was reached.
    Looks(u32),
}

/// Everything that must be decided before an experiment may end.
#[derive(Debug)]
pub struct Watch {
    level: f64,
    /// Sets of laws that replications take in turn. Thresholds are judged with the uncertainty of
    /// the data in the interval; precision is about sampling error, which alone more replications
    /// reduce.
    sets: Option<usize>,
    watched: Vec<Watched>,
    thresholds: Vec<(usize, Threshold)>,
    decided: bool,
    looks: Looks,
}

impl Watch {
    /// Watches measures and thresholds, each by the number of its measure.
    #[must_use]
    pub fn new(
        gathered: &Gathered,
        precise: &[(usize, Precision)],
        thresholds: Vec<(usize, Threshold)>,
        (level, sets): (f64, Option<usize>),
    ) -> Self {
        let watched = precise.iter().map(|&(measure, precision)| {
            let gate = match gathered.measures()[measure].gauge.how {
                How::Each(_) => Gate::Every(Stopping::new(precision)),
                _ => Gate::Looks(0),
            };
            Watched { measure, precision, gate, latest: None }
        });
        Self {
            level,
            sets,
            watched: watched.collect(),
            thresholds,
            decided: false,
            looks: Looks::new(),
        }
    }

    /// Whether there is anything to decide.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.watched.is_empty() && self.thresholds.is_empty()
    }

    /// Looks at the replications gathered so far, one more than last time; whether all is decided.
    pub fn push(&mut self, gathered: &Gathered) -> bool {
        let look = self.looks.is_due(gathered.count());
        if look {
            self.decided = self.thresholds.iter().all(|(measure, threshold)| {
                let (estimate, _) = estimate::complete(gathered, *measure, self.level, self.sets);
                // What open outages leave undecided, more replications do not decide.
                verdict::judge(&estimate, threshold.bound) != Outcome::Inconclusive
            });
        }
        for watched in &mut self.watched {
            watched.push(gathered, look, self.level);
        }
        let precise = self.watched.iter().all(Watched::is_done);
        !self.is_idle() && precise && (self.thresholds.is_empty() || self.decided)
    }

    /// How far each watched measure has come, and the precision wanted of it.
    pub fn latest(&self) -> impl Iterator<Item = (usize, Option<Reached>, Precision)> {
        self.watched.iter().map(|watched| (watched.measure, watched.latest, watched.precision))
    }

    /// The thresholds, as judged so far.
    #[must_use]
    pub fn verdicts(&self, gathered: &Gathered) -> Vec<Verdict> {
        let judged = self.thresholds.iter().map(|(measure, threshold)| {
            let (estimate, _) = estimate::complete(gathered, *measure, self.level, self.sets);
            let open = OpenEnd::behind(gathered, *measure, self.level);
            Verdict::new(threshold.clone(), (*measure, estimate), open)
        });
        judged.collect()
    }
}

impl Watched {
    fn push(&mut self, gathered: &Gathered, look: bool, level: f64) {
        match &mut self.gate {
            Gate::Every(stopping) => {
                stopping.push(gathered.value(self.measure, gathered.count() - 1));
                self.latest = Some(stopping.reached());
            }
            Gate::Looks(in_a_row) if look => {
                let found = estimate::estimate(gathered, self.measure, level);
                let mut reached = Reached::of(&found);
                if found.method == Method::NoneSeen && found.interval.is_none() {
                    // As a mean that was always 0: only an absolute precision is content with it.
                    reached.half_width = Some(0.0);
                }
                *in_a_row = if self.precision.suffices(&reached) { *in_a_row + 1 } else { 0 };
                self.latest = Some(reached);
            }
            Gate::Looks(_) => {}
        }
    }

    fn is_done(&self) -> bool {
        match &self.gate {
            Gate::Every(stopping) => stopping.settled().is_some(),
            Gate::Looks(in_a_row) => *in_a_row >= IN_A_ROW,
        }
    }
}
