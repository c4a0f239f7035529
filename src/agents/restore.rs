//! Restore probes: looked up between the instants at which anything changes, never stepped
//! through.
//!
//! Between two instants of an agent the outcome of a probe is constant, so only three kinds of
//! probe can matter: the first success, the first failure after it, and the first success at
//! least the hold-down later.

use crate::distribution::Law;
use crate::model::{Kind, RestoreWhen, Side, Style};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::life::Life;
use super::state::{Probing, UNBOUND, alarm};
use super::transaction::grid_after;

const DAY: i64 = 86_400 * crate::time::NANOS;

/// Whether an instant belongs to the grid `origin + k x interval`, k >= 1.
fn on_grid(origin: Time, interval: Span, t: Time) -> bool {
    t > origin && (t - origin).0 % interval.0 == 0
}

impl<S: Sink> Life<'_, S> {
    /// The desktop has logged in away from home: it probes the preferred site from now on.
    pub(super) fn start_probing(&mut self) {
        self.st.probing =
            Probing { origin: self.now, counted: self.now, made: true, ..Probing::OFF };
    }

    /// Stat and Configuration Server: when what a restore needs of them changes next.
    pub(super) fn watch_other(&mut self, kind: Kind) {
        let alarm = alarm::OTHERS + kind.index() - 1;
        let view = self.cx.view(Side::Preferred, kind).filter(|_| self.moves_agent(kind));
        let next = view.map_or(Time::NEVER, |view| view.outlook.next_change(self.now));
        self.set(alarm, next);
    }

    /// Whether a probe of the preferred site would succeed now.
    fn preferred_available(&self) -> bool {
        let sight = self.st.sight[Side::Preferred.index()];
        sight.welcomes(Kind::Sip)
            && self.other_kinds_serve()
            && (!self.cx.model.policy.restore_needs_phone || self.phone_at_home())
    }

    fn other_kinds_serve(&self) -> bool {
        [Kind::Stat, Kind::Config].into_iter().filter(|&kind| self.moves_agent(kind)).all(|kind| {
            let view = self.cx.view(Side::Preferred, kind);
            view.is_none_or(|view| view.outlook.at(self.now).pair_serves())
        })
    }

    fn phone_at_home(&self) -> bool {
        match (self.cx.phone.style, self.cx.phone.desk) {
            (Style::Follow, _) => true,
            (_, false) => self.holds(Side::Preferred),
            (_, true) => self.bound_here(Side::Preferred),
        }
    }

    /// Whether the registrar at a side holds a binding that is the phone's.
    pub(super) fn bound_here(&self, side: Side) -> bool {
        self.st.bound[side.index()] != UNBOUND && (self.cx.dual() || self.st.latest == side)
    }

    /// Class (f): the probe of this instant, if one falls on it.
    pub(super) fn probes(&mut self) {
        if self.st.probing.origin.comes() {
            self.track_availability();
            self.count_probes(self.now);
            self.probe_now();
            self.plan_probe();
        }
        self.own_probes();
    }

    fn track_availability(&mut self) {
        let since = self.st.probing.available.unwrap_or(self.now);
        self.st.probing.available = self.preferred_available().then_some(since);
    }

    /// Counts the probes made since the last count, strictly before `t`.
    pub(super) fn count_probes(&mut self, t: Time) {
        let Probing { origin, counted, made, delayed, .. } = self.st.probing;
        if !origin.comes() || counted >= t {
            return;
        }
        self.st.probing.counted = t - Span(1);
        if made && delayed.is_none() {
            let interval = self.cx.probe_interval.0;
            let upto = |t: Time| (t - origin).0 / interval;
            self.st.counts.probes += (upto(t - Span(1)) - upto(counted)) as u64;
        }
    }

    /// The probe of this very instant.
    fn probe_now(&mut self) {
        let Probing { origin, counted, delayed, .. } = self.st.probing;
        let due = match delayed {
            Some(until) => until == self.now,
            None => counted < self.now && on_grid(origin, self.cx.probe_interval, self.now),
        };
        self.st.probing.counted = self.now;
        if !due {
            return;
        }
        let made = !self.reconnecting();
        self.st.counts.probes += u64::from(made);
        self.st.probing.delayed = None;
        match self.st.probing.available.filter(|_| made) {
            Some(available) if delayed.is_some() => self.go_back(available),
            Some(available) => self.probe_succeeds(available),
            None => {
                if self.st.probing.found.take().is_some() {
                    self.emit(Event::PreferredLostAgain);
                }
            }
        }
    }

    fn probe_succeeds(&mut self, available: Time) {
        if self.st.probing.found.is_none() {
            self.emit(Event::PreferredFound);
        }
        let found = *self.st.probing.found.get_or_insert(self.now);
        if self.now < found + self.cx.hold_down(self.agent) || !self.in_window(self.now) {
            return;
        }
        match self.restore_jitter() {
            Span::ZERO => self.go_back(available),
            jitter => {
                let until = self.now + jitter;
                self.st.probing.delayed = Some(until);
                self.emit(Event::RestoreDelayed { until });
            }
        }
    }

    fn restore_jitter(&mut self) -> Span {
        let Some(law) = &self.cx.model.what_if.restore_jitter else { return Span::ZERO };
        let number = self.st.decisions;
        self.st.decisions += 1;
        let law: &Law = law;
        self.fortune.sample(law, Purpose::RestoreJitter, number)
    }

    fn go_back(&mut self, available: Time) {
        if let Some(role) = self.st.sight[Side::Preferred.index()].serving() {
            self.restore(available, role);
        }
    }

    /// Whether the time of day of an instant lies in the restore window, if there is one.
    fn in_window(&self, t: Time) -> bool {
        self.until_window(t) == Span::ZERO
    }

    /// How long after `t` the restore window opens; zero inside it.
    fn until_window(&self, t: Time) -> Span {
        let RestoreWhen::Window { from, to } = self.cx.model.policy.restore_when else {
            return Span::ZERO;
        };
        let day = (self.cx.model.clock + (t - Time::ZERO)).0.rem_euclid(DAY);
        let inside =
            if from <= to { from.0 <= day && day < to.0 } else { from.0 <= day || day < to.0 };
        if inside { Span::ZERO } else { Span((from.0 - day).rem_euclid(DAY)) }
    }

    /// When the next probe falls that changes anything.
    fn plan_probe(&mut self) {
        let Probing { origin, available, found, delayed, .. } = self.st.probing;
        if !origin.comes() {
            return;
        }
        let made = !self.reconnecting();
        self.st.probing.made = made;
        let interval = self.cx.probe_interval;
        let well = made && available.is_some();
        let next = match (delayed, found, well) {
            (Some(until), _, _) => until,
            (None, Some(found), true) => self.deciding_probe(found),
            (None, None, false) => Time::NEVER,
            (None, _, _) => grid_after(origin, interval, self.now),
        };
        self.set(alarm::PROBE, next);
    }

    /// The first probe after now that decides on a restore, if all goes well until then.
    fn deciding_probe(&self, found: Time) -> Time {
        let origin = self.st.probing.origin;
        let interval = self.cx.probe_interval;
        let ripe = found + self.cx.hold_down(self.agent) - Span(1);
        let mut probe = grid_after(origin, interval, self.now.max(ripe));
        while probe < self.cx.model.horizon {
            let wait = self.until_window(probe);
            if wait == Span::ZERO {
                return probe;
            }
            probe = grid_after(origin, interval, probe + wait - Span(1));
        }
        Time::NEVER
    }
}
