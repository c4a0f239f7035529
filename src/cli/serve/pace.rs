//! When the page gets the whole answer again while replications are made. It changes no number: which
//! replications an answer is made of decides what it says, not when it is shown.

use std::time::{Duration, Instant};

/// The shortest time between two answers.
const OFTEN: Duration = Duration::from_millis(500);

/// An answer takes at most one part in this many of the time.
const PART: u32 = 5;

/// A new answer has at least one part in this many more replications than the one before.
const GROWTH: usize = 10;

/// The answers that were shown.
#[derive(Debug)]
pub(super) struct Pace {
    /// When the last was shown.
    last: Instant,
    wait: Duration,
    /// Its replications.
    count: usize,
}

impl Pace {
    /// Begins now; a single run is on the page already.
    #[must_use]
    pub(super) fn new() -> Self {
        Self { last: Instant::now(), wait: OFTEN, count: 1 }
    }

    /// Whether an answer of this number of replications should be shown.
    #[must_use]
    pub(super) fn is_due(&self, count: usize) -> bool {
        let grown = count > self.count && count >= self.count + self.count / GROWTH;
        grown && self.last.elapsed() >= self.wait
    }

    /// An answer was shown, and took this long to make.
    pub(super) fn shown(&mut self, count: usize, took: Duration) {
        *self = Self { last: Instant::now(), wait: OFTEN.max(took * (PART - 1)), count };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As if the last answer was shown this long ago.
    fn after(wait: Duration, count: usize, elapsed: Duration) -> Pace {
        let last = Instant::now().checked_sub(elapsed);
        Pace { last: last.expect("the machine runs longer than that"), wait, count }
    }

    #[test]
    fn an_answer_waits_for_time_and_for_more_replications() {
        let half = Duration::from_millis(500);
        let hour = Duration::from_secs(3600);
        assert!(!Pace::new().is_due(1000), "the single run was just shown");
        assert!(!after(half, 1, half).is_due(1), "nothing new");
        assert!(after(half, 1, half).is_due(2));
        assert!(!after(half, 100, half).is_due(109), "less than a tenth more");
        assert!(after(half, 100, half).is_due(110));
        assert!(!after(hour, 100, half).is_due(1000));
    }

    #[test]
    fn answers_take_a_fifth_of_the_time_at_most() {
        let mut pace = Pace::new();
        pace.shown(20, Duration::from_millis(10));
        assert_eq!((pace.wait, pace.count), (OFTEN, 20));
        pace.shown(40, Duration::from_secs(1));
        assert_eq!((pace.wait, pace.count), (Duration::from_secs(4), 40));
    }
}
