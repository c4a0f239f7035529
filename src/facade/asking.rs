//! Whether a run is to be stopped: the thread that began it asks the caller, the others read the
//! answer.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How many checks of a run there are for one question to the caller. The caller may read a clock,
/// which costs more than the steps between two checks.
const EVERY: u32 = 16;

/// Remembers the caller's answer.
pub(super) struct Asking<'w> {
    wanted: &'w (dyn Fn() -> bool + Sync),
    unwanted: AtomicBool,
    looks: AtomicU32,
}

impl<'w> Asking<'w> {
    /// Asks for the first time.
    pub(super) fn begin(wanted: &'w (dyn Fn() -> bool + Sync)) -> Self {
        let asking = Self { wanted, unwanted: AtomicBool::new(false), looks: AtomicU32::new(0) };
        asking.ask();
        asking
    }

    /// Whether to stop, for a thread that does not ask the caller.
    pub(super) fn heard(&self) -> bool {
        self.unwanted.load(Ordering::Relaxed)
    }

    /// Whether to stop, for the one thread that asks, and looks often.
    pub(super) fn looked(&self) -> bool {
        // One thread counts, so that nothing is lost between the two.
        let looks = self.looks.load(Ordering::Relaxed).wrapping_add(1);
        self.looks.store(looks, Ordering::Relaxed);
        if looks.is_multiple_of(EVERY) { self.ask() } else { self.heard() }
    }

    /// Whether to stop; asks now, unless the answer was no before.
    pub(super) fn ask(&self) -> bool {
        let stop = self.heard() || !(self.wanted)();
        self.unwanted.store(stop, Ordering::Relaxed);
        stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_said_no_is_not_asked_again() {
        let asked = AtomicU32::new(0);
        let wanted = || asked.fetch_add(1, Ordering::Relaxed) < 3;
        let asking = Asking::begin(&wanted);
        let looks = (1..).find(|_| asking.looked());
        assert_eq!(looks, Some(3 * EVERY));
        assert!(asking.looked() && asking.heard() && asking.ask());
        assert_eq!(asked.load(Ordering::Relaxed), 4);
    }
}
