//! What-if extensions: knobs that no documented product has. All are off unless set.

use super::entry::{Effect, Entry, Evidence, Family, Kind, Place, Unit};

const fn extension(
    name: &'static str,
    valid: &'static str,
    default: &'static str,
    meaning: &'static str,
    drives: &'static str,
) -> Entry {
    Entry::new(Family::WhatIf, "[what-if]", &[Place::Scenario], name)
        .takes(Kind::Ours(valid), Unit::None)
        .default(default, Evidence::Assumption)
        .effect(Effect::Run, Evidence::Assumption)
        .means(meaning, Evidence::Assumption)
        .drives(drives)
}

pub(super) const TABLE: &[Entry] = &[
    extension(
        "hold-down",
        "a duration",
        "0s",
        "How long every probe must have found the preferred site available before a restore.",
        "the instant of a restore",
    ),
    extension(
        "restore-jitter",
        "a duration or a distribution",
        "none",
        "Delay drawn before a restore; the site is probed again at its end.",
        "the instant of a restore",
    ),
    extension(
        "staged-restore",
        "`{ stages = 4, step = \"5m\" }`",
        "all at once",
        "Number of stages in which the agents of a group go back, and the time between two.",
        "the hold-down of later stages",
    ),
    extension(
        "switchovers-per-hour",
        "a whole number from 1 to 8",
        "no cap",
        "Most switchovers of one agent that its timers may begin in a sliding hour.",
        "the DR timer and the phone timer",
    ),
];
