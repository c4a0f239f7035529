//! The slow, obvious reference: every refresh, probe, round, attempt, UDP send, retry and
//! back-off is a step of its own at its own instant, one instant after the other.
//!
//! It shares no line with the engine it checks: only the model, the laws, the random addresses
//! and the trace vocabulary. It is not fast and never will be.

mod agent;
mod books;
mod desktop;
mod link;
mod pairs;
mod phone;
mod power;
mod registrars;
mod spells;
mod truth;
mod world;

use std::cell::RefCell;

use switchover::model::{AgentId, Model, SiteId};
use switchover::random::Luck;
use switchover::time::Time;
use switchover::trace::Record;

use agent::{Agent, Me, Now};
pub use pairs::PairHistory;
use registrars::Registrars;
use world::World;

/// What the reference finds out about one run.
pub struct Outcome {
    /// The records of all agents, by agent, then time.
    pub records: Vec<Record>,
    /// What each server pair did.
    pub pairs: Vec<PairHistory>,
}

/// Steps through one run.
pub fn run(model: &Model, luck: Luck) -> Outcome {
    let (world, pairs) = world::build(model, luck);
    let registrars = Registrars::new(model, luck);
    let agents = (0..model.agents())
        .map(|id| Agent::new(Me::new(model, luck, (&world, &registrars), AgentId(id))));
    let mut run = Run {
        model,
        world: &world,
        registrars: &registrars,
        agents: agents.collect(),
        records: vec![Vec::new(); model.agents() as usize],
        last_slot: vec![None; model.sites.len()],
        taken: vec![Vec::new(); model.sites.len()],
    };
    run.all_instants();
    for (agent, records) in run.agents.iter().zip(&mut run.records) {
        agent.books.settle_stays(&run.taken, records);
    }
    Outcome { records: run.records.concat(), pairs }
}

/// The reference's own world, from every instant at which something may change.
pub fn world(model: &Model, luck: Luck) -> Vec<(Time, world::State)> {
    world::build(model, luck).0.into_steps()
}

/// All agents of one run, and what they share: login slots, and registrars with a capacity.
struct Run<'a> {
    model: &'a Model,
    world: &'a World,
    registrars: &'a RefCell<Registrars>,
    agents: Vec<Agent<'a>>,
    records: Vec<Vec<Record>>,
    last_slot: Vec<Option<Time>>,
    taken: Vec<Vec<(Time, AgentId)>>,
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
        let agents = agents.unwrap_or(Time::NEVER);
        let served = self.registrars.borrow().next_due();
        self.world.next_after(t).min(agents).min(slots.min().unwrap_or(Time::NEVER)).min(served)
    }

    /// One instant: agents run until nothing more falls due; a free slot goes to the head of the
    /// queue as it stands when everyone who connects at this instant has done so.
    fn instant(&mut self, now: Now<'a>) {
        let changed = self.world.changes_at(now.t);
        let mut awake: Vec<bool> =
            self.agents.iter().map(|agent| changed || agent.falls_due(now.t)).collect();
        self.serve_registers(now, &mut awake);
        self.wake(&awake, now);
        self.give_slots(now, &mut awake);
        while !self.run_on(&awake, now) {
            self.give_slots(now, &mut awake);
            self.agents.iter_mut().for_each(Agent::resume);
        }
        for (index, agent) in self.agents.iter_mut().enumerate().filter(|(i, _)| awake[*i]) {
            agent.finish(now);
            self.records[index].append(&mut agent.out);
        }
    }

    /// Messages whose turn has come are served, before any other comes.
    fn serve_registers(&mut self, now: Now<'a>, awake: &mut [bool]) {
        let registrars = &mut *self.registrars.borrow_mut();
        registrars.world_changes(self.model, now.world);
        while let Some(message) = registrars.next_served(now.t) {
            self.agents[message.agent].phone.is_answered(&message);
            awake[message.agent] = true;
        }
    }

    /// Whether everyone came to the end of the instant; whoever joined a queue pauses there.
    fn run_on(&mut self, awake: &[bool], now: Now<'a>) -> bool {
        let agents = self.agents.iter_mut().zip(awake).filter(|(_, awake)| **awake);
        agents.fold(true, |all, (agent, _)| agent.classes(now) && all)
    }

    fn wake(&mut self, awake: &[bool], now: Now<'a>) {
        for (agent, _) in self.agents.iter_mut().zip(awake).filter(|(_, awake)| **awake) {
            agent.begin_instant(now);
        }
    }

    fn give_slots(&mut self, now: Now<'a>, awake: &mut [bool]) {
        for site in 0..self.model.sites.len() {
            let open = self.is_free(site, now.t) && !now.world.barred[site];
            let Some(head) = self.first_in_queue(site).filter(|_| open) else { continue };
            if !awake[head] {
                awake[head] = true;
                self.agents[head].begin_instant(now);
            }
            self.agents[head].begin_login(now);
            self.last_slot[site] = Some(now.t);
            self.taken[site].push((now.t, self.agents[head].me.id));
        }
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
