//! The calls of one run, simulated from event to event. It draws nothing itself, and allocates
//! memory only when more calls exist at once than ever before.

use crate::engine::{Due, EventList};
use crate::model::{Queue, SiteId};
use crate::time::{Span, Time};

use super::ATTEMPTS;
use super::draws::Callers;
use super::linked_lists::LinkedLists;
use super::outcome::{CallObserver, Fate, Outcome};
use super::parts::{AgentState, Call, Doing, Event, NODES, Phantom, Place, VirtualWaiter, node_of};
use super::staff::Staff;

/// Classes of events at one instant; changes of the staff come before all of them.
const ENDS: u8 = 0;
const GIVES_UP: u8 = 1;
const COMES: u8 = 2;

/// The calls of one run, the agents that serve them, and everything that is still to come.
#[derive(Clone)]
pub struct Day<'d, C, B> {
    pub(super) queues: &'d [Queue],
    pub(super) staff: &'d Staff,
    /// Changes of the staff so far, and events and changes.
    pub(super) changed: usize,
    pub(super) steps: u64,
    pub(super) callers: C,
    pub(super) book: B,
    pub(super) horizon: Time,
    pub(super) now: Time,
    pub(super) events: EventList<Event>,
    pub(super) serves: Vec<bool>,
    /// Per site: since when it is dead.
    pub(super) dead: Vec<Option<Time>>,
    /// By site and site.
    pub(super) cut: Vec<bool>,
    /// The queues that each group serves.
    pub(super) serving: Vec<Vec<u32>>,
    pub(super) desks: Vec<AgentState>,
    pub(super) phantoms: Vec<Phantom>,
    /// By group and site.
    pub(super) idle: LinkedLists,
    pub(super) idles: u64,
    pub(super) calls: Vec<Call>,
    free: Vec<u32>,
    /// By queue and site.
    pub(super) waiting: LinkedLists,
    pub(super) waits: Vec<u32>,
    /// Who gave up and would still be there, in the order of giving up.
    pub(super) shades: Vec<VirtualWaiter>,
    /// Agents that want to leave, and whose work has ended or changed since the last check.
    pub(super) touched: Vec<u32>,
    pub(super) came: Vec<u32>,
    ranks: u64,
}

impl<'d, C: Callers, B: CallObserver> Day<'d, C, B> {
    /// Everything before its first event.
    pub fn new(
        queues: &'d [Queue],
        staff: &'d Staff,
        (callers, book): (C, B),
        horizon: Time,
    ) -> Self {
        let (sites, agents) = (staff.sites, staff.groups.len());
        let asked = queues.iter().flat_map(|queue| &queue.groups).map(|group| group.0 + 1);
        let groups = staff.groups.iter().map(|group| group + 1).chain(asked).max().unwrap_or(0);
        let of_group = |group: u32| {
            let serves = |queue: &Queue| queue.groups.iter().any(|it| it.0 == group);
            (0..).zip(queues).filter(|(_, queue)| serves(queue)).map(|(number, _)| number).collect()
        };
        Self {
            queues,
            staff,
            changed: 0,
            steps: 0,
            callers,
            book,
            horizon,
            now: Time::ZERO,
            events: EventList::new(),
            serves: vec![true; sites],
            dead: vec![None; sites],
            cut: vec![false; sites * sites],
            serving: (0..groups).map(of_group).collect(),
            desks: vec![AgentState::OUT; agents],
            phantoms: vec![Phantom::OFF; agents * (NODES as usize - 1)],
            idle: LinkedLists::new(agents * NODES as usize, groups as usize * sites),
            idles: 0,
            calls: Vec::new(),
            free: Vec::new(),
            waiting: LinkedLists::new(0, queues.len() * sites),
            waits: vec![0; queues.len()],
            shades: Vec::new(),
            touched: Vec::new(),
            came: vec![0; queues.len()],
            ranks: 0,
        }
    }

