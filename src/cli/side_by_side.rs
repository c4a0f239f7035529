//! What `compare` and `sweep` share: variants gathered side by side, with a checkpoint or from shards,
//! then an answer put in place.
//!
//! What the answer is made of is each command's matter.

use std::path::{Path, PathBuf};

use super::args::{Common, Replicate, Shards};
use super::budget::{self, Asking};
use super::checkpointed::CheckpointedStore;
use super::command_line::{CommandLine, Made};
use super::failure::{Failure, Outcome};
use super::files;
use super::load::Text;
use super::origin::{self, Origin};
use super::output::Staging;
use super::parts::Whole;
use super::pool;
use super::shard::Wanted;
use super::terminal;
use super::worker::{self, Job};
use crate::experiment::cut::Cut;
use crate::experiment::{Cost, Ended, SideBySide, Sides, Study};
use crate::facade::pack::Pack;
use crate::facade::pieces::Pieces;
use crate::facade::ranges;
use crate::model::Experiment;
use crate::report::Provenance;
use crate::scenario::set::{Setting, Sweep};
use crate::time::Span;

/// The settings of every combination of values, the last parameter changing fastest.
///
/// # Errors
/// [`Failure::Usage`] if there are too many, or if the seed is varied.
pub(super) fn combinations(ranges: &[Sweep]) -> Result<Vec<Vec<Setting>>, Failure> {
    ranges::combinations(ranges).map_err(Failure::Usage)
}

/// What is set, as text that can be studied again, with the full paths of ranges.
///
/// # Errors
/// [`Failure::Usage`] if a short path means nothing, or more than one thing.
pub(super) fn in_full(
    text: &Text<'_>,
    ranges: &[Sweep],
    quiet: bool,
) -> Result<Vec<Sweep>, Failure> {
    let full = |range: &Sweep| {
        let path = text.full(&range.path)?;
        if path != range.path && !quiet {
            terminal::say(&format!("note: --set {} is taken as {path}", range.path));
        }
        Ok(Sweep { path, ..range.clone() })
    };
    ranges.iter().map(full).collect()
}

/// What a comparison or a sweep was asked for.
pub(super) struct StudyRequest<'a> {
    /// The command.
    pub command: &'a str,
    /// Number of scenario files.
    pub files: usize,
    /// What is set, with full paths.
    pub ranges: &'a [Sweep],
    /// The seed of all variants.
    pub seed: u64,
    /// The same, if it is not the first scenario's own.
    pub other_seed: Option<u64>,
}

impl StudyRequest<'_> {
    /// Where the answer comes from: the variants were made of `origins`, and these replications
    /// asked for on the command line and by the first scenario.
    #[must_use]
    pub(super) fn provenance(
        &self,
        origins: &[Origin],
        replicate: (&Replicate, &Experiment),
        sides: &Sides<'_>,
    ) -> Provenance {
        let gathered = &sides.gathered[0];
        let first = gathered.replications().next().unwrap_or(0);
        let made = Made::new(first, gathered.count(), sides.ended);
        let inputs = origin::inputs(origins, self.files);
        Provenance {
            settings: self.settings(),
            replications: Some(made.replications),
            ..self.again(origins, replicate, made).provenance(&inputs, Some(self.seed))
        }
    }

    fn settings(&self) -> Vec<String> {
        self.ranges.iter().map(Sweep::text).collect()
    }

    /// The command that makes the answer again.
    fn again(
        &self,
        origins: &[Origin],
        (asked, own): (&Replicate, &Experiment),
        made: Made,
    ) -> CommandLine {
        let inputs = origin::inputs(origins, self.files);
        let errors = origins.iter().any(|origin| origin.errors);
        CommandLine::new(self.command, &inputs)
            .set(self.settings())
            .seeded(self.other_seed, errors)
            .replicated(asked, own, made)
    }

    /// Makes a shard of the replications, or a plan of shards.
    ///
    /// # Errors
    /// As [`Job::make`].
    pub(super) fn make_shard(
        &self,
        wanted: &Wanted,
        (origins, packs): (&[Origin], &[Pack]),
        replicate: (&Replicate, &Experiment),
        (study, plan): (&Study<'_>, &SideBySide),
        common: &Common,
    ) -> Outcome {
        if !plan.is_fixed() {
            return Err(worker::unfixed());
        }
        let replications = plan.range.clone();
        let number = (replications.end - replications.start) as usize;
        let made = Made::new(replications.start, number, Ended::Complete);
        let again = self.again(origins, replicate, made);
        Job { wanted, replications, arguments: again.words(), packs, study, common }.make()
    }
}

