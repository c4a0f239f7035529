//! A phone that its desktop moves: what was computed beyond that instant is dropped, and computed
//! again; and its copy that a counterfactual goes on with.

use crate::model::{Side, Style};
use crate::phones::answers::{Followed, Registers};
use crate::phones::context::PhoneContext;
use crate::phones::draws::AgentDraws;
use crate::phones::facts::{Fact, Registrations};
use crate::phones::line::Through;
use crate::time::{Span, Time};

use super::{KnownFact, Lists, Phone, SNAPSHOTS};

impl Phone {
    /// Drops what was computed from an instant on.
    fn cut(&mut self, cx: &PhoneContext, draws: &mut AgentDraws, t: Time) {
        self.take_back(t);
        self.counted = self.made;
        while self.due < t && self.make(cx, draws) {}
    }

    /// The same; it may drop more.
    pub(super) fn take_back(&mut self, t: Time) {
        let full = self.lists.cuts.len() == SNAPSHOTS;
        let last = self.lists.cuts.last().map_or(t, |cut| cut.at);
        // Beyond the last snapshot that is kept, what came before `t` is computed again.
        let from = if full { t.min(last) } else { t };
        while let Some(cut) = self.lists.cuts.pop_if(|cut| cut.at >= from) {
            (self.chains, self.followed, self.made) = (cut.chains, cut.followed, cut.made);
            self.lists.history.truncate(cut.history);
            self.lists.notes.truncate(cut.notes);
        }
        self.known = [KnownFact::NONE; Fact::COUNT];
        self.look_ahead();
    }

    /// A following phone goes where its desktop has just connected. `through`: how much of this
    /// instant has happened to the phone before, and `rank` to the desktop.
    pub(crate) fn follow(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        side: Side,
        (now, through, rank): (Time, Through, u8),
    ) {
        if cx.phone.style != Style::Follow || (cx.power.is_none() && self.chains.goes_to(side)) {
            return;
        }
        self.make_to(cx, draws, now);
        self.cut(cx, draws, now);
        // A power cut before or after this instant does not matter here.
        if self.chains.goes_to(side) {
            return;
        }
        if self.due == now {
            self.happen(cx, draws, now, through);
        }
        self.is_taken_along(cx, Followed { at: now, side, through });
        self.chains.follow(cx, side, now, through);
        self.lists.cuts.clear();
        self.followed = Some((now, rank));
        self.due = now;
    }

    /// Records where its desktop moves it; in a counterfactual, whether the run did the same.
    fn is_taken_along(&mut self, cx: &PhoneContext, followed: Followed) {
        let same = |next: Followed| (next.at, next.side) == (followed.at, followed.side);
        let in_run = self.next_move(cx).is_some_and(same);
        self.moves += 1;
        let apart_from = self.chains.apart_from;
        if self.in_run {
            self.lists.follows.push(followed);
        } else if in_run && apart_from == followed.at {
            self.chains.apart_from = self.next_move(cx).map_or(Time::NEVER, |next| next.at);
        } else {
            self.chains.apart_from = apart_from.min(followed.at - Span(1));
        }
    }

    /// Where the desktop moves it next in the run, where that is known and matters.
    fn next_move(&self, cx: &PhoneContext) -> Option<Followed> {
        let Registers::Known(answers) = cx.registers else { return None };
        answers.follows.after(self.agent, self.moves)
    }

    /// A copy that goes on by itself from an instant on, and keeps nothing from before.
    pub(crate) fn fork(&mut self, cx: &PhoneContext, draws: &mut AgentDraws, now: Time) -> Self {
        self.make_to(cx, draws, now);
        self.cut(cx, draws, now + Span(1));
        let last = *self.lists.history.last().unwrap_or(&(Time::ZERO, Registrations::NONE));
        let mut phone = Self {
            agent: self.agent,
            in_run: false,
            moves: self.moves,
            chains: self.chains,
            lists: Lists { history: vec![last], ..Lists::default() },
            followed: self.followed,
            here: 0,
            known: [KnownFact::NONE; Fact::COUNT],
            due: self.due,
            made: 0,
            counted: 0,
        };
        let next = self.next_move(cx).map_or(Time::NEVER, |next| next.at);
        phone.chains.live_apart(cx, next);
        phone.look_ahead();
        phone
    }
}
