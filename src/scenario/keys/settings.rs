//! Keys of the desktop, the policies and the what-if extensions. It holds no value.

use super::Absent::{Default, Means};
use super::Shape::{
    Choice, Count, Duration, DurationOrOff, DurationOrZero, Flag, Law, Money, RestoreWhen, Stages,
    Text, Texts,
};
use super::{TableDef, key};

/// `[desktop]`.
pub static DESKTOP: TableDef = TableDef {
    header: "[desktop]",
    name: "desktop",
    doc: "Behaviour of the desktop that is no vendor option.",
    keys: &[
        key(
            "addp-timeout",
            DurationOrOff,
            Default("\"10s\""),
            "ADDP timeout a: a silent loss is noticed after a delay uniform in [a, 2a].",
        ),
        key(
            "tcp-give-up",
            Duration,
            Default("\"924s\""),
            "With ADDP off, a silent loss is noticed after this time.",
        ),
        key("detection", Law, Means("as ADDP or TCP say"), "Detection delay, instead of both."),
        key(
            "connect-timeout",
            Duration,
            Default("\"21s\""),
            "How long an attempt at a silent member lasts.",
        ),
        key(
            "login",
            Law,
            Default("{ lognormal = { median = \"8s\", p95 = \"20s\" } }"),
            "Login time, from the login slot.",
        ),
        key("ready", Law, Default("\"0s\""), "From the end of login until the agent is ready."),
        key(
            "boot",
            Law,
            Default("\"0s\""),
            "From the return of the power to the desktop's first attempt (target `power LOCATION`).",
        ),
        key(
            "probe-interval",
            Duration,
            Means("the retry delay at the preferred site"),
            "Time between two probes of the preferred site.",
        ),
    ],
    vendor: false,
};

/// `[policy]`.
pub static POLICY: TableDef = TableDef {
    header: "[policy]",
    name: "policy",
    doc: "What the simulator does where the product's behaviour is undocumented.",
    keys: &[
        key(
            "dr-timer-starts",
            Choice(DR_TIMER_STARTS),
            Default("\"pair-lost\""),
            "When the DR timer of a noticed loss starts.",
        ),
        key(
            "round-order",
            Choice(ROUND_ORDER),
            Default("\"configured\""),
            "In which order the members of a pair are tried; the first round after a loss always \
             begins with the member last used.",
        ),
        key(
            "phone-nowhere",
            Choice(PHONE_NOWHERE),
            Default("\"stay\""),
            "What an expired phone timer does when the phone is registered nowhere.",
        ),
        key(
            "restore-needs-phone",
            Flag,
            Default("true"),
            "Whether the preferred site counts as available only with the phone registered there.",
        ),
        key(
            "restore-when",
            RestoreWhen,
            Default("\"idle\""),
            "When an agent that may go back does so.",
        ),
        key(
            "stat-loss",
            Choice(LOSSES),
            Default("\"move-connection\""),
            "What the loss of the Stat Server pair does.",
        ),
        key(
            "config-loss",
            Choice(LOSSES),
            Default("\"move-connection\""),
            "What the loss of the Configuration Server pair does.",
        ),
        key(
            "bindings-after-pair-loss",
            Choice(BINDINGS),
            Default("\"keep\""),
            "Whether bindings survive the loss of both members of a SIP Server pair.",
        ),
        key(
            "phone-unknown",
            Choice(PHONE_UNKNOWN),
            Default("\"switch\""),
            "What an expired phone timer does when the desktop of a desk phone has never been at the \
             other site.",
        ),
        key(
            "login-needs",
            Texts,
            Default("[\"sip\"]"),
            "What must serve for a login: with `[\"sip\", \"config\"]` also a Configuration Server \
             pair at the site, if it has one.",
        ),
        key(
            "login-wait",
            DurationOrOff,
            Default("\"60s\""),
            "A login for which nobody can log in at the site is given up after this time; the agent \
             then has no site and tries both in turn. `\"off\"`: never.",
        ),
    ],
    vendor: false,
};

const DR_TIMER_STARTS: &[(&str, &str)] = &[
    ("pair-lost", "when the first round has failed at both members"),
    ("first-disconnect", "when the loss is noticed"),
];

const ROUND_ORDER: &[(&str, &str)] = &[
    ("configured", "the primary, then the backup"),
    ("last-used", "the member last used, then the other"),
];

const PHONE_NOWHERE: &[(&str, &str)] = &[
    ("stay", "stay, and move as soon as the phone is registered at the other site"),
    ("switch", "switch over anyway"),
];

const PHONE_UNKNOWN: &[(&str, &str)] =
    &[("switch", "switch over"), ("stay", "stay, as if the phone were not registered there")];

const LOSSES: &[(&str, &str)] = &[
    ("move-connection", "only that connection moves; voice is untouched"),
    ("move-agent", "the agent moves with all connections"),
    ("ignore", "nothing"),
];

const BINDINGS: &[(&str, &str)] = &[("keep", "they survive"), ("lose", "they are lost")];

/// `[what-if]`.
pub static WHAT_IF: TableDef = TableDef {
    header: "[what-if]",
    name: "what-if",
    doc: "Extensions that the product does not have, off by default.",
    keys: &[
        key(
            "hold-down",
            DurationOrZero,
            Default("\"0s\""),
            "How long every probe must have found the preferred site available before a restore.",
        ),
        key("restore-jitter", Law, Means("none"), "Delay drawn before a restore."),
        key(
            "staged-restore",
            Stages,
            Means("all at once"),
            "`{ stages = 4, step = \"5m\" }`: a share of the agents per step.",
        ),
        key(
            "switchovers-per-hour",
            Count(1, 8),
            Means("no cap"),
            "Most switchovers of one agent in a sliding hour.",
        ),
    ],
    vendor: false,
};

/// `[prices]`.
pub static PRICES: TableDef = TableDef {
    header: "[prices]",
    name: "prices",
    doc: "What outages cost. Where a price is written, results have the measures `money`.",
    keys: &[
        key(
            "currency",
            Text,
            Means("none is named"),
            "The currency of the prices, as it is to stand in results: `\"EUR\"`.",
        ),
        key(
            "cost-per-agent-hour",
            Money,
            Means("not counted"),
            "What an hour costs in which an agent is out of service.",
        ),
        key(
            "cost-per-lost-call",
            Money,
            Means("not counted"),
            "What a call costs that fails because of the faults: abandoned, lost or blocked, less those that fail without any \
             fault. It needs `[[calls]]`.",
        ),
    ],
    vendor: false,
};
