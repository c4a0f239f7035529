//! A desktop's connection to one kind of server: broken, noticed, rounds of attempts, and its
//! DR timer. Not the moves that a timer begins.

use switchover::distribution::Law;
use switchover::model::{DrTimerStarts, Kind, Role, RoundOrder, Side};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::{Event, Noticed};

use super::agent::{Agent, Me, Now};
use super::desktop::Stage;
use super::turns::step_of;

/// One connection.
#[derive(Clone, Debug)]
pub struct Link {
    pub status: Status,
    /// The site that it is at (or was at when it was lost).
    pub side: Side,
    /// Member of the latest successful connection, by side.
    pub last: [Role; 2],
    /// Real breaks so far.
    pub breaks: u32,
    /// Noticed losses so far.
    pub losses: u32,
    /// The DR timer, if it runs: when it fires.
    pub timer: Option<Time>,
    /// Next probe of a connection that has moved to the peer alone.
    pub own_probe: Option<Time>,
    /// Whether both members were down at some instant since the break.
    pub both_were_down: bool,
    /// Since when, from the break on, the pair has been out of reach or not serving.
    pub unusable: Option<Time>,
}

#[derive(Clone, Debug)]
pub enum Status {
    /// Not configured here, or dropped by a move.
    Off,
    Live(Role),
    /// Live in truth, but keep-alives are answered too late.
    Silent {
        role: Role,
        since: Time,
        notice: Time,
    },
    /// Broken in truth, not noticed yet.
    Broken {
        role: Role,
        since: Time,
        notice: Time,
        /// Whether the member has stopped serving at some instant since, and not for a hang.
        unserved: bool,
    },
    Searching(Search),
}

/// Rounds of attempts.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    pub mode: Mode,
    pub side: Side,
    /// Rounds begun.
    pub rounds: u32,
    pub step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// After a noticed loss: at the same site until one succeeds.
    Warm,
    /// The first round at the target of a move.
    Target,
    /// After that: both sites in turn.
    Cycle,
}

#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The next round begins then.
    Wait(Time),
    Attempt {
        role: Role,
        started: Time,
        second: bool,
        /// It was received: when the answer comes, and whether it was accepted.
        received: Option<(Time, bool)>,
    },
    /// The second attempt of a round begins then.
    Between { role: Role, at: Time },
    /// The server takes connections one after the other: the attempt waits for its turn.
    Turn(Turn),
}

/// An attempt that waits until the server takes it.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    pub role: Role,
    pub second: bool,
    pub since: Time,
    pub ends: Time,
    pub delay: Span,
    /// When its turn comes, once that is known: now, or in a counterfactual.
    pub at: Option<Time>,
    /// It has been told that it must wait.
    pub waits: bool,
    /// Its turn came and the server was not there: it only waits for the end.
    pub passed: bool,
}

impl Link {
    pub fn new(me: &Me<'_>, kind: Kind) -> Self {
        let configured = me.pair(kind, Side::Preferred).is_some();
        Self {
            status: if configured { Status::Live(Role::Primary) } else { Status::Off },
            side: Side::Preferred,
            last: [Role::Primary; 2],
            breaks: 0,
            losses: 0,
            timer: None,
            own_probe: None,
            both_were_down: false,
            unusable: None,
        }
    }

    pub fn live(&self) -> bool {
        matches!(self.status, Status::Live(_) | Status::Silent { .. })
    }

    /// Broken, and the desktop knows it.
    pub fn noticed(&self) -> bool {
        matches!(self.status, Status::Searching(_))
    }

    pub fn begin_search(&mut self, mode: Mode, side: Side, first: Time) {
        let step = Step::Wait(first);
        self.status = Status::Searching(Search { mode, side, rounds: 0, step });
    }
}

impl<'a> Agent<'a> {
    pub fn link(&mut self, kind: Kind) -> &mut Link {
        &mut self.links[kind.index()]
    }

