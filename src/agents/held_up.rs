//! Logins that are not possible for a time: a login under way starts again later, one that waits is
//! given up in the end.

use crate::desktop::{Slot, Stage};
use crate::model::{Kind, Side};
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// Whether logins can be made at the site of the desktop now.
    pub(super) fn admitted(&self) -> bool {
        let logins = self.cx.logins(self.desk.side());
        logins.is_none_or(|logins| logins.at(self.desk.now))
    }

    /// The first instant after now from which on logins there are not possible.
    pub(super) fn held_up_from(&self) -> Time {
        let logins = self.cx.logins(self.desk.side());
        let first = logins.and_then(|logins| logins.first(self.desk.now, |admits| !admits));
        first.unwrap_or(Time::NEVER)
    }

    /// Logins there are not possible: the login waits until one is, or is given up.
    pub(super) fn held_up(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side());
        self.emit(Event::LoginHeldUp { site: self.site(side) });
        self.wait_for_login(Stage::HeldUp, self.cx.admitted_from(side, now));
    }

    /// A login waits for its slot, or for logins to be possible: until then it may be given up.
    pub(super) fn wait_for_login(&mut self, stage: Stage, until: Time) {
        let given_up = self.given_up_at(self.desk.side(), until);
        self.desk.stage = stage;
        self.desk.agenda.set(Slot::Stage, until.min(given_up));
    }

    /// When a login that waits from now until an instant is given up: no login has been possible
    /// for the whole of `login-wait`, and none is now. [`Time::NEVER`]: not at all.
    fn given_up_at(&self, side: Side, until: Time) -> Time {
        let (Some(logins), wait) = (self.cx.logins(side), self.cx.model.policy.login_wait) else {
            return Time::NEVER;
        };
        if !wait.ends() {
            return Time::NEVER;
        }
        let mut at = self.desk.now;
        while at < until {
            let spell = logins.spell(at);
            if !spell.value && at + wait < spell.to {
                return at + wait;
            }
            at = spell.to;
        }
        Time::NEVER
    }

    /// The desktop gives up its login: it has no site, and tries both in turn.
    pub(super) fn give_up(&mut self) {
        let site = self.site(self.desk.side());
        if self.desk.live() {
            self.remember_seen(self.desk.now);
        }
        self.leave_queue();
        self.emit(Event::LoginGivenUp { site });
        self.drop_links();
        self.desk.agenda.clear(Slot::Drain);
        self.cycle(Kind::Sip, 0);
        self.emit(Event::NoSite);
    }

    /// Whether a login of this length that begins at an instant is never held up.
    pub(super) fn unhindered(&self, side: Side, from: Time, lasts: Span) -> bool {
        let held_up = |logins: &crate::world::Timeline<bool>| {
            logins.ever(from, from + lasts - Span(1), |admits| !admits)
        };
        let begins = self.cx.admitted_from(side, from) == from;
        begins && !self.cx.logins(side).is_some_and(held_up)
    }
}
