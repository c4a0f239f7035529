//! The phone as a timeline: what it believes and what registrars hold, per side, computed as far as
//! it is read.
//!
//! The world is simulated first, then the phone, and the desktop looks ahead in both. Only a
//! following phone is moved by its desktop: what was computed beyond that instant is dropped, and
//! computed again.

use crate::model::{AgentId, Side};
use crate::time::Time;
use crate::world::Spell;

use super::answers::Followed;
use super::chains::{Chains, Work};
use super::context::PhoneContext;
use super::draws::AgentDraws;
use super::facts::{Fact, Registrations};
use super::line::{Note, Through};

mod follow;
pub(super) mod rest;

/// How long a fact is known to stay as it is: on [from, to).
#[derive(Clone, Copy, Debug)]
struct KnownFact {
    from: Time,
    to: Time,
    so: bool,
}

impl KnownFact {
    /// Nothing is known.
    const NONE: Self = Self { from: Time::NEVER, to: Time::NEVER, so: false };

    fn covers(&self, t: Time) -> bool {
        self.from <= t && t < self.to
    }
}

/// The most snapshots that are kept.
const SNAPSHOTS: usize = 16_384;

/// The state of a phone before an instant: it is restored when its desktop moves the phone.
#[derive(Clone, Copy, Debug)]
struct Snapshot {
    at: Time,
    chains: Chains,
    history: usize,
    notes: usize,
    followed: Option<(Time, u8)>,
    made: u64,
}

/// The lists of one phone; the next phone may reuse their memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    /// What holds from when on, in order; complete up to the chains' next instant.
    history: Vec<(Time, Registrations)>,
    /// What happened, in order.
    notes: Vec<Note>,
    /// Where its desktop has moved it.
    follows: Vec<Followed>,
    /// The states before the instants computed since the phone last followed, at most [`SNAPSHOTS`]
    /// of them; empty for a phone that is never set back.
    cuts: Vec<Snapshot>,
}

/// One phone.
#[derive(Clone, Debug)]
pub(crate) struct Phone {
    agent: AgentId,
    /// It is the phone of the run; else that of a counterfactual.
    in_run: bool,
    /// How often its desktop has moved it.
    moves: usize,
    chains: Chains,
    lists: Lists,
    /// The desktop made the phone follow at this instant, which goes on: `after` as in [`Note`].
    followed: Option<(Time, u8)>,
    /// The position asked for last.
    here: usize,
    /// What was found out last of each fact.
    known: [KnownFact; Fact::COUNT],
    /// The next instant that is not computed.
    due: Time,
    /// Instants that are computed, and those that are counted as steps: more, when it was set back.
    made: u64,
    counted: u64,
}

impl Phone {
    /// A phone at the start; `lists` are those of an earlier phone, whose memory it reuses.
    pub(crate) fn new(
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        agent: AgentId,
        lists: Lists,
    ) -> Self {
        Self::with(Chains::new(cx, draws, agent), agent, lists)
    }

    fn with(chains: Chains, agent: AgentId, mut lists: Lists) -> Self {
        lists.history.clear();
        lists.history.push((Time::ZERO, Registrations::of(&chains)));
        lists.notes.clear();
        lists.cuts.clear();
        lists.follows.clear();
        Self {
            agent,
            in_run: true,
            moves: 0,
            chains,
            lists,
            followed: None,
            here: 0,
            known: [KnownFact::NONE; Fact::COUNT],
            due: chains.next(),
            made: 0,
            counted: 0,
        }
    }

    fn look_ahead(&mut self) {
        self.due = self.followed.map_or_else(|| self.chains.next(), |(at, _)| at);
    }

    /// Computes the next instant, if it lies before the horizon.
    fn make(&mut self, cx: &PhoneContext, draws: &mut AgentDraws) -> bool {
        let at = self.due;
        if at >= cx.model.horizon || cx.meter.is_over() {
            return false;
        }
        if self.made == self.counted {
            cx.meter.step(at, || self.chains.work(cx));
            self.counted += 1;
        }
        if cx.rewinds && self.lists.cuts.len() < SNAPSHOTS {
            let (history, notes) = (self.lists.history.len(), self.lists.notes.len());
            let (chains, followed, made) = (self.chains, self.followed, self.made);
            self.lists.cuts.push(Snapshot { at, chains, history, notes, followed, made });
        }
        self.made += 1;
        self.happen(cx, draws, at, Through::End);
        self.chains.close(&mut self.lists.notes);
        self.followed = None;
        self.due = self.chains.next();
        let now = Registrations::of(&self.chains);
        if self.lists.history.last().is_none_or(|last| last.1 != now) {
            match self.lists.history.last_mut() {
                Some(last) if last.0 == at => last.1 = now,
                _ => self.lists.history.push((at, now)),
            }
        }
        true
    }

    fn happen(&mut self, cx: &PhoneContext, draws: &mut AgentDraws, at: Time, through: Through) {
        let after = self.followed.map(|(_, after)| after);
        let notes = &mut self.lists.notes;
        self.chains.instant(at, through, &mut Work { cx, draws, notes, after });
    }