    /// Whether the desktop's plane of the path to a member is up.
    pub fn cti(&self, now: Now<'a>, kind: Kind, (side, role): (Side, Role)) -> bool {
        let site = self.me.member_site(kind, side, role);
        site.is_some_and(|s| now.world.cti[self.me.profile.location.index()][s.index()])
    }

    pub fn serves(&self, now: Now<'a>, kind: Kind, (side, role): (Side, Role)) -> bool {
        let pair = self.me.pair(kind, side);
        pair.is_some_and(|pair| now.world.serves[pair.index()][role.index()])
    }

    /// A member that serves and is reached, if there is one.
    pub fn reached(&self, now: Now<'a>, kind: Kind, side: Side) -> Option<Role> {
        let reached = |role: &Role| {
            self.serves(now, kind, (side, *role)) && self.cti(now, kind, (side, *role))
        };
        Role::BOTH.into_iter().find(reached)
    }

    /// A member that serves, reached or not; rather one that is.
    pub fn serving(&self, now: Now<'a>, kind: Kind, side: Side) -> Option<Role> {
        let serves = |role: &Role| self.serves(now, kind, (side, *role));
        self.reached(now, kind, side).or_else(|| Role::BOTH.into_iter().find(serves))
    }

    /// Whether a member that is asked would answer, if only to refuse.
    fn answers(&self, now: Now<'a>, kind: Kind, side: Side, role: Role) -> bool {
        let Some(pair) = self.me.pair(kind, side) else { return false };
        let (pair, role) = (pair.index(), role.index());
        now.world.host_up[pair][role] && !now.world.hangs[pair][role]
    }

    /// Whether a member hangs: it says nothing and keeps its sockets.
    fn hangs(&self, now: Now<'a>, kind: Kind, side: Side, role: Role) -> bool {
        let pair = self.me.pair(kind, side);
        pair.is_some_and(|pair| now.world.hangs[pair.index()][role.index()])
    }

    pub fn drained(&self, now: Now<'a>, side: Side) -> bool {
        self.me.site(side).is_some_and(|site| now.world.drained[site.index()])
    }

    /// Whether neither member of the SIP pair of that side is up.
    pub fn pair_dead(&self, now: Now<'a>, side: Side) -> bool {
        let pair = self.me.pair(Kind::Sip, side);
        pair.is_some_and(|pair| now.world.up[pair.index()] == [false; 2])
    }

    /// Class 0: the connection breaks, or survives.
    pub fn feel_world(&mut self, now: Now<'a>, kind: Kind) {
        let link = self.links[kind.index()].clone();
        let cti = |role: Role| self.cti(now, kind, (link.side, role));
        let serves = |role: Role| self.serves(now, kind, (link.side, role));
        match link.status {
            Status::Live(role) | Status::Silent { role, .. } if !cti(role) || !serves(role) => {
                let hangs = self.hangs(now, kind, link.side, role);
                self.breaks(now, kind, role, !serves(role) && !hangs);
            }
            Status::Live(role) if self.late(now, kind, (link.side, role)) => {
                let notice = self.falls_silent(now, kind);
                self.link(kind).status = Status::Silent { role, since: now.t, notice };
            }
            Status::Silent { role, .. } if !self.late(now, kind, (link.side, role)) => {
                self.link(kind).status = Status::Live(role);
            }
            Status::Broken { role, since, notice, unserved } => {
                let hangs = self.hangs(now, kind, link.side, role);
                let unserved = unserved || (!serves(role) && !hangs);
                let late = self.late(now, kind, (link.side, role));
                self.link(kind).status = if cti(role) && !unserved && !hangs {
                    self.tell(now, Event::Survived { kind });
                    match late {
                        true => Status::Silent { role, since, notice },
                        false => Status::Live(role),
                    }
                } else {
                    Status::Broken { role, since, notice, unserved }
                };
            }
            _ => {}
        }
        let dead = kind == Kind::Sip && self.pair_dead(now, link.side);
        let usable = self.reached(now, kind, link.side).is_some();
        let link = self.link(kind);
        if !link.live() && !usable {
            link.unusable.get_or_insert(now.t);
        }
        link.both_were_down = !link.live() && (link.both_were_down || dead);
    }

