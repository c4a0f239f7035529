//! Whether a measure keeps its bound, by the end of its interval and not by its value.

use crate::model::{Bound, Threshold};
use crate::statistics::Estimate;

use super::open::{Open, OpenEnd};

/// What can be said of a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The whole interval keeps the bound.
    Pass,
    /// The whole interval breaks it.
    Fail,
    /// The bound lies inside the interval, or there is no interval.
    Inconclusive,
}

impl Outcome {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::Inconclusive => "INCONCLUSIVE",
        }
    }
}

/// A threshold, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The threshold.
    pub threshold: Threshold,
    /// The number of its measure.
    pub measure: usize,
    /// What was estimated.
    pub estimate: Estimate,
    /// What follows.
    pub outcome: Outcome,
    /// What was still open and is the reason why nothing follows.
    pub open: Option<Open>,
}

impl Verdict {
    /// Judges the estimate of a measure, by its number.
    pub(super) fn new(
        threshold: Threshold,
        (measure, estimate): (usize, Estimate),
        open: Option<OpenEnd>,
    ) -> Self {
        let outcome = judge_with(&estimate, open, threshold.bound);
        let otherwise = judge(&estimate, threshold.bound);
        let open = open.filter(|_| outcome != otherwise).map(|open| open.what);
        Self { threshold, measure, estimate, outcome, open }
    }
}

/// Judges an estimate behind which something may have been open.
#[must_use]
pub(super) fn judge_with(estimate: &Estimate, open: Option<OpenEnd>, bound: Bound) -> Outcome {
    judge(&open.map_or(*estimate, |open| open.widen(estimate)), bound)
}

/// Judges an estimate.
#[must_use]
pub(super) fn judge(estimate: &Estimate, bound: Bound) -> Outcome {
    let Some(interval) = estimate.interval else { return Outcome::Inconclusive };
    match bound {
        Bound::AtMost(most) if interval.high <= most => Outcome::Pass,
        Bound::AtMost(most) if interval.low > most => Outcome::Fail,
        Bound::AtLeast(least) if interval.low >= least => Outcome::Pass,
        Bound::AtLeast(least) if interval.high < least => Outcome::Fail,
        _ => Outcome::Inconclusive,
    }
}

/// The worst of some outcomes: a failure, else an open question, else success; `None` of none.
#[must_use]
pub fn worst(verdicts: &[Verdict]) -> Option<Outcome> {
    let has = |outcome| verdicts.iter().any(|verdict| verdict.outcome == outcome);
    let order = [Outcome::Fail, Outcome::Inconclusive, Outcome::Pass];
    order.into_iter().find(|outcome| has(*outcome))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;
    use crate::statistics::{Interval, Method};

    fn between(low: f64, high: f64) -> Estimate {
        Estimate {
            value: Some(f64::midpoint(low, high)),
            interval: Some(Interval { low, high }),
            level: 0.95,
            count: 10,
            method: Method::T,
        }
    }

    #[test]
    fn the_whole_interval_must_be_on_one_side() {
        let cases = [
            (Bound::AtMost(5.0), Outcome::Pass, Outcome::Inconclusive, Outcome::Fail),
            (Bound::AtLeast(5.0), Outcome::Fail, Outcome::Inconclusive, Outcome::Pass),
        ];
        for (bound, below, across, above) in cases {
            assert_eq!(judge(&between(1.0, 4.0), bound), below);
            assert_eq!(judge(&between(4.0, 6.0), bound), across);
            assert_eq!(judge(&between(6.0, 7.0), bound), above);
        }
    }

    #[test]
    fn a_bound_that_is_just_kept_is_kept() {
        assert_eq!(judge(&between(1.0, 5.0), Bound::AtMost(5.0)), Outcome::Pass);
        assert_eq!(judge(&between(5.0, 6.0), Bound::AtLeast(5.0)), Outcome::Pass);
    }

    /// If no open outage ever ended, the value would be at most 6: a bound between 4 and 6 is neither kept nor
    /// broken for certain, whichever side it is on. Lengths only grow, so what is above the bound already stays there.
    #[test]
    fn open_outages_may_only_lengthen_durations() {
        let open = Some(OpenEnd { what: Open::Outages(7), value: 5.0, high: 6.0 });
        let judged = |bound| {
            let threshold = Threshold {
                measure: String::new(),
                unit: Unit::Time,
                written: String::new(),
                bound,
            };
            let verdict = Verdict::new(threshold, (0, between(1.0, 4.0)), open);
            (verdict.outcome, verdict.open)
        };
        assert_eq!(judged(Bound::AtMost(6.0)), (Outcome::Pass, None));
        assert_eq!(judged(Bound::AtMost(5.9)), (Outcome::Inconclusive, Some(Open::Outages(7))));
        assert_eq!(judged(Bound::AtMost(3.0)), (Outcome::Inconclusive, None));
        assert_eq!(judged(Bound::AtMost(0.9)), (Outcome::Fail, None));
        assert_eq!(judged(Bound::AtLeast(1.0)), (Outcome::Pass, None));
        assert_eq!(judged(Bound::AtLeast(5.0)), (Outcome::Inconclusive, Some(Open::Outages(7))));
        assert_eq!(judged(Bound::AtLeast(6.1)), (Outcome::Fail, None));
    }

    #[test]
    fn without_an_interval_nothing_follows() {
        let open = Estimate::too_few(Some(1.0), 0.95, 1);
        assert_eq!(judge(&open, Bound::AtMost(5.0)), Outcome::Inconclusive);
    }
}
