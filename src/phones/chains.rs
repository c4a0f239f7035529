//! The phone's chains of REGISTER transactions: refreshes, retries, bindings, from one instant that
//! matters to the next.
//!
//! ```text
//! Steady --a refresh is not answered at once--> Succeeds --> Steady
//!                                           \-> Fails --> wait --> Succeeds | Fails ...
//! ```
//!
//! Undisturbed refreshes are not simulated one by one, and neither are retries at a fixed interval
//! that are known to fail: both lie on a grid, and the registrars report which point of it is the
//! first to matter. Desktops are not in this file: a desktop that moves a following phone calls
//! `Chains::follow`.

use crate::model::{AgentId, Retry, Side, Style};
use crate::random::Entity;
use crate::time::{Span, Time};

use super::answers::Registers;
use super::context::PhoneContext;
use super::draws::AgentDraws;
use super::line::{IN_STEP, Line, Note, RegistrationChange, Step, TRIES_HOME_FIRST, Through};
use super::transaction::grid_points_before;
use super::verdicts::Range;
use crate::limits::Repeated;

/// The registrar holds no binding.
pub(super) const UNBOUND: Time = Time(i64::MIN);

/// The chains of one phone, at one instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chains {
    pub(super) lines: [Line; 2],
    /// Their agent.
    pub(super) who: Entity,
    /// Until when the registrar holds a binding, per side; [`Time::NEVER`]: it is refreshed.
    pub(super) until: [Time; 2],
    /// When bindings are lost with the pair next, per side.
    pub(super) loses: [Time; 2],
    /// Whether the phone's last transaction succeeded, per side.
    pub(super) holds: [bool; 2],
    /// Whether the binding is where the phone is, per side.
    pub(super) own: [bool; 2],
    /// Bindings that have ended at this instant, per side.
    pub(super) ended: [bool; 2],
    /// Without power, or starting.
    pub(super) off: bool,
    /// When the power fails next, or the phone has started.
    pub(super) edge: Time,
    /// Returns of the power so far.
    pub(super) starts: u32,
    /// The desktop has been at a site since the power was back; at the start it is.
    pub(super) led: bool,
    /// Where registrars were asked last, per side: only a place to begin a search at.
    pub(super) near: [u32; 2],
    /// The instant.
    pub(super) now: Time,
    /// Transactions that succeeded.
    pub registered: u64,
    /// Transactions that failed.
    pub failed: u64,
    /// What queues have done to its transactions, where that is known.
    pub(super) verdicts: Range,
    /// In a counterfactual: after this instant the phone is not where it was in the run.
    pub(super) apart_from: Time,
}

/// The chains with all that they look up, while an instant is simulated.
pub(super) struct Work<'w, 'a> {
    pub cx: &'a PhoneContext<'a>,
    pub draws: &'w mut AgentDraws,
    /// What happens, in its order.
    pub notes: &'w mut Vec<Note>,
    /// As in [`Note`].
    pub after: Option<u8>,
}

impl Chains {
    /// The registrations that exist at the start, each last refreshed before it.
    pub(crate) fn new(cx: &PhoneContext, draws: &mut AgentDraws, agent: AgentId) -> Self {
        let mut chains = Self {
            loses: Side::BOTH.map(|side| cx.registrar(side).loses(Time(-1))),
            own: [true, cx.dual()],
            edge: cx.power_fails(Time::ZERO),
            led: true,
            ..Self::blank(cx, draws.who(), agent)
        };
        let both = cx.dual() && cx.has_peer();
        let sides = if both { &Side::BOTH[..] } else { &Side::BOTH[..1] };
        for &side in sides {
            let granted = chains.grant(cx, draws, side.index());
            let due = draws.first_refresh(cx.phone, granted.refresh, side);
            chains.holds[side.index()] = true;
            if cx.phone.first_refresh[side.index()].is_some() {
                chains.lines[side.index()].in_step = IN_STEP;
            }
            chains.plan_refreshes(cx, side.index(), (due, granted));
        }
        chains
    }

    /// Nothing is registered, and nothing comes.
    pub(super) fn blank(cx: &PhoneContext, who: Entity, agent: AgentId) -> Self {
        Self {
            lines: Side::BOTH.map(Line::off),
            who,
            until: [UNBOUND; 2],
            loses: [Time::NEVER; 2],
            holds: [false; 2],
            ended: [false; 2],
            own: [false; 2],
            off: false,
            edge: Time::NEVER,
            starts: 0,
            led: false,
            near: [0; 2],
            now: Time::ZERO,
            registered: 0,
            failed: 0,
            verdicts: match cx.registers {
                Registers::Asked(_) => Range::default(),
                Registers::Known(answers) => answers.verdicts.of(agent),
            },
            apart_from: Time::NEVER,
        }
    }

