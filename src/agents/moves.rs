//! Switchovers, restores and logins.
//!
//! ```text
//! LoggedIn --a timer fires, a drain, a probe--> Seeking --connected--> (AwaitingSlot, Queued)
//!     ^                                          ^  |                        |
//!     |                                          |  +----- LoggingIn <-------+
//!     +------- the login ends -------------------|---------/ |  \
//!                                     loss noticed (re-login)  Held: broken, unnoticed
//!
//! While no login is possible at the site, a login is HeldUp; held_up.rs knows how that ends.
//! ```

use crate::desktop::{Move, Probing, Slot, Stage};
use crate::model::{Kind, Role, Side, Style};
use crate::phones::Through;
use crate::random::Purpose;
use crate::time::Time;
use crate::trace::{Event, Reason, Sink};

use super::ledger::rank;
use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// A switchover begins: away from the current site, to the other one.
    pub(super) fn switch_over(&mut self, reason: Reason) {
        let rounds = self.rounds_begun(Kind::Sip, self.desk.now);
        self.switch_over_after(reason, rounds);
    }

    /// The same after some rounds of the SIP connection at the current site.
    pub(super) fn switch_over_after(&mut self, reason: Reason, rounds: u64) {
        let Some(from) = self.desk.site() else { return };
        self.desk.rounds += rounds;
        if reason != Reason::Drain {
            self.compare_staying();
        }
        let in_service = self.desk.was_in_service();
        self.remain(in_service && reason != Reason::Drain);
        self.begin_move(reason, in_service, None);
        if reason != Reason::Drain && !in_service {
            self.desk.watch = Some((from, self.desk.now));
        }
        if self.cx.model.what_if.switchovers_per_hour.is_some() {
            self.desk.switchovers.rotate_right(1);
            self.desk.switchovers[0] = self.desk.now;
        }
        self.try_target(Kind::Sip, from.other());
    }

    /// A restore begins: it connects at once to the serving member of the preferred site.
    pub(super) fn restore(&mut self) {
        let Some(role) = self.outlook(Side::Preferred).at(self.desk.now).serving() else { return };
        let available = if self.real() { Some(self.available_since()) } else { None };
        self.desk.rounds += self.rounds_begun(Kind::Sip, self.desk.now);
        self.begin_move(Reason::Restore, self.desk.was_in_service(), available);
        self.remaining_restored();
        if self.cx.limits_connections(Side::Preferred) {
            return self.restore_in_turn(role);
        }
        self.goes_live(Kind::Sip, Side::Preferred, role);
        self.connects(Side::Preferred, role, 0);
    }

    fn begin_move(&mut self, reason: Reason, in_service: bool, available: Option<Time>) {
        let from = self.desk.side();
        let (left, to) = (Some(self.site(from)), self.site(from.other()));
        self.emit(Event::MoveBegun { reason, from: left, to, in_service, available });
        if self.desk.live() {
            self.remember_seen(self.desk.now);
        }
        self.close_watch();
        self.leave_ghost();
        self.leave_queue();
        self.note_move(Move { reason, in_service });
        self.desk.signs_in = false;
        self.count_probes();
        self.desk.probing = Probing::OFF;
        self.drop_links();
        self.forget_phone();
        self.desk.stage = Stage::Seeking;
        let agenda = &mut self.desk.agenda;
        for slot in [Slot::Stage, Slot::Truth, Slot::Phone, Slot::Drain, Slot::Probe] {
            agenda.clear(slot);
        }
    }

    /// The desktop connects at a site during a move.
    pub(super) fn connects(&mut self, side: Side, member: Role, rounds: u32) {
        self.emit(Event::Connected { site: self.site(side), member, rounds });
        self.take_along(side);
        if self.cx.phone.style == Style::Follow {
            let pending = self.rank == rank::step(Slot::Answer(Kind::Sip).rank());
            let through = if pending { Through::Successes } else { Through::End };
            let when = (self.desk.now, through, self.rank);
            self.phone.follow(self.cx, &mut self.draws, side, when);
        }
        self.ask_to_log_in();
    }

    /// Connected: a login slot is needed where logins are limited.
    pub(super) fn ask_to_log_in(&mut self) {
        let site = self.site(self.desk.side());
        if self.cx.model.sites[site.index()].login_gap.is_some() {
            self.emit(Event::LoginQueued { site });
            self.desk.stage = Stage::AwaitingSlot;
        } else if self.admitted() {
            self.begin_login();
        } else {
            self.held_up();
        }
    }

    /// A login begins; the connection must last until it ends, and so must the site's logins.
    fn begin_login(&mut self) {
        let login = self.draws.draw(&self.cx.laws.login, Purpose::Login, self.desk.logins);
        let ends = self.desk.now + login;
        self.desk.logins += 1;
        (self.desk.stage, self.desk.login_ends) = (Stage::LoggingIn, ends);
        self.desk.agenda.set(Slot::Stage, ends.min(self.held_up_from()));
        self.emit(Event::LoginBegun { site: self.site(self.desk.side()), ends });
    }

    /// The login slot, the planned end of a login, or what comes between: it counts if the connection
    /// is really up.
    pub(super) fn login_step(&mut self) {
        self.desk.agenda.clear(Slot::Stage);
        let over = self.desk.login_ends <= self.desk.now;
        match self.desk.stage {
            Stage::Queued | Stage::HeldUp if !self.admitted() => self.give_up(),
            Stage::Queued => {
                self.slot_spent = true;
                self.begin_login();
            }
            Stage::HeldUp => self.begin_login(),
            Stage::LoggingIn | Stage::Held if over && self.desk.live() => self.login_ends(),
            Stage::LoggingIn | Stage::Held if !self.admitted() => self.held_up(),
            Stage::LoggingIn | Stage::Held => {
                self.desk.stage = Stage::Held;
                self.desk.agenda.set(Slot::Stage, self.held_up_from());
            }
            _ => {}
        }
    }

    /// The agent is logged in: it sees its phone again and, if not at its preferred site, begins to
    /// probe.
    fn login_ends(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side());
        let delay = self.draws.draw(&self.cx.laws.ready, Purpose::Ready, self.desk.logged_in);
        self.desk.logged_in += 1;
        self.desk.ready = now + delay;
        (self.desk.stage, self.desk.open) = (Stage::LoggedIn, None);
        self.emit(Event::LoggedIn { site: self.site(side), ready: self.desk.ready });
        self.ghost_ends(side);
        self.look_at_truth();
        self.await_phone();
        if side == Side::Peer && self.cx.profile.auto_restore {
            self.desk.probing = Probing { origin: now, counted: now, ..Probing::OFF };
            self.plan_probe();
        }
    }

    /// The connection is lost, or a move begins, before the login has ended.
    pub(super) fn leave_queue(&mut self) {
        if matches!(self.desk.stage, Stage::Queued | Stage::AwaitingSlot) {
            self.emit(Event::QueueLeft { site: self.site(self.desk.side()) });
        }
        if self.desk.stage != Stage::LoggedIn {
            self.desk.stage = Stage::Seeking;
            self.desk.agenda.clear(Slot::Stage);
        }
    }
}
