//! How many calls wait and are served, and how many agents are in service, over time: for pictures of one run.

use crate::model::GroupId;
use crate::time::{Span, Time};

use super::outcome::{CallObserver, Outcome};
use super::staff::{Change, Staff, StaffEvent};

/// Most slots of a course.
const SLOTS: i64 = 1 << 18;

/// Levels at the starts of equal slots of at least a second: what happens within a slot is seen at its end, so that no
/// picture shows an effect before its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    slot: Span,
    horizon: Time,
    /// Whether an agent's group serves.
    serves: Vec<bool>,
    /// Changes up to the start of each slot, after the start of the one before.
    waiting: Vec<i32>,
    served: Vec<i32>,
    agents: Vec<i32>,
}

/// Levels at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallLevels {
    /// Calls that wait.
    pub waiting: i32,
    /// Calls that agents talk to.
    pub served: i32,
    /// Agents in service, of the groups that serve calls.
    pub agents: i32,
}

impl Course {
    /// Only the agents of some groups so far.
    #[must_use]
    pub fn new(staff: &Staff, groups: &[GroupId], horizon: Time) -> Self {
        let slot = Span((horizon.0 / SLOTS).max(Span::from_secs(1).0));
        let slots = (horizon.0 / slot.0 + 1) as usize;
        let none = || vec![0; slots];
        let serves = |group: &u32| groups.iter().any(|it| it.0 == *group);
        let serves = staff.groups.iter().map(serves).collect();
        let mut course =
            Self { slot, horizon, serves, waiting: none(), served: none(), agents: none() };
        course.staffed(&staff.changes);
        course
    }

    /// The agents in service, by all changes of a run.
    pub fn staffed(&mut self, changes: &[Change]) {
        let mut there = vec![false; self.serves.len()];
        let horizon = self.horizon;
        for change in changes.iter().filter(|change| change.at < horizon) {
            let StaffEvent::Agent { agent, site } = change.what else { continue };
            let before = std::mem::replace(&mut there[agent as usize], site.is_some());
            if self.serves[agent as usize] {
                let slot = self.seen_at(change.at);
                self.agents[slot] += i32::from(site.is_some()) - i32::from(before);
            }
        }
    }

    /// How late a change may be seen.
    #[must_use]
    pub const fn slot(&self) -> Span {
        self.slot
    }

    fn slot_of(&self, at: Time) -> usize {
        ((at.0 / self.slot.0) as usize).min(self.waiting.len() - 1)
    }

    /// The slot at whose start a change is seen first.
    fn seen_at(&self, at: Time) -> usize {
        let starts_then = at.0 % self.slot.0 == 0;
        (self.slot_of(at) + usize::from(!starts_then)).min(self.waiting.len() - 1)
    }

    /// Levels at some instants, one after the other: of each at the start of its slot.
    #[must_use]
    pub fn at(&self, instants: impl IntoIterator<Item = Time>) -> Vec<CallLevels> {
        let (mut levels, mut next) = (CallLevels::default(), 0);
        let each = instants.into_iter().map(|at| {
            let end = self.slot_of(at);
            while next <= end {
                levels.waiting += self.waiting[next];
                levels.served += self.served[next];
                levels.agents += self.agents[next];
                next += 1;
            }
            levels
        });
        each.collect()
    }
}

impl CallObserver for Course {
    fn call(&mut self, outcome: &Outcome) {
        let ended = self.seen_at(outcome.ended);
        let from = self.seen_at(outcome.offered);
        let taken = outcome.answered.map_or(ended, |at| self.seen_at(at));
        self.waiting[from] += 1;
        self.waiting[taken] -= 1;
        self.served[taken] += 1;
        self.served[ended] -= 1;
    }
}

/// Both are notified.
impl<A: CallObserver, B: CallObserver> CallObserver for (A, B) {
    fn call(&mut self, outcome: &Outcome) {
        self.0.call(outcome);
        self.1.call(outcome);
    }

    fn busy(&mut self, agent: u32, queue: u32, from: Time, to: Time) {
        self.0.busy(agent, queue, from, to);
        self.1.busy(agent, queue, from, to);
    }

    fn in_time_after_all(&mut self, queue: u32, offered: Time) {
        self.0.in_time_after_all(queue, offered);
        self.1.in_time_after_all(queue, offered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Fate;

    fn call(offered: Time, answered: Option<Time>, ended: Time) -> Outcome {
        let (queue, caller, attempt, site, agent, rings) = (0, 0, 0, 0, None, 0);
        let fate = if answered.is_some() { Fate::Answered } else { Fate::Abandoned };
        Outcome { queue, caller, attempt, site, offered, answered, agent, rings, ended, fate }
    }

    /// A year has slots of two minutes. A call comes a second after the start of one and ends a second before the end of
    /// the next: nothing is seen of it before it comes, and all of it at most one slot late.
    #[test]
    fn no_change_is_seen_before_it_happens() {
        let horizon = Time::ZERO + Span::from_secs(365 * 86_400);
        let mut course = Course::new(&Staff::default(), &[], horizon);
        let slot = course.slot();
        assert!(slot > Span::from_secs(100) && slot < Span::from_secs(130), "{slot:?}");
        let second = Span::from_secs(1);
        let start = |number: i64| Time(slot.0 * number);
        let (offered, ended) = (start(10) + second, start(12) - second);
        course.call(&call(offered, Some(offered), ended));
        let served = |at: Time| course.at([at])[0].served;
        assert_eq!([start(10), offered, start(11) - Span(1)].map(served), [0, 0, 0]);
        assert_eq!([start(11), ended, start(12) - Span(1)].map(served), [1, 1, 1]);
        assert_eq!([start(12), start(13)].map(served), [0, 0]);
        // What happens at the start of a slot is seen at that instant.
        course.call(&call(start(20), None, start(21)));
        let waiting = |at: Time| course.at([at])[0].waiting;
        assert_eq!([start(20) - Span(1), start(20), start(21)].map(waiting), [0, 1, 0]);
    }
}
