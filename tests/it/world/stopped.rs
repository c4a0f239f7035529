//! Faults and world ask every now and then whether they are still wanted, and end when they are not.

use std::cell::Cell;

use switchover::faults::{sample, sample_while};
use switchover::model::{Model, PairId, Role, Schedule, Target};
use switchover::random::RandomNumbers;
use switchover::time::Time;
use switchover::world::World;

use crate::builder::{base, exponential, fault};

const LUCK: RandomNumbers = RandomNumbers { seed: 3, replication: 0 };

/// Spells between two questions, at most.
const SPELLS: usize = 5_000;

/// Some forty thousand spells of one process.
fn model() -> Model {
    let mut model = base();
    model.horizon = Time::from_secs(1_000_000);
    let schedule = Schedule::random(exponential(20.0), exponential(5.0));
    fault(&mut model, Target::Process(PairId(0), Role::Primary), schedule);
    model
}

/// How often something asks if the answer is yes; and that it ends at once at any no.
fn asked<T>(work: impl Fn(&dyn Fn() -> Result<(), usize>) -> Result<T, usize>) -> usize {
    let count = |most: usize| {
        let asked = Cell::new(0);
        let ended = work(&|| {
            asked.set(asked.get() + 1);
            if asked.get() > most { Err(most) } else { Ok(()) }
        });
        (asked.get(), ended.err())
    };
    let (all, ended) = count(usize::MAX);
    assert_eq!(ended, None);
    for most in 0..all {
        assert_eq!(count(most), (most + 1, Some(most)));
    }
    all
}

#[test]
fn what_is_not_wanted_any_more_ends_soon() {
    let model = model();
    let spells = sample(&model, LUCK);
    assert!(spells.len() > 30_000, "{}", spells.len());
    let questions = asked(|wanted| sample_while(&model, LUCK, &wanted));
    assert!(questions >= spells.len() / SPELLS, "{questions}");
    let questions = asked(|wanted| World::simulate_while(&model, LUCK, &spells, &wanted));
    // The plant and the pair ask by themselves.
    assert!(questions >= 2 * spells.len() / SPELLS, "{questions}");
}
