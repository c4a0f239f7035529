//! What `compare` and `sweep` share: variants gathered side by side, with a checkpoint, then an
//! answer put in place.
//!
//! What the answer is made of is each command's matter.

use std::path::Path;

use super::args::Common;
use super::desk::Desk;
use super::experiment::pool;
use super::failure::{Failure, Outcome};
use super::files;
use super::load::Text;
use super::output::Staging;
use super::terminal;
use crate::experiment::{SideBySide, Sides, Study};
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

/// Makes the replications of all variants.
///
/// # Errors
/// [`Failure::Kept`] if interrupted; [`Failure::World`] if the disk refuses.
pub fn gather<'s>(
    study: &'s Study<'s>,
    plan: &SideBySide,
    limit: Option<Span>,
    (out, common): (&Path, &Common),
) -> Result<(Sides<'s>, Desk<'s>), Failure> {
    let pool = pool(common.threads)?;
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
