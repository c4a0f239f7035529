//! Probes of a failover phone that is not at its preferred site (`failback = "120s"`): transactions
//! at the preferred site, at a fixed interval from the success at the other site, in the chain that
//! a phone with one registration does not use otherwise. After the first success the phone is
//! registered at its preferred site again.
//!
//! One that would begin before the last has ended is left out. Probes that are known to fail are passed
//! over.

use crate::model::{Failback, Side, Style};
use crate::time::{Span, Time};

use super::chains::Chains;
use super::context::PhoneContext;
use super::line::{Line, Skipped, Step};
use super::transaction::{cycles_before, grid_after};

/// The chain of the probes.
const PROBES: usize = 1;

/// The interval of the probes of a phone that makes them.
const fn interval(cx: &PhoneContext) -> Option<Span> {
    match cx.phone.style {
        Style::Failover { failback: Failback::Every(interval) } => Some(interval),
        _ => None,
    }
}

impl Chains {
    /// Whether the phone is not at its preferred site and probes it.
    pub(super) fn probes_home(&self, cx: &PhoneContext) -> bool {
        interval(cx).is_some() && self.lines[PROBES].step != Step::Off
    }

    /// Registered at the other site, and not there before.
    pub(super) fn begin_probes(&mut self, cx: &PhoneContext) {
        if let Some(interval) = interval(cx) {
            self.lines[PROBES] = Line::off(Side::Preferred);
            self.probe(cx, self.now + interval, interval);
        }
    }

    /// The phone is registered nowhere: it tries both sites in turn instead.
    pub(super) fn end_probes(&mut self, cx: &PhoneContext) {
        if self.probes_home(cx) {
            self.count_skipped(cx, PROBES, self.now);
            self.lines[PROBES] = Line::off(Side::Preferred);
        }
    }

    /// A probe has failed.
    pub(super) fn probe_fails(&mut self, cx: &PhoneContext) {
        self.count_skipped(cx, PROBES, Time::NEVER);
        self.failed += 1;
        if let Some(interval) = interval(cx) {
            self.probe(cx, grid_after(self.lines[PROBES].start, interval, self.now), interval);
        }
    }

    /// The next probe, those left out that are known to fail.
    fn probe(&mut self, cx: &PhoneContext, first: Time, interval: Span) {
        let timeout = cx.phone.transaction_timeout;
        let period = Span(interval.0 * (timeout.0 / interval.0 + 1));
        let change = self.answers(cx, Side::Preferred, first).min(cx.model.horizon + period);
        let cycles = cycles_before(change, first, period, timeout);
        let line = &mut self.lines[PROBES];
        line.first = first;
        line.skipped = Skipped { cycles, period, sites: 1 };
        self.transact(cx, PROBES, first + Span(cycles * period.0));
    }

    /// A probe has succeeded: from now on its transaction is that of the only registration, and what
    /// that one did away from home is over.
    pub(super) fn comes_home(&mut self, cx: &PhoneContext) {
        self.refresh_due(cx);
        self.settle(cx, 0, self.now);
        let Line { waits, grants, refusals, .. } = self.lines[0];
        self.lines[0] = Line { waits, grants, refusals, ..self.lines[PROBES] };
        self.lines[PROBES] = Line::off(Side::Preferred);
    }
}