/// What it takes to read this many variants with this many bytes of text together, asked before
/// they are read.
///
/// # Errors
/// [`Failure::Usage`] with the figures, unless forced.
pub(super) fn afford(number: usize, bytes: usize, common: &Common) -> Result<Cost, Failure> {
    let cost = Cost::of_variants(number, bytes);
    budget::check(&cost, Path::new("."), Asking { quiet: true, ..common.asking() })?;
    Ok(cost)
}

/// What is done with the replications of several variants.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// They are made here.
    Here,
    /// A shard of them is made here, or a plan of shards; and no answer.
    Shard(Wanted),
    /// They are in the shards at these paths.
    Merged(Vec<PathBuf>, Whole),
}

impl Way {
    /// The way that the arguments of a shard ask for.
    ///
    /// # Errors
    /// [`Failure::Usage`].
    pub(super) fn asked(shards: &Shards) -> Result<Self, Failure> {
        Ok(shards.asked()?.map_or(Self::Here, Self::Shard))
    }
}

/// What replications were gathered with.
pub(super) enum Gatherer<'s> {
    /// They were made here.
    CheckpointedStore(Box<CheckpointedStore<'s>>),
    /// They were read.
    Pieces,
}

impl Gatherer<'_> {
    /// The work was given up; says what is kept.
    #[must_use]
    pub(super) fn give_up(self, failure: Failure) -> Failure {
        match self {
            Self::CheckpointedStore(store) => store.give_up(failure),
            Self::Pieces => failure,
        }
    }

    fn finish(self) {
        match self {
            Self::CheckpointedStore(store) => store.finish(),
            Self::Pieces => {}
        }
    }
}

/// The replications of all variants, which took `read` already: made, or read from shards.
///
/// # Errors
/// [`Failure::Kept`] if interrupted; [`Failure::World`] if the disk refuses; [`Failure::Usage`] if shards
/// are missing.
pub(super) fn gather<'s>(
    study: &'s Study<'s>,
    plan: &SideBySide,
    (way, limit): (&Way, Option<Span>),
    read: &Cost,
    (out, common): (&Path, &Common),
) -> Result<(Sides<'s>, Gatherer<'s>), Failure> {
    let with_read = |cost: Cost| Cost {
        memory: cost.memory + read.memory,
        time_s: cost.time_s + read.time_s,
        ..cost
    };
    if let Way::Merged(paths, whole) = way {
        let cut = Cut { variants: study.models().len(), ..whole.cut() };
        let mut pieces = Pieces::look(paths.clone(), study, Some(cut))?;
        let cost = with_read(Cost::of_merge(study, &pieces.range()?));
        budget::check(&cost, out, common.asking())?;
        let sides = plan.run(study, &pool::pool(Some(1))?, &mut pieces)?;
        return Ok((sides, Gatherer::Pieces));
    }
    let pool = pool::pool(common.threads)?;
    let threads = pool.current_num_threads();
    let cost = with_read(Cost::of_experiment_within(study, &plan.range, threads, limit));
    budget::check(&cost, out, common.asking())?;
    let mut store = CheckpointedStore::open(study, out, &plan.range, limit, (&pool, common.quiet))?;
    match plan.run(study, &pool, &mut store) {
        Ok(sides) => Ok((sides, Gatherer::CheckpointedStore(Box::new(store)))),
        Err(failure) => Err(store.give_up(failure)),
    }
}

/// Puts the files of an answer in place; then nothing need be kept any more.
///
/// # Errors
/// [`Failure::World`] if the disk refuses; the finished replications are kept.
pub(super) fn put(
    store: Gatherer<'_>,
    out: &Path,
    write: impl FnOnce(&Staging) -> Outcome,
) -> Outcome {
    let staging = Staging::open(out, files::is_ours);
    match staging.and_then(|staging| write(&staging).and_then(|()| staging.commit())) {
        Ok(()) => {
            store.finish();
            Ok(())
        }
        Err(failure) => Err(store.give_up(failure)),
    }
}
