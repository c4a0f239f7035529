//! Power cuts of a location, and what they do to phones: phones are off at once, drop everything,
//! and know nothing when they start again.

use crate::distribution::Law;
use crate::model::{Side, Style};
use crate::random::Purpose;
use crate::time::{Span, Time};

use super::chains::{Chains, Work};
use super::context::PhoneContext;
use super::line::{Line, Note, RegistrationChange, Step};
use super::transaction::grid_points_before;

impl PhoneContext<'_> {
    /// When the power fails next, from an instant on; [`Time::NEVER`]: not at all.
    #[must_use]
    pub fn power_fails(&self, t: Time) -> Time {
        self.power.and_then(|power| power.first(t, |on| !on)).unwrap_or(Time::NEVER)
    }

    /// Whether there is power at an instant.
    pub(super) fn powered(&self, t: Time) -> bool {
        self.power.is_none_or(|power| power.at(t))
    }

    /// When the power is back, from an instant on.
    pub(super) fn power_returns(&self, t: Time) -> Option<Time> {
        self.power.and_then(|power| power.first(t, |on| on))
    }

    /// When something starts that is off at `t` because it has no power: after the first return of
    /// the power whose boot time, drawn for each of them, ends before the next failure.
    pub(crate) fn starts_after(&self, mut t: Time, mut boot: impl FnMut() -> Span) -> Time {
        while let Some(back) = self.power_returns(t) {
            let (starts, fails) = (back + boot(), self.power_fails(back));
            if starts < fails {
                return starts;
            }
            t = fails;
        }
        Time::NEVER
    }
}

impl Chains {
    /// The power fails, or the phone has started.
    pub(super) fn power_turns(&mut self, work: &mut Work) {
        if work.cx.powered(self.now) { self.starts(work.cx) } else { self.goes_off(work) }
    }

    fn goes_off(&mut self, work: &mut Work) {
        let cx = work.cx;
        for index in 0..2 {
            self.stop(cx, index);
        }
        for side in Side::BOTH {
            if std::mem::take(&mut self.holds[side.index()]) {
                work.notes.push(Note {
                    at: self.now,
                    side,
                    change: RegistrationChange::Off,
                    after: None,
                });
            }
        }
        (self.off, self.led, self.own) = (true, false, [false; 2]);
        self.edge = self.next_edge(work);
    }

    /// When a phone that is off starts or, if that is too late, loses its power again: what its
    /// desktop has done in between is dropped then.
    fn next_edge(&mut self, work: &mut Work) -> Time {
        let Some(back) = work.cx.power_returns(self.now) else { return Time::NEVER };
        let phone = work.cx.phone;
        let spread = Law::Uniform { lowest: Span::ZERO, highest: phone.start_spread };
        let boot = work.draws.sample(&phone.boot, Purpose::PhoneBoot, self.starts);
        let spread = work.draws.sample(&spread, Purpose::StartSpread, self.starts);
        self.starts += 1;
        (back + boot + spread).min(work.cx.power_fails(back))
    }

    /// A line is cut off: nothing of this instant happens to it any more.
    fn stop(&mut self, cx: &PhoneContext, index: usize) {
        self.count_skipped(cx, index, self.now);
        let line = self.lines[index];
        let [refresh, granted] = [cx.refresh, cx.granted].map(|of| of[line.side.index()]);
        match line.step {
            Step::Steady if self.until[line.side.index()] == Time::NEVER => {
                let done = grid_points_before(line.first, refresh, i64::MAX, self.now);
                self.registered += done;
                self.until[line.side.index()] =
                    line.first + Span((done as i64 - 1) * refresh.0) + granted;
            }
            Step::Away => {
                let timeout = cx.phone.transaction_timeout;
                let period = cx.refresh[1] + timeout;
                let cycles = (line.start - line.first).0 / period.0;
                let done = grid_points_before(line.first + timeout, period, cycles, self.now);
                self.registered += done;
                self.failed += done;
                if self.until[1] == Time::NEVER {
                    let last = match done as i64 {
                        0 => line.first - cx.refresh[1],
                        done => line.first + Span((done - 1) * period.0) + timeout,
                    };
                    self.until[1] = last + cx.granted[1];
                }
            }
            Step::Steady | Step::Off | Step::Succeeds | Step::Fails | Step::Asks => {}
        }
        let Line { side, waits, grants, refusals, .. } = line;
        self.lines[index] = Line { waits, grants, refusals, ..Line::off(side) };
    }

    /// The phone registers as its kind does: where it always does, at its preferred site, or where
    /// its desktop is.
    fn starts(&mut self, cx: &PhoneContext) {
        self.off = false;
        self.edge = cx.power_fails(self.now);
        match cx.phone.style {
            Style::Dual => {
                self.lines[0].side = Side::Preferred;
                self.transact(cx, 0, self.now);
                if cx.has_peer() {
                    self.lines[1].side = Side::Peer;
                    self.transact(cx, 1, self.now);
                }
            }
            Style::Failover { .. } => {
                self.lines[0].side = Side::Preferred;
                self.transact(cx, 0, self.now);
            }
            Style::Follow if self.led => self.transact(cx, 0, self.now),
            Style::Follow => {}
        }
    }
}
