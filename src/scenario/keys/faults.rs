//! Keys of faults and drains. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Age, Choice, Count, Duration, DurationOrZero, Instant, Law, LawOrRate, Name, Percentage,
    Targets, Text, Weekly,
};
use super::{Named, TableDef, key};

/// `[[fault]]`.
pub static FAULT: TableDef = TableDef {
    header: "[[fault]]",
    name: "fault",
    doc: "A fault. Scripted: `at` and `for`, or `at`, `times`, `down` and `up`. Random: `failure` \
          and `repair`, or `mtbf` and `mttr`; each target then fails by a clock of its own.",
    keys: &[
        key("name", Text, Means("its target"), "Name for reports."),
        key("target", Targets, Required, "What goes down; see *Targets* below."),
        key(
            "effect",
            Choice(EFFECTS),
            Default("\"stop\""),
            "What happens to the target; a process may also hang, and a registrar hangs, refuses or is slow.",
        ),
        key(
            "loss",
            Percentage(0, 100),
            Means("nothing is lost"),
            "A path or location is not down, but loses this share of its packets each way: a REGISTER over UDP \
             and its answer both get through with (1 - loss)^2, each send by itself.",
        ),
        key(
            "delay",
            Law,
            Means("answers come at once"),
            "A path or location is not down, but answers take so long (drawn once each time that the fault begins); of a registrar with \
             `effect = \"slow\"`, drawn for each answer.",
        ),
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
        key(
            "age",
            Age,
            Means("new at 0"),
            "How old the targets of a random fault are at 0: `\"equilibrium\"`, in operation since \
             long before (the first time to failure has the density P(X > x) / mean); a duration, \
             up for so long already. Without effect on an exponential law.",
        ),
        key(
            "when",
            Weekly,
            Means("always"),
            "The hours in which the clock of a random fault runs: `\"Mon-Fri 08:00-18:00\"`, or a list. Outside them \
             nothing fails, and the time to failure and the age stand still; repairs go on. Two faults with other hours and \
             laws make rates of day and night.",
        ),
        key("mtbf", Duration, Means("`failure`"), "Mean of an exponential time to failure."),
        key("mttr", Duration, Means("`repair`"), "Mean of an exponential time to repair."),
    ],
    vendor: false,
};

/// What a fault does to its targets.
const EFFECTS: &[(&str, &str)] = &[
    ("stop", "it is down"),
    (
        "hang",
        "a process does not serve and says nothing, but its sockets stay open: desktops notice by \
         keep-alive only; a registrar answers no REGISTER",
    ),
    ("refuse", "a registrar refuses every REGISTER at once (503)"),
    ("slow", "a registrar takes the time `delay` for each answer"),
];

/// `[[drain]]`.
pub static DRAIN: TableDef = TableDef {
    header: "[[drain]]",
    name: "drain",
    doc: "A graceful migration: from `at` on the site refuses logins and REGISTERs and its agents \
          leave; the server processes stop at `at` + `grace` and return at `at` + `for`.",
    keys: &[
        key("name", Text, Means("its site"), "Name for reports."),
        key("site", Name(Named::Site), Required, "The site that is drained."),
        key("at", Instant, Required, "When the order to leave is given; as `at` of a fault."),
        key("grace", DurationOrZero, Required, "From the order to the stop."),
        key("for", Duration, Required, "From the order to the return; longer than `grace`."),
    ],
    vendor: false,
};
