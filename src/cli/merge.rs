//! `merge`: parts of one experiment put together, as if they had been made in one run.
//!
//! Nothing is simulated; gaps, and replications that differ in two parts, are refused.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::FromArgMatches;

use super::args::{self, Arguments, Command, Common, Compare, Merge, Replicate, Run, Sweep};
use super::budget::{self, Asking};
use super::compare;
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment::{self, AnswerOutput};
use super::failure::{Failure, Outcome};
use super::files;
use super::load::{self, Understood};
use super::parts::{self, Whole};
use super::pool;
use super::replicate;
use super::side_by_side::Way;
use super::sweep;
use crate::experiment::cut::Cut;
use crate::experiment::{Answer, Cost, Plan, Study};
use crate::facade::pieces::Pieces;
use crate::model::Experiment;

/// Merges, writes and reports.
pub(super) fn run(asked: &Merge) -> Outcome {
    if let Some(shards) = Shards::spelled_out(asked) {
        return of_folders(asked, shards);
    }
    if asked.parts.is_empty() || asked.file.is_dir() {
        let shards = Shards::of_folders(asked)?;
        return of_folders(asked, shards);
    }
    if parts::is_part(&asked.file) {
        let help = "name the scenario before its parts, or the directory of shards alone";
        return Err(Failure::Usage(format!("{} is a part; {help}", asked.file.display())));
    }
    of_parts(asked)
}

/// Shards that say what they are of.
struct Shards {
    folders: Vec<PathBuf>,
    paths: Vec<PathBuf>,
}

impl Shards {
    /// Those of directories that are named.
    fn of_folders(asked: &Merge) -> Result<Self, Failure> {
        let folder = &asked.file;
        let wrong = |error: io::Error| Failure::disk("cannot read", folder, &error);
        if !fs::metadata(folder).map_err(wrong)?.is_dir() {
            let help = "name parts behind the scenario, or a directory of shards alone";
            return Err(Failure::Usage(format!("{} has no parts; {help}", folder.display())));
        }
        let folders: Vec<PathBuf> = std::iter::once(folder).chain(&asked.parts).cloned().collect();
        let mut paths = Vec::new();
        for folder in &folders {
            Whole::of(folder)?.ok_or_else(|| parts::silent(folder))?;
            paths.extend(parts::all_in(folder)?);
        }
        Ok(Self { folders, paths })
    }

    /// Those whose files are named one by one, as a shell writes out `DIR/*.part` and `DIR/*`; `None`: a scenario is
    /// named, or a directory.
    fn spelled_out(asked: &Merge) -> Option<Self> {
        let all: Vec<&PathBuf> = std::iter::once(&asked.file).chain(&asked.parts).collect();
        let paths: Vec<PathBuf> =
            all.iter().filter(|path| !parts::is_beside(path)).map(|path| (*path).clone()).collect();
        let is_whole = all.iter().any(|path| parts::is_study(path));
        let begins = is_whole || !parts::is_beside(&asked.file);
        if !begins || !paths.iter().all(|path| parts::is_shard(path)) {
            return None;
        }
        let mut folders: Vec<PathBuf> =
            paths.iter().filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
        folders.dedup();
        (!folders.is_empty()).then_some(Self { folders, paths })
    }
}

/// Parts of an experiment, to be put together.
struct Job {
    understood: Understood,
    /// The replications as they were asked for.
    replicate: Replicate,
    /// What is asked of the experiment.
    experiment: Experiment,
    paths: Vec<PathBuf>,
    /// How they were cut, if that is known.
    cut: Option<Cut>,
}

/// Puts together the parts that are named behind a scenario.
fn of_parts(asked: &Merge) -> Outcome {
    let how = (asked.allow_errors, asked.quiet);
    let mut understood = load::understood(&asked.file, &asked.changes.set, how.0, how.1)?;
    let model = &mut understood.resolved.model;
    understood.origin.reseed(asked.seed, &mut model.seed);
    if let Some(level) = &asked.confidence {
        model.experiment.confidence = replicate::confidence(level)?;
    }
    let experiment = model.experiment.clone();
    let replicate = Replicate {
        replications: Some("all parts".to_owned()),
        confidence: asked.confidence.clone(),
        ..Replicate::default()
    };
    let (paths, cut) = named(&asked.parts)?;
    put_together(asked, &Job { understood, replicate, experiment, paths, cut })
}

/// The parts that are named, directories of them among them; of a single directory, how they were cut.
fn named(parts: &[PathBuf]) -> Result<(Vec<PathBuf>, Option<Cut>), Failure> {
    let mut paths = Vec::new();
    for path in parts {
        if path.is_dir() {
            paths.extend(parts::all_in(path)?);
        } else if !parts::is_beside(path) {
            paths.push(path.clone());
        }
    }
    let whole = match parts {
        [only] if only.is_dir() => Whole::of(only)?,
        _ => None,
    };
    Ok((paths, whole.map(|whole| whole.cut())))
}

