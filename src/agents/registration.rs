//! The phone's registrations: refreshes, transactions, waits, bindings.
//!
//! ```text
//! Steady --a refresh is not answered at once--> Succeeds --> Steady
//!                                           \-> Fails --> wait --> Succeeds | Fails ...
//! ```
//!
//! Undisturbed refreshes are not stepped through, and neither are retries at a fixed interval
//! that are known to fail: both lie on a grid, and the world's timelines tell which point of it
//! is the first to matter.

use crate::distribution::Law;
use crate::model::{Retry, Side, Style};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};
use crate::world::{Outlook, Timeline};

use super::life::Life;
use super::state::{Skipped, Step, UNBOUND, alarm};
use super::transaction::{
    cycles_before, first_disturbed, grid_at_or_after, grid_points_before, transaction,
};

impl<S: Sink> Life<'_, S> {
    /// What the registrar at one side of the agent looks like from its location.
    fn registrar(&self, side: Side) -> &Timeline<Outlook> {
        self.cx.sip(side).unwrap_or_else(|| unreachable!("a phone registers at the agent's sites"))
    }

    /// Begins the registrations that exist at the start, each last refreshed before it.
    pub(super) fn start_lines(&mut self) {
        let peer = self.cx.dual() && self.cx.has_peer();
        let sides = if peer { &Side::BOTH[..] } else { &Side::BOTH[..1] };
        for &side in sides {
            let due = self.fortune.first_refresh(self.cx.phone, side);
            self.st.lines[side.index()].side = side;
            self.st.registered[side.index()] = true;
            self.st.seen[side.index()] = true;
            self.plan_refreshes(side.index(), due);
        }
    }

    /// A binding that is refreshed from `due` on: finds the first refresh that matters.
    fn plan_refreshes(&mut self, index: usize, due: Time) {
        let side = self.st.lines[index].side;
        if side == Side::Peer && self.cx.phone.style == (Style::Failover { failback: true }) {
            return self.plan_away(index, due);
        }
        let disturbed = first_disturbed(self.registrar(side), due, self.cx.phone.refresh);
        let line = &mut self.st.lines[index];
        line.step = Step::Steady;
        line.first = due;
        self.st.bound[side.index()] = Time::NEVER;
        self.stirred = true;
        self.set(alarm::LINE + index, disturbed.unwrap_or(Time::NEVER));
        self.set(alarm::BOUND + side.index(), Time::NEVER);
    }

    /// The same for a failover phone away from home: each refresh fails at home first, and passes
    /// over those cycles whose outcome is plain.
    fn plan_away(&mut self, index: usize, due: Time) {
        let phone = self.cx.phone;
        let period = phone.refresh + phone.transaction_timeout;
        let bound = due - phone.refresh + phone.expiry;
        let cycles = if phone.expiry < period {
            0
        } else {
            let home = self.registrar(Side::Preferred).first(due, Outlook::registers);
            let away = self.registrar(Side::Peer).first(due, |sight| !sight.registers());
            let change = home.unwrap_or(Time::NEVER).min(away.unwrap_or(Time::NEVER));
            cycles_before(
                change.min(self.cx.model.horizon + period),
                due,
                period,
                phone.transaction_timeout,
            )
        };
        let line = &mut self.st.lines[index];
        line.step = Step::Away;
        line.first = due;
        line.start = due + Span(cycles * period.0);
        let start = line.start;
        self.set(alarm::LINE + index, start);
        self.bind(Side::Peer, if cycles > 0 { Time::NEVER } else { bound });
    }

    /// The binding at a side runs out at `until`.
    fn bind(&mut self, side: Side, until: Time) {
        self.st.bound[side.index()] = until;
        self.stirred = true;
        self.set(alarm::BOUND + side.index(), until);
    }

    /// Starts a transaction of a line.
    fn transact(&mut self, index: usize, start: Time) {
        let phone = self.cx.phone;
        let registrar = self.registrar(self.st.lines[index].side);
        let timeout = phone.transaction_timeout;
        let last = start + timeout;
        let possible = |from| registrar.first_until(from, last, Outlook::registers);
        let outcome = transaction(possible, start, phone.transport, timeout);
        let line = &mut self.st.lines[index];
        line.start = start;
        let (step, at) = match outcome {
            Ok(at) => (Step::Succeeds, at),
            Err(at) => (Step::Fails, at),
        };
        line.step = step;
        self.set(alarm::LINE + index, at);
    }

    /// Class (a): transactions that succeed now.
    pub(super) fn registrations_succeed(&mut self) {
        for index in 0..2 {
            let due = self.due(alarm::LINE + index);
            if due && self.st.lines[index].step == Step::Succeeds {
                self.registration_succeeds(index);
            }
        }
    }

    fn registration_succeeds(&mut self, index: usize) {
        self.count_skipped(index, Time::NEVER);
        let line = &mut self.st.lines[index];
        line.failures = 0;
        line.second = false;
        let (side, at_once) = (line.side, line.start == self.now);
        let undisturbed = self.holds(side) && at_once;
        self.st.counts.registered += 1;
        self.st.latest = side;
        self.st.registered[side.index()] = true;
        if !self.cx.dual() {
            self.st.registered[side.other().index()] = false;
        }
        if !undisturbed {
            self.emit(Event::Registered { site: self.cx.site(side) });
        }
        self.plan_refreshes(index, self.now + self.cx.phone.refresh);
    }

    /// Whether the phone, as it sees it, is registered at a side.
    pub(super) fn holds(&self, side: Side) -> bool {
        self.st.registered[side.index()]
    }

    /// Class (b): transactions that fail or start now.
    pub(super) fn registrations_fail(&mut self) {
        for index in 0..2 {
            if !self.due(alarm::LINE + index) {
                continue;
            }
            match self.st.lines[index].step {
                Step::Fails => self.registration_fails(index),
                Step::Steady => self.refresh_disturbed(index),
                Step::Away => self.refresh_away(index),
                Step::Off | Step::Succeeds => {}
            }
        }
    }

    /// A refresh is due that is not answered at once.
    fn refresh_disturbed(&mut self, index: usize) {
        let line = self.st.lines[index];
        let phone = self.cx.phone;
        self.st.counts.registered += ((self.now - line.first).0 / phone.refresh.0) as u64;
        self.bind(line.side, self.now - phone.refresh + phone.expiry);
        self.transact(index, self.now);
    }

    /// A refresh away from home is due: home is tried first.
    fn refresh_away(&mut self, index: usize) {
        let line = self.st.lines[index];
        let phone = self.cx.phone;
        let period = phone.refresh + phone.transaction_timeout;
        let cycles = ((self.now - line.first).0 / period.0) as u64;
        self.st.counts.registered += cycles;
        self.st.counts.failed += cycles;
        if self.st.bound[Side::Peer.index()] != UNBOUND {
            self.bind(Side::Peer, self.now - phone.refresh + phone.expiry);
        }
        let line = &mut self.st.lines[index];
        line.side = Side::Preferred;
        line.second = false;
        self.transact(index, self.now);
    }

    fn registration_fails(&mut self, index: usize) {
        self.count_skipped(index, Time::NEVER);
        self.st.counts.failed += 1;
        let side = self.st.lines[index].side;
        if std::mem::take(&mut self.st.registered[side.index()]) {
            self.emit(Event::RegistrationFailed { site: self.cx.site(side) });
        }
        let failover = matches!(self.cx.phone.style, Style::Failover { .. });
        if failover && self.cx.has_peer() && !self.st.lines[index].second {
            let line = &mut self.st.lines[index];
            line.second = true;
            line.side = side.other();
            return self.transact(index, self.now);
        }
        self.wait(index, failover);
    }

    /// After a failure (of both sites, for a failover phone): wait, then try again.
    fn wait(&mut self, index: usize, failover: bool) {
        let line = &mut self.st.lines[index];
        line.failures += 1;
        line.second = false;
        if failover {
            line.side = Side::Preferred;
        }
        match self.cx.phone.retry {
            Retry::Fixed(interval) => self.retry_fixed(index, interval, failover),
            Retry::Backoff { none, some, cap } => {
                let wait = self.back_off(index, none, some, cap);
                self.transact(index, self.now + wait);
            }
        }
    }

    /// RFC 5626 section 4.5.
    fn back_off(&mut self, index: usize, none: Span, some: Span, cap: Span) -> Span {
        let line = self.st.lines[index];
        let other = self.cx.dual() && self.holds(line.side.other());
        let base = if other { some } else { none };
        let doubled = 1i64.checked_shl(line.failures).filter(|_| line.failures < 62);
        let bound = Span(base.0.saturating_mul(doubled.unwrap_or(i64::MAX))).min(cap);
        let law = Law::Uniform { lowest: Span(bound.0 / 2), highest: bound };
        let purpose = if index == 0 { Purpose::BackoffHome } else { Purpose::BackoffPeer };
        self.st.lines[index].waits += 1;
        self.fortune.sample(&law, purpose, line.waits)
    }

    /// Retries at a fixed interval: passes over those that are known to fail.
    fn retry_fixed(&mut self, index: usize, interval: Span, failover: bool) {
        let timeout = self.cx.phone.transaction_timeout;
        let first = self.now + interval;
        let sites = if failover && self.cx.has_peer() { 2 } else { 1 };
        let busy = Span(timeout.0.saturating_mul(sites));
        let period = busy + interval;
        let back = |side| self.registrar(side).first(first, Outlook::registers);
        let line = self.st.lines[index];
        let mut change = back(line.side).unwrap_or(Time::NEVER);
        if sites == 2 {
            change = change.min(back(Side::Peer).unwrap_or(Time::NEVER));
        }
        let cycles = cycles_before(change.min(self.cx.model.horizon + period), first, period, busy);
        let line = &mut self.st.lines[index];
        line.first = first;
        line.skipped = Skipped { cycles, period, sites: sites as u8 };
        self.transact(index, first + Span(cycles * period.0));
    }

    /// Counts the skipped transactions that failed before `t`, once.
    fn count_skipped(&mut self, index: usize, t: Time) {
        let line = &mut self.st.lines[index];
        let Skipped { cycles, period, sites } = std::mem::replace(
            &mut line.skipped,
            Skipped { cycles: 0, period: Span::ZERO, sites: 1 },
        );
        if cycles == 0 {
            return;
        }
        for site in 1..=i64::from(sites) {
            let fails = line.first + Span(self.cx.phone.transaction_timeout.0 * site);
            self.st.counts.failed += grid_points_before(fails, period, cycles, t);
        }
    }

    /// Counts what a line has done before `t` without being stepped through.
    pub(super) fn settle_line(&mut self, index: usize, t: Time) {
        self.count_skipped(index, t);
        let line = self.st.lines[index];
        let phone = self.cx.phone;
        match line.step {
            Step::Steady => {
                // A refresh that is due comes before anything that could end the stretch.
                let disturbed = self.st.alarms[alarm::LINE + index];
                let after = (self.now + Span(1)).min(disturbed).min(self.cx.model.horizon);
                let done = grid_points_before(line.first, phone.refresh, i64::MAX, after);
                self.st.counts.registered += done;
                let last = line.first + Span((done as i64 - 1) * phone.refresh.0);
                self.bind(line.side, last + phone.expiry);
            }
            Step::Away => {
                let timeout = phone.transaction_timeout;
                let period = phone.refresh + timeout;
                let cycles = (line.start - line.first).0 / period.0;
                let done = grid_points_before(line.first + timeout, period, cycles, t);
                self.st.counts.registered += done;
                self.st.counts.failed += done;
            }
            Step::Off | Step::Succeeds | Step::Fails => {}
        }
    }

    /// A follow phone registers where its desktop has just connected.
    pub(super) fn follow(&mut self, side: Side) {
        if self.cx.phone.style != Style::Follow || self.st.lines[0].side == side {
            return;
        }
        let until = if self.before_failures { self.now } else { self.now + Span(1) };
        self.settle_line(0, until);
        let line = &mut self.st.lines[0];
        line.side = side;
        line.failures = 0;
        self.transact(0, self.now);
    }

    /// The registrar at a side has lost its bindings (policy `bindings-after-pair-loss = lose`).
    pub(super) fn bindings_lost(&mut self, side: Side) {
        if self.st.bound[side.index()] == UNBOUND {
            return;
        }
        for index in 0..2 {
            let line = self.st.lines[index];
            if line.side == side && matches!(line.step, Step::Steady | Step::Away) {
                self.settle_line(index, self.now);
                self.refresh_alone(index);
            }
        }
        self.binding_ends(side);
    }

    /// The next refresh of a line whose binding is gone is an event of its own.
    fn refresh_alone(&mut self, index: usize) {
        let line = self.st.lines[index];
        let due = match line.step {
            Step::Away => {
                let period = self.cx.phone.refresh + self.cx.phone.transaction_timeout;
                grid_at_or_after(line.first, period, self.now)
            }
            _ => grid_at_or_after(line.first, self.cx.phone.refresh, self.now),
        };
        if line.step == Step::Away {
            self.st.lines[index].first = due;
            self.st.lines[index].start = due;
            self.set(alarm::LINE + index, due);
        } else {
            self.transact(index, due);
        }
    }

    /// End of class (a): bindings that have run out without a successor.
    pub(super) fn bindings_expire(&mut self) {
        for side in Side::BOTH {
            if self.due(alarm::BOUND + side.index()) {
                self.binding_ends(side);
            }
        }
    }

    fn binding_ends(&mut self, side: Side) {
        self.st.bound[side.index()] = UNBOUND;
        self.stirred = true;
        self.clear(alarm::BOUND + side.index());
        self.ended[side.index()] = true;
    }

    /// End of the instant: bindings that ended in it and were not renewed.
    pub(super) fn tell_bindings(&mut self) {
        for side in Side::BOTH {
            let ended = std::mem::take(&mut self.ended[side.index()]);
            if ended && self.st.bound[side.index()] == UNBOUND {
                self.emit(Event::BindingEnded { site: self.cx.site(side) });
            }
        }
    }
}
