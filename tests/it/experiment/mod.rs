//! Experiments as a library: many replications of one model, gathered and estimated, against what
//! is known to be true. The program around them is tested with the command line.

mod coverage;
mod downtime_law;
mod given_up;
mod kept;
mod oracles;
mod rows;
mod stopping;
mod uncertainty;

use std::ops::ControlFlow;

use switchover::experiment::{
    Answer, EndlessVariant, Plan, ReplicationSamples, ReplicationStore, Study,
};
use switchover::model::{Experiment, Model, Planes};

use crate::builder::{at, exponential};
use crate::oracles::{HOME, apart, failing_paths, plain};

/// Keeps nothing; waves have a fixed size.
pub struct Waves(pub usize);

impl ReplicationStore for Waves {
    type Error = EndlessVariant;
    type Line = ();

    fn recall(&mut self, _: u64) -> Result<Option<ReplicationSamples>, EndlessVariant> {
        Ok(None)
    }

    fn line(&self, _: &ReplicationSamples) {}

    fn keep(&mut self, (): ()) -> Result<(), EndlessVariant> {
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, EndlessVariant> {
        Ok(ControlFlow::Continue(self.0))
    }
}

/// Makes the experiment that a model asks for, and asks its answer something.
pub fn answered<T>(model: &Model, ask: impl FnOnce(&Answer) -> T) -> T {
    let study = Study::new(vec![model], model.seed);
    let plan = Plan::new(&model.experiment, &model.thresholds, None);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let made = plan.run(&study, &pool, &mut Waves(64)).unwrap();
    ask(&Answer::new(made, plan.level, model.input_sets()))
}

/// So many replications at a level of confidence.
pub fn replicated(model: Model, replications: u32, confidence: f64) -> Model {
    let replications = Some(replications);
    Model { experiment: Experiment { replications, confidence, ..Experiment::default() }, ..model }
}

/// Agents without a peer whose paths fail by their own clocks (oracle O3).
pub fn renewals(up_s: f64, down_s: f64, horizon_s: i64, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = at(horizon_s);
    model.profiles[0].peer = None;
    model.profiles[0].dr = [false; 3];
    apart(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Cti, exponential(up_s), exponential(down_s));
    model
}
