//! The phone as a timeline: what it believes and what registrars hold, per side, made as far as it
//! is asked for.
//!
//! The world is simulated first, then the phone, and the desktop looks ahead in both. Only a
//! following phone is moved by its desktop: what was made beyond that instant is forgotten, and made
//! anew.

use crate::model::{Side, Style};
use crate::time::Time;

use super::chains::{Chains, Work};
use super::context::Context;
use super::fortune::Fortune;
use super::line::{Through, Turn};

/// The phone's registrations at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registrations(u8);

impl Registrations {
    fn of(chains: &Chains, dual: bool) -> Self {
        let bit = |side: Side, of: u8, on: bool| if on { of << side.index() } else { 0 };
        let bits = Side::BOTH.map(|side| {
            let bound = chains.bound(side);
            let own = bound && (dual || chains.latest() == side);
            bit(side, 1, chains.holds(side)) | bit(side, 4, bound) | bit(side, 16, own)
        });
        Self(bits[0] | bits[1])
    }

    /// What holds at a side alone.
    pub const fn at(self, side: Side) -> u8 {
        self.0 & 0b01_0101 << side.index()
    }

    const fn has(self, side: Side, bit: u8) -> bool {
        self.0 & bit << side.index() != 0
    }

    /// Whether the phone's last transaction at a side succeeded: what it believes itself.
    pub const fn believed(self, side: Side) -> bool {
        self.has(side, 1)
    }

    /// Whether the registrar at a side holds a binding, be it a stale one.
    pub const fn bound(self, side: Side) -> bool {
        self.has(side, 4)
    }

    /// Whether that binding is where the phone is.
    pub const fn own(self, side: Side) -> bool {
        self.has(side, 16)
    }
}

/// What happened to a registration, for the trace and the measures.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// When.
    pub at: Time,
    /// Where.
    pub side: Side,
    /// What.
    pub turn: Turn,
    /// How much had happened at that instant when the desktop made the phone follow, if it did.
    pub after: Option<u8>,
}

/// A phone before an instant: it is cut back to it when its desktop moves it.
#[derive(Clone, Copy, Debug)]
struct Cut {
    at: Time,
    chains: Chains,
    history: usize,
    notes: usize,
    followed: Option<(Time, u8)>,
}

/// One phone.
#[derive(Clone, Debug)]
pub struct Phone {
    chains: Chains,
    /// What holds from when on, in order; complete up to the chains' next instant.
    history: Vec<(Time, Registrations)>,
    /// What happened, in order.
    notes: Vec<Note>,
    turns: Vec<(Side, Turn)>,
    /// Instants made since the phone last followed; of a phone that does not follow, none.
    cuts: Vec<Cut>,
    /// The desktop made the phone follow at this instant, which goes on: `after` as in [`Note`].
    followed: Option<(Time, u8)>,
    /// The position asked for last.
    here: usize,
    /// The next instant that is not made.
    due: Time,
}

impl Phone {
    /// A phone at the start.
    pub fn new(cx: &Context, fortune: &mut Fortune) -> Self {
        let chains = Chains::new(cx, fortune);
        let history = vec![(Time::ZERO, Registrations::of(&chains, cx.dual()))];
        Self {
            chains,
            history,
            notes: Vec::new(),
            turns: Vec::new(),
            cuts: Vec::new(),
            followed: None,
            here: 0,
            due: chains.next(),
        }
    }

    /// The next instant that is not made.
    const fn next(&self) -> Time {
        self.due
    }

    fn look_ahead(&mut self) {
        self.due = self.followed.map_or_else(|| self.chains.next(), |(at, _)| at);
    }

    /// Makes the next instant, if it lies before the horizon.
    fn make(&mut self, cx: &Context, fortune: &mut Fortune) -> bool {
        let at = self.next();
        if at >= cx.model.horizon {
            return false;
        }
        if cx.phone.style == Style::Follow {
            let (history, notes) = (self.history.len(), self.notes.len());
            let followed = self.followed;
            self.cuts.push(Cut { at, chains: self.chains, history, notes, followed });
        }
        self.happen(cx, fortune, at, Through::End);
        let turns = self.turns.len();
        self.chains.close(&mut self.turns);
        self.note(at, turns);
        self.followed = None;
        self.due = self.chains.next();
        let now = Registrations::of(&self.chains, cx.dual());
        if self.history.last().is_none_or(|last| last.1 != now) {
            match self.history.last_mut() {
                Some(last) if last.0 == at => last.1 = now,
                _ => self.history.push((at, now)),
            }
        }
        true
    }

