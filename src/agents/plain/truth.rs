//! What is true of a plain agent: in service or not, and why not; outages and what the other
//! decision would have cost; needless switchovers; ghosts.

use crate::model::Side;
use crate::time::{Span, Time};
use crate::trace::{Cause, Event, Reason, Sink};

use super::desk::{Desk, Link};
use super::run::Run;
use crate::agents::state::{Known, Move, Outage, Stage};
use crate::agents::switched::if_switched;

impl<S: Sink> Run<'_, '_, S> {
    /// Nothing happens from now to `until`: tells the state, if it is another one. Whether that
    /// ends a counterfactual: it is in service.
    #[inline]
    pub fn stand(&mut self, until: Time) -> bool {
        let now = self.desk.now;
        if until <= now {
            return false;
        }
        let (site, cause) = (self.desk.site(), self.desk.cause());
        if !self.real {
            return cause.is_none();
        }
        if self.desk.told != Some((site, cause)) {
            self.desk.told = Some((site, cause));
            let site = site.map(|side| self.site(side));
            self.emit(Event::State { site, cause });
            self.track_outage(cause);
        } else if cause.is_none() {
            self.forget_outage();
        }
        false
    }

    fn track_outage(&mut self, cause: Option<Cause>) {
        let out = self.desk.outage.start.comes();
        match cause {
            Some(_) if out => {}
            Some(_) => {
                self.desk.outage.start = self.desk.now;
                if self.desk.link.reconnecting() || self.desk.phone_lost {
                    self.note();
                }
            }
            None => {
                self.hindsight();
                self.forget_outage();
                self.close_watch();
            }
        }
    }

    /// In service: what was noted of an outage is of no more use, nor what came and went within
    /// one instant.
    fn forget_outage(&mut self) {
        let desk = &mut self.desk;
        desk.outage = Outage::NONE;
        desk.stayed = None;
    }

    /// At the end of an outage, or at the horizon: records what the other decision would have
    /// cost.
    pub fn hindsight(&mut self) {
        let outage = self.desk.outage;
        if !outage.start.comes() {
            return;
        }
        let event = match outage.switchover {
            Some(Move { in_service: true, .. }) => Event::IfStayed { downtime: Span::ZERO },
            Some(_) => {
                debug_assert!(self.desk.stayed.is_some(), "a switchover sees to it");
                let back = self.desk.stayed.unwrap_or(self.desk.now);
                Event::IfStayed { downtime: back - outage.start }
            }
            None => {
                let downtime = if_switched(self.cx, &mut self.fortune, &outage);
                Event::IfSwitched { downtime }
            }
        };
        self.emit(event);
    }

    /// When the agent is in service again if no timer moves it from now on.
    pub fn stay(&mut self) -> Time {
        if let Some(back) = self.back_with_answer() {
            return back;
        }
        let desk = self.desk;
        (self.desk.dr, self.desk.phone_timer) = (Time::NEVER, Time::NEVER);
        self.real = false;
        let back = self.run();
        (self.real, self.desk) = (true, desk);
        back
    }

    /// When an agent that reconnects is in service again, if it is so with the answer that its
    /// rounds will get: the life until then need not be lived. Away from home a probe may fall on
    /// that instant.
    fn back_with_answer(&self) -> Option<Time> {
        let answer = self.desk.answer.filter(|_| self.desk.link.reconnecting())?;
        let ready = self.desk.stage == Stage::LoggedIn && self.desk.ready <= answer.at;
        let back = ready && !self.desk.probing.comes() && answer.at < self.cx.model.horizon;
        (back && self.usable(self.desk.side, answer.at)).then_some(answer.at)
    }

    /// Takes note of where the agent stands when its desktop first knows of an outage.
    pub fn note(&mut self) {
        let desk = &mut self.desk;
        if desk.outage.known.is_none() {
            desk.outage.known = desk.site().map(|side| Known {
                at: desk.now,
                other: side.other(),
                last: desk.last[side.other().index()],
                logins: desk.logins,
                logged_in: desk.logged_in,
            });
        }
    }