    fn breaks(&mut self, now: Now<'a>, kind: Kind, role: Role, unserved: bool) {
        let (since, notice) = match self.link(kind).status {
            Status::Silent { since, notice, .. } => (since, notice),
            _ => (now.t, self.falls_silent(now, kind)),
        };
        let link = self.link(kind);
        link.status = Status::Broken { role, since, notice, unserved };
        self.tell_broken(now, kind, role);
    }

    /// Nothing is heard of a server from now on: when that is noticed.
    fn falls_silent(&mut self, now: Now<'a>, kind: Kind) -> Time {
        let purpose = [Purpose::DetectSip, Purpose::DetectStat, Purpose::DetectConfig];
        let number = self.link(kind).breaks;
        let delay = self.me.draw(&self.me.model.desktop.detection, purpose[kind.index()], number);
        let link = self.link(kind);
        link.breaks += 1;
        link.both_were_down = false;
        link.unusable = None;
        now.t + delay
    }

    /// How long an answer of a member to the desktop takes.
    pub fn delay(&self, now: Now<'a>, kind: Kind, (side, role): (Side, Role)) -> Span {
        let site = self.me.member_site(kind, side, role);
        let here = &now.world.delay[self.me.profile.location.index()];
        site.map_or(Span::ZERO, |site| here[site.index()][0])
    }

    /// Whether answers of a member come too late for keep-alives.
    fn late(&self, now: Now<'a>, kind: Kind, member: (Side, Role)) -> bool {
        let limit = self.me.model.desktop.keep_alive;
        limit.is_some_and(|limit| self.delay(now, kind, member) > limit)
    }

    /// A connection that is up is dropped: nobody has heard of the server for too long.
    fn drops(&mut self, now: Now<'a>, kind: Kind) {
        let Status::Silent { role, since, notice } = self.link(kind).status else { return };
        if notice <= now.t {
            self.tell_broken(now, kind, role);
            self.lost(now, kind, since, Noticed::KeepAlive);
        }
    }

    pub fn tell_broken(&mut self, now: Now<'a>, kind: Kind, member: Role) {
        if let Some(site) = self.me.site(self.links[kind.index()].side) {
            self.tell(now, Event::Broken { kind, site, member });
        }
    }

    /// Class b: by a reset, or when keep-alives have gone unanswered long enough.
    pub fn notice_loss(&mut self, now: Now<'a>, kind: Kind) {
        self.drops(now, kind);
        let side = self.link(kind).side;
        let Status::Broken { role, since, notice, unserved } = self.link(kind).status else {
            return;
        };
        if unserved && self.cti(now, kind, (side, role)) && self.answers(now, kind, side, role) {
            self.lost(now, kind, since, Noticed::Reset);
        } else if notice <= now.t {
            self.lost(now, kind, since, Noticed::KeepAlive);
        }
    }

    pub fn lost(&mut self, now: Now<'a>, kind: Kind, since: Time, how: Noticed) {
        let unusable = self.links[kind.index()].unusable;
        self.tell(now, Event::LossNoticed { kind, since, unusable, how });
        let purpose = [Purpose::JitterSip, Purpose::JitterStat, Purpose::JitterConfig];
        let law = Law::Uniform { lowest: Span::ZERO, highest: self.me.profile.random_delay_range };
        let jitter = self.me.draw(&law, purpose[kind.index()], self.links[kind.index()].losses);
        let link = self.link(kind);
        link.losses += 1;
        link.begin_search(Mode::Warm, link.side, now.t + jitter);
        if self.me.model.policy.dr_timer_starts == DrTimerStarts::FirstDisconnect {
            self.start_dr_timer(now, kind);
        }
        if kind == Kind::Sip {
            self.lost_in_login(now);
            self.knows(now);
        }
    }

    fn lost_in_login(&mut self, now: Now<'a>) {
        self.leave_queue(now);
        if let Some(open) = &mut self.open {
            open.stage = Stage::Lost;
        }
    }