    /// Whether the phone, as it sees it, is registered at a side.
    pub(super) const fn holds(&self, side: Side) -> bool {
        self.holds[side.index()]
    }

    /// Whether the registrar at a side holds a binding.
    pub(super) fn bound(&self, side: Side) -> bool {
        self.until[side.index()] != UNBOUND
    }

    /// Whether a binding at a side is where the phone is, if there is one.
    pub(super) const fn is_own(&self, side: Side) -> bool {
        self.own[side.index()]
    }

    /// What its next instant is part of, if there are many like it.
    pub(super) fn work(&self, cx: &PhoneContext) -> Repeated {
        let fails = self.lines.iter().any(Line::fails);
        let away = cx.phone.style == TRIES_HOME_FIRST || self.probes_home(cx);
        if fails && (!away || matches!(cx.phone.retry, Retry::Backoff { .. })) {
            Repeated::Retry
        } else if away {
            Repeated::Away
        } else {
            Repeated::Register
        }
    }

    /// The next instant at which anything happens.
    pub(super) fn next(&self) -> Time {
        let until = |side: usize| {
            if self.until[side] == UNBOUND { Time::NEVER } else { self.until[side] }
        };
        let lines = self.lines[0].due().min(self.lines[1].due());
        let bindings = until(0).min(until(1)).min(self.loses[0]).min(self.loses[1]);
        lines.min(bindings).min(self.edge)
    }

    /// One instant, in the order that is law: bindings lost with their pair; successes, then
    /// bindings that run out; transactions that fail or start; again until nothing more happens.
    pub(super) fn instant(&mut self, now: Time, through: Through, work: &mut Work) {
        self.now = now;
        if self.edge == now {
            self.power_turns(work);
        }
        for side in Side::BOTH {
            if self.loses[side.index()] == now {
                self.loses[side.index()] = work.cx.registrar(side).loses(now);
                self.binding_lost(work.cx, side);
            }
        }
        self.start_stepped(work.cx);
        loop {
            for index in 0..2 {
                if self.lines[index].at == now && self.lines[index].step == Step::Succeeds {
                    self.succeeds(index, work);
                }
            }
            for side in 0..2 {
                if self.until[side] == now {
                    self.ends(side);
                }
            }
            if through == Through::Successes || self.lines.iter().all(|line| line.due() != now) {
                return;
            }
            for index in 0..2 {
                // One that starts and is refused at once has failed before the other is looked at.
                while self.lines[index].due() == now && self.lines[index].step != Step::Succeeds {
                    self.fails_or_starts(index, work);
                }
            }
        }
    }

    /// The end of an instant: bindings that ended in it and were not renewed.
    pub(super) fn close(&mut self, notes: &mut Vec<Note>) {
        for side in Side::BOTH {
            if std::mem::take(&mut self.ended[side.index()]) && !self.bound(side) {
                notes.push(Note {
                    at: self.now,
                    side,
                    change: RegistrationChange::Ended,
                    after: None,
                });
            }
        }
    }

    pub(super) fn ends(&mut self, side: usize) {
        self.ended[side] |= self.until[side] != UNBOUND;
        self.until[side] = UNBOUND;
    }

    pub(super) fn succeeds(&mut self, index: usize, work: &mut Work) {
        self.count_skipped(work.cx, index, Time::NEVER);
        let index = if index == 1 && self.probes_home(work.cx) {
            self.comes_home(work.cx);
            0
        } else {
            index
        };
        let line = &mut self.lines[index];
        (line.failures, line.second) = (0, false);
        let (side, at_once) = (line.side, line.start == self.now);
        let (undisturbed, moves) = (self.holds(side) && at_once, !self.holds(side));
        self.registered += 1;
        (self.holds[side.index()], self.own[side.index()]) = (true, true);
        if !work.cx.dual() {
            let other = side.other().index();
            (self.holds[other], self.own[other]) = (false, false);
        }
        if !undisturbed {
            let after = work.after;
            work.notes.push(Note {
                at: self.now,
                side,
                change: RegistrationChange::Registered,
                after,
            });
        }
        let granted = self.grant(work.cx, work.draws, index);
        self.plan_refreshes(work.cx, index, (self.now + granted.refresh, granted));
        if moves && side == Side::Peer {
            self.begin_probes(work.cx);
        }
    }

    fn fails_or_starts(&mut self, index: usize, work: &mut Work) {
        match self.lines[index].step {
            Step::Fails if index == 1 && self.probes_home(work.cx) => self.probe_fails(work.cx),
            Step::Fails => self.fails(index, work),
            Step::Steady => self.refresh_disturbed(work.cx, index, self.now),
            Step::Away => self.refresh_away(work.cx, index),
            Step::Off | Step::Succeeds | Step::Asks => {}
        }
    }

