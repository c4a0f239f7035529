//! The two registrations of a dual phone over the whole run, worked out before its desktop lives.
//!
//! A dual phone with a fixed retry interval does not care what its desktop does, so all that a
//! desktop can ever see of it is known in advance: the gaps in its registrations. Not a state
//! machine; that is `agents::registration`, which these rules are the sum of.

use crate::model::Phone;
use crate::time::{Span, Time};
use crate::world::{Outlook, Timeline};

use super::super::transaction::{
    cycles_before, first_disturbed, grid_points_before, transaction,
};

/// A refresh that was not answered at once, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When the first transaction failed and the phone knew; [`Time::NEVER`]: it succeeded late.
    pub lost: Time,
    /// When the registrar's binding ran out; [`Time::NEVER`]: it was renewed in time.
    pub ended: Time,
    /// The next success; [`Time::NEVER`]: none before the horizon.
    pub back: Time,
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
    /// Works out the whole run from the first refresh on. Costs time in proportion to the gaps.
    pub fn plan(
        &mut self,
        phone: &Phone,
        retry: Span,
        registrar: &Timeline<Outlook>,
        due: Time,
        horizon: Time,
    ) {
        self.gaps.clear();
        (self.registered, self.failed) = (0, 0);
        let mut first = due;
        loop {
            let disturbed = first_disturbed(registrar, first, phone.refresh);
            let until = disturbed.unwrap_or(Time::NEVER).min(horizon);
            self.registered += grid_points_before(first, phone.refresh, i64::MAX, until);
            let Some(start) = disturbed.filter(|&start| start < horizon) else { return };
            let mut trial = Trial { phone, retry, registrar, horizon, failed: 0 };
            let (lost, back) = trial.regain(start);
            self.failed += trial.failed;
            let ended = start - phone.refresh + phone.expiry;
            let ended = if ended < back.min(horizon) { ended } else { Time::NEVER };
            self.gaps.push(Gap { lost, ended, back });
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
            Some(gap) if gap.lost.comes() => (true, gap.lost),
            Some(_) => (true, self.next(t, |gap| gap.lost)),
            None => (true, Time::NEVER),
        }
    }

    /// Whether the registrar holds a binding at `t`, and the next instant at which that changes.
    pub fn bound(&self, t: Time) -> (bool, Time) {
        match self.gap(t) {
            Some(gap) if gap.ended <= t => (false, gap.back),
            Some(gap) if gap.ended.comes() => (true, gap.ended),
            Some(_) => (true, self.next(t, |gap| gap.ended)),
            None => (true, Time::NEVER),
        }
    }

    /// The first of some instants of gaps after `t`.
    fn next(&self, t: Time, which: impl Fn(&Gap) -> Time) -> Time {
        let after = self.gaps.iter().map(which).filter(|at| at.comes() && *at > t);
        after.min().unwrap_or(Time::NEVER)
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

/// A refresh that was not answered at once.
struct Trial<'a> {
    phone: &'a Phone,
    retry: Span,
    registrar: &'a Timeline<Outlook>,
    horizon: Time,
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

    fn transact(&self, start: Time) -> Result<Time, Time> {
        transaction(self.registrar, start, self.phone.transport, self.phone.transaction_timeout)
    }

    fn seen(&self, at: Time) -> Time {
        if at < self.horizon { at } else { Time::NEVER }
    }

    /// Retries at a fixed interval after a failure, those that are known to fail passed over.
    fn retry(&mut self, mut failure: Time) -> Time {
        let timeout = self.phone.transaction_timeout;
        let period = timeout + self.retry;
        while failure < self.horizon {
            self.failed += 1;
            let first = failure + self.retry;
            let possible = self.registrar.first(first, Outlook::registers);
            let change = possible.unwrap_or(Time::NEVER).min(self.horizon + period);
            let cycles = cycles_before(change, first, period, timeout);
            let outcome = self.transact(first + Span(cycles * period.0));
            self.failed += grid_points_before(first + timeout, period, cycles, self.horizon);
            match outcome {
                Ok(back) => return self.seen(back),
                Err(again) => failure = again,
            }
        }
        Time::NEVER
    }
}
