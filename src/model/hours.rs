//! The hours in which something goes on: windows of the week laid over a run, and the time that has passed in them.

use super::clock::{Clock, DAY};
use crate::time::{Span, Time};

/// A window that opens on some days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly {
    /// The days on which it opens, Monday first.
    pub days: [bool; 7],
    /// The time of day at which it opens.
    pub from: Span,
    /// The time of day at which it closes; that of the next day, if it is not later than `from`.
    pub to: Span,
}

impl Weekly {
    /// How long it is open, by the clocks.
    #[must_use]
    pub fn length(&self) -> Span {
        let time = self.to.0 - self.from.0;
        Span(if time > 0 { time } else { DAY + time })
    }
}

/// The hours of a run: half-open intervals, in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    open: Vec<Interval>,
}

/// An open interval, [from, to).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval {
    from: Time,
    to: Time,
    /// Time open before it.
    before: Span,
}

impl Hours {
    /// The hours in [0, horizon) in which the clocks show a time of some window.
    #[must_use]
    pub fn of(clock: &Clock, windows: &[Weekly], horizon: Time) -> Self {
        let mut open = Vec::new();
        for stretch in clock.stretches() {
            let (from, to) = (stretch.from.max(Time::ZERO), stretch.to.min(horizon));
            if from >= to {
                continue;
            }
            // A window that opened the day before may still be open.
            let first = stretch.wall(from).div_euclid(DAY) - 1;
            for day in first..=stretch.wall(to).div_euclid(DAY) {
                let weekday = (clock.monday() + day).rem_euclid(7) as usize;
                for window in windows.iter().filter(|window| window.days[weekday]) {
                    let opens = day * DAY + window.from.0;
                    let ends = [opens, opens + window.length().0].map(|wall| stretch.instant(wall));
                    open.push((ends[0].max(from), ends[1].min(to)));
                }
            }
        }
        Self::new(open)
    }

    /// The union of some intervals.
    #[must_use]
    pub fn new(mut open: Vec<(Time, Time)>) -> Self {
        open.retain(|(from, to)| from < to);
        open.sort_unstable();
        let mut merged: Vec<Interval> = Vec::new();
        let mut before = Span::ZERO;
        for (from, to) in open {
            match merged.last_mut() {
                Some(last) if from <= last.to => {
                    before += (to - last.to).max(Span::ZERO);
                    last.to = last.to.max(to);
                }
                _ => {
                    merged.push(Interval { from, to, before });
                    before += to - from;
                }
            }
        }
        Self { open: merged }
    }

    /// The open intervals, [from, to).
    pub fn intervals(&self) -> impl Iterator<Item = (Time, Time)> {
        self.open.iter().map(|one| (one.from, one.to))
    }

    /// One of the open intervals, [from, to), by its number.
    #[must_use]
    pub fn interval(&self, number: usize) -> Option<(Time, Time)> {
        self.open.get(number).map(|one| (one.from, one.to))
    }

    /// Whether nothing is ever open.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The time open before an instant.
    #[must_use]
    pub fn passed(&self, at: Time) -> Span {
        let after = self.open.partition_point(|one| one.from < at);
        after.checked_sub(1).map_or(Span::ZERO, |last| {
            let last = self.open[last];
            last.before + (at.min(last.to) - last.from)
        })
    }

    /// The first open instant before which this much time was open; [`Time::NEVER`]: there is none.
    #[must_use]
    pub fn after(&self, passed: Span) -> Time {
        let next = self.open.partition_point(|one| one.before <= passed);
        let Some(last) = next.checked_sub(1).map(|last| self.open[last]) else {
            return Time::NEVER;
        };
        let at = last.from + (passed - last.before);
        if at < last.to { at } else { Time::NEVER }
    }
}
