//! Plain agents: those whose phone does not care what their desktop does, with nothing else that
//! couples the two or ties the agent to others. Most agents of most scenarios are plain.
//!
//! The idea of the whole simulator once more, one floor higher: the world is simulated first, then
//! the phone, alone, and the desktop looks ahead in both. So a life is a few dozen steps of a
//! machine with seven alarms instead of an instant for every change of anything.
//!
//! No rule of its own is in here: the records are those of [`super::Life`], to the nanosecond, but
//! in another order, and the tests hold the two against each other.
//!
//! ```text
//! Live --break--> Broken --path heals in time--> Live
//!                    \--noticed--> First --answer--> Live
//!                                    \--failed--> Rounds --answer--> Live
//! (a timer fires)  Target --answer--> Live, logging in
//!                     \--failed--> Cycle --answer--> Live, logging in
//! (a probe finds the preferred site)  Live there, logging in
//! ```

mod desk;
mod link;
mod moves;
mod phone;
mod registration;
mod run;
mod truth;

use crate::model::{AgentId, Kind, RestoreWhen, Retry, Side, WhatIf};
use crate::time::{Span, Time};
use crate::trace::{Event, Record, Sink};
use crate::world::Outlook;

use super::context::{Context, View};
use super::fortune::Fortune;
use registration::{Registrar, Registration};
use run::Run;

/// The plain agents of one cohort, one after the other.
#[derive(Debug)]
pub struct Plain<'a> {
    cx: &'a Context<'a>,
    views: [&'a View<'a>; 2],
    registrars: [Registrar<'a>; 2],
    /// Per side: when the pair serves and the path's plane of the phone is down, so that a binding
    /// leads nowhere.
    deaf: [Vec<(Time, Time)>; 2],
    lines: [Registration; 2],
}

impl<'a> Plain<'a> {
    /// The agents of a cohort; `None` if they are not plain.
    #[must_use]
    pub fn new(cx: &'a Context<'a>) -> Option<Self> {
        let Retry::Fixed(retry) = cx.phone.retry else { return None };
        let phone = cx.dual() && !cx.phone.desk && cx.model.policy.keep_bindings;
        let alone = !cx.queues && !cx.drained() && sip_only(cx);
        let timers = cx.profile.dr_timeout > Span::ZERO && cx.profile.phone_timeout > Span::ZERO;
        if !(phone && alone && timers && restores_plainly(cx)) {
            return None;
        }
        let view = |side| cx.view(side, Kind::Sip);
        let views = [view(Side::Preferred)?, view(Side::Peer)?];
        let (phone, horizon) = (cx.phone, cx.model.horizon);
        let registrars = views.map(|view| {
            let downs = spells(view, horizon, |sight| !sight.registers());
            Registrar { phone, retry, downs, horizon }
        });
        let deaf =
            views.map(|view| spells(view, horizon, |sight| sight.pair_serves() && !sight.sip()));
        Some(Self { cx, views, registrars, deaf, lines: Default::default() })
    }

    /// One agent from the start to the horizon. Its records come as [`Sink::in_order`] says: the
    /// phone's first. Returns the steps that it took, counterfactuals included.
    pub fn live(&mut self, agent: AgentId, sink: &mut impl Sink) -> u64 {
        let mut fortune = Fortune::new(self.cx.luck, self.cx.entity(agent));
        let mut steps = 0;
        for side in Side::BOTH {
            let due = fortune.first_refresh(self.cx.phone, side);
            let line = &mut self.lines[side.index()];
            line.plan(&self.registrars[side.index()], due);
            steps += line.gaps().len() as u64;
            self.tell_phone(agent, side, sink);
        }
        let run = Run::new(self.cx, self.views, &self.lines, agent, fortune, sink);
        steps + run.live()
    }

    /// Records what becomes of one registration.
    fn tell_phone(&self, agent: AgentId, side: Side, sink: &mut impl Sink) {
        let site = self.cx.site(side);
        let mut tell = |at: Time, event| {
            if at.comes() {
                sink.record(Record { at, agent, event });
            }
        };
        let line = &self.lines[side.index()];
        for gap in line.gaps() {
            let mut ends = [
                (gap.lost, Event::RegistrationFailed { site }),
                (gap.ended, Event::BindingEnded { site }),
            ];
            ends.sort_by_key(|(at, _)| *at);
            ends.into_iter().for_each(|(at, event)| tell(at, event));
            tell(gap.back, Event::Registered { site });
        }
        let mut gaps = line.gaps();
        for &(from, to) in &self.deaf[side.index()] {
            let over = gaps.iter().take_while(|gap| gap.back <= from).count();
            gaps = &gaps[over..];
            let ends = gaps.first().map_or(Time::NEVER, |gap| gap.ended);
            if from < ends {
                tell(from, Event::StaleBegun { site });
                tell(to.min(ends), Event::StaleEnded { site });
            }
        }
    }
}

/// No Stat or Configuration Server connection is watched.
fn sip_only(cx: &Context) -> bool {
    let others = [Kind::Stat, Kind::Config];
    Side::BOTH.into_iter().all(|side| others.iter().all(|kind| cx.view(side, *kind).is_none()))
}

/// A restore begins at the first probe that finds the preferred site, and nothing caps
/// switchovers.
fn restores_plainly(cx: &Context) -> bool {
    let WhatIf { hold_down, restore_jitter, stages, switchovers_per_hour } = &cx.model.what_if;
    let extended = restore_jitter.is_some() || stages.is_some() || switchovers_per_hour.is_some();
    let window = matches!(cx.model.policy.restore_when, RestoreWhen::Window { .. });
    *hold_down == Span::ZERO && !extended && !window
}

/// When something is so at a pair, as long as it begins before the horizon.
fn spells(view: &View, horizon: Time, so: impl Fn(Outlook) -> bool) -> Vec<(Time, Time)> {
    let state = view.outlook.map(so);
    let spells = state.spells(Time::NEVER).filter(|spell| spell.value && spell.from < horizon);
    spells.map(|spell| (spell.from, spell.to)).collect()
}
