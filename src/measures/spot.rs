//! Where an instant lies on the ruler of bins. What happens to an agent mostly happens close
//! together, so the bin that was asked for last is the one to look at first.

use crate::time::{Span, Time};

use super::frame::Bins;

/// A bin, and what is left of it from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The bin.
    pub bin: usize,
    /// What is left of it.
    pub rest: Span,
}

/// The bin that was asked for last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Near {
    bin: usize,
    start: Time,
    end: Time,
}

impl Near {
    /// Where an instant lies; `None` at and after the horizon.
    pub fn spot(&mut self, bins: Bins, at: Time) -> Option<Spot> {
        if at < self.start || at >= self.end {
            let bin = bins.of(at)?;
            *self = Self { bin, start: bins.start(bin), end: bins.end(bin) };
        }
        // Neither lies beyond the horizon.
        Some(Spot { bin: self.bin, rest: Span(self.end.0 - at.0) })
    }
}
