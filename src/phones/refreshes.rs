//! What a phone plans after a success: what it was granted, and the first refresh that matters.
//!
//! It starts no transaction but those that nothing can come between.

use std::cell::Cell;

use crate::distribution::Law;
use crate::model::{Model, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};

use super::answers::Registers;
use super::chains::{Chains, UNBOUND, Work};
use super::context::PhoneContext;
use super::draws::AgentDraws;
use super::line::{Granted, Step, TRIES_HOME_FIRST};
use super::transaction::{cycles_before, first_disturbed};
use super::verdicts::Outcome;

impl Chains {
    /// What the registrar grants to a line that has succeeded, or had before the start.
    pub(super) fn grant(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        index: usize,
    ) -> Granted {
        let line = &mut self.lines[index];
        let side = line.side;
        let granted =
            Granted { expiry: cx.granted[side.index()], refresh: cx.refresh[side.index()] };
        let deviation = cx.registry(side).deviation;
        if deviation == Span::ZERO {
            return granted;
        }
        let law = Law::Uniform { lowest: Span::ZERO, highest: deviation };
        let number = 2 * line.grants + index as u32;
        line.grants += 1;
        let less = draws.sample(&law, Purpose::ExpiryDeviation, number);
        let expiry = (granted.expiry - less).max(Span(1));
        Granted { expiry, refresh: Model::refresh_of(cx.phone, expiry) }
    }

    /// A refresh that is due at this instant, in the chain of a phone with one registration, comes before
    /// what ends it.
    pub(super) fn refresh_due(&mut self, cx: &PhoneContext) {
        if self.lines[0].at != self.now || self.lines[0].step != Step::Steady {
            return;
        }
        self.refresh_disturbed(cx, 0, self.now);
        let line = self.lines[0];
        if line.at == self.now && line.step == Step::Succeeds {
            self.registered += 1;
            let side = line.side.index();
            self.until[side] = self.now + cx.granted[side];
        }
    }

    /// A binding that is refreshed from `due` on: finds the first refresh that matters.
    pub(super) fn plan_refreshes(
        &mut self,
        cx: &PhoneContext,
        index: usize,
        (due, granted): (Time, Granted),
    ) {
        let side = self.lines[index].side;
        if side == Side::Peer && cx.phone.style == TRIES_HOME_FIRST {
            return self.plan_away(cx, index, (due, granted));
        }
        // A binding that ends before its refresh is simulated at each refresh.
        let gap = granted.expiry < granted.refresh;
        if gap || cx.stepped[side.index()] || cx.asks(side) && self.lines[index].in_step > 0 {
            let line = &mut self.lines[index];
            (line.step, line.first, line.at) = (Step::Steady, due, due);
            // At the start it may have ended already.
            let until = due - granted.refresh + granted.expiry;
            self.until[side.index()] = if until > self.now { until } else { UNBOUND };
            return;
        }
        let at = self.steady_until(cx, side, due);
        let line = &mut self.lines[index];
        (line.step, line.first, line.at) = (Step::Steady, due, at);
        self.until[side.index()] = Time::NEVER;
        if cx.unmoved && at < cx.model.horizon {
            // Nothing can come between: the transaction is begun already.
            self.refresh_disturbed(cx, index, at);
        }
    }

    /// The first refresh at a side that will not succeed at once, of those from `due` on.
    pub(super) fn steady_until(&mut self, cx: &PhoneContext, side: Side, due: Time) -> Time {
        let (refresh, near) = (cx.refresh[side.index()], Cell::new(self.near[side.index()]));
        let at = first_disturbed(cx.registrar(side), &near, due, refresh);
        self.near[side.index()] = near.get();
        let at = at.min(self.next_verdict(cx, Some(side), due));
        if !self.apart_from.comes() {
            return at;
        }
        let busy = cx.past(side).map(|past| past.busy_on_grid(due, refresh, self.apart_from));
        at.min(busy.unwrap_or(Time::NEVER))
    }

