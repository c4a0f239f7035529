//! The SIP Server connection of a plain agent: breaking, noticing, warm standby, and the search
//! of a move.

use crate::distribution::Law;
use crate::model::{DrTimerStarts, Kind, Role, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Noticed, Sink};

use super::desk::{Desk, Link};
use super::run::Run;
use crate::agents::fate::{Fate, fate};
use crate::agents::rounds::{Answer, Door, Search, number, split};
use crate::agents::state::Stage;

impl<S: Sink> Run<'_, '_, S> {
    /// The next step of the connection.
    pub fn link_step(&mut self) {
        match self.desk.link {
            Link::Live => self.breaks(),
            Link::Broken(Fate::Survives) => self.survives(),
            Link::Broken(Fate::Noticed(how)) => self.loss_noticed(how),
            _ => self.rounds_end(),
        }
    }

    /// The rounds under way have got their answer, or have failed.
    fn rounds_end(&mut self) {
        let Desk { link, answer, side, search, .. } = self.desk;
        match (link, answer) {
            (Link::First, Some(answer)) => self.reconnected(answer, 1),
            (Link::First, None) => self.first_round_fails(),
            (Link::Rounds, Some(answer)) => self.reconnected(answer, search.rounds + 1),
            (Link::Target, Some(answer)) => self.connects(side, answer.role, 1),
            (Link::Target, None) => self.target_fails(),
            (Link::Cycle, Some(answer)) => {
                let side = Side::BOTH[usize::from(search.turn)];
                self.connects(side, answer.role, search.rounds + 1);
            }
            _ => self.desk.link_at = Time::NEVER,
        }
    }

    /// When the connection breaks next.
    pub fn await_break(&mut self) {
        let (now, member) = (self.desk.now, self.desk.member);
        let next = self.outlook(self.desk.side).first(now, |sight| !sight.live(member));
        self.desk.link_at = next.unwrap_or(Time::NEVER);
    }

    /// A connection stands from now on.
    pub fn goes_live(&mut self, side: Side, role: Role) {
        let desk = &mut self.desk;
        (desk.link, desk.side, desk.member, desk.since) = (Link::Live, side, role, Time::NEVER);
        desk.last[side.index()] = role;
        self.await_break();
    }

    /// One detection delay is drawn, and how the break will end looked up.
    fn breaks(&mut self) {
        let (now, side, member) = (self.desk.now, self.desk.side, self.desk.member);
        let delay =
            self.fortune.draw(&self.cx.laws.detection, Purpose::DetectSip, self.desk.breaks);
        let (fate, at) = fate(self.outlook(side), member, now, now + delay);
        self.emit(Event::Broken { kind: Kind::Sip, site: self.site(side), member });
        let desk = &mut self.desk;
        desk.breaks += 1;
        (desk.link, desk.link_at, desk.since) = (Link::Broken(fate), at, now);
        desk.usable_at = Time::NEVER;
    }

    /// The path has healed in time; a login that was held up by the cut ends now.
    fn survives(&mut self) {
        (self.desk.link, self.desk.since) = (Link::Live, Time::NEVER);
        self.emit(Event::Survived { kind: Kind::Sip });
        self.await_break();
        match self.desk.stage {
            Stage::Held => self.login_ends(),
            Stage::LoggedIn => self.look_at_truth(),
            _ => {}
        }
    }

    /// Random delay, first round, and perhaps the DR timer.
    fn loss_noticed(&mut self, how: Noticed) {
        let now = self.desk.now;
        self.emit(Event::LossNoticed { kind: Kind::Sip, since: self.desk.since, how });
        self.desk.count_probes(self.cx.probe_interval, now);
        self.desk.probe = Time::NEVER;
        let law = Law::Uniform { lowest: Span::ZERO, highest: self.cx.profile.random_delay_range };
        let delay = self.fortune.sample(&law, Purpose::JitterSip, self.desk.losses);
        self.desk.losses += 1;
        self.note();
        self.abandon_login();
        self.desk.origin = now + delay;
        let round = self.door(self.desk.side).round(now + delay);
        self.make_round(Link::First, round);
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::FirstDisconnect {
            self.start_dr_timer();
        }
    }

