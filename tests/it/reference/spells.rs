//! What holds what down, and when: scripted faults, sampled random faults and drains, as plain
//! half-open spells. Not merged: whoever asks looks at all of them.

use switchover::model::{Fault, Model, Schedule, SiteId, Target};
use switchover::random::{Entity, Luck, Purpose};
use switchover::time::Time;

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
    pub from: Time,
    pub to: Time,
}

impl Spell {
    /// Whether it holds at `t`.
    pub fn holds(&self, t: Time) -> bool {
        self.from <= t && t < self.to
    }
}

/// All spells of a run.
pub fn all(model: &Model, luck: Luck) -> Vec<Spell> {
    let mut spells = Vec::new();
    for (ordinal, fault) in model.faults.iter().enumerate() {
        for (number, target) in fault.targets.iter().enumerate() {
            let entity = Entity::fault(ordinal as u32, number as u32);
            of_target(fault, *target, entity, model.horizon, luck, &mut spells);
        }
    }
    for drain in &model.drains {
        let back = drain.at + drain.lasts;
        spells.push(Spell { held: Held::Refusing(drain.site), from: drain.at, to: back });
        let stop = drain.at + drain.grace;
        spells.push(Spell { held: Held::Stopped(drain.site), from: stop, to: back });
    }
    spells
}

fn of_target(
    fault: &Fault,
    target: Target,
    entity: Entity,
    horizon: Time,
    luck: Luck,
    spells: &mut Vec<Spell>,
) {
    let held = Held::Target(target);
    match &fault.schedule {
        Schedule::Scripted { at, down, up, times } => {
            let mut from = *at;
            for _ in 0..*times {
                spells.push(Spell { held, from, to: from + *down });
                from = from + *down + *up;
            }
        }
        Schedule::Random { age, .. } => {
            let (failure, repair) = fault.schedule.laws(luck.replication).expect("it is random");
            let mut up_since = Time::ZERO;
            for number in 0.. {
                let mut draw = luck.draw(entity, Purpose::TimeToFailure, number);
                let ttf = match number {
                    0 => failure.first(*age, &mut draw),
                    _ => failure.sample(&mut draw),
                };
                let ttr = repair.sample(&mut luck.draw(entity, Purpose::TimeToRepair, number));
                let from = up_since + ttf;
                if from >= horizon {
                    return;
                }
                up_since = from + ttr;
                spells.push(Spell { held, from, to: up_since });
            }
        }
    }
}
