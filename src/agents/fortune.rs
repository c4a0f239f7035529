//! The luck of one agent, looked up four draws at a time.
//!
//! Only a memory of values that are pure functions of their address: with or without it the
//! same values come out.

use crate::distribution::{Law, Sampler};
use crate::model::{Phone, Side};
use crate::random::{Entity, Luck, Purpose};
use crate::time::{Span, Time};

/// Draws that one key set-up yields.
const TOGETHER: u32 = 4;

/// First purpose of an agent; the others follow without gaps.
const FIRST: usize = Purpose::RegistrationPhase as usize;
const PURPOSES: usize = Purpose::RestoreJitter as usize - FIRST + 1;

/// Draws of one purpose that are known.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Number of the first; `u32::MAX`: none is known.
    first: u32,
    values: [f64; TOGETHER as usize],
}

/// The luck of one agent.
#[derive(Clone, Debug)]
pub struct Fortune {
    luck: Luck,
    who: Entity,
    known: [Known; PURPOSES],
}

impl Fortune {
    /// The luck of `who`; nothing is drawn yet.
    pub const fn new(luck: Luck, who: Entity) -> Self {
        let nothing = Known { first: u32::MAX, values: [0.0; TOGETHER as usize] };
        Self { luck, who, known: [nothing; PURPOSES] }
    }

    /// The value of a law at a draw; nothing is drawn for a law that never varies.
    pub fn sample(&mut self, law: &Law, purpose: Purpose, number: u32) -> Span {
        if let Some(span) = law.constant() {
            return span;
        }
        let uniform = self.uniform(purpose, number);
        law.at(uniform)
            .unwrap_or_else(|| law.sample(&mut self.luck.draw(self.who, purpose, number)))
    }

    /// As [`Fortune::sample`], of a law that was made ready.
    pub fn draw(&mut self, sampler: &Sampler, purpose: Purpose, number: u32) -> Span {
        if let Some(span) = sampler.constant() {
            return span;
        }
        let uniform = self.uniform(purpose, number);
        let again = || sampler.law().sample(&mut self.luck.draw(self.who, purpose, number));
        sampler.at(uniform).unwrap_or_else(again)
    }

    /// When the registration at a side is refreshed first.
    pub fn first_refresh(&mut self, phone: &Phone, side: Side) -> Time {
        phone.first_refresh[side.index()].unwrap_or_else(|| {
            let law = Law::Uniform { lowest: Span::ZERO, highest: phone.refresh };
            let age = self.sample(&law, Purpose::RegistrationPhase, side.index() as u32);
            Time::ZERO + phone.refresh - age.min(phone.refresh - Span(1))
        })
    }

    fn uniform(&mut self, purpose: Purpose, number: u32) -> f64 {
        let first = number / TOGETHER * TOGETHER;
        let known = &mut self.known[purpose as usize - FIRST];
        if known.first != first {
            *known = Known { first, values: self.luck.uniforms(self.who, purpose, first) };
        }
        known.values[(number - first) as usize]
    }
}
