//! How many replications are made between two checks: as many as take a given time.
//! It changes no result.

use std::time::{Duration, Instant};

/// The sizes of waves, one after the other.
#[derive(Debug)]
pub(super) struct Waves {
    /// How long a wave should take.
    aim: Duration,
    least: usize,
    most: usize,
    size: usize,
    began: Option<Instant>,
}

impl Waves {
    /// Waves of `least` to `most` replications that take about `aim`; the first is of `first`.
    #[must_use]
    pub(super) fn new(aim: Duration, first: usize, (least, most): (usize, usize)) -> Self {
        Self { aim, least, most, size: first, began: None }
    }

    /// A wave begins now, and the one before it is over: its size.
    pub(super) fn next(&mut self) -> usize {
        if let Some(began) = self.began {
            let took = began.elapsed().max(Duration::from_micros(100));
            let scale = (self.aim.as_secs_f64() / took.as_secs_f64()).clamp(0.25, 4.0);
            self.size = ((self.size as f64 * scale) as usize).clamp(self.least, self.most);
        }
        self.began = Some(Instant::now());
        self.size
    }
}
