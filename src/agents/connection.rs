//! The desktop's connections: breaking, noticing, warm standby, and the search of a move.
//!
//! ```text
//! Live --break--> Broken --path heals in time--> Live
//!   \--answers come too late--> Silent --they come in time--> Live; silence.rs
//!                    \--noticed--> First --answer--> Live
//!                                    \--failed--> Rounds --answer--> Live
//! (a move begins) Off --> Target --answer--> Live
//!                            \--failed--> Cycle --answer--> Live
//! ```
//!
//! A Stat or Configuration Server connection that moves alone goes through Target and Cycle by
//! itself; the SIP connection does so as part of a move.

use crate::desktop::{Link, Phase, Slot, Stage};
use crate::distribution::Law;
use crate::model::{DrTimerStarts, Kind, OtherLoss, Role, Side};
use crate::random::Purpose;
use crate::rounds::{Answer, BreakOutcome, Search, fate, number, split};
use crate::time::{Span, Time};
use crate::trace::{Event, Noticed, Sink};

use super::life::Life;

const DETECT: [Purpose; 3] = [Purpose::DetectSip, Purpose::DetectStat, Purpose::DetectConfig];
const JITTER: [Purpose; 3] = [Purpose::JitterSip, Purpose::JitterStat, Purpose::JitterConfig];

