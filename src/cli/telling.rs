//! The notable replication of an experiment that the report shows: one that is bad but not the
//! worst, simulated again in detail, so that the report can show its course over time.

use super::command_line::CommandLine;
use super::failure::Outcome;
use super::files;
use super::interrupt;
use super::once::once;
use super::origin::Origin;
use super::output::Staging;
use crate::experiment::Answer;
use crate::model::Model;
use crate::report;
use crate::report::charts::QUEUE_CHARTS;
use crate::report::page::TELLING_FILES;

/// Why a replication is chosen.
const WHY: &str = "p95_downtime";

/// Adds the files of that replication to the set of an experiment; nothing where nothing ever
/// happened.
///
/// # Errors
/// [`Failure::World`](super::failure::Failure::World) if the disk refuses or threads cannot be had,
/// [`Failure::Interrupted`](super::failure::Failure::Interrupted).
pub(super) fn add(
    staging: &Staging,
    answer: &Answer,
    model: &Model,
    (origin, quiet): (&Origin, bool),
) -> Outcome {
    let Some(notable) = answer.notable.iter().find(|notable| notable.why == WHY) else {
        return Ok(());
    };
    let results = once(model, notable.replication, (0, quiet), &interrupt::is_asked)?;
    let again = CommandLine::of("replay", origin);
    let again = again.value("--replication", Some(notable.replication));
    let provenance = again.single(origin, model.seed, notable.replication);
    for file in &report::FILES {
        let name = TELLING_FILES.into_iter().find(|(_, of)| *of == file.name);
        if let Some((name, _)) = name {
            staging.write(name, &(file.render)(&results, model, &provenance))?;
        }
    }
    for chart in QUEUE_CHARTS.iter().filter(|one| (one.has_queue)(&results)).map(|one| &one.chart) {
        let name = TELLING_FILES.into_iter().find(|(_, of)| *of == chart.file);
        if let Some((name, _)) = name {
            files::write_chart(staging, name, &(chart.draw)(&results, model), &provenance)?;
        }
    }
    Ok(())
}
