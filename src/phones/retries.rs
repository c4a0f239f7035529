//! The wait after a failed REGISTER transaction, and the next one. It knows no refreshes.

use crate::distribution::Law;
use crate::model::{Retry, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};

use super::chains::{Chains, Work};
use super::context::PhoneContext;
use super::line::Skipped;
use super::transaction::{cycles_before, grid_points_before};

impl Chains {
    /// The next transaction after one that has failed, at `side` last.
    pub(super) fn retry(&mut self, index: usize, (side, failover): (Side, bool), work: &mut Work) {
        let phone = work.cx.phone;
        let refusal = phone.retry_after_refusal.as_ref().filter(|_| self.lines[index].refused);
        let least = self.retry_after(index, side, work);
        let wait = match (refusal, &phone.retry) {
            (Some(law), _) | (None, Retry::Drawn(law)) => self.drawn(index, law, work),
            (None, Retry::Fixed(interval)) if least > *interval => *interval,
            (None, Retry::Fixed(interval)) => {
                return self.retry_fixed(work.cx, index, *interval, failover);
            }
            (None, &Retry::Backoff { none, some, cap }) => {
                self.back_off(index, [none, some, cap], work)
            }
        };
        self.transact(work.cx, index, self.now + wait.max(least));
    }

    /// The least wait after a refusal, as the registrar that refused says; none after silence.
    fn retry_after(&mut self, index: usize, side: Side, work: &mut Work) -> Span {
        let line = &mut self.lines[index];
        let law = &work.cx.registry(side).retry_after;
        let Some(law) = law.as_ref().filter(|_| line.refused) else { return Span::ZERO };
        let number = 2 * line.refusals + index as u32;
        line.refusals += 1;
        let least = work.draws.sample(law, Purpose::RetryAfter, number);
        if let Some(diary) = &work.cx.diary {
            diary.is_told_to_wait(index, least);
        }
        least
    }

    /// A wait by a law: at least one nanosecond, for no time at all would never end.
    fn drawn(&mut self, index: usize, law: &Law, work: &mut Work) -> Span {
        let purpose = if index == 0 { Purpose::BackoffHome } else { Purpose::BackoffPeer };
        let number = self.lines[index].waits;
        self.lines[index].waits += 1;
        work.draws.sample(law, purpose, number).max(Span(1))
    }

    /// RFC 5626 section 4.5.
    fn back_off(&mut self, index: usize, [none, some, cap]: [Span; 3], work: &mut Work) -> Span {
        let line = self.lines[index];
        let other = work.cx.dual() && self.holds(line.side.other());
        let base = if other { some } else { none };
        let doubled = 1i64.checked_shl(line.failures).filter(|_| line.failures < 62);
        let bound = Span(base.0.saturating_mul(doubled.unwrap_or(i64::MAX))).min(cap);
        let law = Law::Uniform { lowest: Span(bound.0 / 2), highest: bound };
        self.drawn(index, &law, work)
    }

    /// Retries at a fixed interval: passes over those that are known to fail.
    fn retry_fixed(&mut self, cx: &PhoneContext, index: usize, interval: Span, failover: bool) {
        let timeout = cx.phone.transaction_timeout;
        let first = self.now + interval;
        let sites = if failover && cx.has_peer() { 2 } else { 1 };
        let busy = Span(timeout.0.saturating_mul(sites));
        let period = busy + interval;
        let line = &self.lines[index];
        let side = line.side;
        let mut change = self.answers(cx, side, first);
        if sites == 2 {
            change = change.min(self.answers(cx, Side::Peer, first));
        }
        let cycles = cycles_before(change.min(cx.model.horizon + period), first, period, busy);
        let line = &mut self.lines[index];
        // The last failure before the phone gives up is stepped to.
        let most = cx.phone.retry_limit.map_or(i64::MAX, |limit| i64::from(limit - line.failures));
        let cycles = cycles.min(most);
        line.failures = line.failures.saturating_add(u32::try_from(cycles).unwrap_or(u32::MAX));
        line.first = first;
        line.skipped = Skipped { cycles, period, sites: sites as u8 };
        self.transact(cx, index, first + Span(cycles * period.0));
    }

    /// Counts the skipped transactions that failed before `t`, once.
    pub(super) fn count_skipped(&mut self, cx: &PhoneContext, index: usize, t: Time) {
        let line = &mut self.lines[index];
        let Skipped { cycles, period, sites } = std::mem::replace(&mut line.skipped, Skipped::NONE);
        if cycles > 0 {
            for site in 1..=i64::from(sites) {
                let fails = line.first + Span(cx.phone.transaction_timeout.0 * site);
                self.failed += grid_points_before(fails, period, cycles, t);
            }
        }
    }
}
