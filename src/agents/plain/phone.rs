//! What a plain agent's desktop sees of its phone, and the phone timer.

use crate::model::PhoneNowhere;
use crate::time::Time;
use crate::trace::{Event, Reason, Sink};

use super::run::Run;

impl<S: Sink> Run<'_, '_, S> {
    /// The desktop is logged in at a site: from now on it watches its phone there.
    pub fn await_phone(&mut self) {
        let (believed, changes) = self.line(self.desk.side).believed(self.desk.now);
        self.desk.phone_at = if believed { changes } else { self.desk.now };
    }

    /// What the desktop sees of its phone changes now.
    pub fn look_at_phone(&mut self) {
        let side = self.desk.side;
        let (believed, changes) = self.line(side).believed(self.desk.now);
        self.desk.phone_at = changes;
        if believed {
            self.emit(Event::PhoneSeenBack { site: self.site(side) });
            return self.forget_phone();
        }
        self.desk.phone_lost = true;
        if self.desk.outage.start.comes() || self.desk.cause().is_some() {
            self.note();
        }
        if self.real {
            let since = self.unusable_since(side);
            self.emit(Event::PhoneSeenLost { site: self.site(side), since });
            self.start_phone_timer();
        }
    }

    fn start_phone_timer(&mut self) {
        let timeout = self.cx.profile.phone_timeout;
        if timeout.ends() {
            let fires = self.desk.now + timeout;
            self.desk.phone_timer = fires;
            self.emit(Event::PhoneTimerStarted { fires });
        }
    }

    /// The phone is registered, or a move begins: the phone timer is cancelled.
    pub fn forget_phone(&mut self) {
        if self.desk.phone_timer.comes() && !self.desk.expired {
            self.emit(Event::PhoneTimerCancelled);
        }
        self.desk.phone_lost = false;
        (self.desk.phone_timer, self.desk.expired) = (Time::NEVER, false);
    }

    /// The phone timer fires, or has fired in vain and the phone turns up at the other site.
    pub fn phone_timer_fires(&mut self) {
        if self.desk.expired {
            return self.phone_moves();
        }
        let (elsewhere, changes) = self.line(self.desk.side.other()).believed(self.desk.now);
        self.emit(Event::PhoneTimerFired { elsewhere });
        self.desk.expired = true;
        self.desk.phone_timer = changes;
        if elsewhere || self.cx.model.policy.phone_nowhere == PhoneNowhere::Switch {
            self.phone_moves();
        }
    }

    fn phone_moves(&mut self) {
        let rounds = self.rounds_begun(self.desk.now);
        self.switch_over(Reason::PhoneTimer, rounds);
    }
}
