//! A day step by step, for a caller that computes the changes of the staff on the way.

use crate::time::{Span, Time};

use super::day::Day;
use super::draws::Callers;
use super::outcome::CallObserver;
use super::parts::Doing;
use super::staff::Change;

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// When the next event is due; [`Time::NEVER`]: there is none before the horizon.
    #[must_use]
    pub fn due(&mut self) -> Time {
        self.events.first().map_or(Time::NEVER, |due| due.at)
    }

    /// One change of the staff, not before any that was made, and before events of its instant.
    pub fn change(&mut self, change: Change) {
        self.now = change.at;
        self.upset(change.what);
    }

    /// The next event; `false`: there is none.
    pub fn step(&mut self) -> bool {
        let Some((due, event)) = self.events.pop() else { return false };
        self.now = due.at;
        self.happen(event);
        true
    }

    /// The run is over: returns its observer.
    #[must_use]
    pub fn end(mut self) -> B {
        self.close(self.horizon);
        self.book
    }

    /// When the call of an agent and the work after it will be over, if nothing happens before;
    /// `None`: it has none.
    #[must_use]
    pub fn held_until(&self, agent: u32) -> Option<Time> {
        let desk = self.desks[agent as usize];
        match desk.doing {
            Doing::Nothing => None,
            Doing::WorksAfter => Some(desk.ends),
            Doing::Talks { call } => {
                let after = self.calls[call as usize].after;
                Some(desk.ends + if desk.at.is_some() { after } else { Span::ZERO })
            }
        }
    }

    /// Whether an agent wants to leave.
    #[must_use]
    pub fn is_leaving(&self, agent: u32) -> bool {
        self.desks[agent as usize].leaving
    }

    /// The agents that want to leave, and whose work has ended or changed since the last check.
    pub fn touched(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.touched)
    }

    pub(super) fn touch(&mut self, agent: u32) {
        if self.desks[agent as usize].leaving {
            self.touched.push(agent);
        }
    }
}