    /// Computes everything up to an instant, included.
    fn make_to(&mut self, cx: &PhoneContext, draws: &mut AgentDraws, t: Time) {
        while self.due <= t && self.make(cx, draws) {}
    }

    /// Computes everything up to an instant, before its history is read.
    pub(crate) fn reach(&mut self, cx: &PhoneContext, draws: &mut AgentDraws, t: Time) {
        self.make_to(cx, draws, t);
    }

    /// The position in the history of what holds at an instant that is computed.
    fn position(&mut self, t: Time) -> usize {
        let mut here = self.here.min(self.lists.history.len() - 1);
        while here > 0 && self.lists.history[here].0 > t {
            here -= 1;
        }
        while self.lists.history.get(here + 1).is_some_and(|next| next.0 <= t) {
            here += 1;
        }
        self.here = here;
        here
    }

    /// Whether something is so at an instant, everything of that instant included.
    pub(crate) fn at(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        t: Time,
        fact: Fact,
    ) -> bool {
        let known = &self.known[fact.index()];
        if known.covers(t) {
            return known.so;
        }
        self.make_to(cx, draws, t);
        let here = self.position(t);
        self.lists.history[here].1.has(fact)
    }

    /// The first instant at or after `from` at which something is so, or is not; [`Time::NEVER`]:
    /// none before the horizon.
    #[inline]
    pub(crate) fn first(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        from: Time,
        (fact, so): (Fact, bool),
    ) -> Time {
        let (now, to) = self.stays(cx, draws, from, fact);
        if now == so { from } else { to }
    }

    /// Whether something is so at an instant, and the first later one at which it is not like that any more;
    /// [`Time::NEVER`]: none before the horizon.
    #[inline]
    pub(crate) fn stays(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        t: Time,
        fact: Fact,
    ) -> (bool, Time) {
        if !self.known[fact.index()].covers(t) {
            self.known[fact.index()] = self.stretch(cx, draws, t, fact);
        }
        let known = &self.known[fact.index()];
        (known.so, known.to)
    }

    /// How long a fact stays as it is at an instant. It is usually known already, and this is not
    /// called.
    #[inline(never)]
    fn stretch(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        t: Time,
        fact: Fact,
    ) -> KnownFact {
        self.make_to(cx, draws, t);
        let mut here = self.position(t);
        let (from, now) = self.lists.history[here];
        let (so, alike) = (now.has(fact), now.alone(fact));
        loop {
            let mut later = self.lists.history[here..].iter();
            if let Some(&(to, _)) = later.find(|(_, now)| now.alone(fact) != alike) {
                return KnownFact { from, to, so };
            }
            // An instant may change what holds from the last change on only if it is that instant.
            here = self.lists.history.len() - 1;
            if !self.make(cx, draws) {
                return KnownFact { from, to: Time::NEVER, so };
            }
        }
    }

    /// Since when something has been so, or not, without a break up to and with `t`; `None`: it is
    /// otherwise then.
    pub(crate) fn since(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        t: Time,
        (fact, so): (Fact, bool),
    ) -> Option<Time> {
        self.make_to(cx, draws, t);
        let here = self.position(t);
        let broken = self.lists.history[..=here].iter().rposition(|(_, now)| now.has(fact) != so);
        self.lists.history[..=here].get(broken.map_or(0, |last| last + 1)).map(|&(at, _)| at)
    }

    /// Whether it will meet something at registrars with a capacity that it did not meet in the
    /// run.
    pub(crate) fn is_apart(&self) -> bool {
        self.chains.apart_from.comes()
    }

    /// Where its desktop has moved it.
    pub(crate) fn follows(&self) -> &[Followed] {
        &self.lists.follows
    }

    /// The horizon: the phone's whole run is computed. Returns the transactions that succeeded, and
    /// those that failed.
    pub(crate) fn finish(&mut self, cx: &PhoneContext, draws: &mut AgentDraws) -> (u64, u64) {
        while self.make(cx, draws) {}
        let mut chains = self.chains;
        chains.finish(cx);
        (chains.registered, chains.failed)
    }

    /// What happened to its registrations, in order.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.lists.notes
    }

    /// What held at one side from a position of its history on, up to an end at the latest, and the
    /// position of what came next there.
    pub(super) fn spell(
        &self,
        side: Side,
        here: usize,
        end: Time,
    ) -> Option<(Spell<Registrations>, usize)> {
        let &(from, value) = self.lists.history.get(here)?;
        let alike = |later: &&(Time, Registrations)| later.1.at(side) == value.at(side);
        let next = here + self.lists.history[here..].iter().take_while(alike).count();
        let to = self.lists.history.get(next).map_or(end, |&(to, _)| to);
        Some((Spell { from, to, value }, next))
    }

    /// Its lists, whose memory the next phone reuses.
    pub(crate) fn into_lists(self) -> Lists {
        self.lists
    }
}
