//! The search: a few values all over the range, then bisection where the bound changes hands, for the
//! estimate and for both ends of its interval.
//!
//! Bisection never meets what would contradict it, so the first values are what shows that there is more
//! than one change; every value that was tried has to agree with the answer.

use crate::experiment::verdict::Outcome;
use crate::model::Bound;

use super::finding::{Confident, Finding, Side, Tried};

/// Searches a range for the value at which a bound begins to be kept. `first`: the positions that are
/// tried whatever they show, in rising order, both ends of the range among them. Gives what was tried,
/// in rising order, and what follows.
///
/// # Errors
/// Those of `make`, which makes the value at a position; it is asked once for each.
pub fn search<E>(
    first: &[u64],
    bound: Bound,
    make: impl FnMut(u64) -> Result<Tried, E>,
) -> Result<(Vec<Tried>, Finding), E> {
    let mut search = Search { tried: Vec::new(), bound, make };
    let ends = first.first().into_iter().chain(first.last());
    ends.clone().try_for_each(|end| search.at(*end).map(drop))?;
    // Where both ends are the scenario as it is, nothing depends on what is varied.
    if !(search.tried.len() > 1 && search.tried.iter().all(|one| one.same)) {
        first.iter().try_for_each(|position| search.at(*position).map(drop))?;
    }
    let finding = search.find()?;
    Ok((search.tried, finding))
}

struct Search<M> {
    /// In rising order.
    tried: Vec<Tried>,
    bound: Bound,
    make: M,
}

/// A question that is answered by no on one side of the range and by yes on the other.
type Question = fn(&Tried, Bound) -> bool;

fn keeps(tried: &Tried, bound: Bound) -> bool {
    tried.keeps(bound) == Some(true)
}

fn surely_keeps(tried: &Tried, bound: Bound) -> bool {
    tried.judged(bound) == Outcome::Pass
}

fn may_keep(tried: &Tried, bound: Bound) -> bool {
    tried.judged(bound) != Outcome::Fail
}

impl<E, M: FnMut(u64) -> Result<Tried, E>> Search<M> {
    /// The measure at a position, made if it is not known.
    fn at(&mut self, position: u64) -> Result<Tried, E> {
        match self.tried.binary_search_by_key(&position, |one| one.position) {
            Ok(known) => Ok(self.tried[known]),
            Err(place) => {
                let made = (self.make)(position)?;
                self.tried.insert(place, made);
                Ok(made)
            }
        }
    }

    fn is_flat(&self) -> bool {
        self.tried.iter().all(|one| one.estimate == self.tried[0].estimate)
    }

    fn find(&mut self) -> Result<Finding, E> {
        if let Some(finding) = self.at_once() {
            return Ok(finding);
        }
        let side = match self.tried.last().is_some_and(|last| keeps(last, self.bound)) {
            true => Side::From,
            false => Side::UpTo,
        };
        let at = self.edge(side, keeps)?;
        let keeps_surely = self.edge(side, surely_keeps)?;
        let may = self.edge(side, may_keep)?;
        // What comes to light on the way may still contradict.
        let unmeasured = self.tried.iter().find(|one| one.estimate.value.is_none());
        if let Some(unmeasured) = unmeasured {
            return Ok(Finding::Unmeasured(unmeasured.position));
        }
        let certain = self.stretches(|one, bound| match one.judged(bound) {
            Outcome::Pass => Some(true),
            Outcome::Fail => Some(false),
            Outcome::Inconclusive => None,
        });
        if certain.len() > 2 {
            return Ok(Finding::NotMonotone(certain));
        }
        let uncertain = self.tried.iter().any(Tried::is_uncertain);
        let confident = Confident { keeps: keeps_surely.yes, breaks: may.no };
        Ok(Finding::Edge {
            side,
            // Both ends of the range have answered the question differently.
            at: at.yes.unwrap_or_default(),
            confident: uncertain.then_some(confident),
        })
    }

