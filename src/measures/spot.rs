//! Where an instant lies on the ruler of bins. What happens to an agent mostly happens close
//! together, so the bin that was asked for last is the one to look at first.

use crate::time::{Span, Time};

use super::frame::Bins;

/// A bin, and what is left of it from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
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
    pub(super) fn spot(&mut self, bins: Bins, at: Time) -> Option<Spot> {
        if at < self.start || at >= self.end {
            self.seek(bins, at)?;
        }
        // Neither lies beyond the horizon.
        Some(Spot { bin: self.bin, rest: Span(self.end.0 - at.0) })
    }

    /// The bin that was asked for last, if both instants lie in it.
    #[inline]
    pub(super) fn both(&self, from: Time, to: Time) -> Option<usize> {
        let inside = |at: Time| self.start <= at && at < self.end;
        (inside(from) && inside(to)).then_some(self.bin)
    }

    #[cold]
    fn seek(&mut self, bins: Bins, at: Time) -> Option<()> {
        let bin = bins.of(at)?;
        *self = Self { bin, start: bins.start(bin), end: bins.end(bin) };
        Some(())
    }
}
