//! How a break of a connection will end, looked up in the world's timelines.
//!
//! Pure: nothing here knows timers, moves or records.

use crate::model::Role;
use crate::time::Time;
use crate::trace::Noticed;
use crate::world::{Cursor, Outlook};

/// How a break of a connection will end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BreakOutcome {
    /// The path heals first.
    Survives,
    /// The loss is noticed.
    Noticed(Noticed),
}

/// What comes first after a break at `now`, and when: the path heals (the connection has survived
/// if its member has served without a break, or hung and serves again), the host answers that the
/// connection is gone, or the detection delay ends, at `last`.
pub(crate) fn fate(
    outlook: Cursor<Outlook>,
    member: Role,
    now: Time,
    last: Time,
) -> (BreakOutcome, Time) {
    let gone = (BreakOutcome::Noticed(Noticed::KeepAlive), last);
    let mut kept = true;
    let mut spell = outlook.spell(now);
    let mut at = now;
    loop {
        kept &= spell.value.serves(member) || spell.value.hangs(member);
        if kept && spell.value.live(member) {
            return (BreakOutcome::Survives, at);
        }
        if spell.value.reachable(member) && !kept {
            return (BreakOutcome::Noticed(Noticed::Reset), at);
        }
        if spell.to > last || !spell.to.comes() {
            return gone;
        }
        at = spell.to;
        spell = outlook.spell(at);
    }
}
