//! One run: the world first, alone, then the agents, one after the other.
//!
//! Agents are independent except for the slots of a site with a login or a reconnect capacity.
//! Where there is one, the agents concerned are simulated in a rehearsal first, in the order of
//! their requests; after it every slot is known, and in the run itself the order of agents does not
//! matter.

mod admission;
mod coupling;
mod queue;
mod joint;
mod registrars;
mod staffed;
pub mod traffic;

use std::ops::Range;

use crate::agents::{Buffers, Context, Life};
use crate::calls::{Course, Tally};
use crate::faults::{self, Occurrence};
use crate::limits::{Bounds, STEPS_PER_OUTAGE, Stop, Unfinished};
use crate::model::{AgentId, Model};
use crate::phones::{self, Answers, PhoneRecord, Registers};
use crate::random::RandomNumbers;
use crate::slots::Slots;
use crate::trace::{Record, Sink};
use crate::world::World;

pub use staffed::{books, staff};
use traffic::Traffic;

/// A scenario with the random numbers of one replication: its faults, its world, and every slot.
#[derive(Debug)]
pub struct Simulation<'m> {
    model: &'m Model,
    random: RandomNumbers,
    bounds: Bounds<'m>,
    occurrences: Vec<Occurrence>,
    world: World,
    answers: Answers,
    traffic: Traffic,
    slots: Slots,
    /// The calls, where they had to be simulated together with the agents.
    lived: Option<(Tally, Course)>,
}

impl<'m> Simulation<'m> {
    /// Samples the faults, simulates the world and, where logins or connections are limited, allots
    /// the slots; where a call may delay the departure of an agent, simulates the calls, too.
    ///
    /// Costs time in proportion to the faults and what they touch; with such a capacity, also one
    /// simulation of every agent concerned.
    ///
    /// # Errors
    /// If an agent that queues takes too many steps.
    pub fn new(model: &'m Model, random: RandomNumbers) -> Result<Self, Unfinished> {
        Self::within(model, random, Bounds::USUAL)
    }

    /// The same within some bounds; every outage of a target allows [`STEPS_PER_OUTAGE`] steps
    /// more.
    ///
    /// # Errors
    /// If an agent that queues takes too many steps, or the run is stopped.
    pub fn within(
        model: &'m Model,
        random: RandomNumbers,
        bounds: Bounds<'m>,
    ) -> Result<Self, Unfinished> {
        let wanted = || if (bounds.stop)() { Err(Unfinished::Stopped) } else { Ok(()) };
        let occurrences = faults::sample_while(model, random, &wanted)?;
        let world = World::simulate_while(model, random, &occurrences, &wanted)?;
        let more = STEPS_PER_OUTAGE.saturating_mul(occurrences.len() as u64);
        let bounds = Bounds { steps: bounds.steps.saturating_add(more), ..bounds };
        let (answers, traffic, (slots, lived)) =
            coupling::settle((model, &world, random), &occurrences, bounds)?;
        Ok(Self { model, random, bounds, occurrences, world, answers, traffic, slots, lived })
    }

    /// The same; from now on `stop` returns whether the run is to be stopped.
    #[must_use]
    pub fn until(self, stop: Stop<'m>) -> Self {
        Self { bounds: Bounds { stop, ..self.bounds }, ..self }
    }

    /// The faults that happened.
    #[must_use]
    pub fn occurrences(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// The world of the agents.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// What came to registrars with a capacity.
    #[must_use]
    pub const fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Simulates a range of agents (numbers as in [`AgentId`]), one after the other; each leaves
    /// its records in the order of time. Ranges may be simulated apart, in any order. Returns the
    /// steps that were simulated, those of phones and of counterfactuals included: the cost of the
    /// run.
    ///
    /// # Errors
    /// If an agent takes too many steps, or the run is stopped. What was recorded until then is not
    /// usable.
    pub fn agents(&self, range: Range<u32>, sink: &mut impl Sink) -> Result<u64, Unfinished> {
        self.agents_in(range, sink, &mut Buffers::default())
    }

    /// As [`Simulation::agents`], in buffers that earlier agents have left.
    ///
    /// # Errors
    /// The same.
    pub fn agents_in(
        &self,
        range: Range<u32>,
        sink: &mut impl Sink,
        buffers: &mut Buffers,
    ) -> Result<u64, Unfinished> {
        let mut steps = 0;
        for cohort in &self.model.cohorts {
            let first = range.start.max(cohort.first.0);
            let end = range.end.min(cohort.first.0 + cohort.count);
            if first >= end {
                continue;
            }
            let shared = (cohort, Registers::Known(&self.answers), self.bounds);
            let cx = Context::new(self.model, &self.world, self.random, shared);
            for agent in (first..end).map(AgentId) {
                let Some(life) = self.live(&cx, agent, &mut *sink, buffers)? else { continue };
                steps += life.steps();
                life.leave(buffers);
            }
        }
        Ok(steps)
    }

    /// An agent simulated to the end; `None`: it has no SIP Server pair at its preferred site.
    fn live<'a, S: Sink>(
        &'a self,
        cx: &'a Context<'a>,
        agent: AgentId,
        sink: S,
        buffers: &mut Buffers,
    ) -> Result<Option<Life<'a, S>>, Unfinished> {
        let mut slots = self.slots.of(agent);
        let Some(mut life) = Life::new(cx, agent, sink, Some(&self.slots), buffers) else {
            return Ok(None);
        };
        let mut request = life.run()?;
        while request.is_some() {
            request = life.resume(slots.give())?;
        }
        Ok(Some(life))
    }

    /// What the phone of an agent did and met that leaves no records, in the order of time.
    ///
    /// # Errors
    /// If the agent takes too many steps, or the run is stopped.
    pub fn phone_records(&self, agent: AgentId) -> Result<Vec<PhoneRecord>, Unfinished> {
        let shared = (self.model.cohort(agent), Registers::Known(&self.answers), self.bounds);
        let cx = Context::new(self.model, &self.world, self.random, shared);
        let nobody = None::<Vec<Record>>;
        let Some(life) = self.live(&cx, agent, nobody, &mut Buffers::default())? else {
            return Ok(Vec::new());
        };
        let follows = life.follows().to_vec();
        drop(life);
        Ok(phones::phone_records(cx.into_phones(), agent, &follows))
    }
}

/// All records of a run, agent by agent. For tests and small scenarios: nothing is streamed.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn trace(model: &Model, random: RandomNumbers) -> Result<Vec<Record>, Unfinished> {
    let mut records = Vec::new();
    Simulation::new(model, random)?.agents(0..model.agents(), &mut records)?;
    Ok(records)
}
