//! The slow, obvious reference: every refresh, probe, round, attempt, UDP send, retry and
//! back-off is a step of its own at its own instant, one instant after the other.
//!
//! It shares no line with the engine it checks: only the model, the laws, the random addresses
//! and the trace vocabulary. It is not fast and never will be.

mod agent;
mod books;
mod desktop;
mod held;
mod link;
mod pairs;
mod phone;
mod power;
mod registrars;
mod shifts;
mod spells;
mod truth;
mod turns;
mod world;

use std::cell::RefCell;

use switchover::model::{AgentId, Model, SiteId};
use switchover::random::RandomNumbers;
use switchover::time::Time;
use switchover::trace::Record;

use agent::{Agent, Me, Now};
pub use held::Held;
pub use pairs::PairHistory;
use registrars::Registrars;
use world::World;

/// What the reference finds out about one run.
pub struct Outcome {
    /// The records of all agents, by agent, then time.
    pub records: Vec<Record>,
    /// What each server pair did.
    pub pairs: Vec<PairHistory>,
    /// Who was held by calls.
    pub held: Held,
}

/// Steps through one run; no call holds anybody.
pub fn run(model: &Model, random: RandomNumbers) -> Outcome {
    run_held(model, random, Held::default())
}

/// The same with calls that hold agents.
pub fn run_held(model: &Model, random: RandomNumbers, held: Held) -> Outcome {
    let held = RefCell::new(held);
    let (world, pairs) = world::build(model, random);
    let registrars = Registrars::new(model, random);
    let agents = (0..model.agents())
        .map(|id| Agent::new(Me::new(model, random, (&world, &registrars, &held), AgentId(id))));
    let mut run = Run {
        model,
        world: &world,
        registrars: &registrars,
        agents: agents.collect(),
        records: vec![Vec::new(); model.agents() as usize],
        last_slot: vec![None; model.sites.len()],
        last_turn: vec![None; model.sites.len()],
        taken: Taken::new(model.sites.len()),
    };
    run.all_instants();
    for (agent, records) in run.agents.iter().zip(&mut run.records) {
        agent.books.settle_stays(&run.taken, records);
    }
    let records = run.records.concat();
    Outcome { records, pairs, held: held.take() }
}

/// The reference's own world, from every instant at which something may change.
pub fn world(model: &Model, random: RandomNumbers) -> Vec<(Time, world::State)> {
    world::build(model, random).0.into_steps()
}

/// All agents of one run, and what they share: login slots, and registrars with a capacity.
struct Run<'a> {
    model: &'a Model,
    world: &'a World,
    registrars: &'a RefCell<Registrars>,
    agents: Vec<Agent<'a>>,
    records: Vec<Vec<Record>>,
    last_slot: Vec<Option<Time>>,
    last_turn: Vec<Option<Time>>,
    taken: Taken,
}

/// The slots that were taken, by site.
pub struct Taken {
    pub logins: Vec<Vec<(Time, AgentId)>>,
    pub connections: Vec<Vec<(Time, AgentId)>>,
}

impl Taken {
    fn new(sites: usize) -> Self {
        Self { logins: vec![Vec::new(); sites], connections: vec![Vec::new(); sites] }
    }
}

impl<'a> Run<'a> {
    fn all_instants(&mut self) {
        let mut t = Time::ZERO;
        while t < self.model.horizon {
            self.instant(Now { t, world: self.world.at(t), timers: true, taken: None });
            t = self.next_instant(t);
        }
        for (agent, records) in self.agents.iter_mut().zip(&mut self.records) {
            agent.close_books(self.model.horizon);
            records.append(&mut agent.out);
        }
    }

    fn next_instant(&self, t: Time) -> Time {
        let agents = self.agents.iter().map(|agent| agent.next_due(t)).min();
        let slots = (0..self.model.sites.len()).filter_map(|site| {
            let gap = self.model.sites[site].login_gap?;
            self.first_in_queue(site)?;
            Some(self.last_slot[site]? + gap).filter(|slot| *slot > t)
        });
        let turns = (0..self.model.sites.len()).filter_map(|site| {
            let gap = self.model.sites[site].reconnect_gap?;
            self.first_to_connect(site)?;
            Some(self.last_turn[site]? + gap).filter(|turn| *turn > t)
        });
        let turns = turns.min().unwrap_or(Time::NEVER);
        let agents = agents.unwrap_or(Time::NEVER);
        let served = self.registrars.borrow().next_due();
        self.world
            .next_after(t)
            .min(agents)
            .min(slots.min().unwrap_or(Time::NEVER))
            .min(served)
            .min(turns)
    }

    /// One instant: agents run until nothing more falls due, in the order of agents whenever they come to
    /// a queue. A free slot goes to the head of the queue.
    fn instant(&mut self, now: Now<'a>) {
        let changed = self.world.changes_at(now.t);
        let mut awake: Vec<bool> =
            self.agents.iter().map(|agent| changed || agent.falls_due(now.t)).collect();
        self.serve_registers(now, &mut awake);
        self.wake(&awake, now);
        self.give_turns(now, &mut awake);
        self.give_slots(now, &mut awake);
        for (index, _) in awake.iter().enumerate().filter(|(_, awake)| **awake) {
            self.live_through(index, now);
        }
        for (index, agent) in self.agents.iter_mut().enumerate().filter(|(i, _)| awake[*i]) {
            agent.finish(now);
            self.records[index].append(&mut agent.out);
        }
    }