    fn happen(&mut self, cx: &Context, fortune: &mut Fortune, at: Time, through: Through) {
        self.turns.clear();
        self.chains.instant(at, through, &mut Work { cx, fortune, turns: &mut self.turns });
        self.note(at, 0);
    }

    fn note(&mut self, at: Time, from: usize) {
        let after = self.followed.map(|(_, after)| after);
        for &(side, turn) in &self.turns[from..] {
            let after = after.filter(|_| turn != Turn::Ended);
            self.notes.push(Note { at, side, turn, after });
        }
    }

    /// Makes everything up to an instant, included.
    fn make_to(&mut self, cx: &Context, fortune: &mut Fortune, t: Time) {
        while self.next() <= t && self.make(cx, fortune) {}
    }

    /// The position in the history of what holds at an instant that is made.
    fn position(&mut self, t: Time) -> usize {
        let mut here = self.here.min(self.history.len() - 1);
        while here > 0 && self.history[here].0 > t {
            here -= 1;
        }
        while self.history.get(here + 1).is_some_and(|next| next.0 <= t) {
            here += 1;
        }
        self.here = here;
        here
    }

    /// What holds at an instant, everything of that instant included.
    pub fn at(&mut self, cx: &Context, fortune: &mut Fortune, t: Time) -> Registrations {
        self.make_to(cx, fortune, t);
        let here = self.position(t);
        self.history[here].1
    }

    /// The first instant at or after `from` at which `wanted` holds; [`Time::NEVER`]: none before
    /// the horizon.
    pub fn first(
        &mut self,
        cx: &Context,
        fortune: &mut Fortune,
        from: Time,
        wanted: impl Fn(Registrations) -> bool,
    ) -> Time {
        self.make_to(cx, fortune, from);
        let mut here = self.position(from);
        loop {
            while let Some(&(at, now)) = self.history.get(here) {
                if wanted(now) {
                    return at.max(from);
                }
                here += 1;
            }
            // An instant may change what holds from the last change on only if it is that instant.
            here = self.history.len() - 1;
            if !self.make(cx, fortune) {
                return Time::NEVER;
            }
        }
    }

    /// Since when `wanted` has held without a break up to and with `t`; `None`: it does not hold.
    pub fn since(&mut self, t: Time, wanted: impl Fn(Registrations) -> bool) -> Option<Time> {
        let here = self.position(t);
        let broken = self.history[..=here].iter().rposition(|&(_, now)| !wanted(now));
        self.history[..=here].get(broken.map_or(0, |last| last + 1)).map(|&(at, _)| at)
    }

    /// Forgets what was made beyond an instant, that instant excluded.
    fn cut(&mut self, t: Time) {
        while let Some(cut) = self.cuts.pop_if(|cut| cut.at >= t) {
            (self.chains, self.followed) = (cut.chains, cut.followed);
            self.history.truncate(cut.history);
            self.notes.truncate(cut.notes);
        }
        self.look_ahead();
    }

    /// A following phone goes where its desktop has just connected. `through`: how much of this
    /// instant has happened to the phone before, and `rank` to the desktop.
    pub fn follow(
        &mut self,
        cx: &Context,
        fortune: &mut Fortune,
        side: Side,
        (now, through, rank): (Time, Through, u8),
    ) {
        if cx.phone.style != Style::Follow || self.chains.bound_for() == side {
            return;
        }
        self.make_to(cx, fortune, now);
        self.cut(now);
        if self.next() == now {
            self.happen(cx, fortune, now, through);
        }
        self.chains.follow(cx, side, now, through);
        self.cuts.clear();
        self.followed = Some((now, rank));
        self.due = now;
    }

    /// A copy that lives on from an instant on its own, and remembers nothing of before.
    pub fn fork(&mut self, cx: &Context, fortune: &mut Fortune, now: Time) -> Self {
        self.make_to(cx, fortune, now);
        self.cut(now + crate::time::Span(1));
        let last = *self.history.last().unwrap_or(&(Time::ZERO, Registrations(0)));
        Self {
            chains: self.chains,
            history: vec![last],
            notes: Vec::new(),
            turns: Vec::new(),
            cuts: Vec::new(),
            followed: self.followed,
            here: 0,
            due: self.due,
        }
    }

    /// The horizon: the phone's whole run is made. Returns the transactions that succeeded, and
    /// those that failed.
    pub fn finish(&mut self, cx: &Context, fortune: &mut Fortune) -> (u64, u64) {
        while self.make(cx, fortune) {}
        let mut chains = self.chains;
        chains.finish(cx);
        (chains.registered, chains.failed)
    }

    /// What happened to its registrations, in order.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What held from when on, in order.
    pub fn history(&self) -> &[(Time, Registrations)] {
        &self.history
    }
}