    /// Takes note of a move for the outage that it opens or falls into.
    pub fn note_move(&mut self, begun: Move) {
        self.desk.open = Some(begun.reason);
        if begun.reason == Reason::Restore {
            self.desk.outage.restore |= begun.in_service;
        } else {
            self.desk.outage.switchover = Some(begun);
        }
    }

    /// Looks at whether calls reach the phone here, in truth, and when that changes. It matters
    /// only to an agent that is logged in and connected, so not beyond the connection's next break.
    pub fn look_at_truth(&mut self) {
        if self.desk.link != Link::Live || self.desk.stage != Stage::LoggedIn {
            self.desk.usable_at = Time::NEVER;
            return;
        }
        let Desk { now, side, ready, link_at, .. } = self.desk;
        let rings = self.outlook(side).at(now).rings();
        let changes = self.outlook(side).find(now, link_at, |sight| sight.rings() != rings);
        let (bound, unbound) = self.line(side).bound(now);
        let next = changes.map_or(unbound, |(at, _)| at.min(unbound));
        self.desk.usable = bound && rings;
        self.desk.usable_at = if ready > now { next.min(ready) } else { next };
    }

    /// Whether calls reach the phone at a side, in truth.
    fn usable(&self, side: Side, t: Time) -> bool {
        self.line(side).bound(t).0 && self.outlook(side).at(t).rings()
    }

    /// Since when the phone has been unusable at a side now, in truth; `None`: it is usable.
    pub fn unusable_since(&self, side: Side) -> Option<Time> {
        let (mut since, mut at) = (None, self.desk.now);
        while at >= Time::ZERO && !self.usable(side, at) {
            let silent = self.outlook(side).since(at, |sight| !sight.rings());
            let unbound = self.line(side).unbound_since(at);
            let from = silent.into_iter().chain(unbound).min().unwrap_or(at);
            since = Some(from);
            at = from - Span(1);
        }
        since
    }

    /// The switchover under way has reached its end: it was needless if the site that it left was
    /// usable again before.
    pub fn close_watch(&mut self) {
        if let Some((old, from)) = self.desk.watch.take()
            && self.was_usable(old, from)
        {
            self.emit(Event::Needless);
        }
    }

    /// Whether desktop and phone could be used at a side at some instant from `from` up to now.
    fn was_usable(&self, side: Side, mut from: Time) -> bool {
        let (outlook, last) = (self.outlook(side), self.desk.now - Span(1));
        while let Some((at, _)) = outlook.find(from, last, |sight| sight.cti() && sight.rings()) {
            match self.line(side).bound(at) {
                (true, _) => return true,
                (false, back) => from = back,
            }
        }
        false
    }

    /// The desktop leaves a site that it is logged in at; if no logout can arrive, a ghost stays.
    pub fn leave_ghost(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side);
        let view = self.views[side.index()];
        let sight = self.outlook(side).at(now);
        let reached = sight.cti() && sight.pair_serves();
        if self.desk.stage != Stage::LoggedIn || reached || !self.real {
            return;
        }
        let since = self.desk.since.min(now);
        let lost = view.any_up.first(since, |up| !up).unwrap_or(Time::NEVER);
        if lost > now {
            self.desk.ghost[side.index()] = Some(lost);
            self.emit(Event::GhostBegun { site: self.site(side) });
        }
    }

    /// The ghost at a side is gone by now, if there was one; at the horizon, if the pair was.
    pub fn ghost_ends(&mut self, side: Side) {
        let Some(lost) = self.desk.ghost[side.index()].take() else { return };
        let at = lost.min(self.desk.now);
        if at < self.cx.model.horizon {
            self.emit_at(at, Event::GhostEnded { site: self.site(side) });
        }
    }
}
