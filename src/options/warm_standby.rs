//! `warm-standby.*`: how a desktop reconnects inside a pair.

use super::disaster_recovery::{LEVELS, SERVERS};
use super::entry::{Effect, Entry, Evidence, Family, Kind, Unit};
use super::sources::{WARM_STANDBY, WORKSPACE_DR, WORKSPACE_LOAD};

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
        .takes(Kind::Pauses, Unit::Seconds)
        .default("10", Evidence::Documented(&WORKSPACE_DR))
        .means(
            "Pause after every endpoint of the connection was tried and failed. Of a list such as \
             \"10,30,60\" the n-th pause takes the n-th value, and the last one repeats. The \
             Reconnect Timeout of the primary server object takes its place.",
            Evidence::Documented(&WORKSPACE_DR),
        )
        .drives("the pause between two rounds; the first value also between two restore probes"),
    Entry::new(Family::WarmStandby, "warm-standby", SERVERS, "backup-delay")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("0", Evidence::Documented(&WARM_STANDBY))
        .means(
            "Of a backup server: in the first round after a loss, the pause between the failure at \
             the member last used and the attempt at the other, which gives it time to take over.",
            Evidence::Documented(&WARM_STANDBY),
        )
        .drives("the pause within the first round after a noticed loss"),
    Entry::new(Family::WarmStandby, "interaction-workspace", LEVELS, "warm-standby.open-timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .means(
            "How long an attempt at a server that says nothing lasts. Where it is not set, \
             `connect-timeout` of [desktop] holds.",
            Evidence::Documented(&WARM_STANDBY),
        )
        .drives("the length of an attempt at a member that is out of reach or hangs"),
];
