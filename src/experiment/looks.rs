//! When costly questions are evaluated over the replications so far, and how an experiment ended.
//!
//! The distance between looks grows by a tenth each time: each look is one more chance to stop too
//! early by chance, so there are few of them.

/// The first look.
const FIRST: usize = 20;

/// The looks to come.
#[derive(Debug)]
pub(super) struct Looks {
    next: usize,
}

impl Looks {
    /// Before the first.
    pub(super) const fn new() -> Self {
        Self { next: FIRST }
    }

    /// Whether it is time to look, after this many replications.
    pub(super) fn is_due(&mut self, replications: usize) -> bool {
        let due = replications >= self.next;
        if due {
            self.next = replications + (replications / 10).max(5);
        }
        due
    }
}

/// Why an experiment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All replications asked for were made.
    Complete,
    /// Everything watched became precise and every threshold was decided.
    Decided,
    /// The largest number of replications was reached before that.
    AtMost,
    /// There was no more time.
    OutOfTime,
}

impl Ended {
    /// How it ended: whether all was decided, whether all replications were made, and whether they
    /// were to be made whatever they showed.
    pub(super) const fn of(decided: bool, all: bool, fixed: bool) -> Self {
        match (decided, all) {
            (true, _) => Self::Decided,
            (false, true) if fixed => Self::Complete,
            (false, true) => Self::AtMost,
            (false, false) => Self::OutOfTime,
        }
    }
}
