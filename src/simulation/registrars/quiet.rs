//! Registrations that are refreshed undisturbed at one interval, in the order in which their refreshes
//! fall due.

use std::collections::BTreeSet;

use crate::time::{Span, Time};

/// The registrations of a group at one side.
#[derive(Debug)]
pub(super) struct Quiet {
    period: Span,
    /// Phase and phone.
    known: BTreeSet<(i64, u32)>,
    /// By phone: since when it is refreshed undisturbed; [`Time::NEVER`]: it is not.
    since: Vec<Time>,
    /// What was asked for last and what it was, while that is so.
    found: Option<[(Time, u32); 2]>,
}

impl Quiet {
    /// No phone yet; `period`: the time from one refresh to the next.
    pub(super) const fn new(period: Span) -> Self {
        Self { period, known: BTreeSet::new(), since: Vec::new(), found: None }
    }

    /// A phone is refreshed undisturbed from an instant on, or is not.
    pub(super) fn set(&mut self, phone: u32, from: Option<Time>) {
        let index = phone as usize;
        if self.since.len() <= index {
            self.since.resize(index + 1, Time::NEVER);
        }
        let from = from.unwrap_or(Time::NEVER);
        let before = std::mem::replace(&mut self.since[index], from);
        if before == from {
            return;
        }
        self.found = None;
        if before.comes() {
            self.known.remove(&(self.phase(before), phone));
        }
        if from.comes() {
            self.known.insert((self.phase(from), phone));
        }
    }

    fn phase(&self, from: Time) -> i64 {
        from.0.rem_euclid(self.period.0)
    }

    /// The next refresh at an instant, of phones from `phone` on, or after it.
    pub(super) fn next(&mut self, now: Time, phone: u32) -> Option<(Time, u32)> {
        if self.known.is_empty() {
            return None;
        }
        let from = (now, phone);
        if let Some([asked, next]) = self.found
            && asked <= from
            && from <= next
        {
            return Some(next);
        }
        let next = self.look_up(now, phone)?;
        self.found = Some([from, next]);
        Some(next)
    }

    fn look_up(&self, now: Time, phone: u32) -> Option<(Time, u32)> {
        let phase = self.phase(now);
        let round = now - Span(phase);
        if let Some(&(next, who)) = self.known.range((phase, phone)..).next() {
            return Some((round + Span(next), who));
        }
        let &(next, who) = self.known.first()?;
        Some((round + self.period + Span(next), who))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refreshes_come_by_phase_then_by_phone_round_and_round() {
        let mut quiet = Quiet::new(Span(100));
        for (phone, from) in [(0, 30), (1, 110), (2, 30), (3, 99)] {
            quiet.set(phone, Some(Time(from)));
        }
        let next =
            |quiet: &mut Quiet, now, phone| quiet.next(Time(now), phone).map(|it| (it.0.0, it.1));
        assert_eq!(next(&mut quiet, 200, 0), Some((210, 1)));
        assert_eq!(next(&mut quiet, 230, 1), Some((230, 2)));
        assert_eq!(next(&mut quiet, 230, 3), Some((299, 3)));
        assert_eq!(next(&mut quiet, 299, 4), Some((310, 1)));
        quiet.set(1, None);
        quiet.set(2, Some(Time(31)));
        assert_eq!(next(&mut quiet, 299, 4), Some((330, 0)));
        assert_eq!(next(&mut quiet, 230, 1), Some((231, 2)));
    }
}
