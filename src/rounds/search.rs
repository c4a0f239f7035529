//! A search: rounds at one pair, or at two in turn, until one finds something.

use crate::time::{Span, Time};

use super::endpoint::{Attempt, Calm, Endpoint, Found};

/// Repeated rounds at one endpoint, or at two endpoints in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Search {
    /// Start of the next round, or of the one under way.
    pub next: Time,
    /// Rounds begun before it.
    pub rounds: u64,
    /// The endpoint that it is made at.
    pub turn: u8,
}

impl Search {
    /// A search whose first round starts at `start`, at the first endpoint, after `rounds` others.
    #[must_use]
    pub(crate) const fn new(start: Time, rounds: u64) -> Self {
        Self { next: start, rounds, turn: 0 }
    }

    /// Searches up to and including `until`; the search is then at the round that finds something,
    /// or at the one that is under way or due next.
    pub(crate) fn run(&mut self, endpoints: &[Endpoint], until: Time) -> Option<Found> {
        while self.next <= until {
            let endpoint = &endpoints[usize::from(self.turn)];
            let calm = endpoint.calm(self.next);
            if self.turn == 0 {
                self.skip(endpoints, calm, until);
                if self.next > until || self.next >= calm.to {
                    continue;
                }
            }
            match endpoint.round_in(calm, self.next) {
                Ok(found) if found.at() <= until => return Some(found),
                Ok(_) => return None,
                Err(failed) => self.pass(endpoints, failed),
            }
        }
        None
    }

    /// The round that it is at goes on after a waiting attempt that was not answered in time: what
    /// the rest of it finds, or the next round is due.
    pub(crate) fn go_on(&mut self, endpoints: &[Endpoint], turn: Attempt) -> Option<Found> {
        match endpoints[usize::from(self.turn)].rest(turn) {
            Ok(found) => Some(found),
            Err(failed) => {
                self.pass(endpoints, failed);
                None
            }
        }
    }

    /// Rounds begun up to and including `t` by a search that has not yet been run.
    #[must_use]
    pub(crate) fn count(mut self, endpoints: &[Endpoint], t: Time) -> u64 {
        if let [endpoint] = endpoints
            && self.next <= t
            && endpoint.repeats(self.rounds + 1)
        {
            let calm = endpoint.calm(self.next);
            if let Some(length) = calm.futile.filter(|_| t < calm.to) {
                let period = length + endpoint.pause(self.rounds + 1);
                return self.rounds + ((t - self.next).0 / period.0) as u64 + 1;
            }
        }
        self.run(endpoints, t);
        self.begun(t)
    }

    /// Rounds begun up to and including `t`, if the search is at the one under way or after.
    fn begun(&self, t: Time) -> u64 {
        self.rounds + u64::from(self.next <= t)
    }

    fn pass(&mut self, endpoints: &[Endpoint], failed: Time) {
        self.rounds += 1;
        self.next = failed + endpoints[usize::from(self.turn)].pause(self.rounds);
        self.turn = (self.turn + 1) % endpoints.len() as u8;
    }

    /// Passes over whole cycles that fail because nothing changes before their last attempt ends;
    /// `first`: at the first endpoint.
    fn skip(&mut self, endpoints: &[Endpoint], first: Calm, until: Time) {
        let (failed, Some(mut length)) = (self.rounds + 1, first.futile) else { return };
        if !endpoints.iter().all(|endpoint| endpoint.repeats(failed)) {
            return;
        }
        let (mut change, mut pause) = (first.to, endpoints[0].pause(failed));
        for endpoint in &endpoints[1..] {
            let calm = endpoint.calm(self.next);
            let Some(futile) = calm.futile else { return };
            change = change.min(calm.to);
            length += pause + futile;
            pause = endpoint.pause(failed);
        }
        let period = length + pause;
        let margin = (change - Span(1) - length - self.next).0;
        let futile = if margin < 0 { 0 } else { margin / period.0 + 1 };
        let cycles = futile.min((until - self.next).0 / period.0);
        self.next += Span(cycles * period.0);
        self.rounds += cycles as u64 * endpoints.len() as u64;
    }
}
