//! What couples agents: login slots, and registrars with a capacity.
//!
//! Where a desktop takes its phone along, each hangs on the other: when a phone comes to a registrar is up to its
//! desktop, and where the desktop goes is up to what the registrars have answered before. So both are
//! worked out in turn until neither changes any more. What is right up to an instant is right beyond it
//! in the next turn, up to the next move of a phone at least: it ends, and it ends at the one result
//! that stepping through all agents together has.

use crate::agents::{Answers, Bounds, Slots, Unfinished};
use crate::faults::Occurrence;
use crate::model::Model;
use crate::random::Luck;
use crate::world::World;

use super::traffic::Traffic;
use super::{admission, registrars};

/// Works out what registrars with a capacity do to phones, and every login slot.
///
/// # Errors
/// If an agent takes too many steps, or the run is not wanted any more.
pub(super) fn settle(
    shared: (&Model, &World, Luck),
    occurrences: &[Occurrence],
    bounds: Bounds<'_>,
) -> Result<(Answers, Traffic, Slots), Unfinished> {
    let mut answers = Answers::default();
    loop {
        let (verdicts, pasts, traffic) =
            registrars::ask(shared, occurrences, (&answers.follows, bounds))?;
        (answers.verdicts, answers.pasts) = (verdicts, pasts);
        let (slots, follows) = admission::allot(shared, &answers, bounds)?;
        if follows == answers.follows {
            return Ok((answers, traffic, slots));
        }
        answers.follows = follows;
    }
}
