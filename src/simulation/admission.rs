//! Slots for logins and for connections to SIP Servers: they couple desktops.
//!
//! Requests are handled in the order of (instant, agent). When a request is handled, everything before it is
//! decided, so its slot is known at once: the first instant, not before the request, at which the site is free
//! again and, for a login, logins can be made. An agent that leaves the queue before its slot does not spend it,
//! nor does an attempt to connect that has failed by then, or whose server is out of reach.
//!
//! Where many agents are concerned, each is stored in a few bytes between its requests.
//!
//! Computed at the same time: where desktops move phones that use registrars with a capacity.

mod waiting;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::agents::{Buffers, Context, Life, Request};
use crate::limits::{Bounds, Unfinished};
use crate::model::{AgentId, Cohort, Model, Side, SiteId, Style};
use crate::phones::{Answers, Followed, Follows, Registers};
use crate::random::RandomNumbers;
use crate::slots::{Slots, Wanted};
use crate::time::Time;
use crate::world::World;

use waiting::{Nowhere, Waiting};

/// When each site is free for the next login, and for the next connection.
pub(super) struct Counters<'m> {
    model: &'m Model,
    pub(super) world: &'m World,
    /// In the order of [`Wanted`], for each that is a slot.
    free: [Vec<Time>; 2],
}

impl<'m> Counters<'m> {
    /// All are free.
    pub(super) fn new(model: &'m Model, world: &'m World) -> Self {
        let never = vec![Time(i64::MIN); model.sites.len()];
        Self { model, world, free: [never.clone(), never] }
    }

    /// The slot of a request; an agent that wants to leave is not delayed here.
    pub(super) fn slot(&self, wanted: Wanted, site: SiteId, at: Time) -> Time {
        let free = || at.max(self.free[wanted as usize][site.index()]);
        match wanted {
            Wanted::Leave => at,
            Wanted::Connection => free(),
            Wanted::Login => {
                self.world.logins(site).first(free(), |admits| admits).unwrap_or(Time::NEVER)
            }
        }
    }

    pub(super) fn spend(&mut self, wanted: Wanted, site: SiteId, slot: Time) {
        let site = site.index();
        let gap = match wanted {
            Wanted::Login => self.model.sites[site].login_gap,
            Wanted::Connection => self.model.sites[site].reconnect_gap,
            Wanted::Leave => None,
        };
        if let Some(gap) = gap {
            self.free[wanted as usize][site] = slot + gap;
        }
    }
}

/// Allots every slot of a run, and computes where desktops move phones to registrars with a
/// capacity. Agents that need neither are not simulated.
///
/// # Errors
/// If an agent takes too many steps, or the run is stopped.
pub(super) fn allot(
    (model, world, random): (&Model, &World, RandomNumbers),
    answers: &Answers,
    bounds: Bounds<'_>,
) -> Result<(Slots, Follows), Unfinished> {
    let concerned = model.cohorts.iter().filter(|cohort| matters((model, world), cohort));
    let agents: u64 = concerned.clone().map(|cohort| u64::from(cohort.count)).sum();
    let sleep = agents > bounds.awake as u64;
    let context = |cohort| {
        let shared = (cohort, Registers::Known(answers), bounds);
        let mut cx = Context::new(model, world, random, shared);
        if sleep {
            cx.rewind_phones();
        }
        cx
    };
    let contexts: Vec<Context> = concerned.map(context).collect();
    let mut rehearsal = Rehearsal {
        counters: Counters::new(model, world),
        pending: BinaryHeap::new(),
        waiting: Waiting::new(&contexts, model.agents(), sleep),
        slots: Slots::new(model),
        follows: Vec::new(),
        buffers: Buffers::default(),
    };
    for cx in &contexts {
        let first = cx.cohort.first.0;
        for agent in (first..first + cx.cohort.count).map(AgentId) {
            let life = Life::rehearse(cx, agent, Nowhere, &mut rehearsal.buffers);
            let Some(mut life) = life.map(Box::new) else { continue };
            let request = life.run()?;
            rehearsal.wait(agent, life, request);
        }
    }
    rehearsal.run()
}

/// Whether agents of a cohort may queue for logins or connections, or move phones to a registrar
/// with a capacity.
pub(super) fn matters((model, world): (&Model, &World), cohort: &Cohort) -> bool {
    let profile = &model.profiles[cohort.profile.index()];
    // An agent with one site, permanent power and no shift never logs in again, but every agent
    // reconnects.
    let restarts = world.power(profile.location).is_some() || !cohort.shifts.is_empty();
    let logs_in = profile.peer.is_some() || restarts;
    let follows = logs_in && model.phones[profile.phone].style == Style::Follow;
    let seats = Side::BOTH.into_iter().filter_map(|side| profile.seat(side));
    let mut sites = seats.map(|seat| &model.sites[seat.site.index()]);
    sites.any(|site| {
        let logins = logs_in && site.login_gap.is_some();
        site.reconnect_gap.is_some() || logins || follows && site.registrar.limit.is_some()
    })
}

/// All agents that wait for a slot, in the order of their requests.
struct Rehearsal<'a> {
    counters: Counters<'a>,
    pending: BinaryHeap<Reverse<(Time, AgentId)>>,
    waiting: Waiting<'a>,
    slots: Slots,
    follows: Vec<(AgentId, Followed)>,
    buffers: Buffers,
}

impl<'a> Rehearsal<'a> {
    fn wait(&mut self, agent: AgentId, life: Box<Life<'a, Nowhere>>, request: Option<Request>) {
        if let Some(Request { at, .. }) = request {
            self.pending.push(Reverse((at, agent)));
            let taken = self.waiting.put(agent, life, &mut self.buffers);
            self.follows.extend(taken.into_iter().map(|followed| (agent, followed)));
        } else {
            self.follows.extend(life.follows().iter().map(|followed| (agent, *followed)));
            life.leave(&mut self.buffers);
        }
    }

    fn run(mut self) -> Result<(Slots, Follows), Unfinished> {
        while let Some(Reverse((at, agent))) = self.pending.pop() {
            let life = self.waiting.take(agent, at, &mut self.buffers);
            let Some((mut life, request)) =
                life.and_then(|it| it.request().map(|asked| (it, asked)))
            else {
                continue;
            };
            let site = life.site_of(request);
            let slot = self.counters.slot(request.wanted, site, at);
            let next = life.resume(slot)?;
            let used = life.slot_spent();
            if used {
                self.counters.spend(request.wanted, site, slot);
            }
            self.slots.give((request.wanted, site), agent, slot, used);
            self.wait(agent, life, next);
        }
        self.slots.settle();
        Ok((self.slots, Follows::new(self.follows)))
    }
}
