//! How many calls wait and are served, and how many agents are in service, over time: for pictures of one run.

use crate::model::GroupId;
use crate::time::{Span, Time};

use super::outcome::{CallObserver, Outcome};
use super::staff::{Change, Staff, StaffEvent};

/// Most slots of a course.
const SLOTS: i64 = 1 << 18;

/// Levels at the starts of equal slots of at least a second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    slot: Span,
    horizon: Time,
    /// Whether an agent's group serves.
    serves: Vec<bool>,
    /// Changes within each slot.
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
                let slot = self.slot_of(change.at);
                self.agents[slot] += i32::from(site.is_some()) - i32::from(before);
            }
        }
    }

    fn slot_of(&self, at: Time) -> usize {
        ((at.0 / self.slot.0) as usize).min(self.waiting.len() - 1)
    }

    /// Levels at some instants, one after the other: of each at the end of its slot.
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
        let ended = self.slot_of(outcome.ended);
        let from = self.slot_of(outcome.offered);
        let taken = outcome.answered.map_or(ended, |at| self.slot_of(at));
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
