//! `run`: simulates a scenario, writes the results whole or not at all, and sums them up.

use std::path::{Path, PathBuf};

use super::args::{Format, Run};
use super::failure::{Failure, Outcome};
use super::files::{self, RowsIfWanted, Tables};
use super::load;
use super::output::{self, Staging};
use super::pass::{Part, Pass};
use super::progress::Progress;
use super::terminal;
use crate::measures::{Frame, Results};
use crate::model::Model;
use crate::random::Luck;
use crate::report::{self, TraceCsv};
use crate::simulation::Simulation;

/// Everything that a run needs to know, as meant.
struct Plan<'a> {
    model: &'a Model,
    out: PathBuf,
    rows: bool,
    trace: bool,
    threads: usize,
    quiet: bool,
}

/// Simulates and writes.
pub fn run(asked: &Run) -> Outcome {
    let mut understood =
        load::understood(&asked.file, &asked.changes.set, asked.allow_errors, asked.quiet)?;
    let model = &mut understood.resolved.model;
    model.seed = asked.seed.unwrap_or(model.seed);
    let plan = Plan {
        model,
        out: asked.out.clone().unwrap_or_else(|| Path::new("results").join(&model.name)),
        rows: !asked.no_rows,
        trace: asked.trace,
        threads: asked.threads.map_or(0, usize::from),
        quiet: asked.quiet,
    };
    output::check(&plan.out, files::is_ours)?;
    let results = simulate(&plan)?;
    tell(asked, &results, model)?;
    if !asked.quiet {
        terminal::say(&format!("the results are in {}", plan.out.display()));
    }
    Ok(())
}

/// Simulates all agents and puts the files in place.
fn simulate(plan: &Plan<'_>) -> Result<Results, Failure> {
    let model = plan.model;
    let simulation = Simulation::new(model, Luck { seed: model.seed, replication: 0 });
    let frame = Frame::new(model, simulation.occurrences());
    let staging = Staging::open(&plan.out, files::is_ours)?;
    let mut tables = Tables::begin(&staging, model, plan.rows, plan.trace)?;
    let progress = Progress::of_agents(model.agents(), plan.quiet);
    let pass =
        Pass { simulation: &simulation, frame: &frame, threads: plan.threads, progress: &progress };
    let fresh = || Part {
        rows: RowsIfWanted::new(model, plan.rows),
        trace: plan.trace.then(|| TraceCsv::without_header(model, Vec::new())),
    };
    let totals = pass.run(fresh, |part| tables.append(part))?;
    drop(progress);
    tables.close()?;
    let results = Results::new(totals, &frame, simulation.world());
    files::write_results(&staging, &results, model)?;
    staging.commit()?;
    Ok(results)
}

/// The summary, on standard output.
fn tell(asked: &Run, results: &Results, model: &Model) -> Outcome {
    match asked.format {
        Format::Json => terminal::print_json(&results.summary(model)),
        Format::Text if asked.quiet => Ok(()),
        Format::Text => terminal::print(&report::text(results, model, true)),
    }
}