    /// The same for a failover phone that is not at its preferred site: each refresh fails at the
    /// preferred site first. Cycles whose outcome is known are passed over.
    fn plan_away(&mut self, cx: &PhoneContext, index: usize, (due, granted): (Time, Granted)) {
        let timeout = cx.phone.transaction_timeout;
        let period = granted.refresh + timeout;
        let bound = due - granted.refresh + granted.expiry;
        let stepped = cx.stepped[1] || cx.asks(Side::Peer);
        let cycles = if granted.expiry < period || stepped {
            0
        } else {
            let home = self.answers(cx, Side::Preferred, due);
            let away = cx.registrar(Side::Peer).disturbance(due, &Cell::new(self.near[1]));
            let away = away.map_or(Time::NEVER, |(from, _)| from.max(due));
            let change = home.min(away).min(cx.model.horizon + period);
            let change = change.min(self.next_verdict(cx, None, due));
            cycles_before(change, due, period, timeout)
        };
        let line = &mut self.lines[index];
        (line.step, line.first) = (Step::Away, due);
        line.start = due + Span(cycles * period.0);
        line.at = line.start;
        self.until[Side::Peer.index()] = if cycles > 0 { Time::NEVER } else { bound };
    }

    /// What a queue has done to a transaction of a line in the run, if anything.
    pub(super) fn verdict(&self, cx: &PhoneContext, index: usize) -> Option<Outcome> {
        let Registers::Known(answers) = cx.registers else { return None };
        let line = &self.lines[index];
        answers.verdicts.outcome(self.verdicts, index, (line.start, line.side))
    }

    /// When the first transaction from `t` on starts that a queue has delayed, or made fail.
    pub(super) fn next_verdict(&self, cx: &PhoneContext, side: Option<Side>, t: Time) -> Time {
        match cx.registers {
            Registers::Asked(_) => Time::NEVER,
            Registers::Known(answers) => {
                let next = answers.verdicts.first(self.verdicts, side, t);
                let next = next.filter(|verdict| verdict.start <= self.apart_from);
                next.map_or(Time::NEVER, |verdict| verdict.start)
            }
        }
    }

    /// Refreshes that are simulated one by one start before anything else: they may succeed at
    /// once.
    pub(super) fn start_stepped(&mut self, cx: &PhoneContext) {
        for index in 0..2 {
            if self.steps_at(index, self.now) {
                self.refresh_disturbed(cx, index, self.now);
            }
        }
    }

    /// Whether a refresh that is simulated by itself starts at an instant, on a line.
    fn steps_at(&self, index: usize, t: Time) -> bool {
        let line = &self.lines[index];
        let stepped = self.until[line.side.index()] != Time::NEVER;
        line.step == Step::Steady && line.at == t && stepped
    }

    /// The line of a phone in step whose refresh is all that happens at an instant, if it has been registered
    /// there before and nothing else is under way.
    pub(super) fn only_refresh(&self, now: Time) -> Option<(usize, Side)> {
        let index = (0..2).find(|&index| self.steps_at(index, now))?;
        let (line, other) = (&self.lines[index], &self.lines[1 - index]);
        let registered = line.in_step > 0 && self.holds(line.side) && !line.fails() && !line.second;
        let registered = registered && other.step != Step::Asks;
        let ends = self.until[0].min(self.until[1]).min(self.loses[0]).min(self.loses[1]);
        let still = ends.min(other.due()).min(self.edge) > now;
        (registered && still).then_some((index, line.side))
    }

    /// It is answered at once.
    pub(super) fn refreshed(&mut self, index: usize, now: Time, work: &mut Work) {
        self.now = now;
        let line = &mut self.lines[index];
        (line.start, line.refreshes) = (now, true);
        line.in_step -= 1;
        self.ends_with(index, Ok(now));
        self.succeeds(index, work);
    }

    /// Whether any does, or the power goes off or on.
    pub(super) fn starts_at(&self, t: Time) -> bool {
        self.edge == t || self.steps_at(0, t) || self.steps_at(1, t)
    }

    /// Does that, before anything else happens in the instant.
    pub(super) fn start(&mut self, now: Time, work: &mut Work) {
        self.now = now;
        if self.edge == now {
            self.power_turns(work);
        }
        self.start_stepped(work.cx);
    }
}
