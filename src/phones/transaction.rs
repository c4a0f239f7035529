//! REGISTER transactions and the grids that refreshes, retries and probes lie on: pure arithmetic over
//! what registrars answer.

use std::cell::Cell;

use crate::model::Transport;
use crate::time::{Span, Time};

use super::registrar::Registrar;
use super::verdicts::{Failure, Outcome};

/// Offset of the first UDP send at or after `offset` (RFC 3261, Timer E: T1, doubling up to T2).
pub(super) fn send_at_or_after(offset: Span, t1: Span, t2: Span) -> Span {
    let (mut send, mut step) = (Span::ZERO, t1);
    while send < offset {
        if step >= t2 {
            let missing = (offset - send).0;
            return send + Span((missing + t2.0 - 1) / t2.0 * t2.0);
        }
        send += step;
        step = t2.min(step + step);
    }
    send
}

/// When a transaction that starts at `start` succeeds, or else how it fails; `answers` returns the
/// first instant at or after another at which a REGISTER would be answered, `refuses` whether with
/// a refusal then.
pub(super) fn transaction(
    answers: impl Fn(Time) -> Time,
    refuses: impl Fn(Time) -> bool,
    start: Time,
    (transport, timeout): (Transport, Span),
) -> Outcome {
    let end = start + timeout;
    let lost = Err(Failure { at: end, refused: false });
    let mut at = answers(start);
    if let Transport::Udp { t1, t2 } = transport {
        loop {
            let send = if at > end { end } else { start + send_at_or_after(at - start, t1, t2) };
            if send >= end {
                return lost;
            }
            at = answers(send);
            if at == send {
                break;
            }
        }
    } else if at > end {
        return lost;
    }
    if refuses(at) { Err(Failure { at, refused: true }) } else { Ok(at) }
}

/// The first point of the grid `first + k x period` at or after `t`.
pub(super) fn grid_at_or_after(first: Time, period: Span, t: Time) -> Time {
    if t <= first {
        return first;
    }
    let gap = (t - first).0;
    let steps = gap / period.0 + i64::from(gap % period.0 != 0);
    first + Span(steps.saturating_mul(period.0))
}

/// The first instant of the grid `origin + k x interval`, k >= 1, strictly after `t`.
pub(crate) fn grid_after(origin: Time, interval: Span, t: Time) -> Time {
    let steps = (t - origin).0.max(0) / interval.0 + 1;
    origin + Span(steps.saturating_mul(interval.0))
}

/// Points of the grid `first + k x period`, k in [0, limit), strictly before `t`.
pub(super) fn grid_points_before(first: Time, period: Span, limit: i64, t: Time) -> u64 {
    if t <= first {
        return 0;
    }
    let before = ((t - first).0 - 1) / period.0 + 1;
    before.min(limit) as u64
}

/// The first refresh of the grid `first + k x period` that is not answered at once;
/// [`Time::NEVER`]: none ever.
pub(super) fn first_disturbed(
    registrar: &Registrar,
    near: &Cell<u32>,
    first: Time,
    period: Span,
) -> Time {
    let mut from = first;
    while let Some((lost, back)) = registrar.disturbance(from, near) {
        let due = grid_at_or_after(first, period, lost);
        if due < back {
            return due;
        }
        from = back;
    }
    Time::NEVER
}

/// How many cycles that begin at `first` keep their busy part before `change`.
pub(super) fn cycles_before(change: Time, first: Time, period: Span, busy: Span) -> i64 {
    let margin = (change - Span(1) - busy - first).0;
    if margin < 0 { 0 } else { margin / period.0 + 1 }
}