    /// Warm standby is no login: a drained site refuses only those who would log in.
    fn accepts(&self, now: Now<'a>, kind: Kind, mode: Mode, (side, role): (Side, Role)) -> bool {
        let login = kind == Kind::Sip && mode != Mode::Warm;
        self.cti(now, kind, (side, role))
            && self.serves(now, kind, (side, role))
            && !(login && self.drained(now, side))
    }

    pub fn is_live(&self, now: Now<'a>, kind: Kind, member: (Side, Role)) -> bool {
        self.cti(now, kind, member) && self.serves(now, kind, member)
    }

    fn reachable(&self, now: Now<'a>, kind: Kind, side: Side, role: Role) -> bool {
        self.cti(now, kind, (side, role)) && self.answers(now, kind, side, role)
    }

    /// Class a.
    pub fn pending_attempt_succeeds(&mut self, now: Now<'a>, kind: Kind) {
        let Status::Searching(search) = self.link(kind).status else { return };
        if let Step::Turn(turn) = search.step {
            return self.turn_comes(now, search, turn);
        }
        let Step::Attempt { role, received, .. } = search.step else { return };
        match received {
            Some((at, true)) if at == now.t && self.is_live(now, kind, (search.side, role)) => {
                self.attempt_succeeds(now, kind, search, role);
            }
            None if self.accepts(now, kind, search.mode, (search.side, role))
                && self.takes_turns(kind, search.side) =>
            {
                self.attempt_comes(now, search, step_of(search));
            }
            None if self.accepts(now, kind, search.mode, (search.side, role))
                && self.delay(now, kind, (search.side, role)) == Span::ZERO =>
            {
                self.attempt_succeeds(now, kind, search, role);
            }
            _ => {}
        }
    }

    /// Class b: attempts fail, rounds begin, every zero-time step to its end.
    pub fn search(&mut self, now: Now<'a>, kind: Kind) {
        while let Status::Searching(search) = self.link(kind).status {
            let moved_on = match search.step {
                Step::Wait(at) => at <= now.t && self.begin_round(now, kind, search),
                Step::Between { role, at } => at <= now.t && self.second(now, kind, search, role),
                Step::Attempt { role, started, second, received } => {
                    self.attempt(now, kind, search, (role, started, second), received)
                }
                Step::Turn(turn) => self.turn_may_fail(now, search, turn),
            };
            if !moved_on {
                return;
            }
        }
    }

    fn begin_round(&mut self, now: Now<'a>, kind: Kind, search: Search) -> bool {
        if kind == Kind::Sip {
            self.books.rounds += 1;
        }
        let last = self.link(kind).last[search.side.index()];
        let after_loss = search.mode == Mode::Warm && search.rounds == 0;
        let by_use = after_loss || self.me.model.policy.round_order == RoundOrder::LastUsed;
        let role = if by_use { last } else { Role::Primary };
        let step = Step::Attempt { role, started: now.t, second: false, received: None };
        let rounds = search.rounds + 1;
        self.link(kind).status = Status::Searching(Search { rounds, step, ..search });
        true
    }

    fn attempt(
        &mut self,
        now: Now<'a>,
        kind: Kind,
        search: Search,
        (role, started, second): (Role, Time, bool),
        received: Option<(Time, bool)>,
    ) -> bool {
        let ends = started + self.me.model.connect_timeout(self.me.profile);
        let accepted = self.accepts(now, kind, search.mode, (search.side, role));
        let Some((answer, accepted)) = received else {
            if accepted && self.takes_turns(kind, search.side) {
                self.attempt_comes(now, search, (role, started, second));
                return true;
            }
            if self.reachable(now, kind, search.side, role) {
                let answer = now.t + self.delay(now, kind, (search.side, role));
                let received = Some((answer, accepted));
                let step = Step::Attempt { role, started, second, received };
                self.link(kind).status = Status::Searching(Search { step, ..search });
                return true;
            }
            return now.t >= ends && self.attempt_fails(now, kind, search, (role, second));
        };
        // An answer that comes when the member is out of reach, or serves no more, is lost.
        let comes = answer == now.t;
        if comes && accepted && self.is_live(now, kind, (search.side, role)) {
            self.attempt_succeeds(now, kind, search, role);
            return true;
        }
        let refused = comes && !accepted && self.reachable(now, kind, search.side, role);
        let over = refused || ends <= now.t;
        over && self.attempt_fails(now, kind, search, (role, second))
    }

