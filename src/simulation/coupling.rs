//! What couples agents: login slots, calls that hold agents, and registrars with a capacity.
//!
//! Where a desktop moves its phone, each depends on the other: the desktop decides when a phone
//! comes to a registrar, and the earlier answers of the registrars decide where the desktop goes.
//! So both are computed in turn until neither changes any more. What is right up to an instant is
//! right beyond it after the next iteration, at least up to the next move of a phone. So the
//! iteration ends, and it ends at the one result that simulating all agents together has.
//!
//! Where a registrar is too small for its phones and its queue never empties, there are as many
//! iterations as there are moves that depend on each other: a bound of the work ends such a run.

use crate::faults::Occurrence;
use crate::limits::{Bounds, Endless, EndlessTurns, Unfinished};
use crate::model::{AgentId, Model};
use crate::phones::{Answers, Follows};
use crate::random::RandomNumbers;
use crate::slots::Slots;
use crate::time::Time;
use crate::world::World;

use super::joint::Lived;
use super::traffic::Traffic;
use super::{admission, joint, registrars};

/// The answers that agents and phones got, what registrars did, the slots, and the simulated calls,
/// if calls were simulated.
pub(super) type Settled = (Answers, Traffic, (Slots, Option<Lived>));

/// Computes what registrars with a capacity do to phones, and every login slot.
///
/// # Errors
/// If an agent takes too many steps, or the run is stopped.
pub(super) fn settle(
    shared: (&Model, &World, RandomNumbers),
    occurrences: &[Occurrence],
    bounds: Bounds<'_>,
) -> Result<Settled, Unfinished> {
    let mut answers = Answers::default();
    // Elsewhere it does not matter where phones are moved.
    let asked = shared.0.sites.iter().any(|site| site.registrar.limit.is_some());
    let (mut turns, mut again) = (0, 0);
    loop {
        let (verdicts, pasts, traffic) =
            registrars::ask(shared, occurrences, (&answers.follows, bounds))?;
        (answers.verdicts, answers.pasts) = (verdicts, pasts);
        let (slots, follows, lived) = if shared.0.calls_hold_agents() {
            joint::answer_all(shared, &answers, bounds)?
        } else {
            let (slots, follows) = admission::allot(shared, &answers, bounds)?;
            (slots, follows, None)
        };
        if !asked || follows == answers.follows {
            return Ok((answers, traffic, (slots, lived)));
        }
        turns += 1;
        // No phone was moved in the first iteration: the second does not repeat it.
        again += if turns > 1 { traffic.offered() } else { 0 };
        if again > bounds.again {
            let most = bounds.again;
            return Err(unsettled(&follows, &answers.follows, (shared.2, turns, most)));
        }
        answers.follows = follows;
    }
}

fn unsettled(
    new: &Follows,
    old: &Follows,
    (random, turns, most): (RandomNumbers, u64, u64),
) -> Unfinished {
    let (at, agent) = new.first_difference(old).unwrap_or((Time::ZERO, AgentId(0)));
    let replication = random.replication;
    Unfinished::Endless(Endless::Turns(EndlessTurns { replication, turns, most, agent, at }))
}
