//! What happens to calls when a site is lost, where no text of a product says it. The scenario
//! language takes names and meanings from here.

use super::entry::{Entry, Evidence, Kind};

/// What happens to a call whose agent loses what carries it.
pub const AT_LOSS: &[(&str, &str)] = &[
    ("lost", "it is lost"),
    (
        "kept",
        "caller and agent talk to the end; the agent takes no next call before it is in service again",
    ),
    (
        "requeued",
        "it goes back to the head of its queue for the rest of its handling (what-if: no product does this)",
    ),
];

/// The table of their keys.
const CALLS: &str = "[[calls]]";

const fn calls(
    name: &'static str,
    value: (Kind, &'static str),
    meaning: &'static str,
    drives: &'static str,
) -> Entry {
    Entry::of_scenario(CALLS, name, value, (meaning, Evidence::Assumption), drives)
}

/// `call-at-loss`.
pub const CALL_AT_LOSS: Entry = calls(
    "call-at-loss",
    (Kind::Explained(AT_LOSS), "lost"),
    "What happens to a call whose agent loses its SIP Server pair, its path or its power. A call that came in at a site \
     that is dead, or whose agent is at one, is lost in any case.",
    "calls that are lost at a failure",
);

/// `ring-timeout`.
pub const RING_TIMEOUT: Entry = calls(
    "ring-timeout",
    (Kind::Ours("a duration above 0"), "10s"),
    "How long a call rings at a contact that nobody answers (a stale binding, a ghost) before it goes back to the head \
     of its queue.",
    "the wait of calls that ring where nobody is",
);

/// `gateway-lag`.
pub const GATEWAY_LAG: Entry = calls(
    "gateway-lag",
    (Kind::Ours("a duration"), "32s"),
    "How long gateways offer calls to a site that is dead; these are lost. The default is SIP timer B of an INVITE; with \
     OPTIONS probes write their interval times the number that must fail.",
    "calls that are lost at a site that is dead",
);

pub(super) const TABLE: &[Entry] = &[CALL_AT_LOSS, RING_TIMEOUT, GATEWAY_LAG];
