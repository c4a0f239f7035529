//! Keys of faults and drains. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Age, Choice, Count, Duration, DurationOrZero, Instant, Law, LawOrRate, Name, Percentage,
    Targets, Text, Weekly,
};
use super::{Named, TableDef, key, listed};
use crate::options::faults::{AGE, DELAY, EFFECT, EFFECTS, LOSS, WHEN};

/// `[[fault]]`.
pub static FAULT: TableDef = TableDef {
    header: "[[fault]]",
    name: "fault",
    doc: "A fault. Scripted: `at` and `for`, or `at`, `times`, `down` and `up`. Random: `failure` \
          and `repair`, or `mtbf` and `mttr`; each target then fails by a clock of its own.",
    keys: &[
        key("name", Text, Means("its target"), "Name for reports."),
        key("target", Targets, Required, "What goes down; see *Targets* below."),
        listed(&EFFECT, Choice(EFFECTS), Default("\"stop\"")),
        listed(&LOSS, Percentage(0, 100), Means("nothing is lost")),
        listed(&DELAY, Law, Means("answers come at once")),
        key(
            "at",
            Instant,
            Means("random"),
            "Start of the (first) outage: a time since the start of the run, or local time; see *Local time* below.",
        ),
        key("for", Duration, Means("`down`, or until the end"), "Length of the only outage."),
        key("times", Count(1, 1_000_000), Means("once"), "Number of outages of a flapping target."),
        key("down", Duration, Means("`for`"), "Length of each outage."),
        key("up", Duration, Means("none"), "Time between two outages."),
        key(
            "failure",
            LawOrRate,
            Means("scripted"),
            "Time to failure, measured from the repair; `\"4/year\"` is exponential.",
        ),
        key("repair", Law, Means("`mttr`"), "Time to repair."),
        key(
            "uncertainty",
            Text,
            Means("the laws are certain"),
            "CSV file of sets of laws, as `switchover fit` writes it, relative to the scenario: \
             replication k takes both laws from row k, and from the first again after the last.",
        ),
        listed(&AGE, Age, Means("new at 0")),
        listed(&WHEN, Weekly, Means("always")),
        key("mtbf", Duration, Means("`failure`"), "Mean of an exponential time to failure."),
        key("mttr", Duration, Means("`repair`"), "Mean of an exponential time to repair."),
    ],
    vendor: false,
};

/// `[[drain]]`.
pub static DRAIN: TableDef = TableDef {
    header: "[[drain]]",
    name: "drain",
    doc: "A graceful migration: from `at` on the site refuses logins and REGISTERs and its agents \
          leave, who has a call after the call; the server processes stop at `at` + `grace` and return at `at` + `for`. Calls come in at the \
          site until it stops: what goes by way of it then is lost, however long `grace` is.",
    keys: &[
        key("name", Text, Means("its site"), "Name for reports."),
        key("site", Name(Named::Site), Required, "The site that is drained."),
        key("at", Instant, Required, "When the order to leave is given; as `at` of a fault."),
        key("grace", DurationOrZero, Required, "From the order to the stop."),
        key("for", Duration, Required, "From the order to the return; longer than `grace`."),
    ],
    vendor: false,
};
