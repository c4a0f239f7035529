//! One replication of a scenario with all its results, as `run` makes it, but with a stop of its own.
//! It writes nothing.

use crate::agents::{Bounds, Stop};
use crate::cli::failure::Failure;
use crate::cli::files::RowsIfWanted;
use crate::cli::pass::{Part, Pass};
use crate::cli::progress::Progress;
use crate::measures::{Frame, Results};
use crate::model::Model;
use crate::random::Luck;
use crate::report::TraceCsv;
use crate::simulation::Simulation;

/// Simulates replication 0; `stop` says whether it is not wanted any more.
///
/// # Errors
/// [`Failure::Interrupted`] if it was stopped, [`Failure::Endless`], [`Failure::World`] if threads
/// cannot be had.
pub fn once(model: &Model, threads: usize, stop: Stop<'_>) -> Result<Results, Failure> {
    let luck = Luck { seed: model.seed, replication: 0 };
    let bounds = Bounds { stop, ..Bounds::USUAL };
    let simulation = Simulation::within(model, luck, bounds)?;
    let frame = Frame::new(model, simulation.occurrences());
    let progress = Progress::of_agents(model.agents(), true);
    let pass = Pass { simulation: &simulation, frame: &frame, threads, progress: &progress };
    let fresh =
        || Part { rows: RowsIfWanted::new(model, false), trace: None::<TraceCsv<'_, Vec<u8>>> };
    let totals = pass.run(fresh, |_| Ok(()))?;
    Ok(Results::new(totals, &frame, simulation.world()))
}