    fn first_round_fails(&mut self) {
        let door = self.door(self.desk.side);
        let mut search = Search::new(self.desk.now + door.retry, 1);
        let answer = search.run(&[door], self.cx.last_instant());
        self.search(Link::Rounds, search, answer);
        self.emit(Event::PairLost { kind: Kind::Sip });
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::PairLost {
            self.start_dr_timer();
        }
    }

    /// No answer at the target: preferred and peer in turn, the preferred first.
    fn target_fails(&mut self) {
        let origin = self.desk.now + self.door(self.desk.side).retry;
        let mut search = Search::new(origin, 1);
        let answer = search.run(&self.both_doors(), self.cx.last_instant());
        self.desk.origin = origin;
        self.search(Link::Cycle, search, answer);
        self.emit(Event::NoSite);
    }

    fn search(&mut self, link: Link, search: Search, answer: Option<Answer>) {
        let at = answer.map_or(Time::NEVER, |answer| answer.at);
        let desk = &mut self.desk;
        (desk.link, desk.link_at, desk.answer, desk.search) = (link, at, answer, search);
    }

    fn make_round(&mut self, link: Link, round: Result<Answer, Time>) {
        let (answer, at) = split(round);
        (self.desk.link, self.desk.link_at, self.desk.answer) = (link, at, answer);
    }

    /// The round at the target of a move, from now on.
    pub fn try_target(&mut self, side: Side) {
        let round = self.door(side).round(self.desk.now);
        (self.desk.side, self.desk.origin) = (side, self.desk.now);
        self.make_round(Link::Target, round);
    }

    /// Warm standby has found a member at the same site: service, or the login, goes on.
    fn reconnected(&mut self, answer: Answer, rounds: u64) {
        self.desk.rounds += rounds;
        self.goes_live(self.desk.side, answer.role);
        let (member, rounds) = (answer.role, number(rounds));
        self.emit(Event::Reconnected { kind: Kind::Sip, member, rounds });
        self.cancel_dr_timer();
        if self.desk.open.is_some() {
            self.begin_login();
        } else {
            self.look_at_truth();
        }
        self.desk.uncounted = self.desk.now;
        self.plan_probe();
    }

    fn start_dr_timer(&mut self) {
        let profile = self.cx.profile;
        if self.real && profile.dr[Kind::Sip.index()] && profile.dr_timeout.ends() {
            let fires = self.desk.now + profile.dr_timeout;
            self.desk.dr = fires;
            self.emit(Event::DrTimerStarted { kind: Kind::Sip, fires });
        }
    }

    /// A success, or the start of a move, cancels the DR timer.
    pub fn cancel_dr_timer(&mut self) {
        if self.desk.dr.comes() {
            self.desk.dr = Time::NEVER;
            self.emit(Event::DrTimerCancelled { kind: Kind::Sip });
        }
    }

    /// Rounds begun by `t` in the search under way.
    pub fn rounds_begun(&self, t: Time) -> u64 {
        let origin = self.desk.origin;
        match self.desk.link {
            Link::Live | Link::Broken(_) => 0,
            Link::First | Link::Target => u64::from(origin <= t),
            Link::Rounds => Search::new(origin, 0).count(&[self.door(self.desk.side)], t),
            Link::Cycle => Search::new(origin, 1).count(&self.both_doors(), t),
        }
    }

    fn door(&self, side: Side) -> Door<'_> {
        let (view, last) = (self.views[side.index()], self.desk.last[side.index()]);
        self.cx.door(view, self.outlook(side), Kind::Sip, last)
    }

    fn both_doors(&self) -> [Door<'_>; 2] {
        Side::BOTH.map(|side| self.door(side))
    }
}
