//! The telling replication of an experiment: one that is bad but not the worst, simulated again in
//! detail, so that the report can show its course over time.

use super::again::Again;
use super::failure::Outcome;
use super::files::RowsIfWanted;
use super::interrupt;
use super::origin::Origin;
use super::output::Staging;
use super::pass::{Part, Pass};
use super::progress::Progress;
use crate::agents::Bounds;
use crate::experiment::Answer;
use crate::measures::{Frame, Results};
use crate::model::Model;
use crate::random::Luck;
use crate::report::page::TELLING_FILES;
use crate::report::{self, TraceCsv};
use crate::simulation::Simulation;

/// Why a replication is chosen.
const WHY: &str = "p95_downtime";

/// Adds the files of the telling replication to the set of an experiment; nothing where nothing ever
/// happened.
///
/// # Errors
/// [`Failure::World`](super::failure::Failure::World) if the disk refuses or threads cannot be had,
/// [`Failure::Interrupted`](super::failure::Failure::Interrupted).
pub fn add(
    staging: &Staging,
    answer: &Answer,
    model: &Model,
    (origin, quiet): (&Origin, bool),
) -> Outcome {
    let Some(notable) = answer.notable.iter().find(|notable| notable.why == WHY) else {
        return Ok(());
    };
    let luck = Luck { seed: model.seed, replication: notable.replication };
    let bounds = Bounds { stop: &interrupt::is_asked, ..Bounds::USUAL };
    let simulation = Simulation::within(model, luck, bounds)?;
    let frame = Frame::new(model, simulation.occurrences());
    let progress = Progress::of_agents(model.agents(), quiet);
    let pass = Pass { simulation: &simulation, frame: &frame, threads: 0, progress: &progress };
    let fresh =
        || Part { rows: RowsIfWanted::new(model, false), trace: None::<TraceCsv<'_, Vec<u8>>> };
    let totals = pass.run(fresh, |_| Ok(()))?;
    drop(progress);
    let mut results = Results::new(totals, &frame, simulation.world());
    results.replication = notable.replication;
    let again = Again::of("replay", origin);
    let again = again.value("--replication", Some(notable.replication));
    let provenance = again.single(origin, model.seed, notable.replication);
    for file in &report::FILES {
        let name = TELLING_FILES.into_iter().find(|(_, of)| *of == file.name);
        if let Some((name, _)) = name {
            staging.write(name, &(file.render)(&results, model, &provenance))?;
        }
    }
    Ok(())
}
