//! What makes an agent leave its site once it holds no call, and what is known of that. It decides nothing.

use crate::time::Time;

/// Why an agent leaves that waits for the end of its call first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// A restore.
    Restore,
    /// Its site is drained.
    Drain,
    /// Its shift is over.
    Shift,
}

/// What an agent that wants to leave asks for, and the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hold {
    /// It asks until when a call holds it.
    pub asks: Option<Leave>,
    /// The answer that it got last: it holds no call at that instant.
    pub until: Time,
}

impl Hold {
    /// It has not asked yet.
    pub(crate) const NONE: Self = Self { asks: None, until: Time(i64::MIN) };
}
