//! Head-room: at which value of one setting does a measure stop keeping its bound? Found by
//! bisection, every value with the same faults and the same random numbers.
//!
//! It chooses what is tried and says what follows; the calling code makes the values.

mod finding;
mod search;

pub use finding::{Confident, Edge, Finding, Measured, Side, Tried, reversal};
pub use search::search;

use crate::closed_form::ClosedForms;
use crate::model::{Bound, Threshold};

use super::advice::{Advice, Change};

/// What was asked and what was found.
#[derive(Clone, Debug)]
pub struct Headroom {
    /// The bound that is to be kept.
    pub target: Threshold,
    /// The names of the only faults that occur; empty: all of the scenario.
    pub faults: Vec<String>,
    /// The measure of the scenario as it is.
    pub today: Measured,
    /// What theory says of today's scenario, if something in it is random.
    pub closed_forms: Option<ClosedForms>,
    /// Replications of each value.
    pub replications: usize,
    /// Confidence level of all intervals.
    pub level: f64,
    /// One answer for each setting that was varied, the others as in the scenario.
    pub answers: Vec<Answered>,
}

/// The answer for one setting.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What was varied, as typed.
    pub path: String,
    /// The unit of bare numbers among its values: `s`, `ms`; empty: there is none.
    pub unit: &'static str,
    /// What it changes, with the value in force.
    pub change: Change,
    /// The distance between neighbouring values, as typed: the answer is known to this.
    pub step: String,
    /// Number of values in the range.
    pub count: u64,
    /// The values that were tried, in rising order.
    pub tried: Vec<Point>,
    /// What follows from them.
    pub finding: Finding,
    /// What `check` finds at some of them, and not in the scenario as it is.
    pub advice: Advice,
}

/// A value that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// As it may be typed.
    pub text: String,
    /// In base units: a number, a share, seconds, a number per second.
    pub number: f64,
    /// Whether it is the value in the scenario.
    pub today: bool,
    /// The measure there.
    pub tried: Tried,
}

impl Headroom {
    /// Whether the scenario as it is keeps the bound; `None`: there was nothing to measure.
    #[must_use]
    pub fn is_kept_today(&self) -> Option<bool> {
        self.today.keeps(self.target.bound)
    }

    /// Whether a run has no end in the scenario as it is and at every value that was tried.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        let mut points = self.answers.iter().flat_map(|answer| &answer.tried);
        self.today.endless && points.all(|point| point.tried.measured.endless)
    }

    /// Whether an answer is that no value keeps the bound, and outages that were still open are no reason for it.
    #[must_use]
    pub fn is_broken(&self, answer: &Answered) -> bool {
        let never = matches!(answer.finding, Finding::Never | Finding::Unaffected(false));
        never && answer.undecided_by_open(self.target.bound).next().is_none()
    }

    /// Whether there is no answer that can be given for certain: the bound is kept, broken and kept again, there is
    /// nothing to measure, or outages were still open.
    #[must_use]
    pub fn is_undecided(&self, answer: &Answered) -> bool {
        match answer.finding {
            Finding::NotMonotone { .. } | Finding::Unmeasured(_) => true,
            Finding::Never | Finding::Unaffected(false) => !self.is_broken(answer),
            _ => false,
        }
    }

    /// Whether any value that was tried has an interval that is more than a point.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        let points = self.answers.iter().flat_map(|answer| &answer.tried);
        points.into_iter().any(|point| point.tried.is_uncertain())
    }
}

impl Answered {
    /// The values that were tried at which nothing but what was still open leaves the bound undecided.
    pub fn undecided_by_open(&self, bound: Bound) -> impl Iterator<Item = &Point> {
        self.tried.iter().filter(move |one| one.tried.measured.undecided_by(bound).is_some())
    }

    /// A value by its position in the range; `None`: it was not tried.
    #[must_use]
    pub fn point(&self, position: u64) -> Option<&Point> {
        self.tried.iter().find(|point| point.tried.position == position)
    }
}
