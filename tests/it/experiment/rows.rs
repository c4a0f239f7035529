//! Rows of an experiment: doubling the replications leaves the first half as it was, and every
//! replication alone is what it was in the experiment, whoever simulates its agents in which pieces.

use switchover::experiment::{Buffers, Gathered, Sample, Study, row};
use switchover::measures::{Frame, Measures, Results, Totals};
use switchover::model::{Model, Planes, Role, Schedule, Target};
use switchover::random::RandomNumbers;
use switchover::simulation::Simulation;

use crate::builder::{at, base, exponential, fault, populate, s};
use crate::oracles::{AWAY, HOME, failing_paths};

use super::{answered, replicated};

/// Three dozen agents, paths and processes that fail, logins that queue.
fn model() -> Model {
    let mut model = base();
    model.horizon = at(40_000);
    model.seed = 11;
    model.sites[HOME.index()].login_gap = Some(s(1));
    model.sites[AWAY.index()].login_gap = Some(s(2));
    model.desktop.login = exponential(8.0);
    populate(&mut model, 36);
    failing_paths(&mut model, HOME, Planes::Both, exponential(9000.0), exponential(300.0));
    let process = Target::Process(switchover::model::PairId(0), Role::Primary);
    fault(&mut model, process, Schedule::random(exponential(5000.0), exponential(60.0)));
    model
}

/// All integers, in the order of replications and measures.
fn integers(gathered: &Gathered, replications: usize) -> Vec<[i128; 2]> {
    let measures = 0..gathered.measures().len();
    let slots = |measure: usize, position: usize| {
        let second = match gathered.measures()[measure].gauge.how {
            switchover::measures::How::Each(_) => 0,
            _ => 1,
        };
        [0, second].map(|slot| gathered.integer(measure, slot, position))
    };
    let each = (0..replications).flat_map(|at| measures.clone().map(move |m| (m, at)));
    each.map(|(measure, position)| slots(measure, position)).collect()
}

#[test]
fn doubling_leaves_the_first_half_as_it_was() {
    let half = answered(&replicated(model(), 20, 0.95), |answer| integers(&answer.gathered, 20));
    let whole = answered(&replicated(model(), 40, 0.95), |answer| integers(&answer.gathered, 20));
    assert_eq!(half, whole);
}

/// The row of a replication as a single run measures it, in pieces of seven agents.
fn alone(study: &Study, model: &Model, replication: u64) -> Vec<i128> {
    let simulation =
        Simulation::new(model, RandomNumbers { seed: model.seed, replication }).unwrap();
    let frame = Frame::new(model, simulation.occurrences());
    let mut totals = Totals::new(&frame);
    for first in (0..model.agents()).step_by(7) {
        let mut reader = Measures::new(&frame, ());
        simulation.agents(first..(first + 7).min(model.agents()), &mut reader).unwrap();
        totals.merge(reader.into_parts().0);
    }
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    row(&results, model, study.measures(0))
}

#[test]
fn a_hundred_replications_alone() {
    let model = replicated(model(), 100, 0.95);
    let study = Study::new(vec![&model], model.seed);
    // What one replication leaves to the next changes nothing.
    let (mut room, mut different) = (Buffers::default(), 0);
    answered(&model, |answer| {
        for (position, replication) in (0..100).enumerate() {
            let alone = alone(&study, &model, replication);
            let turn: Vec<Sample> = study.samples(replication, &mut room, &|| false).unwrap();
            assert_eq!(turn[0].row, alone, "replication {replication}");
            for measure in 0..answer.gathered.measures().len() {
                let slot = study.layouts()[0].slot(measure);
                assert_eq!(answer.gathered.integer(measure, 0, position), alone[slot]);
            }
            different += usize::from(
                replication > 0 && alone != study.samples(0, &mut room, &|| false).unwrap()[0].row,
            );
        }
    });
    assert_eq!(different, 99, "replications differ from each other");
}