    /// What follows from the first values alone, if it is no edge.
    fn at_once(&self) -> Option<Finding> {
        if let Some(unmeasured) = self.tried.iter().find(|one| one.estimate.value.is_none()) {
            return Some(Finding::Unmeasured(unmeasured.position));
        }
        let kept = self.tried.iter().filter(|one| keeps(one, self.bound)).count();
        if self.is_flat() && self.tried.len() > 1 {
            return Some(Finding::Unaffected(kept > 0));
        }
        match kept {
            0 => return Some(Finding::Never),
            _ if kept == self.tried.len() => return Some(Finding::Always),
            _ => {}
        }
        let stretches = self.stretches(Tried::keeps);
        (stretches.len() > 2).then_some(Finding::NotMonotone(stretches))
    }

    /// The first value of each stretch of values that answer a question alike; those that leave it open
    /// belong to no stretch.
    fn stretches(&self, answer: impl Fn(&Tried, Bound) -> Option<bool>) -> Vec<u64> {
        let answers = self.tried.iter().map(|one| (one.position, answer(one, self.bound)));
        let mut last = None;
        let begins = answers.filter(|(_, answer)| {
            let begins = answer.is_some() && *answer != last;
            last = answer.or(last);
            begins
        });
        begins.map(|(position, _)| position).collect()
    }

    /// Where a question changes from no to yes, seen from where the bound is broken.
    fn edge(&mut self, side: Side, question: Question) -> Result<Edge, E> {
        let (mut no, mut yes) = (None, None);
        let mut order: Vec<Tried> = self.tried.clone();
        if side == Side::UpTo {
            order.reverse();
        }
        for one in &order {
            match question(one, self.bound) {
                false => (no, yes) = (Some(one.position), None),
                true => yes = yes.or(Some(one.position)),
            }
        }
        while let (Some(lower), Some(upper)) = (no, yes)
            && lower.abs_diff(upper) > 1
        {
            let middle = lower.min(upper) + lower.abs_diff(upper) / 2;
            let answer = question(&self.at(middle)?, self.bound);
            if answer { yes = Some(middle) } else { no = Some(middle) }
        }
        Ok(Edge { no, yes })
    }
}

/// Neighbours that answer a question differently; where one is missing, all answer it like the other.
struct Edge {
    no: Option<u64>,
    yes: Option<u64>,
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::statistics::{Estimate, Interval, Method};

    /// A value with an interval of so much on both sides; 0: there is none.
    fn tried(position: u64, value: f64, half: f64) -> Tried {
        let interval = (half > 0.0).then(|| Interval::around(value, half));
        let method = if half > 0.0 { Method::T } else { Method::TooFew };
        let estimate = Estimate { value: Some(value), interval, level: 0.95, count: 9, method };
        Tried { position, estimate, same: false }
    }

    /// Searches the measure `of` on 0..count, and says how many values were made.
    fn searched(
        count: u64,
        (bound, half): (Bound, f64),
        of: impl Fn(u64) -> f64,
    ) -> (Finding, usize) {
        let quarters = [0, 1, 2, 3, 4].map(|quarter| (count - 1) * quarter / 4);
        let mut made = Vec::new();
        let found = search(&quarters, bound, |position| {
            assert!(!made.contains(&position), "{position} is made twice");
            made.push(position);
            Ok::<_, Infallible>(tried(position, of(position), half))
        });
        let Ok((all, finding)) = found;
        assert!(all.is_sorted_by_key(|one| one.position));
        assert_eq!(all.len(), made.len());
        (finding, made.len())
    }

