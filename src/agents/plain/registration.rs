//! The two registrations of a dual phone over the whole run, worked out before its desktop lives.
//!
//! A dual phone with a fixed retry interval does not care what its desktop does, so all that a
//! desktop can ever see of it is known in advance: the gaps in its registrations. Not a state
//! machine; that is `agents::registration`, which these rules are the sum of.

use crate::model::Phone;
use crate::time::{Span, Time};

use crate::agents::transaction::{cycles_before, grid_points_before, refresh_in, transaction};

/// What the phones of a cohort have in common at one site.
#[derive(Clone, Debug)]
pub struct Registrar<'a> {
    /// The phone.
    pub phone: &'a Phone,
    /// From a failed transaction to the next.
    pub retry: Span,
    /// When no REGISTER is answered: [from, to), in order, apart from each other.
    pub downs: Vec<(Time, Time)>,
    /// The run covers [0, horizon).
    pub horizon: Time,
}

/// A refresh that was not answered at once, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When the first transaction failed and the phone knew; [`Time::NEVER`]: it succeeded late.
    pub lost: Time,
    /// When the registrar's binding ran out; [`Time::NEVER`]: it was renewed in time.
    pub ended: Time,
    /// The next success; [`Time::NEVER`]: none before the horizon.
    pub back: Time,
    /// The first loss in this gap or a later one.
    next_lost: Time,
    /// The first end of a binding in this gap or a later one.
    next_ended: Time,
}

/// One registration over the whole run.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// Its gaps in order. Nothing in them lies at or after the horizon.
    gaps: Vec<Gap>,
    /// Transactions that succeeded.
    pub registered: u64,
    /// Transactions that failed.
    pub failed: u64,
}

impl Registration {
    /// Works out the whole run from the first refresh on. Costs time in proportion to the times in
    /// which no REGISTER is answered, and to the logarithm of their number for each that matters.
    pub fn plan(&mut self, registrar: &Registrar, due: Time) {
        self.gaps.clear();
        (self.registered, self.failed) = (0, 0);
        self.live_through(registrar, due);
        let (mut next_lost, mut next_ended) = (Time::NEVER, Time::NEVER);
        for gap in self.gaps.iter_mut().rev() {
            next_lost = if gap.lost.comes() { gap.lost } else { next_lost };
            next_ended = if gap.ended.comes() { gap.ended } else { next_ended };
            (gap.next_lost, gap.next_ended) = (next_lost, next_ended);
        }
    }

    fn live_through(&mut self, registrar: &Registrar, due: Time) {
        let Registrar { phone, horizon, .. } = *registrar;
        let mut downs = &registrar.downs[..];
        let mut first = due;
        loop {
            let disturbed = first_disturbed(&mut downs, first, phone.refresh);
            let until = disturbed.unwrap_or(Time::NEVER).min(horizon);
            self.registered += grid_points_before(first, phone.refresh, i64::MAX, until);
            let Some(start) = disturbed.filter(|&start| start < horizon) else { return };
            let mut trial = Trial { registrar, downs, failed: 0 };
            let (lost, back) = trial.regain(start);
            self.failed += trial.failed;
            let ended = start - phone.refresh + phone.expiry;
            let ended = if ended < back.min(horizon) { ended } else { Time::NEVER };
            let (next_lost, next_ended) = (Time::NEVER, Time::NEVER);
            self.gaps.push(Gap { lost, ended, back, next_lost, next_ended });
            if !back.comes() {
                return;
            }
            self.registered += 1;
            first = back + phone.refresh;
        }
    }

    /// The gaps, in order.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The first gap that is not over at `t`.
    fn gap(&self, t: Time) -> Option<&Gap> {
        self.gaps.get(self.gaps.partition_point(|gap| gap.back <= t))
    }

    /// Whether the phone believes in its registration at `t`, and the next instant at which that
    /// changes.
    pub fn believed(&self, t: Time) -> (bool, Time) {
        match self.gap(t) {
            Some(gap) if gap.lost <= t => (false, gap.back),
            gap => (true, gap.map_or(Time::NEVER, |gap| gap.next_lost)),
        }
    }

    /// Whether the registrar holds a binding at `t`, and the next instant at which that changes.
    pub fn bound(&self, t: Time) -> (bool, Time) {
        match self.gap(t) {
            Some(gap) if gap.ended <= t => (false, gap.back),
            gap => (true, gap.map_or(Time::NEVER, |gap| gap.next_ended)),
        }
    }

    /// Since when the binding has been missing at `t`, when it is.
    pub fn unbound_since(&self, t: Time) -> Option<Time> {
        self.gap(t).filter(|gap| gap.ended <= t).map(|gap| gap.ended)
    }

    /// Since when the phone has believed in its registration at `t`, when it does; `None`: always.
    pub fn believed_since(&self, t: Time) -> Option<Time> {
        let over = &self.gaps[..self.gaps.partition_point(|gap| gap.back <= t)];
        over.iter().rev().find(|gap| gap.lost.comes()).map(|gap| gap.back)
    }
}

/// The first refresh of the grid `first + k x period` that is not answered at once. The times in
/// which no REGISTER is answered are left behind up to the one that it falls in.
fn first_disturbed(downs: &mut &[(Time, Time)], first: Time, period: Span) -> Option<Time> {
    loop {
        let due = refresh_in(*downs.first()?, first, period);
        if due.is_some() {
            return due;
        }
        *downs = &downs[1..];
    }
}

/// A refresh that was not answered at once.
struct Trial<'a> {
    registrar: &'a Registrar<'a>,
    /// From the one that the refresh fell in.
    downs: &'a [(Time, Time)],
    failed: u64,
}

impl Trial<'_> {
    /// When the first transaction failed, and when one succeeds.
    fn regain(&mut self, start: Time) -> (Time, Time) {
        match self.transact(start) {
            Ok(back) => (Time::NEVER, self.seen(back)),
            Err(lost) => (self.seen(lost), self.retry(lost)),
        }
    }

    /// The first instant from `t` on at which a REGISTER is answered.
    fn possible(&self, t: Time) -> Option<Time> {
        let down = self.downs.get(self.downs.partition_point(|(_, to)| *to <= t));
        let at = down.filter(|(from, _)| *from <= t).map_or(t, |(_, to)| *to);
        at.comes().then_some(at)
    }

    fn transact(&self, start: Time) -> Result<Time, Time> {
        let phone = self.registrar.phone;
        transaction(|t| self.possible(t), start, phone.transport, phone.transaction_timeout)
    }

    fn seen(&self, at: Time) -> Time {
        if at < self.registrar.horizon { at } else { Time::NEVER }
    }

    /// Retries at a fixed interval after a failure, those that are known to fail passed over.
    fn retry(&mut self, mut failure: Time) -> Time {
        let Registrar { phone, retry, horizon, .. } = *self.registrar;
        let timeout = phone.transaction_timeout;
        let period = timeout + retry;
        while failure < horizon {
            self.failed += 1;
            let first = failure + retry;
            let change = self.possible(first).unwrap_or(Time::NEVER).min(horizon + period);
            let cycles = cycles_before(change, first, period, timeout);
            let outcome = self.transact(first + Span(cycles * period.0));
            self.failed += grid_points_before(first + timeout, period, cycles, horizon);
            match outcome {
                Ok(back) => return self.seen(back),
                Err(again) => failure = again,
            }
        }
        Time::NEVER
    }
}
