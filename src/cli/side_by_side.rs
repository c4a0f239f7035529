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
use super::output::Staging;
use crate::experiment::{SideBySide, Sides, Study};
use crate::time::Span;

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
