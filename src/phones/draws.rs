//! The random draws of one agent, looked up four at a time.
//!
//! Only a cache of values that are pure functions of their address: the values are the same with it
//! and without it.

use crate::distribution::{Law, Sampler};
use crate::model::{Phone, Side};
use crate::random::{Entity, Four, Purpose, RandomNumbers};
use crate::time::{Span, Time};

/// First purpose of an agent; the others follow without gaps.
const FIRST: usize = Purpose::RegistrationPhase as usize;
const PURPOSES: usize = Purpose::RetryAfter as usize - FIRST + 1;

/// The random draws of one agent.
#[derive(Clone, Debug)]
pub(crate) struct AgentDraws {
    random: RandomNumbers,
    who: Entity,
    known: [Four; PURPOSES],
}

impl AgentDraws {
    /// The draws of `who`; nothing is drawn yet.
    pub(crate) const fn new(random: RandomNumbers, who: Entity) -> Self {
        Self { random, who, known: [Four::NONE; PURPOSES] }
    }

    /// The draws of another agent from now on.
    pub(super) fn turn_to(&mut self, who: Entity) {
        if self.who != who {
            self.who = who;
            self.known.iter_mut().for_each(Four::forget);
        }
    }

    /// The agent whose draws they are.
    pub(crate) const fn who(&self) -> Entity {
        self.who
    }

    /// The value of a law at a draw; nothing is drawn for a law that never varies.
    pub(crate) fn sample(&mut self, law: &Law, purpose: Purpose, number: u32) -> Span {
        self.draw(&Sampler::new(law), purpose, number)
    }

    /// As [`AgentDraws::sample`], of a law that was made ready.
    pub(crate) fn draw(&mut self, sampler: &Sampler, purpose: Purpose, number: u32) -> Span {
        let (random, who) = (self.random, self.who);
        sampler.draw(|| self.uniform(purpose, number), || random.draw(who, purpose, number))
    }

    /// When the registration at a side, refreshed at this interval, is refreshed first.
    pub(super) fn first_refresh(&mut self, phone: &Phone, refresh: Span, side: Side) -> Time {
        phone.first_refresh[side.index()].unwrap_or_else(|| {
            let law = Law::Uniform { lowest: Span::ZERO, highest: refresh };
            let age = self.sample(&law, Purpose::RegistrationPhase, side.index() as u32);
            Time::ZERO + refresh - age.min(refresh - Span(1))
        })
    }

    fn uniform(&mut self, purpose: Purpose, number: u32) -> f64 {
        let known = &mut self.known[purpose as usize - FIRST];
        known.uniform(&self.random, self.who, purpose, number)
    }
}