    /// A refresh is due that is not answered at once.
    pub(super) fn refresh_disturbed(&mut self, cx: &PhoneContext, index: usize, at: Time) {
        let line = self.lines[index];
        let side = line.side.index();
        if self.until[side] == Time::NEVER {
            self.registered += ((at - line.first).0 / cx.refresh[side].0) as u64;
            self.until[side] = at - cx.refresh[side] + cx.granted[side];
        }
        self.transact(cx, index, at);
        self.lines[index].refreshes = true;
    }

    /// A refresh of a phone that is not at its preferred site is due: the preferred site is tried
    /// first.
    fn refresh_away(&mut self, cx: &PhoneContext, index: usize) {
        let line = &mut self.lines[index];
        let period = cx.refresh[1] + cx.phone.transaction_timeout;
        let cycles = ((self.now - line.first).0 / period.0) as u64;
        (line.side, line.second) = (Side::Preferred, false);
        self.registered += cycles;
        self.failed += cycles;
        if self.until[Side::Peer.index()] == Time::NEVER {
            self.until[Side::Peer.index()] = self.now - cx.refresh[1] + cx.granted[1];
        }
        self.transact(cx, index, self.now);
    }

    fn fails(&mut self, index: usize, work: &mut Work) {
        self.count_skipped(work.cx, index, Time::NEVER);
        self.failed += 1;
        let Line { side, refused, .. } = self.lines[index];
        if std::mem::take(&mut self.holds[side.index()]) {
            self.end_probes(work.cx);
            let after = work.after;
            work.notes.push(Note {
                at: self.now,
                side,
                change: RegistrationChange::Failed { refused },
                after,
            });
        }
        let failover = matches!(work.cx.phone.style, Style::Failover { .. });
        let line = &mut self.lines[index];
        if failover && work.cx.has_peer() && !line.second {
            (line.second, line.side) = (true, side.other());
            return self.transact(work.cx, index, self.now);
        }
        line.failures += 1;
        line.second = false;
        if failover {
            line.side = Side::Preferred;
        }
        if work.cx.phone.retry_limit.is_some_and(|limit| line.failures > limit) {
            (line.step, line.at) = (Step::Off, Time::NEVER);
            let after = work.after;
            return work.notes.push(Note {
                at: self.now,
                side,
                change: RegistrationChange::GivesUp,
                after,
            });
        }
        self.retry(index, (side, failover), work);
    }

    /// Counts what a line has done before `t` without being stepped through.
    pub(super) fn settle(&mut self, cx: &PhoneContext, index: usize, t: Time) {
        self.count_skipped(cx, index, t);
        let line = self.lines[index];
        let side = line.side.index();
        match line.step {
            Step::Steady if self.until[side] == Time::NEVER => {
                let refresh = cx.refresh[side];
                // A refresh that is due comes before anything that could end the steady interval.
                let after = (self.now + Span(1)).min(line.at).min(cx.model.horizon);
                let done = grid_points_before(line.first, refresh, i64::MAX, after);
                self.registered += done;
                let last = line.first + Span((done as i64 - 1) * refresh.0);
                self.until[side] = last + cx.granted[side];
            }
            Step::Away => {
                let timeout = cx.phone.transaction_timeout;
                let period = cx.refresh[1] + timeout;
                let cycles = (line.start - line.first).0 / period.0;
                let done = grid_points_before(line.first + timeout, period, cycles, t);
                self.registered += done;
                self.failed += done;
            }
            Step::Steady | Step::Off | Step::Succeeds | Step::Fails | Step::Asks => {}
        }
    }

    /// The horizon: counts what was not stepped through.
    pub(crate) fn finish(&mut self, cx: &PhoneContext) {
        self.now = cx.model.horizon;
        for index in 0..2 {
            self.settle(cx, index, self.now);
        }
    }

    /// A following phone registers where its desktop has just connected; `through`: how much of this
    /// instant has happened to it before.
    pub(crate) fn follow(&mut self, cx: &PhoneContext, side: Side, now: Time, through: Through) {
        self.now = now;
        self.led = true;
        if self.off {
            self.lines[0].side = side;
            return;
        }
        let until = if through == Through::Successes {
            self.refresh_due(cx);
            now
        } else {
            now + Span(1)
        };
        self.settle(cx, 0, until);
        let line = &mut self.lines[0];
        line.side = side;
        line.failures = 0;
        self.transact(cx, 0, now);
    }

    /// Whether the transactions of a phone that follows go to a side already.
    pub(super) fn goes_to(&self, side: Side) -> bool {
        self.led && self.lines[0].side == side
    }
}
