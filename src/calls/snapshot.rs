//! The state of a day at an instant, without which of the agents of a group at a site is which: two
//! days with the same snapshot go on alike, as long as nothing happens to one of these agents
//! alone.

use crate::model::SiteId;
use crate::time::{Span, Time};

use super::day::Day;
use super::draws::Callers;
use super::outcome::CallObserver;
use super::parts::{AgentState, Call, Doing, Event, Place};

/// The key of a call: queue, caller, attempt.
type CallKey = (u32, u32, u32);

/// An agent at work: where it is, its call (`None`: it works after a call), by way of which site
/// and from which, and until when.
type Work = (Option<SiteId>, Option<(CallKey, u32, SiteId)>, Time);

/// A call that waits: its key, until when, and what it needs.
type Waits = (CallKey, Time, Span);

/// The state of a day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DaySnapshot {
    dead: Vec<Option<Time>>,
    serves: Vec<bool>,
    cut: Vec<bool>,
    /// By queue and site, in order.
    waiting: Vec<Vec<Waits>>,
    /// By group, in the order of the values.
    at_work: Vec<(u32, Work)>,
    /// By group: those in service with nothing to do.
    idle: Vec<(u32, SiteId)>,
    /// Dead contacts by number, and the calls that they ring for.
    phantoms: Vec<(usize, SiteId, Option<CallKey>)>,
    /// Who gave up and could still be in time: queue, site, and when the call came.
    shades: Vec<(u32, u32, Time)>,
    /// Callers who call again.
    again: Vec<(Time, CallKey)>,
}

const fn whose(call: &Call) -> CallKey {
    (call.queue, call.caller, call.attempt)
}

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// Its state now. O(n log n) for n agents, calls and events to come.
    pub(super) fn portrait(&self) -> DaySnapshot {
        let groups = || self.staff.groups.iter().copied().zip(&self.desks);
        let at_work = groups().filter_map(|(group, desk)| Some((group, self.work(desk)?)));
        let idle = groups().filter(|(_, desk)| desk.doing == Doing::Nothing);
        let mut portrait = DaySnapshot {
            dead: self.dead.clone(),
            serves: self.serves.clone(),
            cut: self.cut.clone(),
            waiting: self.waiting_calls(),
            at_work: at_work.collect(),
            idle: idle.filter_map(|(group, desk)| Some((group, desk.at?))).collect(),
            phantoms: self.contacts(),
            shades: self.shades().map(|it| (it.queue, it.site, it.offered)).collect(),
            again: self.events.iter().filter_map(|(due, event)| again(due.at, event)).collect(),
        };
        portrait.at_work.sort_unstable();
        portrait.idle.sort_unstable();
        portrait.again.sort_unstable();
        portrait
    }

    fn work(&self, desk: &AgentState) -> Option<Work> {
        let with = match desk.doing {
            Doing::Nothing => return None,
            Doing::WorksAfter => None,
            Doing::Talks { call } => {
                let call = &self.calls[call as usize];
                Some((whose(call), call.site, desk.talks_at))
            }
        };
        Some((desk.at, with, desk.ends))
    }

    fn waiting_calls(&self) -> Vec<Vec<Waits>> {
        let mut lists = vec![Vec::new(); self.queues.len() * self.staff.sites];
        for call in self.calls.iter().filter(|call| call.place == Place::Waiting) {
            let list = call.queue as usize * self.staff.sites + call.site as usize;
            lists[list].push((call.rank, (whose(call), call.gives_up, call.handling)));
        }
        let in_order = |mut list: Vec<(u64, Waits)>| {
            list.sort_unstable();
            list.into_iter().map(|(_, call)| call).collect()
        };
        lists.into_iter().map(in_order).collect()
    }

    fn contacts(&self) -> Vec<(usize, SiteId, Option<CallKey>)> {
        let contacts = self.phantoms.iter().enumerate();
        let there = contacts.filter(|(_, contact)| contact.on || contact.rings.is_some());
        let rings = |call: u32| whose(&self.calls[call as usize]);
        there.map(|(number, contact)| (number, contact.site, contact.rings.map(rings))).collect()
    }
}

fn again(at: Time, event: &Event) -> Option<(Time, CallKey)> {
    match *event {
        Event::Again { queue, caller, attempt } => Some((at, (queue, caller, attempt))),
        _ => None,
    }
}
