//! The desktop's connections: breaking, noticing, warm standby, and the search of a move.
//!
//! ```text
//! Live --break--> Broken --path heals in time--> Live
//!                    \--noticed--> First --answer--> Live
//!                                    \--failed--> Rounds --answer--> Live
//! (a move begins) Off --> Target --answer--> Live
//!                            \--failed--> Cycle --answer--> Live
//! ```
//!
//! A Stat or Configuration Server connection that moves alone goes through Target and Cycle by
//! itself; the SIP connection does so as part of a move.

use crate::distribution::Law;
use crate::model::{DrTimerStarts, Kind, OtherLoss, Role, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Noticed, Sink};
use crate::world::{Cursor, Outlook};

use super::context::View;
use super::fate::{Fate, fate};
use super::life::Life;
use super::rounds::{Answer, Door, Search, number, split};
use super::state::{Phase, Stage, alarm};

const DETECT: [Purpose; 3] = [Purpose::DetectSip, Purpose::DetectStat, Purpose::DetectConfig];
const JITTER: [Purpose; 3] = [Purpose::JitterSip, Purpose::JitterStat, Purpose::JitterConfig];

impl<S: Sink> Life<'_, S> {
    /// The connections that exist at the start.
    pub(super) fn start_links(&mut self) {
        for kind in Kind::ALL {
            match self.cx.view(Side::Preferred, kind) {
                Some(_) => self.goes_live(kind, Side::Preferred, Role::Primary),
                None => self.st.links[kind.index()].phase = Phase::Off,
            }
        }
        for kind in [Kind::Stat, Kind::Config] {
            self.watch_other(kind);
        }
    }

    /// A connection stands from now on; its next break is looked up.
    pub(super) fn goes_live(&mut self, kind: Kind, side: Side, role: Role) {
        let link = &mut self.st.links[kind.index()];
        link.phase = Phase::Live;
        link.side = side;
        link.member = role;
        link.last[side.index()] = role;
        link.since = Time::NEVER;
        self.await_break(kind);
    }

    fn await_break(&mut self, kind: Kind) {
        let link = self.st.links[kind.index()];
        let next = self
            .cx
            .view(link.side, kind)
            .and_then(|view| view.outlook.first(self.now, |sight| !sight.live(link.member)));
        self.set(alarm::LINK + kind.index(), next.unwrap_or(Time::NEVER));
    }

    /// Class 0: connections that break, or whose path heals in time.
    pub(super) fn links_break(&mut self) {
        if !self.any_due(alarm::LINK..alarm::LINE) {
            return;
        }
        for kind in Kind::ALL {
            if !self.due(alarm::LINK + kind.index()) {
                continue;
            }
            match self.st.links[kind.index()].phase {
                Phase::Live => self.breaks(kind),
                Phase::Broken(Fate::Survives) => self.survives(kind),
                _ => {}
            }
        }
    }

    /// The path has healed in time; a login that was held up by the cut ends now.
    fn survives(&mut self, kind: Kind) {
        let link = &mut self.st.links[kind.index()];
        link.phase = Phase::Live;
        link.since = Time::NEVER;
        self.emit(Event::Survived { kind });
        self.await_break(kind);
        if kind == Kind::Sip && self.st.stage == Stage::Held {
            self.set(alarm::STAGE, self.now);
        }
    }

    /// A connection breaks now: one detection delay is drawn, and how it will end looked up.
    fn breaks(&mut self, kind: Kind) {
        let link = self.st.links[kind.index()];
        let law = &self.cx.laws.detection;
        let delay = self.fortune.draw(law, DETECT[kind.index()], link.breaks);
        let Some(view) = self.cx.view(link.side, kind) else { return };
        let (fate, at) = fate(self.around(view), link.member, self.now, self.now + delay);
        let site = self.cx.site(link.side);
        self.emit(Event::Broken { kind, site, member: link.member });
        let link = &mut self.st.links[kind.index()];
        link.breaks += 1;
        link.since = self.now;
        link.phase = Phase::Broken(fate);
        self.set(alarm::LINK + kind.index(), at);
    }

    /// Class (b): losses that are noticed now.
    pub(super) fn losses_noticed(&mut self) {
        if !self.any_due(alarm::LINK..alarm::LINE) {
            return;
        }
        for kind in Kind::ALL {
            let due = self.due(alarm::LINK + kind.index());
            if let (true, Phase::Broken(Fate::Noticed(how))) =
                (due, self.st.links[kind.index()].phase)
            {
                self.loss_noticed(kind, how);
            }
        }
    }

    /// The desktop notices a loss: random delay, first round, and perhaps the DR timer.
    pub(super) fn loss_noticed(&mut self, kind: Kind, how: Noticed) {
        let link = self.st.links[kind.index()];
        self.emit(Event::LossNoticed { kind, since: link.since, how });
        let law = Law::Uniform { lowest: Span::ZERO, highest: self.cx.profile.random_delay_range };
        let delay = self.fortune.sample(&law, JITTER[kind.index()], link.losses);
        self.st.links[kind.index()].losses += 1;
        if kind == Kind::Sip {
            self.noticed = self.noticed.or_else(|| self.known());
            self.leave_queue();
        }
        self.first_round(kind, self.now + delay);
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::FirstDisconnect {
            self.start_dr_timer(kind);
        }
    }

    fn first_round(&mut self, kind: Kind, start: Time) {
        let side = self.st.links[kind.index()].side;
        let Some(door) = self.door(kind, side) else { return };
        let (answer, at) = split(door.round(start));
        self.seek(kind, Phase::First(answer), start, at);
    }

    /// The pair of a kind at a side, ready for rounds.
    fn door(&self, kind: Kind, side: Side) -> Option<Door<'_>> {
        let last = self.st.links[kind.index()].last[side.index()];
        self.cx.view(side, kind).map(|view| self.cx.door(view, self.around(view), kind, last))
    }

    /// What is seen of a pair around now.
    fn around<'w>(&self, view: &View<'w>) -> Cursor<'w, Outlook> {
        Cursor::new(view.outlook, self.now)
    }

    /// A connection looks for a member from `origin` on; the alarm is the next step.
    fn seek(&mut self, kind: Kind, phase: Phase, origin: Time, at: Time) {
        let link = &mut self.st.links[kind.index()];
        link.phase = phase;
        link.origin = origin;
        self.set(alarm::LINK + kind.index(), at);
    }

    /// The round at the target of a move, from now on.
    pub(super) fn try_target(&mut self, kind: Kind, side: Side) {
        let Some(door) = self.door(kind, side) else { return };
        let (answer, at) = split(door.round(self.now));
        self.st.links[kind.index()].side = side;
        self.seek(kind, Phase::Target(answer), self.now, at);
    }

    /// Class (b): first rounds, and rounds at the target of a move, that fail now.
    pub(super) fn rounds_fail(&mut self) {
        for kind in Kind::ALL {
            if !self.due(alarm::LINK + kind.index()) {
                continue;
            }
            match self.st.links[kind.index()].phase {
                Phase::First(None) => self.first_round_fails(kind),
                Phase::Target(None) => self.target_fails(kind),
                _ => {}
            }
        }
    }

    fn first_round_fails(&mut self, kind: Kind) {
        let link = self.st.links[kind.index()];
        let Some(door) = self.door(kind, link.side) else { return };
        let mut search = Search::new(self.now + door.retry, 1);
        let answer = search.run(&[door], self.cx.last_instant());
        self.st.links[kind.index()].search = search;
        let at = answer.map_or(Time::NEVER, |answer| answer.at);
        self.seek(kind, Phase::Rounds(answer), link.origin, at);
        self.emit(Event::PairLost { kind });
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::PairLost {
            self.start_dr_timer(kind);
        }
    }

    /// No answer at the target: preferred and peer in turn, the preferred first.
    fn target_fails(&mut self, kind: Kind) {
        let link = self.st.links[kind.index()];
        let (Some(target), Some(home), Some(away)) = (
            self.door(kind, link.side),
            self.door(kind, Side::Preferred),
            self.door(kind, Side::Peer),
        ) else {
            return;
        };
        let origin = self.now + target.retry;
        let mut search = Search::new(origin, 1);
        let answer = search.run(&[home, away], self.cx.last_instant());
        self.st.links[kind.index()].search = search;
        let at = answer.map_or(Time::NEVER, |answer| answer.at);
        self.seek(kind, Phase::Cycle(answer), origin, at);
        if kind == Kind::Sip {
            self.st.no_site = true;
            self.emit(Event::NoSite);
        }
    }

    /// Rounds begun by now in the search under way.
    pub(super) fn rounds_begun(&self, kind: Kind, t: Time) -> u64 {
        let link = &self.st.links[kind.index()];
        let recount = |doors: &[Door], base: u64| Search::new(link.origin, base).count(doors, t);
        match link.phase {
            Phase::Off | Phase::Live | Phase::Broken(_) => 0,
            Phase::First(_) | Phase::Target(_) => u64::from(link.origin <= t),
            Phase::Rounds(_) => self.door(kind, link.side).map_or(0, |door| recount(&[door], 0)),
            Phase::Cycle(_) => {
                match (self.door(kind, Side::Preferred), self.door(kind, Side::Peer)) {
                    (Some(home), Some(away)) => recount(&[home, away], 1),
                    _ => 0,
                }
            }
        }
    }

    /// Attempts that succeed now: in class (a) those that had to wait, in class (b) those that
    /// are answered at once.
    pub(super) fn attempts_succeed(&mut self, pending: bool) {
        for kind in Kind::ALL {
            if !self.due(alarm::LINK + kind.index()) {
                continue;
            }
            let answer = self.st.links[kind.index()].phase.answer();
            if let Some(answer) = answer.filter(|answer| answer.pending == pending) {
                self.attempt_succeeds(kind, answer);
            }
        }
    }

    fn attempt_succeeds(&mut self, kind: Kind, answer: Answer) {
        let link = self.st.links[kind.index()];
        let rounds = match link.phase {
            Phase::Rounds(_) | Phase::Cycle(_) => link.search.rounds + 1,
            _ => 1,
        };
        let side = match link.phase {
            Phase::Cycle(_) => Side::BOTH[usize::from(link.search.turn)],
            _ => link.side,
        };
        if kind == Kind::Sip {
            self.st.counts.rounds += rounds;
        }
        let rounds = number(rounds);
        let moving = matches!(link.phase, Phase::Target(_) | Phase::Cycle(_));
        self.goes_live(kind, side, answer.role);
        match (kind, moving) {
            (_, false) => self.reconnected(kind, answer.role, rounds),
            (Kind::Sip, true) => self.connects(side, answer.role, rounds),
            (_, true) => self.moved_alone(kind, side, rounds),
        }
    }

    fn reconnected(&mut self, kind: Kind, member: Role, rounds: u32) {
        self.emit(Event::Reconnected { kind, member, rounds });
        self.cancel_dr_timer(kind);
        if kind == Kind::Sip && self.st.open.is_some() {
            self.ask_to_log_in();
        }
    }

    fn moved_alone(&mut self, kind: Kind, side: Side, rounds: u32) {
        let to = self.cx.site(side);
        self.emit(Event::ConnectionMoved { kind, to, rounds });
        let away = side == Side::Peer && self.cx.profile.auto_restore;
        self.st.links[kind.index()].alone = away.then_some(self.now);
        self.plan_own_probe(kind);
    }

    /// The start of a move: connections and their timers are dropped.
    pub(super) fn drop_links(&mut self) {
        for kind in Kind::ALL {
            self.cancel_dr_timer(kind);
            if kind == Kind::Sip {
                self.st.counts.rounds += self.rounds_begun(kind, self.now);
            }
            let link = &mut self.st.links[kind.index()];
            link.phase = Phase::Off;
            link.alone = None;
            self.clear(alarm::LINK + kind.index());
            if kind != Kind::Sip {
                self.clear(alarm::OWN_PROBE + kind.index() - 1);
            }
        }
    }

    /// The other connections come along to a side, at no cost; one whose pair does not serve is
    /// lost at once.
    pub(super) fn take_along(&mut self, side: Side) {
        for kind in [Kind::Stat, Kind::Config] {
            let Some(view) = self.cx.view(side, kind) else { continue };
            match view.outlook.at(self.now).serving() {
                Some(role) => self.goes_live(kind, side, role),
                None => self.lost_at_once(kind, side),
            }
        }
    }

    fn lost_at_once(&mut self, kind: Kind, side: Side) {
        let link = &mut self.st.links[kind.index()];
        link.side = side;
        link.member = link.last[side.index()];
        link.since = self.now;
        link.breaks += 1;
        let member = link.member;
        self.emit(Event::Broken { kind, site: self.cx.site(side), member });
        self.loss_noticed(kind, Noticed::Reset);
    }

    /// What the loss of a connection of this kind does to the agent.
    pub(super) fn moves_agent(&self, kind: Kind) -> bool {
        self.cx.model.loss_policy(kind) == OtherLoss::MoveAgent
    }
}
