//! One replication of a scenario with all its results but no rows. It writes nothing.

use super::failure::Failure;
use super::files::RowsIfWanted;
use super::pass::{Part, Pass};
use super::progress::Progress;
use crate::limits::{Bounds, Stop};
use crate::measures::{Frame, Results};
use crate::model::Model;
use crate::random::RandomNumbers;
use crate::report::TraceCsv;
use crate::simulation::{self, Simulation};

/// Simulates a replication; `stop` says whether it is to be stopped. `quiet`: without progress.
///
/// # Errors
/// [`Failure::Interrupted`] if it was stopped, [`Failure::Endless`], [`Failure::World`] if threads
/// cannot be had.
pub(super) fn once(
    model: &Model,
    replication: u64,
    (threads, quiet): (usize, bool),
    stop: Stop<'_>,
) -> Result<Results, Failure> {
    let random = RandomNumbers { seed: model.seed, replication };
    let bounds = Bounds { stop, ..Bounds::USUAL };
    let simulation = Simulation::within(model, random, bounds)?;
    let frame = Frame::new(model, simulation.occurrences());
    let progress = Progress::of_agents(model.agents(), quiet);
    let pass = Pass { simulation: &simulation, frame: &frame, threads, progress: &progress };
    let fresh =
        || Part { rows: RowsIfWanted::new(model, false), trace: None::<TraceCsv<'_, Vec<u8>>> };
    let totals = pass.run(fresh, |_| Ok(()))?;
    drop(progress);
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    let mut results =
        results.with_calls(simulation::books(model, &simulation, (random, bounds, false))?, model);
    results.replication = replication;
    Ok(results)
}
