//! What follows from the values that were tried: where the bound begins to be kept, or why there is no
//! such place.

use crate::experiment::verdict::{Outcome, judge};
use crate::model::Bound;
use crate::statistics::{Estimate, Interval};

/// The measure at one value of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// The value's position in the range.
    pub position: u64,
    /// The measure there.
    pub estimate: Estimate,
    /// Whether exactly the same is simulated as without any setting.
    pub same: bool,
}

impl Tried {
    /// Whether the estimate itself keeps a bound; `None`: there is none.
    #[must_use]
    pub fn keeps(&self, bound: Bound) -> Option<bool> {
        kept(&self.estimate, bound)
    }

    /// What can be said for certain: by the interval, or by the value where there is no interval.
    #[must_use]
    pub fn judged(&self, bound: Bound) -> Outcome {
        match (self.estimate.interval, self.keeps(bound)) {
            (None, Some(true)) => Outcome::Pass,
            (None, Some(false)) => Outcome::Fail,
            _ => judge(&self.estimate, bound),
        }
    }

    /// Whether it has an interval that is more than a point.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.estimate.interval.is_some_and(|found| found.low < found.high)
    }

    /// Its interval, or its value alone.
    fn interval(&self) -> Option<Interval> {
        self.estimate.interval.or(self.estimate.value.map(Interval::point))
    }
}

/// Whether an estimate itself keeps a bound; `None`: it has no value.
pub(super) fn kept(estimate: &Estimate, bound: Bound) -> Option<bool> {
    let value = estimate.value?;
    Some(match bound {
        Bound::AtMost(most) => value <= most,
        Bound::AtLeast(least) => value >= least,
    })
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

/// What follows. Values are named by their position in the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The bound is kept on one side of a value.
    Edge {
        /// On which.
        side: Side,
        /// The last value on that side of which the estimate keeps the bound.
        at: u64,
        /// What is certain; `None`: the measure has no interval that is more than a point.
        confident: Option<Confident>,
    },
    /// It is kept at every value that was tried.
    Always,
    /// It is kept at no value that was tried.
    Never,
    /// The measure is the same at every value that was tried; whether that keeps the bound.
    Unaffected(bool),
    /// It is kept, broken and kept again, or the other way round: one value of each stretch.
    NotMonotone(Vec<u64>),
    /// The measure has no value there, for there was nothing to measure.
    Unmeasured(u64),
}

/// Two values that were tried (their positions) between which the measure goes the other way than from
/// the first to the last, by more than their intervals; of several pairs that with the largest step
/// back. `tried` is in rising order.
#[must_use]
pub fn reversal(tried: &[Tried]) -> Option<(u64, u64)> {
    let (first, last) = (tried.first()?.estimate.value?, tried.last()?.estimate.value?);
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
