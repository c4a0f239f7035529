//! Shifts: an agent comes, looks for a site and logs in; at the end of its shift it logs out and goes. Its
//! phone stays where it is.

use crate::desktop::{Leave, Slot, Stage};
use crate::distribution::Law;
use crate::model::Shift;
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::life::Life;

impl<'a, S: Sink> Life<'a, S> {
    /// The start of the run: whether the agent is on duty. An agent that is not on shift then is
    /// not there.
    pub(super) fn is_there_at_start(&mut self) -> bool {
        let Some(shift) = self.shift() else { return true };
        let there = shift.hours.interval(0).is_some_and(|(from, _)| from == Time::ZERO);
        if !there {
            self.desk.stage = Stage::Absent;
        }
        self.await_shift(shift);
        there
    }

    fn shift(&self) -> Option<&'a Shift> {
        let shift = self.cx.cohort.shift(self.agent)?;
        self.cx.model.shifts.get(shift.index())
    }

    /// When the agent comes or goes next.
    fn await_shift(&mut self, shift: &Shift) {
        let at = if self.desk.stage == Stage::Absent {
            self.arrival(shift)
        } else {
            let duty = shift.hours.interval(self.desk.duty as usize);
            duty.map_or(Time::NEVER, |(_, to)| to)
        };
        self.desk.agenda.set(Slot::Shift, at);
    }

    /// When the agent comes for the next shift that is not over by then; at once if a call of the
    /// last one has kept it until after that.
    fn arrival(&mut self, shift: &Shift) -> Time {
        let law = Law::Uniform { lowest: Span::ZERO, highest: shift.spread };
        while let Some((from, to)) = shift.hours.interval(self.desk.duty as usize) {
            let at = from + self.draws.sample(&law, Purpose::Arrival, self.desk.duty);
            let at = at.max(self.desk.now);
            if at < to {
                return at;
            }
            self.desk.duty += 1;
        }
        Time::NEVER
    }

    /// The agent comes, or goes.
    pub(super) fn shift_turns(&mut self) {
        let Some(shift) = self.shift() else { return };
        if self.desk.stage == Stage::Absent {
            self.comes();
        } else if self.may_leave(Leave::Shift) {
            self.goes();
        } else {
            return;
        }
        self.await_shift(shift);
    }

    fn comes(&mut self) {
        self.emit(Event::ShiftBegun);
        if self.desk.dark {
            (self.desk.stage, self.desk.outage.power) = (Stage::Off, true);
        } else {
            self.desk.signs_in = true;
            self.seek();
        }
    }

    fn goes(&mut self) {
        self.emit(Event::ShiftEnded);
        if self.real() {
            self.remaining_closed();
        }
        self.desk.rounds += self.rounds_begun(crate::model::Kind::Sip, self.desk.now - Span(1));
        self.close_watch();
        self.leave_ghost();
        self.forget_all(Stage::Absent);
        self.desk.duty += 1;
    }
}
