//! Shifts: how an agent comes and goes.

use switchover::distribution::Law;
use switchover::model::{Kind, Role, Side};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::Event;

use super::agent::{Agent, Me, Now};
use super::desktop::{Move, Stage};
use super::link::Mode;

/// Whether an agent is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Duty {
    pub absent: bool,
    /// It has come, and nothing has delayed its login yet.
    pub signs_in: bool,
    /// The shift that is on, or that comes next.
    number: usize,
    /// When it comes or goes.
    pub turn: Option<Time>,
}

impl Duty {
    pub fn at_start(me: &Me<'_>) -> Self {
        let Some(shift) = me.model.shift(me.id) else { return Self::default() };
        let mut duty = Self::default();
        match shift.hours.intervals().next() {
            Some((Time::ZERO, to)) => duty.turn = Some(to),
            _ => duty.stay_away(me, Time::ZERO),
        }
        duty
    }

    /// Until the next shift for which the agent comes before it is over.
    fn stay_away(&mut self, me: &Me<'_>, now: Time) {
        self.absent = true;
        self.turn = None;
        let Some(shift) = me.model.shift(me.id) else { return };
        let law = Law::Uniform { lowest: Span::ZERO, highest: shift.spread };
        for (number, (from, to)) in shift.hours.intervals().enumerate().skip(self.number) {
            let comes = from + me.draw(&law, Purpose::Arrival, number as u32);
            let comes = comes.max(now);
            if comes < to {
                (self.number, self.turn) = (number, Some(comes));
                return;
            }
        }
    }
}

impl<'a> Agent<'a> {
    /// Class 0, after the power.
    pub fn feel_shift(&mut self, now: Now<'a>) {
        if self.duty.turn.is_none_or(|turn| turn > now.t) {
            return;
        }
        if self.duty.absent {
            return self.comes(now);
        }
        match self.is_held(now) {
            None => self.goes(now),
            until => self.duty.turn = until,
        }
        if self.duty.absent && self.duty.turn == Some(now.t) {
            self.comes(now);
        }
    }

    fn comes(&mut self, now: Now<'a>) {
        let me = self.me;
        let shift = me.model.shift(me.id).expect("it has one");
        let on = shift.hours.intervals().nth(self.duty.number).expect("it has begun");
        (self.duty.absent, self.duty.turn) = (false, Some(on.1));
        self.tell(now, Event::ShiftBegun);
        if self.power.desktop_off {
            return self.comes_without_power();
        }
        self.duty.signs_in = true;
        self.look_for_site(now);
    }

    pub fn look_for_site(&mut self, now: Now<'a>) {
        self.open = Some(Move { restore: false, no_site: true, stage: Stage::Seeking });
        let link = self.link(Kind::Sip);
        link.side = Side::Preferred;
        link.begin_search(Mode::Cycle, Side::Preferred, now.t);
    }

    fn goes(&mut self, now: Now<'a>) {
        self.tell(now, Event::ShiftEnded);
        self.books_of_going(now);
        self.forget_everything(now);
        let me = self.me;
        self.duty.number += 1;
        self.duty.stay_away(&me, now.t);
    }

    /// The desktop ends.
    pub fn forget_everything(&mut self, now: Now<'a>) {
        self.drop_everything(now);
        for kind in Kind::ALL {
            self.link(kind).last = [Role::Primary; 2];
        }
        (self.at, self.open, self.barred) = (None, None, None);
        self.switchovers.clear();
        self.phone.forget_what_was_seen(self.dual() && self.me.has_peer());
    }

    /// At the end of an instant: whether anything has delayed the login.
    pub fn judge_signing_in(&mut self, now: Now<'a>) {
        let logs_in = matches!(self.open, Some(Move { stage: Stage::Login { .. }, .. }));
        let waits = self.open.is_none() && self.ready > now.t && self.works(now);
        let connected = self.links[Kind::Sip.index()].live();
        self.duty.signs_in &= connected && (logs_in || waits);
    }

    /// Whether it is not staffed.
    pub fn is_away(&self) -> bool {
        self.duty.absent || self.duty.signs_in
    }
}
