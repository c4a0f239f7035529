//! `warm-standby.*`: how a desktop reconnects inside a pair.

use super::disaster_recovery::LEVELS;
use super::entry::{Effect, Entry, Evidence, Family, Kind, Unit};
use super::sources::{WORKSPACE_DR, WORKSPACE_LOAD};

const fn agent(name: &'static str) -> Entry {
    Entry::new(Family::WarmStandby, "interaction-workspace", LEVELS, name)
        .effect(Effect::DesktopRestart, Evidence::Recalled)
}

pub(super) const TABLE: &[Entry] = &[
    agent("warm-standby.reconnection-random-delay-range")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("2", Evidence::Documented(&WORKSPACE_LOAD))
        .means(
            "Range of the random delay before the first attempt at the endpoint that was last \
             open; the law is not stated, it is taken as uniform. 0 is a what-if.",
            Evidence::Documented(&WORKSPACE_LOAD),
        )
        .drives("the delay between noticing a loss and the first round"),
    agent("warm-standby.retry-delay")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("10", Evidence::Documented(&WORKSPACE_DR))
        .means(
            "Pause after every endpoint of the connection was tried and failed. The Reconnect \
             Timeout of the primary server object takes its place.",
            Evidence::Documented(&WORKSPACE_DR),
        )
        .drives("the pause between two rounds, and between two restore probes"),
];