    pub(super) fn happen(&mut self, event: Event) {
        match event {
            Event::Done { agent, stamp } if self.desks[agent as usize].stamp == stamp => {
                self.done(agent);
            }
            Event::Unanswered { phantom, stamp }
                if self.phantoms[phantom as usize].stamp == stamp =>
            {
                self.unanswered(phantom);
            }
            Event::GivesUp { call, stamp } if self.calls[call as usize].stamp == stamp => {
                self.linger(call, matches!(self.calls[call as usize].place, Place::Ringing(_)));
                self.lose(call, Fate::Abandoned);
            }
            Event::Comes { queue } => {
                let caller = self.came[queue as usize];
                self.came[queue as usize] += 1;
                self.expect(queue);
                self.offer(queue, caller, 0);
            }
            Event::Again { queue, caller, attempt } => self.offer(queue, caller, attempt),
            _ => {}
        }
    }

    fn schedule(&mut self, at: Time, class: u8, key: u64, event: Event) {
        if at < self.horizon {
            self.events.push(Due { at, class, key }, event);
        }
    }

    /// The next caller of a queue.
    pub(super) fn expect(&mut self, queue: u32) {
        if let Some(at) = self.callers.next(queue) {
            let key = u64::from(queue) << 32 | u64::from(self.came[queue as usize]);
            self.schedule(at, COMES, key, Event::Comes { queue });
        }
    }

    pub(super) fn offer(&mut self, queue: u32, caller: u32, attempt: u32) {
        let mind = self.callers.mind(queue, caller, attempt);
        let call = self.enter(Call {
            queue,
            site: mind.site,
            place: Place::Nowhere,
            caller,
            attempt,
            rank: self.ranks,
            offered: self.now,
            answered: None,
            agent: None,
            rings: 0,
            handling: mind.handling,
            after: mind.after,
            gives_up: self.now + mind.patience,
            redial: mind.redial,
            stamp: 0,
        });
        self.ranks += 1;
        match self.gateway(queue, mind.site) {
            None => self.leave(call, Fate::Lost),
            Some(site) => {
                self.calls[call as usize].site = site;
                self.queue_up(call);
            }
        }
    }

    /// The site that a call is offered to; `None`: a dead one.
    fn gateway(&self, queue: u32, site: u32) -> Option<u32> {
        let Some(since) = self.dead[site as usize] else { return Some(site) };
        if self.now < since + self.queues[queue as usize].gateway_lag {
            return None;
        }
        let sites = self.staff.sites as u32;
        let others = (1..sites).map(|step| (site + step) % sites);
        others.into_iter().find(|other| self.dead[*other as usize].is_none())
    }

    /// A call that was offered takes an idle agent, a waiting place, or goes.
    fn queue_up(&mut self, call: u32) {
        let Call { queue, site, gives_up, rank, .. } = self.calls[call as usize];
        let places = self.queues[queue as usize].waiting_places;
        let full = places.is_some_and(|places| self.waits[queue as usize] >= places);
        match self.idle_node(queue, site) {
            Some(node) => self.connect(call, node),
            None if full => return self.leave(call, Fate::Blocked),
            None => self.wait(call),
        }
        let Call { place, stamp, .. } = self.calls[call as usize];
        if !matches!(place, Place::Talking(_)) {
            self.schedule(gives_up, GIVES_UP, rank, Event::GivesUp { call, stamp });
        }
    }

    /// A slot for a call; the stamp of the slot goes on.
    fn enter(&mut self, call: Call) -> u32 {
        if let Some(slot) = self.free.pop() {
            let stamp = self.calls[slot as usize].stamp;
            self.calls[slot as usize] = Call { stamp, ..call };
            return slot;
        }
        self.calls.push(call);
        self.waiting.reach(self.calls.len());
        self.calls.len() as u32 - 1
    }

    /// A call that no agent has any more, and that is in no list, has its outcome.
    fn leave(&mut self, call: u32, fate: Fate) {
        self.tell(call, fate);
        let slot = &mut self.calls[call as usize];
        slot.place = Place::Nowhere;
        slot.stamp = slot.stamp.wrapping_add(1);
        let Call { queue, caller, attempt, redial, .. } = *slot;
        self.free.push(call);
        let again = matches!(fate, Fate::Abandoned | Fate::Lost) && attempt + 1 < ATTEMPTS;
        if let Some(delay) = redial.filter(|_| again) {
            let key = u64::from(queue) << 32 | u64::from(caller);
            let event = Event::Again { queue, caller, attempt: attempt + 1 };
            self.schedule(self.now + delay, COMES, key, event);
        }
    }