    /// One agent comes to the end of the instant; in a queue it pauses until it is known whether its
    /// turn is now.
    fn live_through(&mut self, index: usize, now: Now<'a>) {
        while !self.agents[index].classes(now) {
            if self.agents[index].asks_for_turn() {
                self.decide_turn(index, now);
            } else {
                self.decide_slot(index, now);
            }
        }
    }

    /// Messages whose turn has come are served, before any other comes.
    fn serve_registers(&mut self, now: Now<'a>, awake: &mut [bool]) {
        let registrars = &mut *self.registrars.borrow_mut();
        registrars.world_changes(self.model, (now.t, now.world));
        while let Some(message) = registrars.next_served(now.t) {
            self.agents[message.agent].phone.is_answered(&message);
            awake[message.agent] = true;
        }
    }

    fn wake(&mut self, awake: &[bool], now: Now<'a>) {
        for (agent, _) in self.agents.iter_mut().zip(awake).filter(|(_, awake)| **awake) {
            agent.begin_instant(now);
        }
    }

    /// At the beginning of an instant: a free slot goes to who has waited longest.
    fn give_slots(&mut self, now: Now<'a>, awake: &mut [bool]) {
        for site in 0..self.model.sites.len() {
            let open = self.is_free(site, now.t) && !now.world.barred[site];
            let Some(head) = self.first_in_queue(site).filter(|_| open) else { continue };
            self.rouse(head, now, awake);
            self.give_slot(site, head, now);
        }
    }

    /// The same for connections; whoever does not reach the server is passed over.
    fn give_turns(&mut self, now: Now<'a>, awake: &mut [bool]) {
        for site in 0..self.model.sites.len() {
            while self.is_connectable(site, now.t)
                && let Some(head) = self.first_to_connect(site)
            {
                self.rouse(head, now, awake);
                self.give_turn(site, head, now);
            }
        }
    }

    fn rouse(&mut self, agent: usize, now: Now<'a>, awake: &mut [bool]) {
        if !std::mem::replace(&mut awake[agent], true) {
            self.agents[agent].begin_instant(now);
        }
    }

    /// An agent has joined a login queue now: the slot is its own if nobody is before it.
    fn decide_slot(&mut self, index: usize, now: Now<'a>) {
        if let Some((site, _)) = self.agents[index].queued() {
            let site = site.index();
            let open = self.is_free(site, now.t) && !now.world.barred[site];
            if open && self.first_in_queue(site) == Some(index) {
                self.give_slot(site, index, now);
            }
        }
        self.agents[index].resume();
    }

    fn decide_turn(&mut self, index: usize, now: Now<'a>) {
        let Some((site, _)) = self.agents[index].in_turn() else { return };
        let site = site.index();
        if self.is_connectable(site, now.t) && self.first_to_connect(site) == Some(index) {
            self.give_turn(site, index, now);
            self.agents[index].connect_in_turn(now);
        } else {
            self.agents[index].must_wait(now);
        }
        self.agents[index].begin_again();
    }

    fn give_slot(&mut self, site: usize, head: usize, now: Now<'a>) {
        self.agents[head].begin_login(now);
        self.last_slot[site] = Some(now.t);
        self.taken.logins[site].push((now.t, self.agents[head].me.id));
    }

    fn give_turn(&mut self, site: usize, head: usize, now: Now<'a>) {
        if self.agents[head].take_turn(now) {
            self.last_turn[site] = Some(now.t);
            self.taken.connections[site].push((now.t, self.agents[head].me.id));
        }
    }

    fn is_connectable(&self, site: usize, t: Time) -> bool {
        let gap = self.model.sites[site].reconnect_gap;
        gap.is_some_and(|gap| self.last_turn[site].is_none_or(|last| last + gap <= t))
    }

    fn first_to_connect(&self, site: usize) -> Option<usize> {
        let queued = self.agents.iter().enumerate().filter_map(|(index, agent)| {
            let (at, since) = agent.in_turn()?;
            (at == SiteId(site as u32)).then_some((since, index))
        });
        queued.min().map(|(_, index)| index)
    }

    fn is_free(&self, site: usize, t: Time) -> bool {
        let gap = self.model.sites[site].login_gap;
        gap.is_some_and(|gap| self.last_slot[site].is_none_or(|last| last + gap <= t))
    }

    /// FIFO by instant of connecting, then by agent.
    fn first_in_queue(&self, site: usize) -> Option<usize> {
        let queued = self.agents.iter().enumerate().filter_map(|(index, agent)| {
            let (at, since) = agent.queued()?;
            (at == SiteId(site as u32)).then_some((since, index))
        });
        queued.min().map(|(_, index)| index)
    }
}
