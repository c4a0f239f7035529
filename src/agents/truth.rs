//! The truth of an instant, after everything has happened: in service or not, and why not;
//! ghosts, stale contacts, needless switchovers.

use crate::model::{Kind, Side};
use crate::time::Time;
use crate::trace::{Cause, Event, Reason, Sink};

use super::life::{Life, Play};
use super::state::{Known, Move, Outage, Stage, UNBOUND, alarm};

impl<S: Sink> Life<'_, S> {
    /// Whether calls reach the phone at a side, in truth.
    fn phone_usable(&self, side: Side) -> bool {
        self.bound_here(side) && self.st.sight[side.index()].rings()
    }

    /// Since when the phone has been unusable at a side, in truth; `None`: it is usable.
    pub(super) fn unusable_since(&self, side: Side) -> Option<Time> {
        if self.phone_usable(side) {
            return None;
        }
        Some(self.st.unusable[side.index()].unwrap_or(self.now))
    }

    /// Whether the agent is in service, by the truth of now.
    pub(super) fn in_service(&self) -> bool {
        self.cause().is_none()
    }

    /// Why the agent is out of service: the first cause that holds.
    fn cause(&self) -> Option<Cause> {
        let Some(side) = self.st.site.filter(|_| self.st.stage == Stage::LoggedIn) else {
            return Some(self.moving());
        };
        let well = self.live() && self.phone_usable(side);
        if well && self.st.ready <= self.now {
            return None;
        }
        Some(if well {
            Cause::NotReady
        } else if self.reconnecting() {
            Cause::Reconnecting
        } else if self.st.phone_lost {
            Cause::Phone
        } else {
            Cause::Undetected
        })
    }

    fn moving(&self) -> Cause {
        match self.st.open {
            _ if self.st.no_site => Cause::NoSite,
            Some(Move { reason: Reason::Restore, .. }) => Cause::Restoring,
            _ => Cause::Switching,
        }
    }

    /// After everything of an instant has happened. A counterfactual tells nothing, and what is
    /// only told moves nobody.
    pub(super) fn settle(&mut self) {
        if self.play == Play::WhatIf {
            return self.pass();
        }
        let stirred = std::mem::take(&mut self.stirred);
        for side in Side::BOTH {
            if stirred {
                self.track_phone(side);
                self.track_stale(side);
            }
            if self.due(alarm::GHOST + side.index()) {
                self.ghost_ends(side);
            }
        }
        if self.due(alarm::READY) {
            self.clear(alarm::READY);
        }
        self.tell_bindings();
        let cause = self.cause();
        self.tell(cause);
        self.track_outage(cause);
        self.track_watch(cause);
    }

    /// Ends an instant that nobody is told of.
    fn pass(&mut self) {
        for alarm in alarm::READY..alarm::COUNT {
            if self.due(alarm) {
                self.clear(alarm);
            }
        }
        self.noticed = None;
        self.ended = [false; 2];
    }

    fn track_phone(&mut self, side: Side) {
        self.st.unusable[side.index()] = self.unusable_since(side);
    }

    /// A contact is stale while the pair serves and holds a binding that leads nowhere.
    fn track_stale(&mut self, side: Side) {
        let at = side.index();
        let sight = self.st.sight[at];
        let held = self.st.bound[at] != UNBOUND && sight.pair_serves();
        let moved = !self.cx.dual() && self.st.latest != side;
        let stale = held && (moved || !sight.sip());
        if stale != self.st.stale[at] {
            self.st.stale[at] = stale;
            let site = self.cx.site(side);
            self.emit(if stale { Event::StaleBegun { site } } else { Event::StaleEnded { site } });
        }
    }

    /// Records the state if it has changed.
    fn tell(&mut self, cause: Option<Cause>) {
        let state = Some((self.st.site, cause));
        if self.st.told != state {
            self.st.told = state;
            let site = self.st.site.map(|side| self.cx.site(side));
            self.emit(Event::State { site, cause });
        }
    }

    /// Takes note of a move for the outage that it opens or falls into.
    pub(super) fn note_move(&mut self, begun: Move) {
        self.st.open = Some(begun);
        if begun.reason == Reason::Restore {
            self.st.outage.restore |= begun.in_service;
        } else {
            self.st.outage.switchover = Some(begun);
        }
    }

    fn track_outage(&mut self, cause: Option<Cause>) {
        let out = self.st.outage.start.comes();
        if let Some(noticed) = self.noticed.take() {
            self.st.outage.known.get_or_insert(noticed);
        }
        match cause {
            Some(_) => {
                if !out {
                    self.st.outage.start = self.now;
                }
                let knows = self.reconnecting() || self.st.phone_lost;
                if knows && self.st.outage.known.is_none() {
                    self.st.outage.known = self.known();
                }
            }
            None => {
                if out {
                    self.hindsight();
                }
                self.st.outage = Outage::NONE;
            }
        }
    }

    /// Where the agent stands, for hindsight.
    pub(super) fn known(&self) -> Option<Known> {
        let other = self.st.site?.other();
        Some(Known {
            at: self.now,
            other,
            last: self.st.links[Kind::Sip.index()].last[other.index()],
            logins: self.st.logins,
            logged_in: self.st.logged_in,
        })
    }

    /// A switchover is needless if the old site is usable again before the agent is in service.
    fn track_watch(&mut self, cause: Option<Cause>) {
        if cause.is_none() {
            return self.close_watch();
        }
        let Some(watch) = self.st.watch else { return };
        let usable = self.st.sight[watch.old.index()].cti() && self.phone_usable(watch.old);
        if usable && let Some(watch) = &mut self.st.watch {
            watch.usable = true;
        }
    }

    /// The agent is in service, or moves again.
    pub(super) fn close_watch(&mut self) {
        if self.st.watch.take().is_some_and(|watch| watch.usable) {
            self.emit(Event::Needless);
        }
    }

    /// The desktop leaves a site that it is logged in at; if no logout can arrive, a ghost stays.
    pub(super) fn leave_ghost(&mut self, side: Side) {
        let at = side.index();
        let sight = self.st.sight[at];
        let reached = sight.cti() && sight.pair_serves();
        if self.st.stage != Stage::LoggedIn || reached {
            return;
        }
        let Some(view) = self.cx.view(side, Kind::Sip) else { return };
        let since = self.st.links[Kind::Sip.index()].since.min(self.now);
        let lost = view.any_up.first(since, |up| !up).unwrap_or(Time::NEVER);
        if lost > self.now {
            self.st.ghost[at] = true;
            self.set(alarm::GHOST + at, lost);
            self.emit(Event::GhostBegun { site: self.cx.site(side) });
        }
    }

    /// The ghost at a side is gone, if there was one.
    pub(super) fn ghost_ends(&mut self, side: Side) {
        self.clear(alarm::GHOST + side.index());
        if std::mem::take(&mut self.st.ghost[side.index()]) {
            self.emit(Event::GhostEnded { site: self.cx.site(side) });
        }
    }
}
