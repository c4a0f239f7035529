//! Power cuts: what an agent loses, and how it starts again.

use switchover::distribution::Law;
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::Event;

use super::agent::{Agent, Now};

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
        if std::mem::replace(&mut self.power.desktop_off, true) || self.duty.absent {
            return;
        }
        self.tell(now, Event::PowerLost);
        self.books_of_power(now);
        self.forget_everything(now);
    }

    fn desktop_starts(&mut self, now: Now<'a>) {
        self.power.desktop_starts = None;
        self.power.desktop_off = false;
        if self.duty.absent {
            return;
        }
        self.tell(now, Event::Started);
        self.look_for_site(now);
    }
}
