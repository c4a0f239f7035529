//! The timers that move an agent: DR timers and the phone timer.

use crate::desktop::{Slot, Stage};
use crate::model::{Kind, PhoneNowhere, Side};
use crate::phones::Fact;
use crate::rounds::number;
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};

use super::life::Life;

/// The window of the what-if cap on switchovers.
const HOUR: Span = Span::from_secs(3600);

impl<S: Sink> Life<'_, S> {
    /// The DR timer of a noticed loss starts.
    pub(super) fn start_dr_timer(&mut self, kind: Kind) {
        let timeout = self.cx.profile.dr_timeout;
        if !self.what_if() && self.cx.profile.dr[kind.index()] && timeout.ends() {
            let fires = self.desk.now + timeout;
            self.desk.agenda.set(Slot::DrTimer(kind), fires);
            self.emit(Event::DrTimerStarted { kind, fires });
        }
    }

    /// A success, or the start of a move, cancels a DR timer.
    pub(super) fn cancel_dr_timer(&mut self, kind: Kind) {
        let slot = Slot::DrTimer(kind);
        if self.desk.agenda.get(slot).comes() {
            self.desk.agenda.clear(slot);
            self.emit(Event::DrTimerCancelled { kind });
        }
    }

    /// A DR timer fires: it moves the agent, or its connection alone.
    pub(super) fn dr_timer_fires(&mut self, kind: Kind) {
        let slot = Slot::DrTimer(kind);
        self.desk.agenda.clear(slot);
        let moves_agent = self.moves_agent(kind);
        if let Some(until) = self.cap().filter(|_| moves_agent) {
            self.desk.agenda.set(slot, until);
            return self.emit(Event::Capped { until });
        }
        let begun = self.rounds_begun(kind, self.desk.now);
        self.emit(Event::DrTimerFired { kind, rounds: number(begun) });
        if kind == Kind::Sip {
            self.switch_over_after(Reason::SipTimer, begun);
        } else if moves_agent {
            let stat = kind == Kind::Stat;
            self.switch_over(if stat { Reason::StatTimer } else { Reason::ConfigTimer });
        } else {
            let other = self.desk.links[kind.index()].side.other();
            self.try_target(kind, other);
        }
    }

    /// Until when the what-if cap holds a switchover back.
    fn cap(&self) -> Option<Time> {
        let until = self.desk.switchovers[self.cx.cap()? - 1] + HOUR;
        (until > self.desk.now).then_some(until)
    }

    /// Records what a desk phone's desktop has seen of it at its site, up to an instant of its
    /// connection.
    pub(super) fn remember_seen(&mut self, t: Time) {
        if self.cx.phone.desk && t >= Time::ZERO {
            let side = self.desk.side();
            self.desk.seen[side.index()] = self.phone_is(t, Fact::Bound(side));
        }
    }

    /// The fact that makes a phone registered at a side as its desktop sees it: a softphone knows
    /// by itself, a desk phone is known by what a connected SIP Server shows: the registrar's
    /// binding, which lasts until it expires, wherever the phone is by then.
    fn registered(&self, side: Side) -> Fact {
        if self.cx.phone.desk { Fact::Bound(side) } else { Fact::Believed(side) }
    }

    /// The desktop is logged in at a site and connected there: it watches its phone.
    pub(super) fn await_phone(&mut self) {
        if self.desk.stage != Stage::LoggedIn {
            return;
        }
        let (now, lost, side) = (self.desk.now, self.desk.phone_lost, self.desk.side());
        let registered = self.registered(side);
        let next = if self.cx.phone.desk && !self.desk.live() {
            Time::NEVER
        } else {
            self.phone_first(now, (registered, lost))
        };
        self.desk.agenda.set(Slot::Phone, next);
    }

    /// What the desktop sees of its phone changes.
    pub(super) fn look_at_phone(&mut self) {
        self.desk.agenda.clear(Slot::Phone);
        if self.cx.phone.desk && !self.desk.live() {
            return;
        }
        let side = self.desk.side();
        if self.desk.phone_lost {
            self.emit(Event::PhoneSeenBack { site: self.site(side) });
            self.forget_phone();
        } else {
            self.phone_seen_lost(side);
        }
        self.await_phone();
    }

    fn phone_seen_lost(&mut self, side: Side) {
        self.desk.phone_lost = true;
        if self.desk.outage.start.comes() || self.desk.cause().is_some() {
            self.note();
        }
        if self.real() {
            let since = self.unusable_since(side);
            self.emit(Event::PhoneSeenLost { site: self.site(side), since });
        }
        let timeout = self.cx.profile.phone_timeout;
        if self.cx.has_peer() && timeout.ends() && !self.what_if() {
            let fires = self.desk.now + timeout;
            self.desk.agenda.set(Slot::PhoneTimer, fires);
            self.emit(Event::PhoneTimerStarted { fires });
        }
    }

    /// The phone is registered, or a move begins: the phone timer is cancelled.
    pub(super) fn forget_phone(&mut self) {
        if self.desk.agenda.get(Slot::PhoneTimer).comes() && !self.desk.expired {
            self.emit(Event::PhoneTimerCancelled);
        }
        (self.desk.phone_lost, self.desk.expired) = (false, false);
        self.desk.agenda.clear(Slot::PhoneTimer);
    }

    /// The phone timer fires, or has fired and the phone registers at the other site.
    pub(super) fn phone_timer_fires(&mut self) {
        if let Some(until) = self.cap() {
            self.desk.expired = false;
            self.desk.agenda.set(Slot::PhoneTimer, until);
            return self.emit(Event::Capped { until });
        }
        let other = self.desk.side().other();
        let next = self.turns_up(other);
        let elsewhere = next == self.desk.now;
        if !self.desk.expired {
            self.emit(Event::PhoneTimerFired { elsewhere });
        }
        self.desk.expired = true;
        self.desk.agenda.set(Slot::PhoneTimer, next);
        if elsewhere || self.cx.model.policy.phone_nowhere == PhoneNowhere::Switch {
            self.switch_over(Reason::PhoneTimer);
        }
    }

    /// When the desktop knows its phone registered at a side that it is not at.
    fn turns_up(&mut self, side: Side) -> Time {
        let now = self.desk.now;
        if !self.cx.phone.desk {
            return self.phone_first(now, (Fact::Believed(side), true));
        }
        if self.desk.seen[side.index()] { now } else { Time::NEVER }
    }

    /// A connection that has moved alone to the peer site: looks up its next successful probe from
    /// an instant on. While it is lost there, its probes change nothing, and are not simulated.
    pub(super) fn plan_own_probe(&mut self, kind: Kind, from: Time) {
        let slot = Slot::OwnProbe(kind);
        let link = &self.desk.links[kind.index()];
        let (origin, wanted) = (link.alone, link.alone.comes() && link.believed());
        let home = self.cx.view(Side::Preferred, kind).filter(|_| wanted);
        let Some(home) = home else { return self.desk.agenda.clear(slot) };
        let next = self.next_probe(origin, from, |_, t| {
            home.outlook.first(t, |sight| sight.welcomes(kind)).unwrap_or(Time::NEVER)
        });
        self.desk.agenda.set(slot, next);
    }

    /// The probe of a connection that has moved alone.
    pub(super) fn own_probe(&mut self, kind: Kind) {
        let view = self.cx.view(Side::Preferred, kind);
        let serving = view.and_then(|view| view.outlook.at(self.desk.now).serving());
        if let (true, Some(role)) = (self.desk.links[kind.index()].believed(), serving) {
            self.desk.links[kind.index()].alone = Time::NEVER;
            self.goes_live(kind, Side::Preferred, role);
            let to = self.site(Side::Preferred);
            self.emit(Event::ConnectionMoved { kind, to, rounds: 0 });
        }
        self.plan_own_probe(kind, self.desk.now + Span(1));
    }
}