    pub fn attempt_fails(
        &mut self,
        now: Now<'a>,
        kind: Kind,
        search: Search,
        (role, second): (Role, bool),
    ) -> bool {
        let backup = self.me.pair(kind, search.side).and_then(|pair| {
            let pair = &self.me.model.pairs[pair.index()];
            pair.backup.as_ref()
        });
        if second || backup.is_none() {
            self.round_fails(now, kind, search);
        } else {
            let pause = self.pause_in_round(now, kind, search, role);
            let step = Step::Between { role: role.other(), at: now.t + pause };
            self.link(kind).status = Status::Searching(Search { step, ..search });
        }
        true
    }

    /// The pause between the two attempts of the first round after a loss; a server that accepted
    /// and said nothing is followed at once.
    fn pause_in_round(&self, now: Now<'a>, kind: Kind, search: Search, tried: Role) -> Span {
        let silent =
            self.cti(now, kind, (search.side, tried)) && self.hangs(now, kind, search.side, tried);
        match self.me.pair(kind, search.side) {
            Some(pair) if search.mode == Mode::Warm && search.rounds == 1 && !silent => {
                self.me.model.pairs[pair.index()].backup_delay
            }
            _ => Span::ZERO,
        }
    }

    fn second(&mut self, now: Now<'a>, kind: Kind, search: Search, role: Role) -> bool {
        let step = Step::Attempt { role, started: now.t, second: true, received: None };
        self.link(kind).status = Status::Searching(Search { step, ..search });
        true
    }

    pub fn attempt_succeeds(&mut self, now: Now<'a>, kind: Kind, search: Search, role: Role) {
        let Search { mode, side, rounds, .. } = search;
        let link = self.link(kind);
        link.status = Status::Live(role);
        link.side = side;
        link.last[side.index()] = role;
        self.cancel_dr_timer(now, kind);
        if mode == Mode::Warm {
            self.tell(now, Event::Reconnected { kind, member: role, rounds });
            if kind == Kind::Sip && self.open.is_some() && !self.drained(now, side) {
                self.ask_for_login(now);
            }
        } else if kind == Kind::Sip {
            self.connected(now, side, role, rounds);
        } else {
            self.moved_alone(now, kind, side, rounds);
        }
        self.feel_world(now, kind);
    }

    fn round_fails(&mut self, now: Now<'a>, kind: Kind, search: Search) {
        let Some(pair) = self.me.pair(kind, search.side) else { return };
        let pauses = self.me.model.retry_delays(self.me.profile, pair);
        let made = (search.rounds as usize).max(1);
        let pause = pauses.get(made - 1).or(pauses.last()).expect("one at least");
        let next = now.t + *pause;
        let (mode, side) = match search.mode {
            Mode::Warm => (Mode::Warm, search.side),
            Mode::Target => (Mode::Cycle, Side::Preferred),
            Mode::Cycle if !self.me.has_peer() => (Mode::Cycle, search.side),
            Mode::Cycle => (Mode::Cycle, search.side.other()),
        };
        let step = Step::Wait(next);
        self.link(kind).status = Status::Searching(Search { mode, side, step, ..search });
        match search.mode {
            Mode::Warm if search.rounds == 1 => self.pair_lost(now, kind),
            Mode::Target if kind == Kind::Sip => self.no_site(now),
            _ => {}
        }
    }

    fn pair_lost(&mut self, now: Now<'a>, kind: Kind) {
        self.tell(now, Event::PairLost { kind });
        if self.me.model.policy.dr_timer_starts == DrTimerStarts::PairLost {
            self.start_dr_timer(now, kind);
        }
    }
}
