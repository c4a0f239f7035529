//! What follows from the values that were tried: where the bound begins to be kept, or why there is no
//! such place.

use crate::experiment::open::{Open, OpenEnd};
use crate::experiment::verdict::{Outcome, judge_with};
use crate::model::Bound;
use crate::statistics::{Estimate, Interval};

/// What a scenario came to: the measure, or that a run of it has no end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The measure.
    pub estimate: Estimate,
    /// Whether a run has no end (S021). That keeps no bound, and there is nothing to measure.
    pub endless: bool,
    /// What was still open behind it, if anything was.
    pub open: Option<OpenEnd>,
}

impl Measured {
    /// The measure.
    #[must_use]
    pub const fn of(estimate: Estimate) -> Self {
        Self { estimate, endless: false, open: None }
    }

    /// The same with what was still open behind it.
    #[must_use]
    pub fn with_open(self, open: Option<OpenEnd>) -> Self {
        Self { open, ..self }
    }

    /// A run has no end.
    #[must_use]
    pub fn endless(level: f64) -> Self {
        Self { endless: true, ..Self::of(Estimate::too_few(None, level, 0)) }
    }

    /// Whether the estimate itself keeps a bound, however long lasts what was still open; `None`: there
    /// is none.
    #[must_use]
    pub fn keeps(&self, bound: Bound) -> Option<bool> {
        if self.endless {
            return Some(false);
        }
        let value = self.estimate.value?;
        let longest = self.open.map_or(value, |open| open.value.max(value));
        Some(match bound {
            Bound::AtMost(most) => longest <= most,
            Bound::AtLeast(least) => value >= least,
        })
    }

    /// What was open and is the reason why the estimate neither keeps nor breaks a bound, if it is.
    #[must_use]
    pub fn undecided_by(&self, bound: Bound) -> Option<Open> {
        let (value, open) = (self.estimate.value?, self.open?);
        let (Bound::AtMost(limit) | Bound::AtLeast(limit)) = bound;
        let between = match bound {
            Bound::AtMost(_) => value <= limit && limit < open.value,
            Bound::AtLeast(_) => value < limit && limit <= open.value,
        };
        between.then_some(open.what)
    }

    /// Whether all runs have an end, and there was nothing to measure.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        self.estimate.value.is_none() && !self.endless
    }
}

/// The measure at one value of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// The value's position in the range.
    pub position: u64,
    /// What it came to.
    pub measured: Measured,
    /// Whether exactly the same is simulated as without any setting.
    pub same: bool,
}

impl Tried {
    /// As [`Measured::keeps`].
    #[must_use]
    pub fn keeps(&self, bound: Bound) -> Option<bool> {
        self.measured.keeps(bound)
    }

    /// What can be said for certain: by the interval, or by the value where there is no interval.
    #[must_use]
    pub fn judged(&self, bound: Bound) -> Outcome {
        let Measured { estimate, open, .. } = &self.measured;
        match (estimate.interval, self.keeps(bound)) {
            (None, _) if self.measured.undecided_by(bound).is_some() => Outcome::Inconclusive,
            (None, Some(true)) => Outcome::Pass,
            (None, Some(false)) => Outcome::Fail,
            _ => judge_with(estimate, *open, bound),
        }
    }

    /// Whether it has an interval that is more than a point.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.measured.estimate.interval.is_some_and(|found| found.low < found.high)
    }

    /// Its interval, or its value alone.
    fn interval(&self) -> Option<Interval> {
        let estimate = &self.measured.estimate;
        estimate.interval.or(estimate.value.map(Interval::point))
    }
}

/// On which side of the answer the bound is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the answer on: the answer is the smallest value that keeps it.
    From,
    /// Up to the answer: the answer is the largest value that keeps it.
    UpTo,
}

/// What the interval of the measure leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confident {
    /// The first value, seen from where the bound is broken, whose whole interval keeps it; `None`:
    /// no value that was tried.
    pub keeps: Option<u64>,
    /// The last value, seen from where the bound is broken, whose whole interval breaks it; `None`:
    /// no value that was tried.
    pub breaks: Option<u64>,
}

/// Where the bound begins to be kept. Values are named by their position in the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// On which side it is kept.
    pub side: Side,
    /// The last value, seen from there, whose estimate keeps the bound.
    pub at: u64,
    /// What is certain; `None`: the measure has no interval that is more than a point.
    pub confident: Option<Confident>,
}

/// What follows. Values are named by their position in the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The bound is kept on one side of a value.
    Edge(Edge),
    /// It is kept at every value that was tried.
    Always,
    /// It is kept at no value that was tried.
    Never,
    /// The measure is the same at every value that was tried; whether that keeps the bound.
    Unaffected(bool),
    /// It is kept, broken and kept again, or the other way round.
    NotMonotone {
        /// One value of each stretch.
        turns: Vec<u64>,
        /// From where on, or up to where, every value that was tried keeps the bound; `None`: neither
        /// end of the range keeps it.
        safe: Option<Edge>,
    },
    /// The measure has no value there, for there was nothing to measure.
    Unmeasured(u64),
}

impl Finding {
    /// The edge of the values at one end of the range that keep the bound, if there is one.
    #[must_use]
    pub const fn edge(&self) -> Option<&Edge> {
        match self {
            Self::Edge(edge) | Self::NotMonotone { safe: Some(edge), .. } => Some(edge),
            _ => None,
        }
    }
}

/// Two values that were tried (their positions) between which the measure goes the other way than from
/// the first to the last, by more than their intervals; of several pairs that with the largest step
/// back. `tried` is in rising order.
#[must_use]
pub fn reversal(tried: &[Tried]) -> Option<(u64, u64)> {
    let mut values = tried.iter().filter_map(|one| one.measured.estimate.value);
    let first = values.next()?;
    let last = values.next_back()?;
    // Rising is made of falling by turning signs.
    let sign = if last <= first { 1.0 } else { -1.0 };
    let ends = |one: &Tried| {
        let Interval { low, high } = one.interval()?;
        Some(if sign > 0.0 { (low, high) } else { (-high, -low) })
    };
    let pairs = tried
        .iter()
        .enumerate()
        .flat_map(|(at, early)| tried[at + 1..].iter().map(move |late| (early, late)));
    let backwards = pairs.filter_map(|(early, late)| {
        let step = ends(late)?.0 - ends(early)?.1;
        (step > 0.0).then_some((step, early.position, late.position))
    });
    let worst = backwards.reduce(|most, one| if one.0 > most.0 { one } else { most });
    worst.map(|(_, early, late)| (early, late))
}
