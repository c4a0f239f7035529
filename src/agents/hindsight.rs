//! Hindsight at the end of an outage: what the other decision would have cost.
//!
//! Staying is simulated by a copy of the agent that goes on with timers that do not move it.
//! Switching over when the desktop first knew is one round at the other site and the agent's own
//! next draws.

use crate::desktop::{DesktopState, Known, Move, Outage, Slot, Stage, Wait};
use crate::model::{Kind, Side, Style};
use crate::phones::Phone;
use crate::random::Purpose;
use crate::rounds::{Answer, View};
use crate::slots::{Slots, Wanted};
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};
use crate::world::{Cursor, Outlook};

use super::life::{Asking, Life, Mode, Request};

impl<S: Sink> Life<'_, S> {
    /// Keeps the agent as it is when it first asks for a slot in an outage. Up to there, or to the
    /// first timer, run and counterfactual are the same; but a counterfactual may get another slot.
    pub(super) fn keep_asking(&mut self) {
        if !self.real() || self.asked {
            return;
        }
        self.asked = true;
        let phone = self.forked_phone();
        match &mut self.asking {
            Some(kept) => (kept.desk, kept.phone) = (self.desk, phone),
            none => *none = Some(Box::new(Asking { desk: self.desk, phone })),
        }
    }

    /// A copy of a phone that its desktop moves; others can be shared.
    pub(super) fn forked_phone(&mut self) -> Option<Phone> {
        let now = self.desk.now;
        (self.cx.phone.style == Style::Follow)
            .then(|| self.phone.fork(self.cx, &mut self.draws, now))
    }

    /// A timer is about to move the agent: computes what staying would cost, once per outage.
    pub(super) fn compare_staying(&mut self) {
        if !self.real() || self.desk.outage.stayed.is_some() {
            return;
        }
        let asking = self.asking.as_mut().filter(|_| self.asked);
        let back = match asking.map(|kept| (kept.desk, kept.phone.take())) {
            Some((desk, phone)) => self.live_on(desk, phone, Mode::WhatIf(desk.now)),
            None => self.back_with_answer().unwrap_or_else(|| {
                let phone = self.forked_phone();
                self.live_on(self.desk, phone, Mode::WhatIf(self.desk.now))
            }),
        };
        self.desk.outage.stayed = Some(back);
    }

    /// Simulates a counterfactual from a state on, in which no timer moves the agent; when it is
    /// over, at the latest at the horizon.
    pub(super) fn live_on(&mut self, desk: DesktopState, phone: Option<Phone>, mode: Mode) -> Time {
        let real = std::mem::replace(&mut self.desk, desk);
        let phone = phone.map(|phone| std::mem::replace(&mut self.phone, phone));
        let rank = self.rank;
        for kind in Kind::ALL {
            self.desk.agenda.clear(Slot::DrTimer(kind));
        }
        self.desk.agenda.clear(Slot::PhoneTimer);
        self.mode = mode;
        self.move_to(self.desk.now);
        if phone.is_some() && self.phone.is_apart() {
            // What is planned belongs to the phone of the run.
            self.look_at_truth();
            self.await_phone();
        }
        self.run_beside_the_others();
        let back = self.desk.now;
        (self.mode, self.desk, self.rank) = (Mode::Real, real, rank);
        if let Some(phone) = phone {
            self.phone = phone;
        }
        self.move_to(self.desk.now);
        back
    }

    /// A counterfactual takes, at each of its logins and connections, the first slot that is free
    /// between those that the others have used; its own real ones are given back.
    fn run_beside_the_others(&mut self) {
        let mut free = [[Time(i64::MIN); 2]; 2];
        let mut request = self.request().or_else(|| self.live());
        while let (Some(Request { at, side, wanted }), Some(slots)) = (request, self.slots) {
            let (site, free) = (self.site(side), &mut free[wanted as usize][side.index()]);
            let slot = self.free_beside(slots, wanted, side, at.max(*free));
            request = self.go_on(slot);
            if self.slot_spent {
                *free = slot + slots.gap(wanted, site);
            }
        }
    }

    /// The first slot from `at` on that is free between those of the others; one for a login only
    /// when logins are possible.
    fn free_beside(&self, slots: &Slots, wanted: Wanted, side: Side, mut at: Time) -> Time {
        loop {
            let slot = slots.beside(wanted, self.site(side), self.agent, at);
            if wanted == Wanted::Connection {
                return slot;
            }
            at = self.cx.admitted_from(side, slot);
            if at == slot || !at.comes() {
                return at;
            }
        }
    }

    /// When an agent that reconnects is in service again, if its rounds get an answer and the
    /// connection lasts until its phone can be used: the steps until then need not be simulated. If
    /// it is not at its preferred site, a probe may come before.
    fn back_with_answer(&mut self) -> Option<Time> {
        let answer = self.desk.sip().answer.or_else(|| self.answered_in_turn());
        let answer = answer.filter(|_| self.reconnecting())?;
        let carries = |view: &View<'_>| view.paths.iter().all(Option::is_none);
        let well = self.cx.view(self.desk.side(), Kind::Sip).is_some_and(carries);
        let ready = self.desk.stage == Stage::LoggedIn && self.desk.ready <= answer.at;
        let settled = !self.desk.probing.origin.comes() && !self.cx.drained;
        // Where a queue holds up phones, that of the run is not the one that stays.
        let apart = self.cx.follows_to_queues();
        if !ready || !settled || !well || apart {
            return None;
        }
        let side = self.desk.side();
        let live = |sight: Outlook| sight.live(answer.role);
        let breaks = self.outlook(side).first(answer.at, |sight| !live(sight));
        let off = self.desk.agenda.get(Slot::Power).min(self.desk.agenda.get(Slot::Shift));
        let end = breaks.unwrap_or(Time::NEVER).min(off).min(self.cx.model.horizon);
        let back = self.usable_from(side, answer.at, end, Outlook::rings);
        (back < end).then_some(back)
    }

    /// The answer to an attempt that still waits to be served, if it is served at once between the
    /// others.
    fn answered_in_turn(&self) -> Option<Answer> {
        let Some((turn, Wait::Comes)) = self.desk.sip().turn else { return None };
        let (slots, side) = (self.slots?, self.endpoint_side());
        let slot = self.free_beside(slots, Wanted::Connection, side, turn.at);
        let answer = self.endpoint(Kind::Sip, side)?.answered(turn, slot)?;
        (slot == turn.at && answer.at == slot).then_some(answer)
    }

    /// At the end of an outage, or at the horizon: records what the other decision would have
    /// cost.
    pub(super) fn hindsight(&mut self) {
        let outage = self.desk.outage;
        if !outage.start.comes() || !self.real() {
            return;
        }
        let event = match outage.switchover {
            Some(Move { reason: Reason::Drain, .. }) => return,
            // Compared when the restore that it led to is over.
            Some(Move { in_service: true, .. }) => return,
            Some(_) => Event::IfStayed { downtime: self.stayed(&outage) - outage.start },
            None => Event::IfSwitched { downtime: self.if_switched(&outage) },
        };
        self.emit(event);
    }

    /// When an outage would have ended had no timer moved the agent.
    fn stayed(&self, outage: &Outage) -> Time {
        debug_assert!(outage.stayed.is_some(), "a switchover sees to it");
        outage.stayed.unwrap_or(self.desk.now)
    }

    /// Downtime from the outage's start had the agent switched over when it first knew; `None`: it
    /// never knew, a restore opened the outage, the first round at the other site fails, or no
    /// login was possible there then.
    fn if_switched(&mut self, outage: &Outage) -> Option<Span> {
        let known = outage.known.filter(|_| !outage.restore && !outage.power)?;
        let cx = self.cx;
        let view = cx.view(known.other, Kind::Sip)?;
        let outlook = Cursor::new(view.outlook, known.at);
        let answer = cx.endpoint(view, outlook, true, known.last).round(known.at).ok()?;
        // No longer than the shift.
        let horizon = cx.model.horizon.min(self.desk.agenda.get(Slot::Shift));
        let (login, ready) = self.login_and_ready(&known, 0);
        if !self.unhindered(known.other, answer.at(), login) {
            return None;
        }
        let mut back = answer.at() + login + ready;
        if known.other == Side::Peer && cx.profile.auto_restore && back < horizon {
            let (login, ready) = self.login_and_ready(&known, 1);
            back = back + login + ready;
        }
        Some(back.min(horizon) - outage.start)
    }

    /// The next login and ready draws but `skip`, as of when the desktop knew.
    fn login_and_ready(&mut self, known: &Known, skip: u32) -> (Span, Span) {
        let laws = &self.cx.laws;
        let login = self.draws.draw(&laws.login, Purpose::Login, known.logins + skip);
        (login, self.draws.draw(&laws.ready, Purpose::Ready, known.logged_in + skip))
    }
}