impl<S: Sink> Life<'_, S> {
    pub(super) fn link(&mut self, kind: Kind) -> &mut Link {
        &mut self.desk.links[kind.index()]
    }

    /// A connection is made; its next break is looked up.
    pub(super) fn goes_live(&mut self, kind: Kind, side: Side, role: Role) {
        let link = self.link(kind);
        link.side = side;
        link.member = role;
        link.last[side.index()] = role;
        self.lives(kind);
    }

    pub(super) fn lives(&mut self, kind: Kind) {
        let now = self.desk.now;
        let link = self.link(kind);
        link.phase = Phase::Live;
        link.since = Time::NEVER;
        let (side, member) = (link.side, link.member);
        let around = self.around(kind, side);
        let next = around.and_then(|it| it.first(now, |sight| !sight.live(member)));
        let next = next.unwrap_or(Time::NEVER).min(self.late_from(kind, now));
        self.desk.agenda.set_link(kind, Slot::World(kind), next);
        self.await_drain(kind);
    }

    /// When the order to leave comes to a connection.
    pub(super) fn await_drain(&mut self, kind: Kind) {
        let (now, side) = (self.desk.now, self.link(kind).side);
        if kind == Kind::Sip && self.cx.drained {
            let drained = self.outlook(side).first(now, |sight| sight.drained());
            self.desk.agenda.set(Slot::Drain, drained.unwrap_or(Time::NEVER));
        }
    }

    /// A connection breaks, or its path heals in time.
    pub(super) fn world_turns(&mut self, kind: Kind) {
        match self.desk.links[kind.index()].phase {
            Phase::Live if self.is_live(kind) => self.falls_silent(kind),
            Phase::Silent if self.is_live(kind) => self.speaks_again(kind),
            Phase::Live | Phase::Silent => self.breaks(kind),
            _ => self.survives(kind),
        }
    }

    /// The path has healed in time; a login that was held up by the break ends now.
    fn survives(&mut self, kind: Kind) {
        self.emit(Event::Survived { kind });
        match self.late_from(kind, self.desk.now) == self.desk.now {
            true => self.stays_silent(kind),
            false => self.lives(kind),
        }
        if kind == Kind::Sip {
            match self.desk.stage {
                Stage::Held => self.desk.agenda.set(Slot::Stage, self.desk.now),
                Stage::LoggedIn => {
                    self.look_at_truth();
                    self.await_phone();
                }
                _ => {}
            }
        }
    }

    /// A connection breaks now: one detection delay is drawn, and how it will end looked up.
    fn breaks(&mut self, kind: Kind) {
        let now = self.desk.now;
        let Link { side, member, .. } = self.desk.links[kind.index()];
        let silent = self.desk.links[kind.index()].phase == Phase::Silent;
        let notice = self.notice(kind);
        let Some(around) = self.around(kind, side) else { return };
        if kind == Kind::Sip {
            self.remember_seen(now - Span(1));
            self.desk.agenda.clear(Slot::Truth);
        }
        let sight = around.at(now);
        let (fate, at) = fate(around, member, now, notice);
        self.emit(Event::Broken { kind, site: self.site(side), member });
        let link = self.link(kind);
        (link.phase, link.fate) = (Phase::Broken, fate);
        link.unusable = !sight.reached() && !silent;
        let survives = fate == BreakOutcome::Survives;
        let slot = if survives { Slot::World(kind) } else { Slot::Loss(kind) };
        self.desk.agenda.set_link(kind, slot, at);
    }

    /// When the silence that begins now, or has begun already, is noticed: one delay is drawn for it.
    pub(super) fn notice(&mut self, kind: Kind) -> Time {
        let (now, link) = (self.desk.now, self.desk.links[kind.index()]);
        if link.phase == Phase::Silent {
            return link.notice;
        }
        let law = &self.cx.laws.detection;
        let notice = now + self.draws.draw(law, DETECT[kind.index()], link.breaks);
        let link = self.link(kind);
        link.breaks += 1;
        (link.since, link.notice) = (now, notice);
        notice
    }

    /// The detection delay is over, or the host has answered.
    pub(super) fn loss_noticed(&mut self, kind: Kind) {
        let Link { phase, fate, .. } = self.desk.links[kind.index()];
        match (phase, fate) {
            (Phase::Broken, BreakOutcome::Noticed(how)) => self.lost(kind, how),
            (Phase::Silent, _) => self.drops(kind),
            _ => {}
        }
    }

    /// The desktop notices a loss: random delay, first round, and perhaps the DR timer.
    pub(super) fn lost(&mut self, kind: Kind, how: Noticed) {
        let now = self.desk.now;
        let Link { since, losses, side, .. } = self.desk.links[kind.index()];
        if self.real() {
            let unusable = self.unusable_from(kind, since);
            self.emit(Event::LossNoticed { kind, since, unusable, how });
        }
        let law = Law::Uniform { lowest: Span::ZERO, highest: self.cx.profile.random_delay_range };
        let delay = self.draws.sample(&law, JITTER[kind.index()], losses);
        self.link(kind).losses += 1;
        if kind == Kind::Sip {
            self.note();
            self.count_probes();
            self.leave_queue();
        }
        if let Some(endpoint) = self.first_endpoint(kind, side) {
            self.make_round(kind, Phase::First, now + delay, split(endpoint.round(now + delay)));
        }
        if kind == Kind::Sip {
            self.plan_probe();
        }
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::FirstDisconnect {
            self.start_dr_timer(kind);
        }
    }

    /// Since when the pair of a lost connection has been out of reach or has not served.
    fn unusable_from(&self, kind: Kind, since: Time) -> Option<Time> {
        let Link { side, unusable, .. } = self.desk.links[kind.index()];
        if unusable {
            return Some(since);
        }
        let found = self.around(kind, side)?.find(since, self.desk.now, |sight| !sight.reached());
        found.map(|(at, _)| at)
    }

    /// The round at the target of a move, from now on.
    pub(super) fn try_target(&mut self, kind: Kind, side: Side) {
        let now = self.desk.now;
        let Some(endpoint) = self.move_endpoint(kind, side) else { return };
        let round = split(endpoint.round(now));
        self.link(kind).side = side;
        self.make_round(kind, Phase::Target, now, round);
    }

    /// The rounds under way have an answer, or have failed.
    pub(super) fn round_ends(&mut self, kind: Kind) {
        let Link { phase, answer, turn, .. } = self.desk.links[kind.index()];
        match (phase, answer) {
            _ if turn.is_some() => self.turn_goes_on(kind),
            (_, Some(answer)) => self.attempt_succeeds(kind, answer),
            (Phase::First, None) => self.first_round_fails(kind),
            (Phase::Target, None) => self.target_fails(kind),
            _ => self.desk.agenda.clear_link(kind),
        }
    }

    fn first_round_fails(&mut self, kind: Kind) {
        let side = self.desk.links[kind.index()].side;
        let Some(pause) = self.first_pause(kind, side) else { return };
        self.make_search(kind, Phase::Rounds, Search::new(self.desk.now + pause, 1));
        self.emit(Event::PairLost { kind });
        if self.cx.model.policy.dr_timer_starts == DrTimerStarts::PairLost {
            self.start_dr_timer(kind);
        }
    }

    /// No answer at the target: preferred and peer in turn, the preferred first.
    fn target_fails(&mut self, kind: Kind) {
        let restores = !self.desk.links[kind.index()].origin.comes();
        self.cycle(kind, u64::from(!restores));
        if kind == Kind::Sip {
            self.emit(Event::NoSite);
        }
    }

    pub(super) fn attempt_succeeds(&mut self, kind: Kind, answer: Answer) {
        let Link { phase, side, search, origin, .. } = self.desk.links[kind.index()];
        let rounds = match phase {
            Phase::Rounds | Phase::Cycle => search.rounds + 1,
            // A restore connects without a round.
            _ => u64::from(origin.comes()),
        };
        let turn = Side::BOTH[usize::from(search.turn)];
        let side = if phase == Phase::Cycle { turn } else { side };
        let moving = self.desk.links[kind.index()].moving();
        if kind == Kind::Sip {
            self.desk.rounds += rounds;
        }
        let rounds = number(rounds);
        self.goes_live(kind, side, answer.role);
        match (kind, moving) {
            (_, false) => self.reconnected(kind, answer.role, rounds),
            (Kind::Sip, true) => self.connects(side, answer.role, rounds),
            (_, true) => self.moved_alone(kind, side, rounds),
        }
    }

    /// Warm standby has found a member at the same site: service, or the login, goes on.
    fn reconnected(&mut self, kind: Kind, member: Role, rounds: u32) {
        self.emit(Event::Reconnected { kind, member, rounds });
        self.cancel_dr_timer(kind);
        if kind != Kind::Sip {
            // Probes of this instant are still due.
            return self.plan_own_probe(kind, self.desk.now);
        }
        if self.desk.stage != Stage::LoggedIn {
            // A drained site accepts no login: the order to leave comes at this instant.
            let drained = self.outlook(self.desk.side()).at(self.desk.now).drained();
            return if drained { self.desk.stage = Stage::Seeking } else { self.ask_to_log_in() };
        }
        self.look_at_truth();
        self.await_phone();
        self.desk.probing.counted = self.desk.now - Span(1);
        self.plan_probe();
    }

    fn moved_alone(&mut self, kind: Kind, side: Side, rounds: u32) {
        let to = self.site(side);
        self.emit(Event::ConnectionMoved { kind, to, rounds });
        let away = side == Side::Peer && self.cx.profile.auto_restore;
        self.link(kind).alone = if away { self.desk.now } else { Time::NEVER };
        self.plan_own_probe(kind, self.desk.now + Span(1));
    }

    /// The start of a move: connections and their timers are dropped.
    pub(super) fn drop_links(&mut self) {
        for &kind in self.cx.kinds() {
            self.cancel_dr_timer(kind);
            let link = self.link(kind);
            (link.phase, link.turn) = (Phase::Off, None);
            link.alone = Time::NEVER;
            self.desk.agenda.clear_link(kind);
            self.desk.agenda.clear(Slot::OwnProbe(kind));
        }
    }

    /// The other connections move to a side too, at no cost; one whose pair does not serve, or is
    /// out of reach, is lost at once.
    pub(super) fn take_along(&mut self, side: Side) {
        for &kind in &self.cx.kinds()[1..] {
            let Some(view) = self.cx.view(side, kind) else { continue };
            let sight = view.outlook.at(self.desk.now);
            match sight.serving().filter(|_| sight.reached()) {
                Some(role) => self.goes_live(kind, side, role),
                None => self.lost_at_once(kind, side),
            }
        }
    }

    fn lost_at_once(&mut self, kind: Kind, side: Side) {
        let now = self.desk.now;
        let link = self.link(kind);
        link.side = side;
        link.member = link.last[side.index()];
        (link.since, link.unusable) = (now, true);
        link.breaks += 1;
        let member = link.member;
        self.emit(Event::Broken { kind, site: self.site(side), member });
        self.lost(kind, Noticed::Reset);
    }

    /// What the loss of a connection of this kind does to the agent.
    pub(super) fn moves_agent(&self, kind: Kind) -> bool {
        self.cx.model.loss_policy(kind) == OtherLoss::MoveAgent
    }
}