    pub(super) fn tell(&mut self, call: u32, fate: Fate) {
        let call = &self.calls[call as usize];
        self.book.call(&Outcome {
            queue: call.queue,
            caller: call.caller,
            attempt: call.attempt,
            site: call.site,
            offered: call.offered,
            answered: call.answered,
            agent: call.agent,
            rings: call.rings,
            ended: self.now,
            fate,
        });
    }

    /// Ends a call wherever it is; its agent is free.
    pub(super) fn lose(&mut self, call: u32, fate: Fate) {
        match self.calls[call as usize].place {
            Place::Nowhere => {}
            Place::Waiting => {
                self.unwait(call);
                self.leave(call, fate);
            }
            Place::Ringing(phantom) => {
                self.leave(call, fate);
                self.stop_ringing(phantom);
            }
            Place::Talking(agent) => {
                self.leave(call, fate);
                self.stop_work(agent);
                self.become_free(agent);
            }
        }
    }

    pub(super) fn talk(&mut self, call: u32, agent: u32, site: SiteId) {
        let it = &mut self.calls[call as usize];
        it.place = Place::Talking(agent);
        it.answered = it.answered.or(Some(self.now));
        it.agent = Some(agent);
        it.stamp = it.stamp.wrapping_add(1);
        let desk = &mut self.desks[agent as usize];
        desk.doing = Doing::Talks { call };
        (desk.talks_at, desk.queue, desk.since) = (site, it.queue, self.now);
        desk.ends = self.now + it.handling;
        self.until_done(agent);
        for phantom in [agent * 2, agent * 2 + 1] {
            if self.phantoms[phantom as usize].on {
                self.refresh(phantom);
            }
        }
    }

    /// Sets when the agent's work ends.
    fn until_done(&mut self, agent: u32) {
        let desk = &mut self.desks[agent as usize];
        desk.stamp = desk.stamp.wrapping_add(1);
        let AgentState { ends, stamp, .. } = *desk;
        self.schedule(ends, ENDS, u64::from(agent * NODES), Event::Done { agent, stamp });
    }

    pub(super) fn ring(&mut self, call: u32, phantom: u32) {
        let it = &mut self.calls[call as usize];
        it.place = Place::Ringing(phantom);
        it.rings += 1;
        let until = self.now + self.queues[it.queue as usize].ring_timeout;
        let contact = &mut self.phantoms[phantom as usize];
        contact.rings = Some(call);
        contact.stamp = contact.stamp.wrapping_add(1);
        let stamp = contact.stamp;
        let key = u64::from(node_of(phantom));
        self.schedule(until, ENDS, key, Event::Unanswered { phantom, stamp });
    }

    fn done(&mut self, agent: u32) {
        let desk = self.desks[agent as usize];
        if let Doing::Talks { call } = desk.doing {
            let after = self.calls[call as usize].after;
            self.leave(call, Fate::Answered);
            if after > Span::ZERO && desk.at.is_some() {
                let desk = &mut self.desks[agent as usize];
                desk.doing = Doing::WorksAfter;
                desk.ends = self.now + after;
                self.until_done(agent);
                return self.refresh_both(agent);
            }
        }
        self.stop_work(agent);
        self.become_free(agent);
    }

    /// The agent has nothing to do any more; what it did is reported.
    pub(super) fn stop_work(&mut self, agent: u32) {
        let desk = &mut self.desks[agent as usize];
        desk.doing = Doing::Nothing;
        desk.stamp = desk.stamp.wrapping_add(1);
        let AgentState { queue, since, .. } = *desk;
        self.touch(agent);
        self.book.busy(agent, queue, since, self.now);
    }

    /// A call leaves its agent for the head of its queue, with the patience and the handling that are left. The
    /// agent has nothing to do any more, and is not offered anything yet.
    pub(super) fn take_back(&mut self, call: u32, agent: u32) {
        let AgentState { since, ends, .. } = self.desks[agent as usize];
        let it = &mut self.calls[call as usize];
        it.handling = ends - self.now;
        if it.gives_up.comes() {
            it.gives_up += self.now - since;
        }
        let Call { gives_up, rank, stamp, .. } = *it;
        self.stop_work(agent);
        self.schedule(gives_up, GIVES_UP, rank, Event::GivesUp { call, stamp });
    }
}
