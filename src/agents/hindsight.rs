//! Hindsight at the end of an outage: what the other decision would have cost.
//!
//! To stay is a copy of the agent from just before the outage, living on with timers that move
//! nobody. To switch over at the noticing is one round at the other site and the next draws of
//! the agent's own luck.

use crate::model::{Kind, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Record, Sink};

use super::life::{Class, Life, Play};
use super::state::{Known, Move};

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
            None => Event::IfSwitched { downtime: self.if_switched() },
        };
        self.emit(event);
    }

    /// Downtime from the outage's start with neither timer ever moving the agent.
    fn if_stayed(&mut self) -> Span {
        let start = self.st.outage.start;
        let before = self.before.as_deref().unwrap_or(&self.st).clone();
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

    /// Downtime from the outage's start had the agent switched over when it first knew.
    fn if_switched(&mut self) -> Option<Span> {
        let outage = self.st.outage;
        let known = outage.known.filter(|_| !outage.restore)?;
        let view = self.cx.view(known.other, Kind::Sip)?;
        let answer = self.cx.door(view, Kind::Sip, known.last).round(known.at).ok()?;
        let horizon = self.cx.model.horizon;
        let back = answer.at + self.login_and_ready(&known, 0);
        let returns = known.other == Side::Peer && self.cx.profile.auto_restore && back < horizon;
        let restore = if returns { self.login_and_ready(&known, 1) } else { Span::ZERO };
        Some(back.min(horizon) - outage.start + restore)
    }

    /// The next login and ready draws but `skip`, as of when the desktop knew.
    fn login_and_ready(&mut self, known: &Known, skip: u32) -> Span {
        let desktop = &self.cx.model.desktop;
        self.fortune.sample(&desktop.login, Purpose::Login, known.logins + skip)
            + self.fortune.sample(&desktop.ready, Purpose::Ready, known.logged_in + skip)
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
