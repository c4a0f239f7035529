//! `replay`: one replication of an experiment alone, bit for bit as it was in it.
//!
//! It is a single run, or the story of an agent, with the random numbers of that replication.

use super::args::{AnswerFormat, Format, Replay};
use super::command_line::CommandLine;
use super::default_out::Variant;
use super::explain;
use super::failure::{Failure, Outcome};
use super::load;
use super::origin::Origin;
use super::run::Plan;
use crate::model::Model;
use crate::random::RandomNumbers;

/// Replays.
pub(super) fn run(asked: &Replay) -> Outcome {
    let command = |model: &Model, origin: &Origin| made_of(asked, model, origin);
    load::simulated(&asked.file, &asked.changes.set, &asked.common, command)
}

fn made_of(asked: &Replay, model: &Model, origin: &Origin) -> Outcome {
    let again = CommandLine::of("replay", origin).value("--replication", Some(asked.replication));
    if let Some(agent) = &asked.agent {
        let format = of_story(asked.common.format)?;
        let random = RandomNumbers { seed: model.seed, replication: asked.replication };
        let at = asked.at.as_deref();
        let again = again.value("--agent", Some(agent)).value("--at", at);
        let provenance = again.single(origin, model.seed, asked.replication);
        explain::afford(model, asked.common.asking())?;
        return explain::tell(model, agent, at, random, (format, &provenance));
    }
    let name = format!("{}-replication-{}", model.name, asked.replication);
    let plan = Plan {
        model,
        provenance: again.single(origin, model.seed, asked.replication),
        assumptions: &origin.assumptions,
        replication: asked.replication,
        out: Variant::of(origin).folder(&name, asked.out.as_ref()),
        rows: !asked.no_rows,
        trace: !asked.no_trace,
        threads: asked.common.threads.map_or(0, usize::from),
        quiet: asked.common.quiet,
        format: asked.common.format,
        extras: asked.common.extras,
        force: asked.common.force,
    };
    plan.run()
}

/// How the timeline of an agent is printed.
fn of_story(format: AnswerFormat) -> Result<Format, Failure> {
    match format {
        AnswerFormat::Text => Ok(Format::Text),
        AnswerFormat::Json => Ok(Format::Json),
        AnswerFormat::Markdown => Err(Failure::Usage(
            "--format markdown is for results; the timeline of an agent is text or json".to_owned(),
        )),
    }
}
