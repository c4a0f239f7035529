//! `merge`: parts of one experiment put together, as if they had been made in one run.
//!
//! Nothing is simulated; gaps, and replications that two parts tell differently, are refused.

use std::fs;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

use super::args::{Merge, Replicate};
use super::budget::{self, Asking};
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment::{self, Telling};
use super::failure::{Failure, Outcome};
use super::files;
use super::load;
use super::replicate;
use super::stored::Stored;
use crate::experiment::{Answer, Cost, Keeper, Plan, Study, Turn};

/// Merges, writes and tells.
pub fn run(asked: &Merge) -> Outcome {
    let mut understood =
        load::understood(&asked.file, &asked.changes.set, asked.allow_errors, asked.quiet)?;
    let (model, origin) = (&mut understood.resolved.model, &mut understood.origin);
    origin.reseed(asked.seed, &mut model.seed);
    if let Some(level) = &asked.confidence {
        model.experiment.confidence = replicate::confidence(level)?;
    }
    let out = Variant::of(origin).folder(&model.name, asked.out.as_ref());
    let out = Destination::look(out, files::is_ours)?;
    experiment::check_junit(asked.junit.as_deref(), model)?;
    let study = Study::new(vec![model], model.seed);
    let mut parts = Parts::open(&asked.parts, &study)?;
    let range = parts.range()?;
    let asking = Asking { force: asked.force, quiet: asked.quiet };
    let held = range.start..range.end.min(range.start + parts.most());
    budget::check(&Cost::of_merge(&study, &held), out.path(), asking)?;
    let plan = Plan::new(&model.experiment, &model.thresholds, Some(range));
    let pool = experiment::pool(Some(1))?;
    let made = plan.run(&study, &pool, &mut parts)?;
    let answer = Answer::new(made, plan.level, model.input_sets());
    let asked_for = Replicate {
        replications: Some("all parts".to_owned()),
        confidence: asked.confidence.clone(),
        ..Replicate::default()
    };
    let (format, quiet, extras) = (asked.format, asked.quiet, asked.extras);
    let junit = asked.junit.as_deref();
    let telling = Telling { origin, asked: &asked_for, out: &out, format, quiet, extras, junit };
    let provenance = experiment::provenance(&answer, model, &telling);
    experiment::write(&answer, model, &provenance, &telling)?;
    experiment::tell(&answer, model, &provenance, &telling)
}

/// Bytes of a replication's line, at least.
const SHORTEST: u64 = 64;

/// Parts, read side by side.
struct Parts<'s> {
    study: &'s Study<'s>,
    parts: Vec<(PathBuf, Stored)>,
}

impl<'s> Parts<'s> {
    fn open(paths: &[PathBuf], study: &'s Study<'s>) -> Result<Self, Failure> {
        let open = |path: &PathBuf| Ok((path.clone(), Stored::open(path, study)?));
        let mut parts: Vec<(PathBuf, Stored)> =
            paths.iter().map(open).collect::<Result<_, Failure>>()?;
        parts.sort_by_key(|(_, part)| (part.range().start, part.range().end));
        Ok(Self { study, parts })
    }

    /// The most replications that files of their lengths hold, whatever their headers say.
    fn most(&self) -> u64 {
        let length = |path: &PathBuf| fs::metadata(path).map_or(0, |found| found.len());
        self.parts.iter().map(|(path, _)| length(path) / SHORTEST).sum()
    }

    /// The replications of all parts together.
    fn range(&self) -> Result<Range<u64>, Failure> {
        let first = self.parts.first().map_or(0, |(_, part)| part.range().start);
        let mut next = first;
        for (path, part) in &self.parts {
            let range = part.range();
            if range.start > next {
                return Err(gap(path, next, range.start));
            }
            next = next.max(range.end);
        }
        if next == first {
            return Err(Failure::Usage("there is no replication in these parts".to_owned()));
        }
        Ok(first..next)
    }
}

fn gap(path: &Path, from: u64, to: u64) -> Failure {
    let missing = if to - from == 1 {
        format!("replication {from} is in no part")
    } else {
        format!("replications {from} to {} are in no part", to - 1)
    };
    Failure::Usage(format!("{missing}; the next is in {}", path.display()))
}

impl Keeper for Parts<'_> {
    type Error = Failure;
    type Line = ();

    /// The replication as all parts that hold it tell it.
    fn recall(&mut self, replication: u64) -> Result<Option<Turn>, Failure> {
        let mut found: Option<(&Path, Turn)> = None;
        for (path, part) in &mut self.parts {
            if !part.range().contains(&replication) {
                continue;
            }
            let turn = part.turn(replication, self.study)?;
            match &found {
                Some((other, known)) if *known != turn => {
                    return Err(Failure::Usage(format!(
                        "{} and {} disagree about replication {replication}",
                        other.display(),
                        path.display()
                    )));
                }
                Some(_) => {}
                None => found = Some((path, turn)),
            }
        }
        Ok(found.map(|(_, turn)| turn))
    }

    fn line(&self, _: &Turn) {}

    fn keep(&mut self, (): ()) -> Outcome {
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Failure> {
        Ok(ControlFlow::Break(()))
    }
}
