//! `run` with more than one replication, and `merge`: an experiment, its files, its verdict.
//!
//! How many replications there are is the experiment's matter; here they are saved, written and
//! reported.

use std::path::{Path, PathBuf};

use rayon::ThreadPool;

use super::args::{AnswerFormat, Extras, Replicate, Run};
use super::budget;
use super::checkpointed::CheckpointedStore;
use super::command_line::{CommandLine, Made};
use super::destination::Destination;
use super::failure::{Failure, Outcome};
use super::files;
use super::origin::Origin;
use super::output::Staging;
use super::pool;
use super::replicate::ReplicationRequest;
use super::shard::Wanted;
use super::single::Single;
use super::terminal;
use super::text::Text;
use super::worker::{self, Job};
use crate::experiment::{Answer, Cost, Ended, Outcome as Judged, Plan, Study, Verdict};
use crate::facade::stored;
use crate::model::Model;
use crate::report::Provenance;
use crate::report::experiment::{self, JUNIT_NAME};

/// How the sentence begins that says where results are.
pub(super) const RESULTS: &str = "the results are";

/// Where the answer goes, and how it is reported.
pub(super) struct AnswerOutput<'a> {
    /// What the scenario was made of.
    pub origin: &'a Origin,
    /// The replications that were asked for.
    pub asked: &'a Replicate,
    /// Where the results go.
    pub out: &'a Destination,
    /// How to print.
    pub format: AnswerFormat,
    /// Print nothing but errors.
    pub quiet: bool,
    /// What to write beside the results.
    pub extras: Extras,
    /// Where to write the thresholds as JUnit XML.
    pub junit: Option<&'a Path>,
}

/// The thresholds as a file for build servers.
const JUNIT: Single = Single {
    mark: JUNIT_NAME,
    what: "JUnit file",
    help: "remove it, or name another with --junit",
};

/// Whether a JUnit file can be written: there are thresholds, and no file of another program is
/// there.
///
/// # Errors
/// [`Failure::Usage`], [`Failure::World`].
pub(super) fn check_junit(junit: Option<&Path>, model: &Model) -> Outcome {
    match junit {
        Some(_) if model.thresholds.is_empty() => Err(Failure::Usage(
            "--junit writes thresholds, and the scenario has no [[threshold]]".to_owned(),
        )),
        Some(path) => JUNIT.check(path, false),
        None => Ok(()),
    }
}

/// Makes the replications, writes and reports.
pub(super) fn run(
    asked: &Run,
    (model, origin): (&Model, &Origin),
    wanted: &ReplicationRequest,
    out: PathBuf,
) -> Outcome {
    if asked.trace {
        return Err(Failure::Usage(
            "--trace is for a single run; `switchover replay` traces one replication".to_owned(),
        ));
    }
    check_junit(asked.junit.as_deref(), model)?;
    let plan = Plan::new(&wanted.experiment, &model.thresholds, wanted.range.clone());
    if asked.part.is_some() && !plan.fixed {
        return Err(Failure::Usage(
            "--part needs to know its replications: --replications 200..400".to_owned(),
        ));
    }
    let target = asked.part.clone().unwrap_or_else(|| out.clone());
    let destination = match &asked.part {
        Some(part) => stored::check_place(part).map(|()| None)?,
        None => Some(Destination::look(out, files::is_ours)?),
    };
    let study = Study::new(vec![model], model.seed);
    let pool = pool::pool(asked.common.threads)?;
    let limit = wanted.experiment.max_time;
    let threads = pool.current_num_threads();
    let mut cost = Cost::of_experiment_within(&study, &plan.range, threads, limit);
    if !plan.fixed {
        // It ends when it is precise enough, and can be interrupted.
        cost.time_s = 0.0;
    }
    budget::check(&cost, &target, asked.common.asking())?;
    let store =
        CheckpointedStore::open(&study, &target, &plan.range, limit, (&pool, asked.common.quiet))?;
    match destination {
        None => make_part(store, &plan, &study, &pool, &target, asked.common.quiet),
        Some(destination) => {
            let telling = AnswerOutput {
                origin,
                asked: &asked.replicate,
                out: &destination,
                format: asked.common.format,
                quiet: asked.common.quiet,
                extras: asked.common.extras,
                junit: asked.junit.as_deref(),
            };
            make(store, &plan, &study, &pool, &telling)
        }
    }
}

/// Makes one shard, or a plan of shards.
pub(super) fn run_shard(
    asked: &Run,
    (model, origin): (&Model, &Origin),
    text: &Text<'_>,
    wanted: &Wanted,
) -> Outcome {
    if asked.trace {
        return Err(Failure::Usage("--trace is for a single run".to_owned()));
    }
    let ReplicationRequest { experiment, range } = asked.replicate.apply(model)?;
    let plan = Plan::new(&experiment, &model.thresholds, range);
    if !plan.fixed || asked.replicate.is_single() {
        return Err(worker::unfixed());
    }
    let study = Study::new(vec![model], model.seed);
    let number = (plan.range.end - plan.range.start) as usize;
    let made = Made::new(plan.range.start, number, Ended::Complete);
    let again =
        CommandLine::of("run", origin).replicated(&asked.replicate, &model.experiment, made);
    let packs = [text.pack(&text.file())?];
    let job = Job {
        wanted,
        replications: plan.range,
        arguments: again.words(),
        packs: &packs,
        study: &study,
        common: &asked.common,
    };
    job.make()
}

