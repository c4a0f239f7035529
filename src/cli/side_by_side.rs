//! What `compare` and `sweep` share: variants gathered side by side, with a checkpoint, then an
//! answer put in place.
//!
//! What the answer is made of is each command's matter.

use std::path::Path;

use super::again::{Again, Made};
use super::args::{Common, Replicate};
use super::budget::{self, Asking};
use super::desk::Desk;
use super::failure::{Failure, Outcome};
use super::files;
use super::load::Text;
use super::origin::{self, Origin};
use super::output::Staging;
use super::pool;
use super::terminal;
use crate::experiment::{Cost, SideBySide, Sides, Study};
use crate::model::Experiment;
use crate::report::Provenance;
use crate::scenario::set::{Setting, Sweep};
use crate::time::Span;

/// Most variants.
const MOST: usize = 1_000;

/// The settings of every combination of values, the last parameter changing fastest.
///
/// # Errors
/// [`Failure::Usage`] if there are too many.
pub fn combinations(ranges: &[Sweep]) -> Result<Vec<Vec<Setting>>, Failure> {
    let mut all: Vec<Vec<Setting>> = vec![Vec::new()];
    for range in ranges {
        let longer = |settings: &Vec<Setting>| {
            let each = range.settings().into_iter();
            each.map(|own| settings.iter().cloned().chain([own]).collect()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    if all.len() > MOST {
        let number = all.len();
        return Err(Failure::Usage(format!("the sweep has {number} points; {MOST} is the most")));
    }
    Ok(all)
}

/// What is set, as text that can be studied again, with the full paths of ranges.
///
/// # Errors
/// [`Failure::Usage`] if a short path means nothing, or more than one thing.
pub fn in_full(text: &Text<'_>, ranges: &[Sweep], quiet: bool) -> Result<Vec<Sweep>, Failure> {
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
pub struct Asked<'a> {
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

impl Asked<'_> {
    /// Where the answer comes from: the variants were made of `origins`, and these replications
    /// asked for on the command line and by the first scenario.
    #[must_use]
    pub fn provenance(
        &self,
        origins: &[Origin],
        (asked, own): (&Replicate, &Experiment),
        sides: &Sides<'_>,
    ) -> Provenance {
        let inputs = origin::inputs(origins, self.files);
        let settings: Vec<String> = self.ranges.iter().map(Sweep::text).collect();
        let errors = origins.iter().any(|origin| origin.errors);
        let gathered = &sides.gathered[0];
        let first = gathered.replications().next().unwrap_or(0);
        let made = Made::new(first, gathered.count(), sides.ended);
        let again = Again::new(self.command, &inputs)
            .set(settings.clone())
            .seeded(self.other_seed, errors)
            .replicated(asked, own, made);
        Provenance {
            settings,
            replications: Some(made.replications),
            ..again.provenance(&inputs, Some(self.seed))
        }
    }
}

/// What it takes to read so many variants with so many bytes of text together, asked before they
/// are read.
///
/// # Errors
/// [`Failure::Usage`] with the figures, unless forced.
pub fn afford(number: usize, bytes: usize, common: &Common) -> Result<Cost, Failure> {
    let cost = Cost::of_variants(number, bytes);
    budget::check(&cost, Path::new("."), Asking { quiet: true, ..common.asking() })?;
    Ok(cost)
}

/// Makes the replications of all variants, which took `read` already.
///
/// # Errors
/// [`Failure::Kept`] if interrupted; [`Failure::World`] if the disk refuses.
pub fn gather<'s>(
    study: &'s Study<'s>,
    plan: &SideBySide,
    limit: Option<Span>,
    read: &Cost,
    (out, common): (&Path, &Common),
) -> Result<(Sides<'s>, Desk<'s>), Failure> {
    let pool = pool::pool(common.threads)?;
    let threads = pool.current_num_threads();
    let mut cost = Cost::of_experiment_within(study, &plan.range, threads, limit);
    cost.memory += read.memory;
    cost.time_s += read.time_s;
    budget::check(&cost, out, common.asking())?;
    let mut desk = Desk::open(study, out, &plan.range, limit, (&pool, common.quiet))?;
    match plan.run(study, &pool, &mut desk) {
        Ok(sides) => Ok((sides, desk)),
        Err(failure) => Err(desk.give_up(failure)),
    }
}

/// Puts the files of an answer in place; then nothing need be kept any more.
///
/// # Errors
/// [`Failure::World`] if the disk refuses; the finished replications are kept.
pub fn put(desk: Desk<'_>, out: &Path, write: impl FnOnce(&Staging) -> Outcome) -> Outcome {
    let staging = Staging::open(out, files::is_ours);
    match staging.and_then(|staging| write(&staging).and_then(|()| staging.commit())) {
        Ok(()) => {
            desk.finish();
            Ok(())
        }
        Err(failure) => Err(desk.give_up(failure)),
    }
}
