//! What holds what down, and when: scripted faults, sampled random faults and drains, as plain
//! half-open spells. Not merged: whoever asks looks at all of them.

use switchover::model::{Fault, Hours, Model, Schedule, SiteId, Target};
use switchover::random::{Draw, Entity, Purpose, RandomNumbers};
use switchover::time::{Span, Time};

/// What one spell holds down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// The target of a fault.
    Target(Target),
    /// Logins, REGISTERs: a drained site refuses them.
    Refusing(SiteId),
    /// Every server process of a drained site.
    Stopped(SiteId),
}

/// One spell, [from, to).
#[derive(Clone, Copy, Debug)]
pub struct Spell {
    pub held: Held,
    /// The fault that it belongs to.
    pub fault: usize,
    /// How long answers take meanwhile on a path that carries badly.
    pub delay: Span,
    pub from: Time,
    pub to: Time,
}

impl Spell {
    fn new(held: Held, from: Time, to: Time) -> Self {
        Self { held, fault: usize::MAX, delay: Span::ZERO, from, to }
    }

    /// Whether it holds at `t`.
    pub fn holds(&self, t: Time) -> bool {
        self.from <= t && t < self.to
    }
}

/// The delay of one spell, whatever its target is.
fn drawn_delay(fault: &Fault, mut draw: Draw) -> Span {
    fault.impairment.delay.as_ref().map_or(Span::ZERO, |law| law.sample(&mut draw))
}

/// All spells of a run.
pub fn all(model: &Model, random: RandomNumbers) -> Vec<Spell> {
    let mut spells = Vec::new();
    for (ordinal, fault) in model.faults.iter().enumerate() {
        for (number, target) in fault.targets.iter().enumerate() {
            let entity = Entity::fault(ordinal as u32, number as u32);
            let first = spells.len();
            of_target(fault, *target, entity, model.horizon, random, &mut spells);
            for (number, spell) in (0..).zip(&mut spells[first..]) {
                spell.fault = ordinal;
                spell.delay = drawn_delay(fault, random.draw(entity, Purpose::PathDelay, number));
            }
        }
    }
    for drain in &model.drains {
        let back = drain.at + drain.lasts;
        spells.push(Spell::new(Held::Refusing(drain.site), drain.at, back));
        let stop = drain.at + drain.grace;
        spells.push(Spell::new(Held::Stopped(drain.site), stop, back));
    }
    spells
}

fn of_target(
    fault: &Fault,
    target: Target,
    entity: Entity,
    horizon: Time,
    random: RandomNumbers,
    spells: &mut Vec<Spell>,
) {
    let held = Held::Target(target);
    match &fault.schedule {
        Schedule::Scripted { at, down, up, times } => {
            let mut from = *at;
            for _ in 0..*times {
                spells.push(Spell::new(held, from, from + *down));
                from = from + *down + *up;
            }
        }
        Schedule::Random { age, when, .. } => {
            let (failure, repair) = fault.schedule.laws(random.replication).expect("it is random");
            let mut up_since = Time::ZERO;
            for number in 0.. {
                let mut draw = random.draw(entity, Purpose::TimeToFailure, number);
                let ttf = match number {
                    0 => failure.first(*age, &mut draw),
                    _ => failure.sample(&mut draw),
                };
                let ttr = repair.sample(&mut random.draw(entity, Purpose::TimeToRepair, number));
                let from = match when {
                    None => up_since + ttf,
                    Some(hours) => in_hours(hours, up_since, ttf),
                };
                if from >= horizon {
                    return;
                }
                up_since = from + ttr;
                spells.push(Spell::new(held, from, up_since));
            }
        }
    }
}

/// The instant at which so much time has passed in some hours since another.
fn in_hours(hours: &Hours, since: Time, mut left: Span) -> Time {
    for (from, to) in hours.intervals() {
        let from = from.max(since);
        if from < to && left < to - from {
            return from + left;
        }
        left -= (to - from).max(Span::ZERO);
    }
    Time::NEVER
}
