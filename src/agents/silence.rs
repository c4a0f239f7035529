//! A connection that is up, over a path that answers too late for keep-alives: the desktop treats
//! it as lost if that lasts as long as the loss of a silent server would take to be noticed.
//!
//! The agent is in service until then.

use crate::desktop::{Link, Phase, Slot};
use crate::model::Kind;
use crate::time::Time;
use crate::trace::{Event, Noticed, Sink};

use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// Whether a connection is really up now.
    pub(super) fn is_live(&self, kind: Kind) -> bool {
        let Link { side, member, .. } = self.desk.links[kind.index()];
        self.around(kind, side).is_some_and(|it| it.at(self.desk.now).live(member))
    }

    /// The first instant from `t` on at which keep-alives of a connection are answered too late.
    pub(super) fn late_from(&self, kind: Kind, t: Time) -> Time {
        let Link { side, member, .. } = self.desk.links[kind.index()];
        let view = self.cx.view(side, kind);
        view.map_or(Time::NEVER, |view| view.late_from(member, t, true))
    }

    /// Keep-alives are answered too late from now on.
    pub(super) fn falls_silent(&mut self, kind: Kind) {
        self.notice(kind);
        self.stays_silent(kind);
        if kind == Kind::Sip {
            self.look_at_truth();
        }
    }

    /// A connection is up and silent: until it is not up, answers in time, or is taken for lost.
    pub(super) fn stays_silent(&mut self, kind: Kind) {
        let now = self.desk.now;
        self.link(kind).phase = Phase::Silent;
        let Link { side, member, notice, .. } = self.desk.links[kind.index()];
        let around = self.around(kind, side);
        let breaks = around.and_then(|it| it.first(now, |sight| !sight.live(member)));
        let in_time = self.cx.view(side, kind).map(|view| view.late_from(member, now, false));
        let turns = breaks.into_iter().chain(in_time).min().unwrap_or(Time::NEVER);
        if turns <= notice {
            self.desk.agenda.set_link(kind, Slot::World(kind), turns);
        } else {
            self.desk.agenda.set_link(kind, Slot::Loss(kind), notice);
        }
        self.await_drain(kind);
    }

    /// Keep-alives are answered in time again, before anything was noticed.
    pub(super) fn speaks_again(&mut self, kind: Kind) {
        self.lives(kind);
        if kind == Kind::Sip {
            self.look_at_truth();
        }
    }

    /// The desktop takes a connection for lost that is up.
    pub(super) fn drops(&mut self, kind: Kind) {
        let now = self.desk.now;
        if kind == Kind::Sip {
            if self.cx.phone.desk && self.desk.agenda.get(Slot::Phone) <= now {
                // What a desktop sees through a connection, it has seen before it drops it.
                self.look_at_phone();
            }
            self.remember_seen(now);
            self.desk.agenda.clear(Slot::Truth);
        }
        let Link { side, member, .. } = self.desk.links[kind.index()];
        self.emit(Event::Broken { kind, site: self.site(side), member });
        self.link(kind).unusable = false;
        self.lost(kind, Noticed::KeepAlive);
    }
}
