//! Simulates a day: all of it at once, or from one instant to another.

use crate::limits::Stop;
use crate::time::Time;

use super::day::Day;
use super::draws::Callers;
use super::outcome::{CallObserver, Fate};
use super::parts::{Doing, Place};

/// Events between two checks whether the run is stopped.
const LOOK: u64 = 1 << 16;

/// The run is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopped;

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// Simulates all of it, up to the horizon. Returns the observer, and the number of events and
    /// changes.
    #[must_use]
    pub fn live(self) -> (B, u64) {
        match self.live_while(&|| false) {
            Ok(lived) => lived,
            Err(begun) => begun,
        }
    }

    /// The same, unless the run is stopped.
    ///
    /// # Errors
    /// What was simulated until then, which is not usable.
    pub fn live_while(mut self, stop: Stop<'_>) -> Result<(B, u64), (B, u64)> {
        self.begin();
        if self.live_until(self.horizon, stop).is_err() {
            return Err((self.book, self.steps));
        }
        self.close(self.horizon);
        Ok((self.book, self.steps))
    }

    /// Before the first step: the first callers are to come.
    pub fn begin(&mut self) {
        for queue in 0..self.queues.len() as u32 {
            self.expect(queue);
        }
    }

    /// Simulates up to an instant; what happens at this instant is still to come.
    pub(super) fn live_until(&mut self, until: Time, stop: Stop<'_>) -> Result<(), Stopped> {
        loop {
            self.steps += 1;
            if self.steps.is_multiple_of(LOOK) && stop() {
                return Err(Stopped);
            }
            let due = self.events.first().map_or(Time::NEVER, |due| due.at);
            let change = self.staff.changes.get(self.changed).filter(|change| change.at <= due);
            if change.map_or(due, |change| change.at) >= until {
                self.now = until;
                return Ok(());
            }
            if let Some(change) = change {
                self.changed += 1;
                self.now = change.at;
                self.upset(change.what);
            } else if let Some((due, event)) = self.events.pop() {
                self.now = due.at;
                self.happen(event);
            }
        }
    }

    /// Twice as many calls come at once as there are agents of their groups, in service or not.
    pub(super) fn rush(&mut self) {
        for (number, queue) in (0..).zip(self.queues) {
            let serves = |group: &&u32| queue.groups.iter().any(|it| it.0 == **group);
            let agents = self.staff.groups.iter().filter(serves).count() as u32;
            for call in 0..2 * agents {
                self.offer(number, u32::MAX - call, 0);
            }
        }
    }

    /// The end: the calls that are still there are reported.
    pub(super) fn close(&mut self, at: Time) {
        self.now = at;
        for call in 0..self.calls.len() as u32 {
            match self.calls[call as usize].place {
                Place::Nowhere => {}
                Place::Waiting | Place::Ringing(_) => self.tell(call, Fate::Waiting),
                Place::Talking(_) => self.tell(call, Fate::Answered),
            }
        }
        for agent in 0..self.desks.len() as u32 {
            if self.desks[agent as usize].doing != Doing::Nothing {
                self.stop_work(agent);
            }
        }
    }

    /// Whether a call is there that came before an instant, or work that began before it. Who gave up and could still
    /// be in time is there.
    pub(super) fn owes(&self, before: Time) -> bool {
        let there = self.calls.iter().filter(|call| call.place != Place::Nowhere);
        let at_work = self.desks.iter().filter(|desk| desk.doing != Doing::Nothing);
        let since = there.map(|call| call.offered).chain(at_work.map(|desk| desk.since));
        since.chain(self.shades().map(|shade| shade.offered)).any(|at| at < before)
    }
}
