//! Attempts and rounds at server pairs, looked up instead of simulated one by one: the first
//! attempt that will succeed is computed from the world's timelines, at a cost that grows with the
//! world's changes and not with the number of rounds.
//!
//! Pure: nothing here knows timers, moves or records.

use crate::model::Role;
use crate::time::{Span, Time};
use crate::world::{Cursor, Outlook};

use super::view::View;

/// A successful attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When it succeeds.
    pub at: Time,
    /// The member that answers.
    pub role: Role,
    /// Whether the attempt had to wait for it (it began before `at`).
    pub pending: bool,
}

/// An attempt that a server at a site with a reconnect capacity would take: it waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it comes to the server.
    pub at: Time,
    /// The member.
    pub role: Role,
    /// Whether the attempt had to wait until the member was reachable.
    pub pending: bool,
    /// When it fails, if there is no answer by then.
    pub until: Time,
    /// How long the answer takes once it is served.
    pub delay: Span,
    /// No other member is tried in this round if it fails.
    pub last: bool,
}

/// What rounds find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// An answer.
    Answer(Answer),
    /// A server that answers after the attempt has waited.
    Attempt(Attempt),
}

impl Found {
    /// When it is found.
    #[must_use]
    pub const fn at(self) -> Time {
        match self {
            Self::Answer(answer) => answer.at,
            Self::Attempt(turn) => turn.at,
        }
    }

    /// Whether the attempt had to wait for it.
    #[must_use]
    pub const fn pending(self) -> bool {
        match self {
            Self::Answer(answer) => answer.pending,
            Self::Attempt(turn) => turn.pending,
        }
    }
}

/// What a round finds, and when that is or the round has failed.
pub(crate) fn split(round: Result<Found, Time>) -> (Option<Found>, Time) {
    match round {
        Ok(found) => (Some(found), found.at()),
        Err(failed) => (None, failed),
    }
}

/// A number of rounds as records report it.
pub(crate) fn number(rounds: u64) -> u32 {
    u32::try_from(rounds).unwrap_or(u32::MAX)
}

/// Where rounds are made: one pair as one desktop sees it.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint<'v> {
    /// What the desktop's location sees of the pair, around now.
    pub outlook: Cursor<'v, Outlook>,
    /// What never changes there.
    pub view: &'v View<'v>,
    /// Whether its rounds end in a login, which a drained site refuses.
    pub login: bool,
    /// Whether connections are limited there: an attempt waits for its turn.
    pub limited: bool,
    /// The member tried first; if the pair has a backup, the other one is tried then.
    pub first: Role,
    /// The pause between the two attempts of a round.
    pub between: Span,
}

/// A time in which nothing changes at an endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calm {
    /// When something changes.
    pub(super) to: Time,
    /// How long a round takes to fail until then; `None`: it would succeed.
    pub(super) futile: Option<Span>,
}

/// The pause after `failed` failed rounds of a search, from 1.
pub(crate) fn pause(retry: &[Span], failed: u64) -> Span {
    let place = usize::try_from(failed - 1).unwrap_or(usize::MAX).min(retry.len() - 1);
    retry[place]
}

