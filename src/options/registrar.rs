//! Registrars, and the NAT before them: what RFC 3261 lets a registrar do, and defaults of ours. The vendor publishes
//! no figure for any of it. The scenario language takes names and meanings from here.

use super::entry::{Entry, Evidence, Kind};
use super::sources::{
    OPENSIPS, RFC_AUTHENTICATION, RFC_GRANTED, RFC_RETRY_AFTER, RFC_TOO_BRIEF, RFC_UNAVAILABLE,
};

/// How long a message takes.
pub const SERVICES: &[(&str, &str)] = &[
    ("constant", "each message takes as long as any other"),
    ("exponential", "each message takes an exponential time of that mean"),
];

/// What happens to a message that finds the queue full.
pub const OVERLOADS: &[(&str, &str)] = &[
    ("queue", "it is lost, and the phone sends again or times out"),
    ("reject", "it is refused at once (503), at no cost"),
];

/// Which refreshes take capacity.
pub const REFRESHES: &[(&str, &str)] = &[
    (
        "in-storms",
        "those that fall due while the registrar is busy, and of a phone whose last transaction was no \
         refresh or took more than its first send, the next ten",
    ),
    ("all", "each of them; the cost of a run grows with its length"),
];

const fn registrar(
    name: &'static str,
    value: (Kind, &'static str),
    meaning: (&'static str, Evidence),
    drives: &'static str,
) -> Entry {
    Entry::of_scenario("[site.NAME.registrar]", name, value, meaning, drives)
}

/// `expires-min`.
pub const EXPIRES_MIN: Entry = registrar(
    "expires-min",
    (Kind::Ours("a duration above 0"), "none"),
    (
        "The shortest expiry that the registrar grants: a phone that asks for less is answered 423 and \
         asks again with this at once.",
        Evidence::Documented(&RFC_TOO_BRIEF),
    ),
    "the expiry that is granted, and a message more for who asks for less",
);

/// `expires-max`.
pub const EXPIRES_MAX: Entry = registrar(
    "expires-max",
    (Kind::Ours("a duration above 0"), "none"),
    ("The longest expiry that the registrar grants.", Evidence::Documented(&RFC_GRANTED)),
    "the expiry that is granted",
);

/// `expires-deviation`.
pub const EXPIRES_DEVIATION: Entry = registrar(
    "expires-deviation",
    (Kind::Ours("a duration"), "0s"),
    (
        "Of each expiry granted, a uniform draw from zero to this is taken off, one for each \
         success: it pulls phones apart that register in step.",
        Evidence::Documented(&OPENSIPS),
    ),
    "the expiry that is granted, and the echo of a storm",
);

/// `capacity`.
pub const CAPACITY: Entry = registrar(
    "capacity",
    (Kind::Ours("a rate, such as \"300/s\""), "unlimited"),
    (
        "REGISTERs that the registrar serves per unit of time at most, first come, first served; the others \
         queue. Each SIP Server pair of the site has a registrar of its own that serves as many. A retransmission, a challenge and a 423 are messages too. The vendor publishes no \
         figure; measure it.",
        Evidence::Assumption,
    ),
    "the queue of REGISTERs",
);

/// `service`.
pub const SERVICE: Entry = registrar(
    "service",
    (Kind::Explained(SERVICES), "constant"),
    ("How long the registrar takes for a message.", Evidence::Assumption),
    "the queue of REGISTERs",
);

/// `challenge`.
pub const CHALLENGE: Entry = registrar(
    "challenge",
    (Kind::Boolean, "false"),
    (
        "Whether the registrar asks for credentials (401): a transaction takes one message more.",
        Evidence::Documented(&RFC_AUTHENTICATION),
    ),
    "the number of REGISTERs",
);

/// `duplicate-cost`.
pub const DUPLICATE_COST: Entry = registrar(
    "duplicate-cost",
    (Kind::Ours("a percentage"), "100%"),
    ("Share of the work for a message that a retransmission takes.", Evidence::Assumption),
    "the queue of REGISTERs",
);

/// `queue-limit`.
pub const QUEUE_LIMIT: Entry = registrar(
    "queue-limit",
    (Kind::Ours("a whole number"), "none"),
    ("The most messages that wait at the registrar.", Evidence::Assumption),
    "the queue of REGISTERs",
);

/// `overload`.
pub const OVERLOAD: Entry = registrar(
    "overload",
    (Kind::Explained(OVERLOADS), "queue"),
    ("What becomes of a message beyond `queue-limit`.", Evidence::Documented(&RFC_UNAVAILABLE)),
    "messages beyond the limit of the queue",
);

/// `refreshes`.
pub const REFRESHES_COUNTED: Entry = registrar(
    "refreshes",
    (Kind::Explained(REFRESHES), "in-storms"),
    ("Which refreshes are messages that take capacity.", Evidence::Assumption),
    "the queue of REGISTERs, and the cost of a run",
);

/// `retry-after`.
pub const RETRY_AFTER: Entry = registrar(
    "retry-after",
    (Kind::Ours("a duration or a distribution"), "none"),
    (
        "The least wait of a phone that the registrar refuses (503), drawn anew each time.",
        Evidence::Documented(&RFC_RETRY_AFTER),
    ),
    "the next attempt of a phone that was refused",
);

/// `nat-timeout` of a location.
pub const NAT_TIMEOUT: Entry = Entry::of_scenario(
    "[location.NAME]",
    "nat-timeout",
    (Kind::Ours("a duration above 0"), ""),
    (
        "How long the location's NAT or firewall remembers a UDP session in which nothing is sent. Changes nothing that happens; \
         check V48 says where phones cannot be called.",
        Evidence::Assumption,
    ),
    "check V48 only",
);

pub(super) const TABLE: &[Entry] = &[
    EXPIRES_MIN,
    EXPIRES_MAX,
    EXPIRES_DEVIATION,
    CAPACITY,
    SERVICE,
    CHALLENGE,
    DUPLICATE_COST,
    QUEUE_LIMIT,
    OVERLOAD,
    REFRESHES_COUNTED,
    RETRY_AFTER,
    NAT_TIMEOUT,
];
