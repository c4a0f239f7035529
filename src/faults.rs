//! Declared faults turned into what really happens in one replication: every outage of every
//! target, scripted or sampled.
//!
//! It does not know what a fault does to a server pair, nor that faults may overlap.

use std::convert::Infallible;

use crate::distribution::{Age, Law, Sampler};
use crate::model::{Fault, FaultId, Hours, Model, Schedule};
use crate::random::{Entity, Four, Purpose, RandomNumbers};
use crate::time::{Span, Time};

/// Outages between two checks whether the run is stopped.
const LOOK: u32 = 4_096;

/// Most outages of a fault that memory is reserved for before they come.
const MUCH: f64 = 65_536.0;

/// What an occurrence belongs to. Faults come before drains in every tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A declared fault.
    Fault(FaultId),
    /// A drain, by its position in [`Model::drains`].
    Drain(u32),
}

/// One outage of one target of one fault, or one drain: it holds on [from, to).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// First instant.
    pub from: Time,
    /// What was declared.
    pub source: Source,
    /// Position of the target in [`Fault::targets`]; 0 for a drain.
    pub target: u32,
    /// Number of the outage of this target, from 0.
    pub number: u32,
    /// End, excluded; it may lie beyond the horizon. A drain's end is its return to service.
    pub to: Time,
}

/// Everything that goes wrong in [0, horizon) of one replication, ordered by start, then
/// declaration (faults before drains), target and number. Outages of zero length are left out.
#[must_use]
pub fn sample(model: &Model, random: RandomNumbers) -> Vec<Occurrence> {
    let Ok(all) = sample_while(model, random, &|| Ok::<(), Infallible>(()));
    all
}

/// The same; checks from time to time whether the run is stopped.
///
/// # Errors
/// Those of `wanted`.
pub fn sample_while<E>(
    model: &Model,
    random: RandomNumbers,
    wanted: &impl Fn() -> Result<(), E>,
) -> Result<Vec<Occurrence>, E> {
    let mut all = Vec::new();
    for (ordinal, fault) in (0..).zip(&model.faults) {
        match &fault.schedule {
            Schedule::Scripted { .. } => scripted(ordinal, fault, model.horizon, &mut all),
            Schedule::Random { age, when, .. } => {
                let (age, hours, horizon) = (*age, when.as_ref(), model.horizon);
                let draws = Draws { ordinal, fault, age, hours, horizon, random };
                draws.make(wanted, &mut all)?;
            }
        }
        wanted()?;
    }
    for (index, drain) in (0..).zip(&model.drains) {
        let source = Source::Drain(index);
        let to = drain.at + drain.lasts;
        all.push(Occurrence { from: drain.at, source, target: 0, number: 0, to });
    }
    all.retain(|spell| spell.from < spell.to && spell.from < model.horizon);
    all.sort_by_key(|spell| (spell.from, spell.source, spell.target, spell.number));
    Ok(all)
}

fn scripted(ordinal: u32, fault: &Fault, horizon: Time, all: &mut Vec<Occurrence>) {
    let Schedule::Scripted { at, down, up, times } = fault.schedule else { return };
    let source = Source::Fault(FaultId(ordinal));
    let mut from = at;
    for number in 0..times {
        if from >= horizon {
            return;
        }
        for target in 0..fault.targets.len() as u32 {
            all.push(Occurrence { from, source, target, number, to: from + down });
        }
        from = from + down + up;
    }
}

/// A random fault, and what its outages are drawn with.
struct Draws<'m> {
    ordinal: u32,
    fault: &'m Fault,
    age: Age,
    hours: Option<&'m Hours>,
    horizon: Time,
    random: RandomNumbers,
}

impl Draws<'_> {
    /// A renewal process per target, whose first time to failure follows from its age. Times to failure pass in the
    /// hours of the fault only, repairs always. A pair of laws that are zero on average cannot move time
    /// forward and gives nothing.
    fn make<E>(
        &self,
        wanted: &impl Fn() -> Result<(), E>,
        all: &mut Vec<Occurrence>,
    ) -> Result<(), E> {
        let Self { ordinal, random, .. } = *self;
        let Some((failure, repair)) = self.fault.schedule.laws(random.replication) else {
            return Ok(());
        };
        if failure.mean_s() + repair.mean_s() <= 0.0 {
            return Ok(());
        }
        let source = Source::Fault(FaultId(ordinal));
        let targets = self.fault.targets.len() as u32;
        let each = (self.horizon - Time::ZERO).as_secs_f64() / (failure.mean_s() + repair.mean_s());
        // Not many runs have an eighth more than the mean.
        all.reserve((each * f64::from(targets) * 1.125).min(MUCH) as usize);
        for target in 0..targets {
            let entity = Entity::fault(ordinal, target);
            let mut failures = Times::new(failure, random, entity, Purpose::TimeToFailure);
            let mut repairs = Times::new(repair, random, entity, Purpose::TimeToRepair);
            let mut up_since = Time::ZERO;
            for number in 0..u32::MAX {
                let is_first = number == 0;
                let up = if is_first { failures.first(self.age) } else { failures.draw(number) };
                let from = match self.hours {
                    None => up_since + up,
                    Some(hours) => hours.after(hours.passed(up_since) + up),
                };
                if from >= self.horizon {
                    break;
                }
                let to = from + repairs.draw(number);
                all.push(Occurrence { from, source, target, number, to });
                up_since = to;
                if number % LOOK == LOOK - 1 {
                    wanted()?;
                }
            }
        }
        Ok(())
    }
}

/// The times that one target draws from one law, four at a time.
struct Times<'l> {
    law: Sampler<'l>,
    random: RandomNumbers,
    entity: Entity,
    purpose: Purpose,
    known: Four,
}

impl<'l> Times<'l> {
    fn new(law: &'l Law, random: RandomNumbers, entity: Entity, purpose: Purpose) -> Self {
        Self { law: Sampler::new(law), random, entity, purpose, known: Four::NONE }
    }

    /// The first time, of something of an age.
    fn first(&mut self, age: Age) -> Span {
        match age {
            Age::New => self.draw(0),
            old => self.law.law().first(old, &mut self.random.draw(self.entity, self.purpose, 0)),
        }
    }

    fn draw(&mut self, number: u32) -> Span {
        let Self { law, random, entity, purpose, known } = self;
        let again = || random.draw(*entity, *purpose, number);
        law.draw(|| known.uniform(random, *entity, *purpose, number), again)
    }
}
