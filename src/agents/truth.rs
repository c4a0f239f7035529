//! The real state of an agent: in service or not, and why not; outages; needless switchovers,
//! ghosts, stale contacts.

use std::ops::Range;

use crate::desktop::{Known, Move, Outage, Slot, Stage};
use crate::model::Side;
use crate::phones::Fact;
use crate::phones::RegistrationChange;
use crate::phones::StaleTimes;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};
use crate::world::Outlook;

use super::ledger::rank;
use super::life::{Life, Mode};

impl<S: Sink> Life<'_, S> {
    /// Nothing happens from now to `until`: records the state, if it has changed. Returns whether
    /// that ends a counterfactual: it is in service.
    #[inline]
    pub(super) fn stand(&mut self, until: Time) -> bool {
        let now = self.desk.now;
        if until <= now {
            return false;
        }
        self.desk.settle_signing_in();
        match self.mode {
            Mode::Real | Mode::Watched => self.tell(),
            Mode::Rehearsal => {}
            Mode::WhatIf(from) if until > from && self.desk.cause().is_none() => {
                self.desk.now = now.max(from);
                return true;
            }
            Mode::WhatIf(_) => {}
            Mode::Remain(end) => return self.remains(until, end),
        }
        false
    }

    fn tell(&mut self) {
        let (site, cause) = self.desk.state();
        if self.desk.told == Some((site, cause)) {
            if cause.is_none() {
                self.in_service_again();
            }
            return;
        }
        self.desk.told = Some((site, cause));
        self.rank = rank::STATE;
        let site = site.map(|side| self.site(side));
        self.emit(Event::State { site, cause });
        let out = self.desk.outage.start.comes();
        if (site, cause) == (None, None) {
            // What the end of the shift cuts off is compared with nothing.
            self.in_service_again();
        } else if cause.is_none() {
            self.hindsight();
            self.in_service_again();
            self.close_watch();
            self.remaining_settled();
        } else if !out {
            self.desk.outage.start = self.desk.now;
        }
        if cause.is_some() && (self.reconnecting() || self.desk.phone_lost) {
            self.note();
        }
    }

    /// No outage is under way, and nothing of one is known.
    const fn in_service_again(&mut self) {
        self.desk.outage = Outage::NONE;
        self.asked = false;
    }

    /// Records where the agent is when its desktop first knows of an outage.
    pub(super) fn note(&mut self) {
        let desk = &mut self.desk;
        if desk.outage.known.is_none() {
            desk.outage.known = desk.site().map(|side| Known {
                at: desk.now,
                other: side.other(),
                last: desk.links[0].last[side.other().index()],
                logins: desk.logins,
                logged_in: desk.logged_in,
            });
        }
    }

    /// Records a move for the outage that it opens or falls into.
    pub(super) fn note_move(&mut self, begun: Move) {
        self.desk.open = Some(begun.reason);
        if begun.reason == Reason::Restore {
            self.desk.outage.restore |= begun.in_service;
        } else {
            self.desk.outage.switchover = Some(begun);
        }
    }

    /// Looks up whether calls really reach the phone here, and when that changes. It matters only
    /// to an agent that is logged in and connected, so not beyond the connection's next break.
    pub(super) fn look_at_truth(&mut self) {
        self.desk.agenda.clear(Slot::Truth);
        let idle = !self.desk.live() || self.desk.stage != Stage::LoggedIn;
        if idle || self.mode == Mode::Rehearsal {
            return;
        }
        let (now, side, ready) = (self.desk.now, self.desk.side(), self.desk.ready);
        let breaks = self.desk.agenda.get(Slot::World(crate::model::Kind::Sip));
        let rings = self.outlook(side).at(now).rings();
        let changes = self.outlook(side).find(now, breaks, |sight| sight.rings() != rings);
        let (bound, other) = self.phone_stays(now, Fact::Own(side));
        let next = changes.map_or(other, |(at, _)| at.min(other));
        self.desk.usable = bound && rings;
        let next = if ready > now { next.min(ready) } else { next };
        self.desk.agenda.set(Slot::Truth, next);
    }

    /// Whether calls really reach the phone at a side.
    pub(super) fn usable(&mut self, side: Side, t: Time) -> bool {
        self.outlook(side).at(t).rings() && self.phone_is(t, Fact::Own(side))
    }

    /// Since when the phone has really been unusable at a side now; `None`: it is usable.
    pub(super) fn unusable_since(&mut self, side: Side) -> Option<Time> {
        let (mut since, mut at) = (None, self.desk.now);
        while at >= Time::ZERO && !self.usable(side, at) {
            let silent = self.outlook(side).since(at, |sight| !sight.rings());
            let unbound = self.phone_since(at, (Fact::Own(side), false));
            let from = silent.into_iter().chain(unbound).min().unwrap_or(at);
            since = Some(from);
            at = from - Span(1);
        }
        since
    }

    /// The switchover under way has reached its end: it was needless if the site that it left was
    /// usable again before.
    pub(super) fn close_watch(&mut self) {
        if let Some((old, from)) = self.desk.watch.take()
            && self.real()
            && self.was_usable(old, from)
        {
            self.emit(Event::Needless);
        }
    }

    /// Whether desktop and phone could be used at a side at some instant from `from` up to now.
    fn was_usable(&mut self, side: Side, from: Time) -> bool {
        let now = self.desk.now;
        self.usable_from(side, from, now, |sight| sight.reached() && sight.rings()) < now
    }

    /// The first instant from `from` on, before `end`, at which calls reach the phone at a side and
    /// the pair there is as wanted.
    pub(super) fn usable_from(
        &mut self,
        side: Side,
        mut from: Time,
        end: Time,
        wanted: impl Fn(Outlook) -> bool,
    ) -> Time {
        let outlook = *self.outlook(side);
        while let Some((at, _)) = outlook.find(from, end - Span(1), &wanted) {
            from = self.phone_first(at, (Fact::Own(side), true));
            if from == at {
                return at;
            }
        }
        Time::NEVER
    }

    /// The desktop leaves a site that it is logged in at; if no logout can arrive, a ghost stays.
    pub(super) fn leave_ghost(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side());
        let sight = self.outlook(side).at(now);
        if self.desk.stage == Stage::LoggedIn && !sight.reached() {
            self.ghost_stays(side);
        }
    }

    /// The desktop leaves a site without a logout: a ghost stays there, unless both members have been down
    /// since the connection broke.
    pub(super) fn ghost_stays(&mut self, side: Side) {
        let now = self.desk.now;
        if !self.leaves_records() {
            return;
        }
        let Some(view) = self.cx.view(side, crate::model::Kind::Sip) else { return };
        let since = self.desk.sip().since.min(now);
        let lost = view.any_up.first(since, |up| !up).unwrap_or(Time::NEVER);
        if lost > now {
            self.desk.ghost[side.index()] = Some(lost);
            self.emit(Event::GhostBegun { site: self.site(side) });
        }
    }

    /// The ghost at a side is gone by now, if there was one; at the horizon, if the pair was.
    pub(super) fn ghost_ends(&mut self, side: Side) {
        let Some(lost) = self.desk.ghost[side.index()].take() else { return };
        let site = self.site(side);
        if lost < self.desk.now {
            self.emit_at(
                lost,
                rank::STALE + 2 * side.index() as u8 + 1,
                Event::GhostEnded { site },
            );
        } else if self.desk.now < self.cx.model.horizon {
            self.emit(Event::GhostEnded { site });
        }
    }

    /// Records what has happened to the phone's registrations.
    pub(super) fn tell_phone(&mut self) {
        for index in 0..self.phone.notes().len() {
            let note = self.phone.notes()[index];
            let site = self.site(note.side);
            let (rank, event) = match note.change {
                RegistrationChange::Registered => (rank::REGISTERED, Event::Registered { site }),
                RegistrationChange::Failed { refused } => {
                    (rank::FAILED, Event::RegistrationFailed { site, refused })
                }
                RegistrationChange::GivesUp => (rank::FAILED, Event::PhoneGivesUp { site }),
                RegistrationChange::Off => (rank::OFF, Event::PhoneOff { site }),
                RegistrationChange::Ended => (rank::ENDED, Event::BindingEnded { site }),
            };
            self.emit_at(note.at, note.after.unwrap_or(rank), event);
        }
        self.tell_stale(Side::Preferred);
        if self.cx.has_peer() {
            self.tell_stale(Side::Peer);
        }
    }

    /// Records the times in which calls would ring a dead contact at a side.
    fn tell_stale(&mut self, side: Side) {
        let horizon = self.cx.model.horizon;
        let (site, rank) = (self.site(side), rank::STALE + 2 * side.index() as u8);
        for Range { start, end } in StaleTimes::of(&self.phone, self.cx, side, horizon) {
            self.ledger.record(start, rank, Event::StaleBegun { site });
            if end < horizon {
                self.ledger.record(end, rank, Event::StaleEnded { site });
            }
        }
    }
}