    #[test]
    fn bisection_agrees_with_trying_everything() {
        for count in 2..40_u64 {
            for edge in 0..=count {
                for (side, bound, slope) in [
                    (Side::From, Bound::AtMost(0.5), -1.0),
                    (Side::UpTo, Bound::AtMost(0.5), 1.0),
                    (Side::From, Bound::AtLeast(0.5), 1.0),
                    (Side::UpTo, Bound::AtLeast(0.5), -1.0),
                ] {
                    // It crosses the bound between `edge - 1` and `edge`.
                    let of = |at: u64| 0.5 + slope * (at as f64 - edge as f64 + 0.5);
                    let half = 2.2;
                    let all: Vec<Tried> = (0..count).map(|at| tried(at, of(at), half)).collect();
                    let kept = |test: Question| {
                        let kept =
                            all.iter().filter(|one| test(one, bound)).map(|one| one.position);
                        match side {
                            Side::From => kept.min(),
                            Side::UpTo => kept.max(),
                        }
                    };
                    let broken = |one: &&Tried| !may_keep(one, bound);
                    let breaks = all.iter().filter(broken).map(|one| one.position);
                    let breaks = match side {
                        Side::From => breaks.max(),
                        Side::UpTo => breaks.min(),
                    };
                    let expected = match kept(keeps) {
                        None => Finding::Never,
                        Some(_) if all.iter().all(|one| keeps(one, bound)) => Finding::Always,
                        Some(at) => {
                            let confident = Confident { keeps: kept(surely_keeps), breaks };
                            Finding::Edge { side, at, confident: Some(confident) }
                        }
                    };
                    let (found, made) = searched(count, (bound, half), of);
                    assert_eq!(found, expected, "{count} values, edge {edge}, {side:?}, {bound:?}");
                    assert!(made <= 5 + 3 * 6, "{made} of {count}");
                }
            }
        }
    }

    #[test]
    fn a_long_range_takes_few_values() {
        let (found, made) =
            searched(1_000_000, (Bound::AtMost(50.0), 0.0), |at| 1e6 / (at + 1) as f64);
        assert_eq!(found, Finding::Edge { side: Side::From, at: 19_999, confident: None });
        assert!(made <= 5 + 18, "{made}");
    }

    #[test]
    fn a_measure_that_turns_has_no_single_answer() {
        let valley = |at: u64| (at as f64 - 50.0).abs();
        let found = |bound| searched(101, (bound, 0.0), valley).0;
        assert_eq!(found(Bound::AtMost(30.0)), Finding::NotMonotone(vec![0, 25, 100]));
        assert_eq!(found(Bound::AtLeast(30.0)), Finding::NotMonotone(vec![0, 25, 100]));
        assert_eq!(found(Bound::AtMost(60.0)), Finding::Always);
        // A dip that bisection meets on its way: certain beyond the edge, and broken again behind it.
        let dip = |at: u64| {
            if at == 31 {
                9.0
            } else if at >= 30 {
                1.0
            } else {
                5.0
            }
        };
        let met = searched(101, (Bound::AtMost(2.0), 0.0), dip).0;
        assert_eq!(met, Finding::Edge { side: Side::From, at: 32, confident: None });
    }

    #[test]
    fn what_never_changes_is_no_edge() {
        let same = |value: f64| searched(101, (Bound::AtMost(2.0), 0.0), |_| value).0;
        assert_eq!(same(1.0), Finding::Unaffected(true));
        assert_eq!(same(3.0), Finding::Unaffected(false));
        let none = Estimate::too_few(None, 0.95, 9);
        let unmeasured = |position| {
            let known = tried(position, 1.0, 0.0);
            let estimate = if position > 60 { none } else { known.estimate };
            Ok::<_, Infallible>(Tried { estimate, ..known })
        };
        let Ok((_, found)) = search(&[0, 50, 100], Bound::AtMost(2.0), unmeasured);
        assert_eq!(found, Finding::Unmeasured(100));
    }

    #[test]
    fn a_scenario_that_is_the_same_at_both_ends_is_tried_no_further() {
        let mut made = 0;
        let same = |position| {
            made += 1;
            Ok::<_, Infallible>(Tried { same: true, ..tried(position, 1.0, 0.0) })
        };
        let Ok((_, found)) = search(&[0, 50, 100], Bound::AtMost(2.0), same);
        assert_eq!((found, made), (Finding::Unaffected(true), 2));
    }
}
