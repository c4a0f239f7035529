//! What a desktop asks for, and how it goes on with the answer: a slot, or, if its agent wants to
//! leave, until when a call holds it.
//!
//! An agent that wants to leave takes no further call, and leaves when it holds none: when its call
//! and the work after it are over. What it does then is decided again: a restore needs a probe that
//! succeeds, an order to leave a site that is still drained. The calls of a counterfactual are not
//! simulated: in it the last answer before it is the only one, and later agents leave at once.

use crate::desktop::{Leave, Slot, Stage};
use crate::slots::Wanted;
use crate::time::Time;
use crate::trace::{Event, Reason, Sink};

use super::life::{Life, Request};

impl<S: Sink> Life<'_, S> {
    /// What the desktop asks for now.
    pub fn request(&self) -> Option<Request> {
        let at = self.desk.now;
        if self.desk.hold.asks.is_some() {
            return Some(Request { at, side: self.desk.side(), wanted: Wanted::Leave });
        }
        if self.asks_for_turn() {
            return Some(Request { at, side: self.endpoint_side(), wanted: Wanted::Connection });
        }
        let login = Request { at, side: self.desk.side(), wanted: Wanted::Login };
        (self.desk.stage == Stage::AwaitingSlot).then_some(login)
    }

    /// The same; an agent that asks for a slot is kept as it is, for its counterfactual.
    pub(super) fn asks(&mut self) -> Option<Request> {
        let request = self.request();
        if request.is_some_and(|it| it.wanted != Wanted::Leave) {
            self.keep_asking();
        }
        request
    }

    /// Goes on with the answer.
    pub(super) fn go_on(&mut self, answer: Time) -> Option<Request> {
        self.slot_spent = false;
        if let Some(leave) = self.desk.hold.asks.take() {
            self.held_until(leave, answer);
        } else if self.asks_for_turn() {
            self.turn_known(answer);
        } else {
            self.wait_for_login(Stage::Queued, answer);
            return self.live();
        }
        // It may have connected at once, and ask for a login.
        self.asks().or_else(|| self.live())
    }

    /// Whether the agent leaves now: no call holds it. Otherwise it asks until when one does, or
    /// waits for the answer: in a counterfactual no more is known than the last answer before it.
    pub(super) fn may_leave(&mut self, leave: Leave) -> bool {
        let (now, until) = (self.desk.now, self.desk.hold.until);
        if !self.cx.waits_to(leave) || until == now || self.what_if() && until < now {
            return true;
        }
        if self.what_if() {
            self.waits_for_call(leave, until);
        } else {
            self.desk.hold.asks = Some(leave);
        }
        false
    }

    fn held_until(&mut self, leave: Leave, until: Time) {
        let known = std::mem::replace(&mut self.desk.hold.until, until);
        if until <= self.desk.now {
            self.desk.hold.until = self.desk.now;
            return self.leaves(leave);
        }
        if known != until {
            self.emit(Event::HeldByCall { until });
        }
        self.waits_for_call(leave, until);
    }

    fn waits_for_call(&mut self, leave: Leave, until: Time) {
        let slot = match leave {
            Leave::Restore => {
                self.desk.probing.delayed = true;
                Slot::Probe
            }
            Leave::Drain => Slot::Drain,
            Leave::Shift => Slot::Shift,
        };
        self.desk.agenda.set(slot, until);
    }

    fn leaves(&mut self, leave: Leave) {
        match leave {
            Leave::Restore => self.restore(),
            Leave::Drain => self.leaves_drained_site(),
            Leave::Shift => self.shift_turns(),
        }
    }

    /// The order to leave reaches a desktop that is really connected at a drained site.
    pub(super) fn order_to_leave(&mut self) {
        self.desk.agenda.clear(Slot::Drain);
        if !self.cx.has_peer() || !self.desk.live() {
            return;
        }
        if !self.outlook(self.desk.side()).at(self.desk.now).drained() {
            // The drain was over before the call.
            self.await_drain(crate::model::Kind::Sip);
        } else if self.may_leave(Leave::Drain) {
            self.leaves_drained_site();
        }
    }

    fn leaves_drained_site(&mut self) {
        self.emit(Event::OrderedToLeave { site: self.site(self.desk.side()) });
        self.switch_over(Reason::Drain);
    }
}
