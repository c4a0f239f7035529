//! One run: the world first, alone, then the agents, one after the other.
//!
//! Agents are independent but for the login slots of a site with a login capacity. Where there
//! is one, the agents concerned live through a rehearsal first, in the order of their requests;
//! after it every slot is known, and the run proper needs no order among agents at all.

mod admission;

use std::ops::Range;

use crate::agents::{Context, Life, Room, Slots};
use crate::faults::{self, Occurrence};
use crate::model::{AgentId, Model};
use crate::random::Luck;
use crate::trace::{Record, Sink};
use crate::world::World;

/// A scenario under one luck: its faults, its world, and every login slot.
#[derive(Debug)]
pub struct Simulation<'m> {
    model: &'m Model,
    luck: Luck,
    occurrences: Vec<Occurrence>,
    world: World,
    slots: Slots,
}

impl<'m> Simulation<'m> {
    /// Samples the faults, simulates the world and, where logins are limited, allots the slots.
    ///
    /// Costs time in proportion to the faults and what they touch; with a login capacity, one
    /// life of every agent concerned besides.
    #[must_use]
    pub fn new(model: &'m Model, luck: Luck) -> Self {
        let occurrences = faults::sample(model, luck);
        let world = World::simulate(model, luck, &occurrences);
        let slots = admission::allot(model, &world, luck);
        Self { model, luck, occurrences, world, slots }
    }

    /// What broke.
    #[must_use]
    pub fn occurrences(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// What the agents live in.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// Simulates a range of agents (numbers as in [`AgentId`]), one after the other; each leaves
    /// its records in the order of time. Ranges may be simulated apart, in any order. Returns the
    /// steps that were lived through, those of counterfactuals included: what the run cost.
    pub fn agents(&self, range: Range<u32>, sink: &mut impl Sink) -> u64 {
        self.agents_in(range, sink, &mut Room::default())
    }

    /// As [`Simulation::agents`], in the room that other lives have left.
    pub fn agents_in(&self, range: Range<u32>, sink: &mut impl Sink, room: &mut Room) -> u64 {
        let mut steps = 0;
        for cohort in &self.model.cohorts {
            let first = range.start.max(cohort.first.0);
            let end = range.end.min(cohort.first.0 + cohort.count);
            if first >= end {
                continue;
            }
            let cx = Context::new(self.model, &self.world, self.luck, cohort);
            for agent in (first..end).map(AgentId) {
                let mut slots = self.slots.of(agent);
                let life = Life::new(&cx, agent, &mut *sink, Some(&self.slots), room);
                let Some(mut life) = life else { continue };
                let mut request = life.run();
                while request.is_some() {
                    request = life.resume(slots.give());
                }
                steps += life.steps();
                life.leave(room);
            }
        }
        steps
    }
}

/// All records of a run, agent by agent. For tests and small scenarios: nothing is streamed.
#[must_use]
pub fn trace(model: &Model, luck: Luck) -> Vec<Record> {
    let mut records = Vec::new();
    Simulation::new(model, luck).agents(0..model.agents(), &mut records);
    records
}
