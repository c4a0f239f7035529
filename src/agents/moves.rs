//! Switchovers, restores and logins.
//!
//! ```text
//! LoggedIn --a timer fires, a drain, a probe--> Seeking --connected--> (AwaitingSlot, Queued)
//!     ^                                          ^  |                        |
//!     |                                          |  +----- LoggingIn <-------+
//!     +------- the login ends -------------------|---------/ |  \
//!                                     loss noticed (re-login)  Held: broken, unnoticed
//! ```

use crate::model::{Kind, Role, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};

use super::life::{Life, Play};
use super::state::{Move, Probing, Stage, Watch, alarm};

impl<S: Sink> Life<'_, S> {
    /// A switchover begins: away from the current site, to the other one.
    pub(super) fn switch_over(&mut self, reason: Reason) {
        let Some(from) = self.st.site else { return };
        self.begin_move(reason, from, None);
        self.st.switchovers.rotate_right(1);
        self.st.switchovers[0] = self.now;
        self.try_target(Kind::Sip, from.other());
    }

    /// A restore begins: it connects at once to the serving member of the preferred site.
    pub(super) fn restore(&mut self, available: Time, role: Role) {
        self.begin_move(Reason::Restore, Side::Peer, Some(available));
        self.goes_live(Kind::Sip, Side::Preferred, role);
        self.connects(Side::Preferred, role, 0);
    }

    fn begin_move(&mut self, reason: Reason, from: Side, available: Option<Time>) {
        let in_service = self.in_service();
        let to = self.cx.site(from.other());
        let left = Some(self.cx.site(from));
        self.emit(Event::MoveBegun { reason, from: left, to, in_service, available });
        self.close_watch();
        self.leave_ghost(from);
        self.leave_queue();
        self.note_move(Move { reason, in_service });
        if reason != Reason::Restore && reason != Reason::Drain && !in_service {
            self.st.watch = Some(Watch { old: from, usable: false });
        }
        self.count_probes(self.now);
        self.st.probing = Probing::OFF;
        self.clear(alarm::PROBE);
        self.drop_links();
        self.forget_phone();
        self.st.site = None;
        self.st.no_site = false;
        self.st.stage = Stage::Seeking;
        self.clear(alarm::STAGE);
        self.clear(alarm::READY);
    }

    /// The desktop connects at a site during a move.
    pub(super) fn connects(&mut self, side: Side, member: Role, rounds: u32) {
        self.st.site = Some(side);
        self.st.no_site = false;
        self.emit(Event::Connected { site: self.cx.site(side), member, rounds });
        self.take_along(side);
        self.follow(side);
        self.ask_to_log_in();
    }

    /// Connected: a login slot is needed where logins are limited.
    pub(super) fn ask_to_log_in(&mut self) {
        let Some(side) = self.st.site else { return };
        let site = self.cx.site(side);
        if self.cx.model.sites[site.index()].login_gap.is_some() && self.play != Play::WhatIf {
            self.emit(Event::LoginQueued { site });
            self.st.stage = Stage::AwaitingSlot;
        } else {
            self.begin_login();
        }
    }

    fn begin_login(&mut self) {
        let Some(side) = self.st.site else { return };
        let law = &self.cx.laws.login;
        let ends = self.now + self.fortune.draw(law, Purpose::Login, self.st.logins);
        self.st.logins += 1;
        self.st.stage = Stage::LoggingIn;
        self.set(alarm::STAGE, ends);
        self.emit(Event::LoginBegun { site: self.cx.site(side), ends });
    }

    /// Class (a): login slots, and logins that end now.
    pub(super) fn login_steps(&mut self) {
        if !self.due(alarm::STAGE) {
            return;
        }
        match self.st.stage {
            Stage::Queued => {
                self.slot_spent = true;
                self.begin_login();
            }
            Stage::LoggingIn | Stage::Held => self.login_due(),
            Stage::LoggedIn | Stage::Seeking | Stage::AwaitingSlot => {}
        }
    }

    /// The planned end of a login: it counts if the connection is really up.
    fn login_due(&mut self) {
        self.clear(alarm::STAGE);
        if self.live() {
            self.login_ends();
        } else {
            self.st.stage = Stage::Held;
        }
    }

    fn login_ends(&mut self) {
        let Some(side) = self.st.site else { return };
        let law = &self.cx.laws.ready;
        let delay = self.fortune.draw(law, Purpose::Ready, self.st.logged_in);
        self.st.logged_in += 1;
        self.st.ready = self.now + delay;
        self.st.stage = Stage::LoggedIn;
        self.st.open = None;
        let ready = if delay > Span::ZERO { self.st.ready } else { Time::NEVER };
        self.set(alarm::READY, ready);
        let site = self.cx.site(side);
        self.emit(Event::LoggedIn { site, ready: self.st.ready });
        self.ghost_ends(side);
        if side == Side::Peer && self.cx.profile.auto_restore {
            self.start_probing();
        }
    }

    /// The connection is lost, or a move begins, before the login has ended.
    pub(super) fn leave_queue(&mut self) {
        if let (Stage::Queued | Stage::AwaitingSlot, Some(side)) = (self.st.stage, self.st.site) {
            self.emit(Event::QueueLeft { site: self.cx.site(side) });
        }
        if self.st.stage != Stage::LoggedIn {
            self.st.stage = Stage::Seeking;
            self.clear(alarm::STAGE);
        }
    }
}
