//! The keys of a registrar: what it grants, and what it can take. It holds no value.

use super::Absent::{Default, Means};
use super::Shape::{Choice, Count, Duration, DurationOrZero, Flag, Fraction, Law, Rate};
use super::{TableDef, key};

const SERVICES: &[(&str, &str)] = &[
    ("constant", "each message takes as long as any other"),
    ("exponential", "each message takes an exponential time of that mean"),
];

const OVERLOADS: &[(&str, &str)] = &[
    ("queue", "it is lost, and the phone sends again or times out"),
    ("reject", "it is refused at once (503), at no cost"),
];

const REFRESHES: &[(&str, &str)] = &[
    (
        "in-storms",
        "those that fall due while the registrar is busy, and of a phone whose last transaction was no \
         refresh or took more than its first send, the next ten",
    ),
    ("all", "each of them; the cost of a run grows with its length"),
];

/// `[site.NAME.registrar]`.
pub static REGISTRAR: TableDef = TableDef {
    header: "[site.NAME.registrar]",
    name: "registrar",
    doc: "The registrar of a site. It answers when the SIP Server pair of the site serves.",
    keys: &[
        key(
            "expires-min",
            Duration,
            Means("none"),
            "The shortest expiry that it grants: a phone that asks for less is answered 423 and asks \
             again with this at once.",
        ),
        key("expires-max", Duration, Means("none"), "The longest expiry that it grants."),
        key(
            "expires-deviation",
            DurationOrZero,
            Default("\"0s\""),
            "Of each expiry granted, a uniform draw from zero to this is taken off, one for each \
             success: it pulls phones apart that register in step.",
        ),
        key(
            "capacity",
            Rate,
            Means("unlimited"),
            "Messages that it serves at most, first come, first served; the others queue. A \
             retransmission, a challenge and a 423 are messages too.",
        ),
        key("service", Choice(SERVICES), Default("\"constant\""), "How long a message takes."),
        key(
            "challenge",
            Flag,
            Default("false"),
            "Whether it asks for credentials (401): a transaction takes one message more.",
        ),
        key(
            "duplicate-cost",
            Fraction,
            Default("\"100%\""),
            "Share of a message that a retransmission takes.",
        ),
        key("queue-limit", Count(0, 1 << 30), Means("none"), "The most messages that wait."),
        key(
            "overload",
            Choice(OVERLOADS),
            Default("\"queue\""),
            "What becomes of a message beyond `queue-limit`.",
        ),
        key(
            "refreshes",
            Choice(REFRESHES),
            Default("\"in-storms\""),
            "Which refreshes are messages that take capacity.",
        ),
        key(
            "retry-after",
            Law,
            Means("none"),
            "The least wait of a phone that it refuses (503), drawn anew each time.",
        ),
    ],
    vendor: false,
};