impl Endpoint<'_> {
    /// The pause here after `failed` failed rounds of a search, from 1.
    pub(super) fn pause(&self, failed: u64) -> Span {
        pause(self.view.retry, failed)
    }

    /// Whether all pauses here are the same from the one after `failed` failed rounds on.
    pub(super) const fn repeats(&self, failed: u64) -> bool {
        failed >= self.view.retry.len() as u64
    }

    /// How long a member takes to answer at an instant.
    #[inline]
    fn delay(&self, role: Role, t: Time) -> Span {
        self.view.paths[role.index()].map_or(Span::ZERO, |path| path.at(t).delay)
    }

    /// Whether a late answer comes: the member is still there, and serves if it has accepted.
    fn comes(&self, role: Role, at: Time, accepted: bool) -> bool {
        let sight = self.outlook.at(at);
        if accepted { sight.live(role) } else { sight.reachable(role) }
    }

    /// What rounds find while nothing changes.
    #[inline]
    pub(super) fn calm(&self, t: Time) -> Calm {
        let here = self.outlook.spell(t);
        let paths = self.view.paths.iter().flatten();
        let to = paths.fold(here.to, |to, path| path.next_change(t).min(to));
        Calm { to, futile: self.futile(here.value, t) }
    }

    /// One attempt: what it finds, or when it failed. It lasts for [start, start + timeout]; the
    /// first instant at which its target is reachable ends it, with success or failure, as soon as
    /// the answer has come.
    fn attempt(&self, role: Role, start: Time, last: bool) -> Result<Found, Time> {
        let end = start + self.view.timeout;
        let reachable = |sight: Outlook| sight.reachable(role);
        let Some((at, sight)) = self.outlook.find(start, end, reachable) else { return Err(end) };
        let accepted = self.accepts(sight, role);
        let (delay, pending) = (self.delay(role, at), at > start);
        if accepted && self.limited {
            return Ok(Found::Attempt(Attempt { at, role, pending, until: end, delay, last }));
        }
        let at = match delay {
            Span::ZERO => at,
            late => match self.comes(role, at + late, accepted) {
                true if at + late <= end => at + late,
                _ => return Err(end),
            },
        };
        let answer = Answer { at, role, pending: at > start };
        if accepted { Ok(Found::Answer(answer)) } else { Err(at) }
    }

    /// When an attempt that is served now is answered; `None`: not in time, or the answer is lost.
    pub fn answered(&self, turn: Attempt, now: Time) -> Option<Answer> {
        let at = now + turn.delay;
        let comes = self.outlook.at(now).live(turn.role) && self.comes(turn.role, at, true);
        (comes && at <= turn.until).then_some(Answer { at, role: turn.role, pending: true })
    }

    /// One round: what it finds first, or when the last attempt failed.
    pub fn round(&self, start: Time) -> Result<Found, Time> {
        self.round_in(self.calm(start), start)
    }

    /// The same of a round that begins in a time that is known.
    pub(super) fn round_in(&self, calm: Calm, start: Time) -> Result<Found, Time> {
        if let Some(length) = calm.futile
            && start + length < calm.to
        {
            return Err(start + length);
        }
        match self.attempt(self.first, start, !self.view.backup) {
            Err(failed) if self.view.backup => self.second(self.first, failed),
            found => found,
        }
    }

    /// The rest of a round after a waiting attempt that was not answered in time.
    pub fn rest(&self, turn: Attempt) -> Result<Found, Time> {
        if turn.last { Err(turn.until) } else { self.second(turn.role, turn.until) }
    }

    /// The second attempt of a round whose first, at another member, has failed.
    fn second(&self, tried: Role, failed: Time) -> Result<Found, Time> {
        let start = failed + self.then(self.outlook.at(failed), tried);
        self.attempt(tried.other(), start, true)
    }

    /// The pause after an attempt that has failed; none after one that a member which hangs has
    /// accepted.
    const fn then(&self, sight: Outlook, role: Role) -> Span {
        if sight.cti(role) && sight.hangs(role) { Span::ZERO } else { self.between }
    }

    fn accepts(&self, sight: Outlook, role: Role) -> bool {
        sight.live(role) && !(self.login && sight.drained())
    }

    /// How long a round takes to fail while the world stays as it is; `None`: it would succeed.
    fn futile(&self, sight: Outlook, t: Time) -> Option<Span> {
        let first = self.in_vain(sight, self.first, t)?;
        if !self.view.backup {
            return Some(first);
        }
        let second = self.in_vain(sight, self.first.other(), t)?;
        Some(first + self.then(sight, self.first) + second)
    }

    /// The same of an attempt.
    #[inline]
    fn in_vain(&self, sight: Outlook, role: Role, t: Time) -> Option<Span> {
        let delay = self.delay(role, t);
        if self.accepts(sight, role) && (self.limited || delay <= self.view.timeout) {
            return None;
        }
        let timeout = self.view.timeout;
        Some(if sight.reachable(role) { delay.min(timeout) } else { timeout })
    }
}
