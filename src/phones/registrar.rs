//! What the phones of a cohort meet at one site: when a REGISTER is answered there, when a binding
//! leads nowhere, and when bindings are lost with their pair.
//!
//! Looked up once per cohort in the world's timelines. This file knows no phone.

use std::cell::Cell;

use crate::time::Time;
use crate::world::{Outlook, Timeline};

/// Times [from, to) in order, apart from each other.
pub(super) type Spells = Vec<(Time, Time)>;

/// The registrar at one site, seen from one location.
#[derive(Clone, Debug, Default)]
pub struct Registrar {
    /// No REGISTER succeeds, or it may be lost or answered late.
    disturbed: Spells,
    /// No REGISTER is answered; the same unless some are refused, lost or answered late.
    silent: Option<Spells>,
    /// REGISTERs are refused.
    refuses: Spells,
    /// The pair serves, but no member that the phone reaches: a binding leads nowhere.
    pub deaf: Spells,
    /// The pair serves.
    pub serving: Spells,
    /// Both members go down, and bindings with them.
    lost: Vec<Time>,
}

impl Registrar {
    /// The registrar behind an outlook; `troubled`: when REGISTERs may be lost or answered late,
    /// `lost`: bindings go with both members.
    pub fn new(
        outlook: &Timeline<Outlook>,
        troubled: Option<&Timeline<bool>>,
        (horizon, lost): (Time, bool),
    ) -> Self {
        let down = spells(outlook, horizon, |sight| !sight.any_up());
        let refuses = spells(outlook, horizon, |sight| sight.answers() && !sight.registers());
        Self {
            disturbed: match troubled {
                None => spells(outlook, horizon, |sight| !sight.registers()),
                Some(troubled) => {
                    let times = outlook.zip(troubled, |sight, bad| bad || !sight.registers());
                    spells(&times, horizon, |disturbed| disturbed)
                }
            },
            silent: (!refuses.is_empty() || troubled.is_some())
                .then(|| spells(outlook, horizon, |sight| !sight.answers())),
            refuses,
            deaf: spells(outlook, horizon, |sight| sight.pair_serves() && !sight.rings()),
            serving: spells(outlook, horizon, Outlook::pair_serves),
            lost: if lost { down.iter().map(|spell| spell.0).collect() } else { Vec::new() },
        }
    }

    /// The first instant from `t` on at which a REGISTER is answered, with success or refusal;
    /// [`Time::NEVER`]: none. `near` is as in [`Registrar::disturbance`].
    pub fn answers(&self, t: Time, near: &Cell<u32>) -> Time {
        let silence = match &self.silent {
            None => self.disturbance(t, near),
            Some(silent) => silent.get(silent.partition_point(|spell| spell.1 <= t)).copied(),
        };
        match silence {
            Some((from, to)) if from <= t => to,
            _ => t,
        }
    }

    /// Whether a REGISTER that comes at an instant is refused.
    pub fn refuses(&self, t: Time) -> bool {
        let here = self.refuses.partition_point(|spell| spell.1 <= t);
        self.refuses.get(here).is_some_and(|spell| spell.0 <= t)
    }

    /// Whether a REGISTER that comes at an instant is taken; `near` is as in
    /// [`Registrar::disturbance`].
    pub fn takes(&self, t: Time, near: &Cell<u32>) -> bool {
        self.answers(t, near) == t && !self.refuses(t)
    }

    /// The first time from `t` on in which no REGISTER succeeds, if there is one. The search
    /// begins at `near`, where the last one ended; every start gives the right answer.
    pub fn disturbance(&self, t: Time, near: &Cell<u32>) -> Option<(Time, Time)> {
        let mut here = (near.get() as usize).min(self.disturbed.len());
        while here > 0 && self.disturbed[here - 1].1 > t {
            here -= 1;
        }
        while self.disturbed.get(here).is_some_and(|&(_, to)| to <= t) {
            here += 1;
        }
        near.set(here as u32);
        self.disturbed.get(here).copied()
    }

    /// A good place for [`Registrar::disturbance`] to begin a search at, from `t` on.
    pub fn near(&self, t: Time) -> u32 {
        self.disturbed.partition_point(|spell| spell.1 <= t) as u32
    }

    /// The first instant after `t` at which bindings are lost with the pair.
    pub fn loses(&self, t: Time) -> Time {
        let next = self.lost.partition_point(|&at| at <= t);
        self.lost.get(next).copied().unwrap_or(Time::NEVER)
    }
}

/// When something is so at a pair, as long as it begins before the horizon.
fn spells<T: Copy + PartialEq>(
    timeline: &Timeline<T>,
    horizon: Time,
    so: impl Fn(T) -> bool,
) -> Spells {
    let mut spells = Spells::new();
    let mut open = None;
    for &(at, sight) in timeline.changes() {
        match open {
            None if so(sight) => open = Some(at),
            Some(from) if !so(sight) => {
                if spells.is_empty() {
                    spells.reserve(timeline.changes().len() / 2);
                }
                spells.extend((from < horizon).then_some((from, at)));
                open = None;
            }
            _ => {}
        }
    }
    let last = open.filter(|from| *from < horizon);
    spells.extend(last.map(|from| (from, Time::NEVER)));
    spells
}
