//! SIP Servers that take connections one after the other: an attempt waits for its turn in the queue of
//! the site, and gives up at the end of the connect timeout.

use switchover::model::{Kind, Role, Side, SiteId};
use switchover::time::Time;
use switchover::trace::Event;

use super::agent::{Agent, Now};
use super::link::{Mode, Search, Status, Step, Turn};

/// The attempt under way.
pub fn step_of(search: Search) -> (Role, Time, bool) {
    match search.step {
        Step::Attempt { role, started, second, .. } => (role, started, second),
        _ => unreachable!("an attempt is under way"),
    }
}

impl<'a> Agent<'a> {
    /// Whether connections to the SIP Servers at a side are limited.
    pub fn takes_turns(&self, kind: Kind, side: Side) -> bool {
        let site = self.me.site(side).filter(|_| kind == Kind::Sip);
        site.is_some_and(|site| self.me.model.sites[site.index()].reconnect_gap.is_some())
    }

    /// An attempt comes to a server that would take it.
    pub fn attempt_comes(
        &mut self,
        now: Now<'a>,
        search: Search,
        (role, started, second): (Role, Time, bool),
    ) {
        let ends = started + self.me.model.connect_timeout(self.me.profile);
        let delay = self.delay(now, Kind::Sip, (search.side, role));
        let (since, passed) = (now.t, false);
        let turn = Turn { role, second, since, ends, delay, at: None, waits: false, passed };
        self.lines_up(now, search, turn);
    }

    /// A restore tries the member that serves, and no other.
    pub fn restore_comes(&mut self, now: Now<'a>, role: Role) {
        let ends = now.t + self.me.model.connect_timeout(self.me.profile);
        let (since, delay) = (now.t, switchover::time::Span::ZERO);
        let turn =
            Turn { role, second: true, since, ends, delay, at: None, waits: false, passed: false };
        let step = Step::Wait(now.t);
        self.link(Kind::Sip).side = Side::Preferred;
        self.lines_up(
            now,
            Search { mode: Mode::Target, side: Side::Preferred, rounds: 0, step },
            turn,
        );
    }

    fn lines_up(&mut self, now: Now<'a>, search: Search, turn: Turn) {
        let Some(site) = self.me.site(search.side) else { return };
        self.parts(now);
        let gap = self.me.model.sites[site.index()].reconnect_gap;
        let at = now
            .taken
            .zip(gap)
            .map(|(taken, gap)| self.free_turn(&taken.connections[site.index()], site, gap, now.t));
        let turn = Turn { at, ..turn };
        self.link(Kind::Sip).status =
            Status::Searching(Search { step: Step::Turn(turn), ..search });
        if at == Some(now.t) {
            self.turn_comes(now, search, turn);
        }
    }

    /// The queue that the agent's attempt is in, and since when.
    pub fn in_turn(&self) -> Option<(SiteId, Time)> {
        let (search, turn) = self.turn().filter(|(_, turn)| !turn.passed)?;
        Some((self.me.site(search.side)?, turn.since))
    }

    /// Whether the attempt has come at this instant and waits to hear of its turn.
    pub fn asks_for_turn(&self) -> bool {
        self.turn().is_some_and(|(_, turn)| turn.at.is_none() && !turn.waits)
    }

    pub fn turn(&self) -> Option<(Search, Turn)> {
        let Status::Searching(search) = self.links[Kind::Sip.index()].status else { return None };
        let Step::Turn(turn) = search.step else { return None };
        Some((search, turn))
    }

    /// It must wait.
    pub fn must_wait(&mut self, now: Now<'a>) {
        let Some((search, turn)) = self.turn() else { return };
        if let Some(site) = self.me.site(search.side) {
            self.tell(now, Event::ConnectionQueued { site });
        }
        let step = Step::Turn(Turn { waits: true, ..turn });
        self.link(Kind::Sip).status = Status::Searching(Search { step, ..search });
    }

    /// Its turn comes now: whether the server is there.
    pub fn take_turn(&mut self, now: Now<'a>) -> bool {
        let Some((search, turn)) = self.turn() else { return false };
        let used = self.is_live(now, Kind::Sip, (search.side, turn.role));
        let step = Step::Turn(Turn { at: Some(now.t), passed: !used, ..turn });
        self.link(Kind::Sip).status = Status::Searching(Search { step, ..search });
        used
    }

    /// Class a, or at once: its turn has come.
    pub fn turn_comes(&mut self, now: Now<'a>, search: Search, turn: Turn) {
        if turn.at != Some(now.t) || now.t > turn.ends || turn.passed {
            return;
        }
        let Turn { role, second, delay, ends, .. } = turn;
        let Some(site) = self.me.site(search.side) else { return };
        if !self.is_live(now, Kind::Sip, (search.side, role)) {
            let step = Step::Turn(Turn { passed: true, ..turn });
            self.link(Kind::Sip).status = Status::Searching(Search { step, ..search });
            return;
        }
        if now.taken.is_some() {
            self.own_turns.push((site, now.t));
        }
        let answer = now.t + delay;
        if answer == now.t {
            return self.attempt_succeeds(now, Kind::Sip, search, role);
        }
        let then = self.me.world.at(answer.min(self.me.model.horizon));
        let there = Now { t: answer, world: then, ..now };
        let comes = answer <= ends && self.is_live(there, Kind::Sip, (search.side, role));
        let step = if comes {
            let started = ends - self.me.model.connect_timeout(self.me.profile);
            Step::Attempt { role, started, second, received: Some((answer, true)) }
        } else {
            Step::Turn(Turn { passed: true, ..turn })
        };
        self.link(Kind::Sip).status = Status::Searching(Search { step, ..search });
    }

    /// Class b: the attempt has lasted as long as it may.
    pub fn turn_may_fail(&mut self, now: Now<'a>, search: Search, turn: Turn) -> bool {
        let undecided = turn.at.is_none() && !turn.waits;
        if undecided || now.t < turn.ends {
            return false;
        }
        if turn.waits
            && let Some(site) = self.me.site(search.side)
        {
            self.tell(now, Event::ConnectionTimedOut { site });
        }
        self.attempt_fails(now, Kind::Sip, search, (turn.role, turn.second))
    }
}