/// Makes the replications of a part.
fn make_part(
    mut store: CheckpointedStore<'_>,
    plan: &Plan,
    study: &Study<'_>,
    pool: &ThreadPool,
    part: &Path,
    quiet: bool,
) -> Outcome {
    let made = match plan.run(study, pool, &mut store) {
        Ok(made) => made,
        Err(failure) => return Err(store.give_up(failure)),
    };
    let range = plan.range.start..plan.range.start + made.gathered.count() as u64;
    if let Err(failure) = store.checkpoint().write_part(part, &range) {
        return Err(store.give_up(failure));
    }
    store.finish();
    if !quiet {
        let number = made.gathered.count();
        terminal::say(&format!("{number} replications are in {}", part.display()));
    }
    Ok(())
}

fn make(
    mut store: CheckpointedStore<'_>,
    plan: &Plan,
    study: &Study<'_>,
    pool: &ThreadPool,
    telling: &AnswerOutput<'_>,
) -> Outcome {
    let made = match plan.run(study, pool, &mut store) {
        Ok(made) => made,
        Err(failure) => return Err(store.give_up(failure)),
    };
    let model = study.models()[0];
    let answer = Answer::new(made, plan.level, model.input_sets());
    let provenance = provenance(&answer, model, telling);
    if let Err(failure) = write(&answer, model, &provenance, telling) {
        return Err(store.give_up(failure));
    }
    store.finish();
    tell(&answer, model, &provenance, telling)
}

/// Where the answer comes from.
pub(super) fn provenance(answer: &Answer, model: &Model, telling: &AnswerOutput<'_>) -> Provenance {
    let first = answer.gathered.replications().next().unwrap_or(0);
    let made = Made::new(first, answer.gathered.count(), answer.ended);
    let again =
        CommandLine::of("run", telling.origin).replicated(telling.asked, &model.experiment, made);
    again.on(telling.origin, model.seed, made.replications)
}

/// Writes the files of an experiment, whole or not at all.
pub(super) fn write(
    answer: &Answer,
    model: &Model,
    provenance: &Provenance,
    telling: &AnswerOutput<'_>,
) -> Outcome {
    let staging = Staging::open(telling.out.path(), files::is_ours)?;
    files::write_answer(&staging, answer, model, provenance, &telling.origin.assumptions)?;
    if telling.extras.report {
        super::telling::add(&staging, answer, model, (telling.origin, telling.quiet))?;
    }
    telling.extras.add(&staging)?;
    staging.commit()
}

/// Prints the answer on standard output, and fails where a threshold is not kept. The results are
/// written: if this is interrupted, the message says where they are.
pub(super) fn tell(
    answer: &Answer,
    model: &Model,
    provenance: &Provenance,
    telling: &AnswerOutput<'_>,
) -> Outcome {
    tell_all(answer, model, provenance, telling).map_err(|failure| match failure {
        Failure::Interrupted => Failure::Kept(interrupted(telling)),
        other => other,
    })
}

fn interrupted(telling: &AnswerOutput<'_>) -> String {
    let there = telling.out.path().display();
    match telling.junit {
        None => format!("interrupted; the results are in {there}"),
        Some(junit) => {
            format!("interrupted; the results are in {there}; {} is not written", junit.display())
        }
    }
}

fn tell_all(
    answer: &Answer,
    model: &Model,
    provenance: &Provenance,
    telling: &AnswerOutput<'_>,
) -> Outcome {
    match telling.format {
        AnswerFormat::Json => terminal::print_json(&experiment::json(answer, model), provenance)?,
        AnswerFormat::Markdown => super::report::print_markdown(telling.out.path())?,
        AnswerFormat::Text if telling.quiet => {}
        AnswerFormat::Text => {
            let text = experiment::text(answer, model, terminal::screen());
            terminal::print_answer(&text, provenance)?;
        }
    }
    telling.out.say(RESULTS, provenance, telling.quiet);
    if let Some(path) = telling.junit {
        JUNIT.write(path, &experiment::junit(answer, model, provenance), false)?;
    }
    verdict(&answer.verdicts)
}

fn verdict(verdicts: &[Verdict]) -> Outcome {
    let number = |outcome| verdicts.iter().filter(|verdict| verdict.outcome == outcome).count();
    match (number(Judged::Fail), number(Judged::Inconclusive)) {
        (0, 0) => Ok(()),
        (failed, open) => Err(Failure::Thresholds { failed, open }),
    }
}
