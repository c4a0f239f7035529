//! Hindsight at the end of an outage: what the other decision would have cost.
//!
//! To stay is a copy of the agent from just before the outage, living on with timers that move
//! nobody. To switch over at the noticing is in `switched`.

use crate::model::Kind;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Record, Sink};

use super::life::{Class, Life, Play};
use super::state::{Move, Phase, Stage, State, Step, alarm};
use super::switched::if_switched;

/// A counterfactual leaves no record.
struct Nowhere;

impl Sink for Nowhere {
    fn record(&mut self, _: Record) {}
}

impl<S: Sink> Life<'_, S> {
    /// At the end of an outage, or at the horizon: records what the other decision would have
    /// cost.
    pub(super) fn hindsight(&mut self) {
        if self.play != Play::Real || !self.st.outage.start.comes() {
            return;
        }
        let event = match self.st.outage.switchover {
            Some(Move { reason: Reason::Drain, .. }) => return,
            Some(Move { in_service: true, .. }) => Event::IfStayed { downtime: Span::ZERO },
            Some(_) => Event::IfStayed { downtime: self.if_stayed() },
            None => {
                let downtime = if_switched(self.cx, &mut self.fortune, &self.st.outage);
                Event::IfSwitched { downtime }
            }
        };
        self.emit(event);
    }

    /// Downtime from the outage's start with neither timer ever moving the agent.
    fn if_stayed(&mut self) -> Span {
        let start = self.st.outage.start;
        let before = self.before.as_deref().unwrap_or(&self.st);
        if let Some(back) = self.back_with_answer(before).filter(|&back| back >= start) {
            return back - start;
        }
        let before = before.clone();
        let mut other = Life {
            cx: self.cx,
            agent: self.agent,
            fortune: self.fortune.clone(),
            st: before,
            now: start,
            before_failures: false,
            due: 0,
            noticed: None,
            ended: [false; 2],
            class: Class::World,
            stirred: true,
            slot_spent: false,
            play: Play::WhatIf,
            before: None,
            before_at: start,
            instants: 0,
            sink: Nowhere,
        };
        let back = other.run_until_in_service(start);
        self.instants += other.instants;
        self.fortune = other.fortune;
        back - start
    }

    /// When an agent that stays and reconnects is in service again, if it is so with the answer
    /// that its rounds will get: all that can end or prolong the outage is then known, and nothing
    /// need be lived through. The phone must hold a binding until then, whatever becomes of its
    /// refreshes, and no restore probe may fall on the instant of the answer.
    fn back_with_answer(&self, before: &State) -> Option<Time> {
        let side = before.site.filter(|_| before.stage == Stage::LoggedIn)?;
        let link = &before.links[Kind::Sip.index()];
        let (Phase::First(Some(answer)) | Phase::Rounds(Some(answer))) = link.phase else {
            return None;
        };
        let settled = before.open.is_none() && !before.probing.origin.comes();
        let sure = settled && link.side == side && self.cx.dual();
        if !sure || !self.cx.model.policy.keep_bindings {
            return None;
        }
        let phone = self.cx.phone;
        let due = before.alarms[alarm::LINE + side.index()];
        let bound = match before.lines[side.index()].step {
            Step::Steady if due > answer.at => Time::NEVER,
            Step::Steady => due - phone.refresh + phone.expiry,
            Step::Succeeds | Step::Fails => before.bound[side.index()],
            Step::Off | Step::Away => return None,
        };
        let rings = self.cx.sip(side)?.at(answer.at).rings();
        let back = bound > answer.at && rings && before.ready <= answer.at;
        (back && answer.at < self.cx.model.horizon).then_some(answer.at)
    }
}

impl<S: Sink> Life<'_, S> {
    /// Lives on to the first instant in service from `start` on, or to the horizon.
    fn run_until_in_service(&mut self, start: Time) -> Time {
        loop {
            let (next, due) = self.st.next();
            if next >= self.cx.model.horizon {
                return self.cx.model.horizon;
            }
            self.instant(next, due);
            self.settle();
            if next >= start && self.in_service() {
                return next;
            }
        }
    }
}
