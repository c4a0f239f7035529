//! The position of an instant in the grid of bins, and among the incidents. An agent's events are
//! mostly close together, so the search begins where the last one ended.

use std::ops::Range;

use crate::time::{Span, Time};
use crate::world::Spell;

use super::frame::{Bins, Frame};

/// A bin, and what is left of it from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BinPosition {
    /// The bin.
    pub bin: usize,
    /// What is left of it.
    pub rest: Span,
}

/// The bin that was asked for last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Near {
    bin: usize,
    start: Time,
    end: Time,
}

impl Near {
    /// Where an instant lies; `None` at and after the horizon.
    #[inline]
    pub(super) fn position(&mut self, bins: Bins, at: Time) -> Option<BinPosition> {
        if at < self.start || at >= self.end {
            self.seek(bins, at)?;
        }
        // Neither lies beyond the horizon.
        Some(BinPosition { bin: self.bin, rest: Span(self.end.0 - at.0) })
    }

    /// The bin that was asked for last, if both instants lie in it, of which the first comes first.
    #[inline]
    pub(super) fn both(&self, from: Time, to: Time) -> Option<usize> {
        (self.start <= from && to < self.end).then_some(self.bin)
    }

    #[cold]
    fn seek(&mut self, bins: Bins, at: Time) -> Option<()> {
        let bin = bins.of(at)?;
        *self = Self { bin, start: bins.start(bin), end: bins.end(bin) };
        Some(())
    }
}

/// The incidents that were asked for last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Latest {
    from: Time,
    end: Time,
    incidents: (u32, u32),
}

impl Latest {
    /// The latest incidents at an instant, all that started together.
    #[inline]
    pub(super) fn at(&mut self, frame: &Frame, at: Time) -> &Self {
        if at < self.from || at >= self.end {
            let Spell { from, to, value } = frame.latest(at);
            *self = Self { from, end: to, incidents: value };
        }
        self
    }

    /// Whether they start at an instant.
    pub(super) fn starts(&self, at: Time) -> bool {
        self.from == at
    }

    /// Their numbers; none before the first.
    pub(super) fn numbers(&self) -> Range<usize> {
        self.incidents.0 as usize..self.incidents.1 as usize
    }
}