/// Puts together the shards of directories, which say what they are of.
fn of_folders(asked: &Merge, Shards { folders, paths }: Shards) -> Outcome {
    let [folder, others @ ..] = &folders[..] else { return Ok(()) };
    let changed = !asked.changes.set.is_empty() || asked.seed.is_some() || asked.allow_errors;
    let whole = Whole::of(folder)?.ok_or_else(|| parts::silent(folder))?;
    for other in others {
        whole.check_other(folder, other)?;
    }
    if changed {
        let why = "--set, --seed and --allow-errors are those of the shards";
        return Err(Failure::Usage(why.to_owned()));
    }
    match made_by(&whole, folder)? {
        Command::Run(run) => of_run((asked, folder), run, paths, &whole),
        Command::Compare(made) if made.files.len() == whole.scenarios => {
            let files = (0..whole.scenarios).map(|number| parts::pack_at(folder, number));
            let (files, common) = (files.collect(), as_told(asked, &made.common)?);
            let replicate = confident(asked, made.replicate.clone());
            let made = Compare { files, common, replicate, out: asked.out.clone(), ..made };
            compare::along(&made, &Way::Merged(paths, whole))
        }
        Command::Sweep(made) => {
            let (file, common) = (parts::pack_at(folder, 0), as_told(asked, &made.common)?);
            let replicate = confident(asked, made.replicate.clone());
            let made = Sweep { file, common, replicate, out: asked.out.clone(), ..made };
            sweep::along(&made, &Way::Merged(paths, whole))
        }
        _ => Err(unknown(&whole, folder)),
    }
}

/// The command that makes the whole.
fn made_by(whole: &Whole, folder: &Path) -> Result<Command, Failure> {
    let words = ["switchover"].into_iter().chain(whole.arguments.iter().map(String::as_str));
    let matches = args::matches(words.map(Into::into)).map_err(|_| unknown(whole, folder))?;
    let arguments = Arguments::from_arg_matches(&matches).map_err(|_| unknown(whole, folder))?;
    Ok(arguments.command)
}

fn unknown(whole: &Whole, folder: &Path) -> Failure {
    let command = whole.arguments.join(" ");
    Failure::World(format!("{}: it is of `{command}`, which is not known", folder.display()))
}

fn of_run(
    (asked, folder): (&Merge, &Path),
    run: Run,
    paths: Vec<PathBuf>,
    whole: &Whole,
) -> Outcome {
    let errors = run.common.allow_errors;
    let pack = parts::pack_at(folder, 0);
    let mut understood = load::understood(&pack, &run.changes.set, errors, asked.quiet)?;
    let model = &mut understood.resolved.model;
    understood.origin.reseed(run.common.seed, &mut model.seed);
    let replicate = confident(asked, run.replicate);
    let experiment = replicate.apply(model)?.experiment;
    let cut = Some(whole.cut());
    put_together(asked, &Job { understood, replicate, experiment, paths, cut })
}

/// The replications that were asked for, at the level that is asked for now.
fn confident(asked: &Merge, made: Replicate) -> Replicate {
    let confidence = asked.confidence.clone().or_else(|| made.confidence.clone());
    Replicate { confidence, ..made }
}

/// How several variants are reported that were made elsewhere.
fn as_told(asked: &Merge, made: &Common) -> Result<Common, Failure> {
    if asked.junit.is_some() {
        let why = "--junit judges thresholds, and these shards compare variants";
        return Err(Failure::Usage(why.to_owned()));
    }
    let (force, format, extras, quiet) = (asked.force, asked.format, asked.extras, asked.quiet);
    Ok(Common { force, format, extras, quiet, ..made.clone() })
}

fn put_together(asked: &Merge, job: &Job) -> Outcome {
    let (model, origin) = (&job.understood.resolved.model, &job.understood.origin);
    let out = Variant::of(origin).folder(&model.name, asked.out.as_ref());
    let out = Destination::look(out, files::is_ours)?;
    experiment::check_junit(asked.junit.as_deref(), model)?;
    let study = Study::new(vec![model], model.seed);
    let mut pieces = Pieces::look(job.paths.clone(), &study, job.cut.clone())?;
    let range = pieces.range()?;
    let asking = Asking { force: asked.force, quiet: asked.quiet };
    let held = range.start..range.end.min(range.start + pieces.most());
    budget::check(&Cost::of_merge(&study, &held), out.path(), asking)?;
    let plan = Plan::new(&job.experiment, &model.thresholds, Some(range));
    let pool = pool::pool(Some(1))?;
    let made = plan.run(&study, &pool, &mut pieces)?;
    let answer = Answer::new(made, plan.level, model.input_sets());
    let (format, quiet, extras) = (asked.format, asked.quiet, asked.extras);
    let (asked_for, junit) = (&job.replicate, asked.junit.as_deref());
    let telling =
        AnswerOutput { origin, asked: asked_for, out: &out, format, quiet, extras, junit };
    let provenance = experiment::provenance(&answer, model, &telling);
    experiment::write(&answer, model, &provenance, &telling)?;
    experiment::tell(&answer, model, &provenance, &telling)
}
