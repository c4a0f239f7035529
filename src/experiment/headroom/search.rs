//! The search: a few values all over the range, then bisection where the bound changes from kept to
//! broken, for the estimate and for both ends of its interval.
//!
//! Bisection alone never meets what would contradict it, so the first values are what can show more
//! than one change; every value that was tried has to agree with the answer.

use crate::experiment::verdict::Outcome;
use crate::model::Bound;

use super::finding::{Confident, Edge, Finding, Side, Tried};

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

    /// Whether all values came to the same, and that can be measured.
    fn is_flat(&self) -> bool {
        let first = &self.tried[0].measured;
        let others = &self.tried[1..];
        let same = others.iter().all(|one| one.measured == *first);
        same && !others.is_empty() && !first.endless
    }

    fn find(&mut self) -> Result<Finding, E> {
        if let Some(finding) = self.at_once() {
            return Ok(finding);
        }
        let turns = self.stretches(Tried::keeps);
        let edge = self.outer_edge()?;
        // What is found on the way may still contradict.
        if let Some(missing) = self.missing() {
            return Ok(missing);
        }
        let certain = self.stretches(|one, bound| match one.judged(bound) {
            Outcome::Pass => Some(true),
            Outcome::Fail => Some(false),
            Outcome::Inconclusive => None,
        });
        let turns = [turns, certain].into_iter().find(|turns| turns.len() > 2);
        Ok(match (turns, edge) {
            (None, Some(edge)) => Finding::Edge(edge),
            (turns, safe) => Finding::NotMonotone { turns: turns.unwrap_or_default(), safe },
        })
    }

    fn missing(&self) -> Option<Finding> {
        let missing = self.tried.iter().find(|one| one.measured.is_missing())?;
        Some(Finding::Unmeasured(missing.position))
    }

    /// What follows from the first values alone, if it takes no bisection.
    fn at_once(&self) -> Option<Finding> {
        if let Some(missing) = self.missing() {
            return Some(missing);
        }
        let kept = self.tried.iter().filter(|one| keeps(one, self.bound)).count();
        match kept {
            _ if self.is_flat() => Some(Finding::Unaffected(kept > 0)),
            0 => Some(Finding::Never),
            _ if kept == self.tried.len() => Some(Finding::Always),
            _ => None,
        }
    }

    /// The edge of the values that keep the bound at an end of the range, of both ends the upper one;
    /// `None`: neither keeps it.
    fn outer_edge(&mut self) -> Result<Option<Edge>, E> {
        let side = match self.tried.last().is_some_and(|last| keeps(last, self.bound)) {
            true => Side::From,
            false => Side::UpTo,
        };
        loop {
            let before = self.tried.len();
            let Some(at) = self.change(side, keeps)?.yes else { return Ok(None) };
            let surely = self.change(side, surely_keeps)?.yes;
            let breaks = self.change(side, may_keep)?.no;
            // The values that were made for one question may change the answer to another.
            if self.tried.len() == before {
                let uncertain = self.tried.iter().any(Tried::is_uncertain);
                let confident = Confident { keeps: surely, breaks };
                return Ok(Some(Edge { side, at, confident: uncertain.then_some(confident) }));
            }
        }
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
    fn change(&mut self, side: Side, question: Question) -> Result<Change, E> {
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
        Ok(Change { no, yes })
    }
}

/// Neighbours that answer a question differently; where one is missing, all answer it like the other.
struct Change {
    no: Option<u64>,
    yes: Option<u64>,
}

#[cfg(test)]
mod tests;
