//! Power cuts: what an agent loses, and how it starts again.

use switchover::distribution::Law;
use switchover::model::{Kind, Role, Side};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::Event;

use super::agent::{Agent, Now};
use super::desktop::{Move, Restoring, Stage};
use super::link::{Mode, Status};

/// The power of an agent, and its two machines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Power {
    /// There is none.
    dark: bool,
    /// Returns so far.
    returns: u32,
    /// The desktop is off, and when it starts if that is known.
    pub desktop_off: bool,
    desktop_starts: Option<Time>,
    /// The same of the phone.
    pub phone_off: bool,
    phone_starts: Option<Time>,
}

impl Power {
    pub fn without_phone(&mut self) {
        (self.phone_off, self.phone_starts) = (true, None);
    }

    pub fn dues(&self) -> impl Iterator<Item = Time> {
        self.desktop_starts.into_iter().chain(self.phone_starts)
    }
}

impl<'a> Agent<'a> {
    /// Class 0, before all else.
    pub fn feel_power(&mut self, now: Now<'a>) {
        let on = now.world.power[self.me.profile.location.index()];
        if !on && !self.power.dark {
            self.power.dark = true;
            self.desktop_goes_off(now);
            self.phone_goes_off(now);
        } else if on && self.power.dark {
            self.power.dark = false;
            self.power_returns(now.t);
        }
        if self.power.desktop_starts.is_some_and(|at| at <= now.t) {
            self.desktop_starts(now);
        }
        if self.power.phone_starts.is_some_and(|at| at <= now.t) {
            self.power.phone_starts = None;
            self.power.phone_off = false;
            self.phone_starts(now);
        }
    }

    fn power_returns(&mut self, t: Time) {
        let number = self.power.returns;
        self.power.returns += 1;
        let desktop = self.me.draw(&self.me.model.desktop.boot, Purpose::DesktopBoot, number);
        let phone = self.me.draw(&self.me.phone.boot, Purpose::PhoneBoot, number);
        let law = Law::Uniform { lowest: Span::ZERO, highest: self.me.phone.start_spread };
        let spread = self.me.draw(&law, Purpose::StartSpread, number);
        self.power.desktop_starts = Some(t + desktop);
        self.power.phone_starts = Some(t + phone + spread);
    }

    fn desktop_goes_off(&mut self, now: Now<'a>) {
        self.power.desktop_starts = None;
        if std::mem::replace(&mut self.power.desktop_off, true) {
            return;
        }
        self.tell(now, Event::PowerLost);
        self.books_of_power(now);
        for kind in Kind::ALL {
            self.cancel_dr_timer(now, kind);
            let link = self.link(kind);
            (link.status, link.own_probe, link.last) = (Status::Off, None, [Role::Primary; 2]);
        }
        self.forget_phone(now);
        self.leave_queue(now);
        self.restoring = Restoring {
            decisions: self.restoring.decisions,
            available: self.restoring.available,
            ..Restoring::default()
        };
        (self.at, self.open, self.barred) = (None, None, None);
        self.switchovers.clear();
        self.phone.forget_what_was_seen(self.dual() && self.me.has_peer());
    }

    fn desktop_starts(&mut self, now: Now<'a>) {
        self.power.desktop_starts = None;
        self.power.desktop_off = false;
        self.tell(now, Event::Started);
        self.open = Some(Move { restore: false, no_site: true, stage: Stage::Seeking });
        let link = self.link(Kind::Sip);
        link.side = Side::Preferred;
        link.begin_search(Mode::Cycle, Side::Preferred, now.t);
    }
}
