//! The timers that move an agent, and the order to leave: DR timers, the phone timer, drains.

use crate::model::{Kind, PhoneNowhere, Side};
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Sink};

use super::life::{Life, Play};
use super::rounds::number;
use super::state::{Phase, PhoneTimer, Stage, alarm};
use super::transaction::grid_after;

/// The window of the what-if cap on switchovers.
const HOUR: Span = Span::from_secs(3600);

impl<S: Sink> Life<'_, S> {
    /// The DR timer of a noticed loss starts.
    pub(super) fn start_dr_timer(&mut self, kind: Kind) {
        let timeout = self.cx.profile.dr_timeout;
        if self.cx.profile.dr[kind.index()] && timeout.ends() {
            let fires = self.now + timeout;
            self.set(alarm::DR + kind.index(), fires);
            self.emit(Event::DrTimerStarted { kind, fires });
        }
    }

    /// A success, or the start of a move, cancels a DR timer.
    pub(super) fn cancel_dr_timer(&mut self, kind: Kind) {
        let alarm = alarm::DR + kind.index();
        if self.st.alarms[alarm].comes() {
            self.clear(alarm);
            self.emit(Event::DrTimerCancelled { kind });
        }
    }

    /// Class (c): the order to leave reaches a desktop that is really connected at a drained site.
    pub(super) fn order_to_leave(&mut self) {
        let Some(side) = self.st.site else { return };
        if self.cx.has_peer() && self.live() && self.st.sight[side.index()].drained() {
            self.emit(Event::OrderedToLeave { site: self.cx.site(side) });
            self.switch_over(Reason::Drain);
        }
    }

    /// Class (d): DR timers that fire now. What one of them starts is followed to its end before
    /// the next one fires.
    pub(super) fn dr_timers(&mut self) {
        if !self.any_due(alarm::DR..alarm::PHONE_TIMER) {
            return;
        }
        for kind in Kind::ALL {
            if self.due(alarm::DR + kind.index()) {
                self.dr_timer_fires(kind);
                self.follow_up();
            }
        }
    }

    fn dr_timer_fires(&mut self, kind: Kind) {
        let alarm = alarm::DR + kind.index();
        self.clear(alarm);
        let moves_agent = self.moves_agent(kind);
        if self.play == Play::WhatIf && moves_agent {
            return;
        }
        if let Some(until) = self.cap().filter(|_| moves_agent) {
            self.set(alarm, until);
            return self.emit(Event::Capped { until });
        }
        let rounds = number(self.rounds_begun(kind, self.now));
        self.emit(Event::DrTimerFired { kind, rounds });
        if moves_agent {
            self.switch_over(match kind {
                Kind::Sip => Reason::SipTimer,
                Kind::Stat => Reason::StatTimer,
                Kind::Config => Reason::ConfigTimer,
            });
        } else {
            let other = self.st.links[kind.index()].side.other();
            self.try_target(kind, other);
        }
    }

    /// Until when the what-if cap holds a switchover back.
    fn cap(&self) -> Option<Time> {
        let cap = usize::from(self.cx.model.what_if.switchovers_per_hour?);
        let until = self.st.switchovers[cap.clamp(1, 8) - 1] + HOUR;
        (until > self.now).then_some(until)
    }

    /// End of class (b): the desktop looks at its phone. It does so only when logged in.
    pub(super) fn look_at_phone(&mut self) {
        let Some(side) = self.st.site else { return };
        if self.live() {
            self.st.seen[side.index()] = self.bound_here(side);
        }
        if self.st.stage != Stage::LoggedIn {
            return;
        }
        let lost = !self.knows_registered(side);
        match (self.st.phone_lost, lost) {
            (false, true) => self.phone_seen_lost(side),
            (true, false) => {
                self.emit(Event::PhoneSeenBack { site: self.cx.site(side) });
                self.forget_phone();
            }
            _ => {}
        }
    }

    /// Whether the phone is registered at a side, as the desktop knows it: a softphone tells; a
    /// desk phone is known by what a connected SIP Server last showed.
    pub(super) fn knows_registered(&self, side: Side) -> bool {
        if self.cx.phone.desk { self.st.seen[side.index()] } else { self.holds(side) }
    }

    fn phone_seen_lost(&mut self, side: Side) {
        self.st.phone_lost = true;
        self.noticed = self.noticed.or_else(|| self.known());
        let since = self.unusable_since(side);
        self.emit(Event::PhoneSeenLost { site: self.cx.site(side), since });
        let timeout = self.cx.profile.phone_timeout;
        if self.cx.has_peer() && timeout.ends() {
            let fires = self.now + timeout;
            self.st.phone_timer = PhoneTimer::Running;
            self.set(alarm::PHONE_TIMER, fires);
            self.emit(Event::PhoneTimerStarted { fires });
        }
    }

    /// The phone is registered, or a move begins: the phone timer is cancelled.
    pub(super) fn forget_phone(&mut self) {
        self.st.phone_lost = false;
        if self.st.phone_timer == PhoneTimer::Running && self.st.alarms[alarm::PHONE_TIMER].comes()
        {
            self.emit(Event::PhoneTimerCancelled);
        }
        self.st.phone_timer = PhoneTimer::Off;
        self.clear(alarm::PHONE_TIMER);
    }

    /// Class (e): the phone timer fires, or has expired and the phone is at the other site.
    pub(super) fn phone_timer(&mut self) {
        let Some(side) = self.st.site.filter(|_| self.st.phone_timer != PhoneTimer::Off) else {
            return;
        };
        if self.play == Play::WhatIf {
            return self.clear(alarm::PHONE_TIMER);
        }
        let elsewhere = self.knows_registered(side.other());
        match self.st.phone_timer {
            PhoneTimer::Running if self.due(alarm::PHONE_TIMER) => {
                if self.phone_move_capped() {
                    return;
                }
                self.emit(Event::PhoneTimerFired { elsewhere });
                self.clear(alarm::PHONE_TIMER);
                self.st.phone_timer = PhoneTimer::Expired;
                if elsewhere || self.cx.model.policy.phone_nowhere == PhoneNowhere::Switch {
                    self.switch_over(Reason::PhoneTimer);
                }
            }
            PhoneTimer::Expired if elsewhere => self.phone_turns_up(),
            _ => {}
        }
    }

    fn phone_turns_up(&mut self) {
        if !self.phone_move_capped() {
            self.switch_over(Reason::PhoneTimer);
        }
    }

    /// Holds a move by the phone timer back, if the what-if cap says so.
    fn phone_move_capped(&mut self) -> bool {
        let Some(until) = self.cap() else { return false };
        self.st.phone_timer = PhoneTimer::Running;
        self.set(alarm::PHONE_TIMER, until);
        self.emit(Event::Capped { until });
        true
    }

    /// A connection that has moved alone to the peer site: looks up its next successful probe.
    pub(super) fn plan_own_probe(&mut self, kind: Kind) {
        let alarm = alarm::OWN_PROBE + kind.index() - 1;
        let link = self.st.links[kind.index()];
        let home = self.cx.view(Side::Preferred, kind);
        let (Some(origin), Some(home)) = (link.alone, home) else { return self.clear(alarm) };
        let interval = self.cx.probe_interval;
        let mut probe = grid_after(origin, interval, self.now);
        let next = loop {
            match home.outlook.first(probe, |sight| sight.welcomes(kind)) {
                None => break Time::NEVER,
                Some(found) if found == probe => break probe,
                Some(found) => probe = grid_after(origin, interval, found - Span(1)),
            }
        };
        self.set(alarm, next);
    }

    /// Class (f): probes of connections that have moved alone.
    pub(super) fn own_probes(&mut self) {
        if !self.any_due(alarm::OWN_PROBE..alarm::READY) {
            return;
        }
        for kind in [Kind::Stat, Kind::Config] {
            if !self.due(alarm::OWN_PROBE + kind.index() - 1) {
                continue;
            }
            let link = self.st.links[kind.index()];
            let view = self.cx.view(Side::Preferred, kind);
            let serving = view.and_then(|view| view.outlook.at(self.now).serving());
            if let (true, Some(role)) = (link.believed(), serving) {
                self.st.links[kind.index()].alone = None;
                self.goes_live(kind, Side::Preferred, role);
                let to = self.cx.site(Side::Preferred);
                self.emit(Event::ConnectionMoved { kind, to, rounds: 0 });
            }
            self.plan_own_probe(kind);
        }
    }

    /// Whether the SIP connection is lost and the desktop knows it.
    pub(super) fn reconnecting(&self) -> bool {
        matches!(self.st.links[0].phase, Phase::First(_) | Phase::Rounds(_))
    }
}
