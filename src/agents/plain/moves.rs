//! Switchovers, restores and logins of a plain agent.

use crate::model::{Kind, Role, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};

use super::desk::Link;
use super::run::Run;
use crate::agents::rounds::number;
use crate::agents::state::{Move, Stage};
use crate::agents::transaction::grid_after;

impl<S: Sink> Run<'_, '_, S> {
    /// The DR timer moves the agent.
    pub fn dr_timer_fires(&mut self) {
        self.desk.dr = Time::NEVER;
        let begun = self.rounds_begun(self.desk.now);
        self.emit(Event::DrTimerFired { kind: Kind::Sip, rounds: number(begun) });
        self.switch_over(Reason::SipTimer, begun);
    }

    /// A switchover begins: away from the current site, to the other one; `rounds` were begun to
    /// reconnect there.
    pub fn switch_over(&mut self, reason: Reason, rounds: u64) {
        let in_service = self.desk.cause().is_none();
        if self.desk.stayed.is_none() {
            self.desk.stayed = Some(self.stay());
        }
        let from = self.desk.side;
        self.desk.rounds += rounds;
        self.begin_move(reason, in_service, None);
        if !in_service {
            self.desk.watch = Some((from, self.desk.now));
        }
        self.try_target(from.other());
    }

    /// A restore begins: it connects at once to the serving member of the preferred site.
    pub fn restore(&mut self) {
        self.desk.probe = Time::NEVER;
        let Some(role) = self.outlook(Side::Preferred).at(self.desk.now).serving() else { return };
        self.desk.count_probes(self.cx.probe_interval, self.desk.now);
        self.desk.probes += 1;
        self.emit(Event::PreferredFound);
        let available = self.available_since();
        self.desk.rounds += self.rounds_begun(self.desk.now);
        self.begin_move(Reason::Restore, self.desk.cause().is_none(), Some(available));
        self.connects(Side::Preferred, role, 0);
    }

    fn begin_move(&mut self, reason: Reason, in_service: bool, available: Option<Time>) {
        let from = self.desk.side;
        let (left, to) = (Some(self.site(from)), self.site(from.other()));
        self.emit(Event::MoveBegun { reason, from: left, to, in_service, available });
        self.close_watch();
        self.leave_ghost();
        self.note_move(Move { reason, in_service });
        self.desk.count_probes(self.cx.probe_interval, self.desk.now);
        self.cancel_dr_timer();
        self.forget_phone();
        let desk = &mut self.desk;
        (desk.stage, desk.stage_at) = (Stage::Seeking, Time::NEVER);
        (desk.probing, desk.probe) = (Time::NEVER, Time::NEVER);
        (desk.phone_at, desk.usable_at) = (Time::NEVER, Time::NEVER);
    }

    /// The desktop connects at a site during a move.
    pub fn connects(&mut self, side: Side, member: Role, rounds: u64) {
        self.desk.rounds += rounds;
        self.goes_live(side, member);
        self.emit(Event::Connected { site: self.site(side), member, rounds: number(rounds) });
        self.begin_login();
    }

    /// A login begins; the connection must last until it ends.
    pub fn begin_login(&mut self) {
        let login = self.fortune.draw(&self.cx.laws.login, Purpose::Login, self.desk.logins);
        let ends = self.desk.now + login;
        self.desk.logins += 1;
        (self.desk.stage, self.desk.stage_at) = (Stage::LoggingIn, ends);
        self.emit(Event::LoginBegun { site: self.site(self.desk.side), ends });
    }

    /// The planned end of a login: it counts if the connection is really up.
    pub fn login_due(&mut self) {
        self.desk.stage_at = Time::NEVER;
        if self.desk.link == Link::Live {
            self.login_ends();
        } else {
            self.desk.stage = Stage::Held;
        }
    }

    /// The agent is logged in: it sees its phone again and, away from home, begins to probe.
    pub fn login_ends(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side);
        let delay = self.fortune.draw(&self.cx.laws.ready, Purpose::Ready, self.desk.logged_in);
        self.desk.logged_in += 1;
        self.desk.ready = now + delay;
        (self.desk.stage, self.desk.open) = (Stage::LoggedIn, None);
        self.emit(Event::LoggedIn { site: self.site(side), ready: self.desk.ready });
        self.ghost_ends(side);
        self.await_phone();
        self.look_at_truth();
        if side == Side::Peer && self.cx.profile.auto_restore {
            (self.desk.probing, self.desk.uncounted) = (now, now);
            self.plan_probe();
        }
    }

    /// The connection is lost before the login has ended.
    pub fn abandon_login(&mut self) {
        if self.desk.stage != Stage::LoggedIn {
            (self.desk.stage, self.desk.stage_at) = (Stage::Seeking, Time::NEVER);
        }
    }

    /// The first probe from now on that finds the preferred site available.
    pub fn plan_probe(&mut self) {
        let origin = self.desk.probing;
        if !origin.comes() || self.desk.link.reconnecting() {
            return;
        }
        let (interval, horizon) = (self.cx.probe_interval, self.cx.model.horizon);
        let mut from = self.desk.now;
        self.desk.probe = loop {
            let probe = grid_after(origin, interval, from - Span(1));
            if probe >= horizon {
                break Time::NEVER;
            }
            match self.available_from(probe) {
                at if at == probe => break probe,
                at => from = at,
            }
        };
    }

    /// The first instant at or after `t` at which the preferred site may be found available: `t`
    /// itself only if it is available then.
    fn available_from(&self, t: Time) -> Time {
        let welcomes = self.outlook(Side::Preferred).first(t, |sight| sight.welcomes(Kind::Sip));
        let at = welcomes.unwrap_or(Time::NEVER);
        let needs_phone = self.cx.model.policy.restore_needs_phone && at.comes();
        match self.line(Side::Preferred).believed(at) {
            (false, back) if needs_phone => back,
            _ => at,
        }
    }

    /// Since when the preferred site has been available without a break, though not before the
    /// end of the login away from it.
    fn available_since(&self) -> Time {
        let now = self.desk.now;
        let site = self.outlook(Side::Preferred).since(now, |sight| sight.welcomes(Kind::Sip));
        let phone = self.line(Side::Preferred).believed_since(now);
        let phone = phone.filter(|_| self.cx.model.policy.restore_needs_phone);
        [site, phone].into_iter().flatten().fold(self.desk.probing, Time::max)
    }
}
