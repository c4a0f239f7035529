//! Restore probes: looked up in the world and the phone, never simulated one by one.
//!
//! Only three kinds of probe matter: the first success, the first failure after it, and the first
//! success at least the hold-down later that may start a restore.

use crate::desktop::{Leave, Probing, Slot};
use crate::model::{Kind, MIDNIGHT, RestoreWhen, Side, Style};
use crate::phones::Fact;
use crate::phones::grid_after;
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};
use crate::world::Outlook;

use super::life::Life;
use super::window::Window;

const HOME: Side = Side::Preferred;

/// Whether a SIP Server pair takes a desktop in.
const fn welcomes(sight: Outlook) -> bool {
    sight.welcomes(Kind::Sip)
}

impl<S: Sink> Life<'_, S> {
    /// What a restore needs of the phone, if anything.
    fn needed_phone(&self) -> Option<Fact> {
        let needed = self.cx.model.policy.restore_needs_phone;
        match (self.cx.phone.style, self.cx.phone.desk) {
            (Style::Follow, _) => None,
            (_, false) => needed.then_some(Fact::Believed(HOME)),
            (_, true) => needed.then_some(Fact::Bound(HOME)),
        }
    }

    /// What is seen of the preferred site's other pairs that a restore needs.
    fn needed_pairs(&self) -> impl Iterator<Item = &crate::world::Timeline<Outlook>> {
        let kinds = self.cx.kinds()[1..].iter().filter(|&&kind| self.moves_agent(kind));
        kinds.filter_map(|&kind| self.cx.view(HOME, kind)).map(|view| view.outlook)
    }

    /// The first instant at or after `t` at which the preferred site may be found available: `t`
    /// itself only if it is available then.
    fn available_from(&mut self, t: Time) -> Time {
        let mut at = self.outlook(HOME).first(t, welcomes).unwrap_or(Time::NEVER);
        for pair in self.needed_pairs() {
            at = at.max(pair.first(t, Outlook::pair_serves).unwrap_or(Time::NEVER));
        }
        match self.needed_phone() {
            Some(registered) if at.comes() => at.max(self.phone_first(at, (registered, true))),
            _ => at,
        }
    }

    /// The first instant at or after `t` at which the preferred site is not available.
    fn unavailable_from(&mut self, t: Time) -> Time {
        let never = |at: Option<Time>| at.unwrap_or(Time::NEVER);
        let mut at = never(self.outlook(HOME).first(t, |sight| !welcomes(sight)));
        for pair in self.needed_pairs() {
            at = at.min(never(pair.first(t, |sight| !sight.pair_serves())));
        }
        match self.needed_phone() {
            Some(registered) => at.min(self.phone_first(t, (registered, false))),
            None => at,
        }
    }

    /// Since when the preferred site has been available without a break, though not before the
    /// end of the login away from it.
    pub(super) fn available_since(&mut self) -> Time {
        let now = self.desk.now;
        let site = self.outlook(HOME).since(now, welcomes);
        let pairs = self.needed_pairs().filter_map(|pair| pair.since(now, Outlook::pair_serves));
        let world = site.into_iter().chain(pairs).fold(self.desk.probing.origin, Time::max);
        let phone =
            self.needed_phone().and_then(|registered| self.phone_since(now, (registered, true)));
        phone.map_or(world, |since| since.max(world))
    }

    /// The first probe of a grid at or after `t` for which `so` holds: it gives the first instant
    /// at or after another at which it may. [`Time::NEVER`]: none before the horizon.
    pub(super) fn next_probe(
        &mut self,
        origin: Time,
        t: Time,
        so: impl Fn(&mut Self, Time) -> Time,
    ) -> Time {
        let mut from = t;
        loop {
            let probe = self.grid_probe(origin, from);
            if probe >= self.cx.model.horizon {
                return Time::NEVER;
            }
            match so(self, probe) {
                at if at == probe => return probe,
                at => from = at,
            }
        }
    }

    /// Looks up the next probe that changes anything, not before those that are counted.
    pub(super) fn plan_probe(&mut self) {
        let Probing { origin, counted, found, delayed } = self.desk.probing;
        if !origin.comes() || delayed {
            return;
        }
        let from = self.desk.now.max(counted + Span(1));
        let next = match found {
            _ if self.reconnecting() && found.is_none() => Time::NEVER,
            _ if self.reconnecting() => self.grid_probe(origin, from),
            None => self.next_probe(origin, from, Self::available_from),
            Some(found) => {
                let fails = self.next_probe(origin, from, Self::unavailable_from);
                fails.min(self.deciding_probe(origin, found, from))
            }
        };
        self.desk.agenda.set(Slot::Probe, next);
    }

    fn grid_probe(&self, origin: Time, from: Time) -> Time {
        grid_after(origin, self.cx.probe_interval, from - Span(1))
    }

    /// The first probe from `from` on that decides on a restore, if all goes well until then.
    fn deciding_probe(&mut self, origin: Time, found: Time, from: Time) -> Time {
        let ripe = found + self.cx.hold_down(self.agent);
        self.next_probe(origin, from.max(ripe), |life, t| life.opens(t))
    }

    /// The probe of this instant.
    pub(super) fn probe(&mut self) {
        self.count_probes();
        let (now, made) = (self.desk.now, !self.reconnecting());
        let delayed = std::mem::take(&mut self.desk.probing.delayed);
        self.desk.probing.counted = now;
        self.desk.probes += u64::from(made);
        self.desk.agenda.clear(Slot::Probe);
        if made && self.available_from(now) == now {
            if delayed {
                return self.go_home();
            }
            self.probe_succeeds();
        } else if self.desk.probing.found.take().is_some() {
            self.emit(Event::PreferredLostAgain);
        }
        if self.desk.hold.asks.is_none() {
            self.plan_probe();
        }
    }

    fn go_home(&mut self) {
        if self.may_leave(Leave::Restore) {
            self.restore();
        }
    }

    fn probe_succeeds(&mut self) {
        let now = self.desk.now;
        if self.desk.probing.found.is_none() {
            self.emit(Event::PreferredFound);
        }
        let found = *self.desk.probing.found.get_or_insert(now);
        if now < found + self.cx.hold_down(self.agent) || self.opens(now) > now {
            return;
        }
        match self.restore_jitter() {
            Span::ZERO => self.go_home(),
            jitter => {
                let until = now + jitter;
                self.desk.probing.delayed = true;
                self.desk.agenda.set(Slot::Probe, until);
                self.emit(Event::RestoreDelayed { until });
            }
        }
    }

    fn restore_jitter(&mut self) -> Span {
        let Some(law) = &self.cx.model.what_if.restore_jitter else { return Span::ZERO };
        let number = self.desk.decisions;
        self.desk.decisions += 1;
        self.draws.sample(law, Purpose::RestoreJitter, number)
    }

    /// The first instant at or after `t` at which the restore window is open to this agent; [`Time::NEVER`]:
    /// its stage of a staged restore would begin when the window is closed again.
    fn opens(&self, t: Time) -> Time {
        let RestoreWhen::Window { from, to } = self.cx.model.policy.restore_when else { return t };
        let clock = self.cx.model.clock.as_ref().unwrap_or(&MIDNIGHT);
        Window::new(clock, from, to).opens(t, self.cx.stage(self.agent))
    }

    /// Counts the restore probes made since the last count, strictly before now.
    pub(super) fn count_probes(&mut self) {
        let Probing { origin, counted, delayed, .. } = self.desk.probing;
        let last = self.desk.now - Span(1);
        if !origin.comes() || counted >= last {
            return;
        }
        self.desk.probing.counted = last;
        if !self.reconnecting() && !delayed {
            let upto = |t: Time| (t - origin).0 / self.cx.probe_interval.0;
            self.desk.probes += (upto(last) - upto(counted)) as u64;
        }
    }
}
