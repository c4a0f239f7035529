//! When the daily window of restores is open to an agent: the clocks show a time in it, and the
//! wait of the agent's stage of a staged restore has passed since it opened.
//!
//! The clocks decide when the window is open; a stage is a length of time. So in a night in which
//! they skip the beginning of a window, stages count from when it really opens.

use crate::model::{Clock, DAY};
use crate::time::{Span, Time};

/// A daily window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window<'c> {
    clock: &'c Clock,
    from: Span,
    /// By the clocks.
    length: i64,
}

fn day(wall: i64) -> i64 {
    wall.rem_euclid(DAY)
}

impl<'c> Window<'c> {
    pub(super) fn new(clock: &'c Clock, from: Span, to: Span) -> Self {
        Self { clock, from, length: day((to - from).0) }
    }

    /// How long ago the clocks showed its beginning, by what they show now.
    fn since(&self, wall: i64) -> i64 {
        day(wall - self.from.0)
    }

    /// Whether it is open while the clocks show a time.
    fn shows(&self, wall: i64) -> bool {
        self.since(wall) < self.length
    }

    /// When it opened that is open at an instant.
    fn opened(&self, mut at: Time) -> Time {
        loop {
            let stretch = self.clock.stretch(at);
            let opened = at - Span(self.since(stretch.wall(at)));
            if opened > stretch.from {
                return opened;
            }
            let before = stretch.from - Span(1);
            if !self.shows(self.clock.stretch(before).wall(before)) {
                return stretch.from;
            }
            at = before;
        }
    }

    /// The first instant at or after `t` at which it is open to an agent with a stage of this
    /// length. [`Time::NEVER`]: the stage is as long as the window.
    pub(super) fn opens(&self, t: Time, stage: Span) -> Time {
        if stage.0 >= self.length {
            return Time::NEVER;
        }
        let mut at = t;
        loop {
            let stretch = self.clock.stretch(at);
            let since = self.since(stretch.wall(at));
            let (goes, turns) = if since < self.length {
                (at.max(self.opened(at) + stage), at + Span(self.length - since))
            } else {
                (Time::NEVER, at + Span(DAY - since))
            };
            let next = turns.min(stretch.to);
            if goes < next {
                return goes;
            }
            at = next;
        }
    }
}
