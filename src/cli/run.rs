//! `run`: simulates a scenario, writes the results whole or not at all, and sums them up.

use std::path::PathBuf;

use super::args::{AnswerFormat, Extras, Run};
use super::budget::{self, Asking};
use super::command_line::CommandLine;
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment;
use super::failure::{Failure, Outcome};
use super::files::{self, RowsIfWanted, Tables};
use super::interrupt;
use super::load::Text;
use super::origin::Origin;
use super::output::Staging;
use super::pass::{Part, Pass};
use super::pool;
use super::progress::Progress;
use super::terminal;
use crate::experiment::{Cost, Written};
use crate::limits::Bounds;
use crate::measures::{Frame, Results};
use crate::model::Model;
use crate::random::RandomNumbers;
use crate::report::{self, Assumption, Provenance, TraceCsv};
use crate::simulation::{self, Simulation};

/// Everything that a single run needs to know, as meant.
pub(super) struct Plan<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Where the answer comes from.
    pub provenance: Provenance,
    /// What it takes for granted.
    pub assumptions: &'a [Assumption],
    /// Which replication.
    pub replication: u64,
    /// Where to write.
    pub out: PathBuf,
    /// Whether to write the tables with rows.
    pub rows: bool,
    /// Whether to write the trace.
    pub trace: bool,
    /// Number of threads; 0: as many as there are.
    pub threads: usize,
    /// Say nothing but errors.
    pub quiet: bool,
    /// How to print.
    pub format: AnswerFormat,
    /// What to write beside the results.
    pub extras: Extras,
    /// Start whatever it takes.
    pub force: bool,
}

/// Simulates and writes.
pub(super) fn run(asked: &Run) -> Outcome {
    let shard = asked.shards.asked()?;
    let text = Text::read(&asked.file)?;
    text.simulated(&asked.changes.set, &asked.common, |model, origin| match &shard {
        Some(shard) => experiment::run_shard(asked, (model, origin), &text, shard),
        None => made_of(asked, model, origin),
    })
}

fn made_of(asked: &Run, model: &Model, origin: &Origin) -> Outcome {
    let out = Variant::of(origin).folder(&model.name, asked.out.as_ref());
    let wanted = asked.replicate.apply(model)?;
    if is_experiment(asked, model) {
        return experiment::run(asked, (model, origin), &wanted, out);
    }
    if asked.junit.is_some() {
        let why = "--junit judges thresholds, which needs more than one replication";
        return Err(Failure::Usage(why.to_owned()));
    }
    // A scenario that asks for an experiment is run once only if that is asked for.
    let once = Some(1).filter(|_| asks_for_more(model));
    let again = CommandLine::of("run", origin).value("--replications", once);
    let plan = Plan {
        model,
        provenance: again.single(origin, model.seed, 0),
        assumptions: &origin.assumptions,
        replication: 0,
        out,
        rows: !asked.no_rows,
        trace: asked.trace,
        threads: asked.common.threads.map_or(0, usize::from),
        quiet: asked.common.quiet,
        format: asked.common.format,
        extras: asked.common.extras,
        force: asked.common.force,
    };
    plan.run()?;
    match model.thresholds.len() {
        0 => Ok(()),
        number => Err(Failure::Unjudged(number)),
    }
}

/// Whether more than a single run is asked for: by the command line, or by the scenario.
fn is_experiment(asked: &Run, model: &Model) -> bool {
    (asked.replicate.is_given() || asked.part.is_some() || asks_for_more(model))
        && !asked.replicate.is_single()
}

/// Whether the scenario asks for more than a single run.
#[must_use]
pub(super) fn asks_for_more(model: &Model) -> bool {
    model.experiment.is_wanted() || !model.thresholds.is_empty()
}

impl Plan<'_> {
    /// Simulates, writes and reports.
    pub(super) fn run(&self) -> Outcome {
        let destination = Destination::look(self.out.clone(), files::is_ours)?;
        let written = Written { rows: self.rows, trace: self.trace };
        let cost = Cost::of_run(self.model, pool::threads(self.threads), written);
        let asking = Asking { force: self.force, quiet: self.quiet };
        budget::check(&cost, &self.out, asking)?;
        let results = simulate(self)?;
        match self.format {
            AnswerFormat::Json => {
                terminal::print_json(&results.summary(self.model), &self.provenance)?
            }
            AnswerFormat::Markdown => super::report::print_markdown(&self.out)?,
            AnswerFormat::Text if self.quiet => {}
            AnswerFormat::Text => {
                let text = report::text(&results, self.model, terminal::screen());
                terminal::print_answer(&text, &self.provenance)?;
            }
        }
        destination.say(experiment::RESULTS, &self.provenance, self.quiet);
        Ok(())
    }
}

/// Simulates all agents and puts the files in place.
fn simulate(plan: &Plan<'_>) -> Result<Results, Failure> {
    let model = plan.model;
    let random = RandomNumbers { seed: model.seed, replication: plan.replication };
    let bounds = Bounds { stop: &interrupt::is_asked, ..Bounds::USUAL };
    let simulation = Simulation::within(model, random, bounds)?;
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
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    let mut results =
        results.with_calls(simulation::books(model, &simulation, (random, bounds, false))?, model);
    results.replication = plan.replication;
    files::write_results(&staging, &results, model, &plan.provenance, plan.assumptions)?;
    plan.extras.add(&staging)?;
    staging.commit()?;
    Ok(results)
}
