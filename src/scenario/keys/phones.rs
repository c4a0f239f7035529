//! Keys of phone types. It holds no value.
//!
//! Where a softphone says nothing, the agent's vendor options hold, then the defaults.

use super::Absent::{Default, Means};
use super::Shape::{
    Choice, Count, Duration, DurationOrZero, Failback, FractionAboveZero, Law, Preset, Retry,
};
use super::{TableDef, key};

/// `[phone.NAME]`.
pub static PHONE: TableDef = TableDef {
    header: "[phone.NAME]",
    name: "phone",
    doc: "A phone type. A softphone that says nothing of its own takes `reg_timeout`, \
          `reg_interval`, `sip_transaction_timeout` and `sipendpoint.transport-protocol` of the \
          agent's vendor options, then the defaults. Groups that name no phone have the only type \
          declared, else a dual softphone.",
    keys: &[
        key(
            "preset",
            Preset,
            Means("no preset"),
            "Timers that a maker publishes: keys that count as written here, but for those that the phone type \
             writes itself.",
        ),
        key("kind", Choice(KINDS), Default("\"softphone\""), "How the desktop sees it."),
        key("mode", Choice(MODES), Default("\"dual\""), "How many registrations, and where."),
        key("expiry", Duration, Default("\"1800s\""), "Expiry that a REGISTER asks for."),
        key(
            "refresh",
            FractionAboveZero,
            Default("\"90%\""),
            "Share of the granted expiry after which a registration is refreshed.",
        ),
        key(
            "refresh-before",
            Duration,
            Means("as `refresh`"),
            "Time before the end of the granted expiry at which a registration is refreshed, instead of \
             a share; of an expiry that is not longer than that, half of it.",
        ),
        key(
            "refresh-of",
            Choice(EXPIRIES),
            Default("\"granted\""),
            "Which expiry `refresh` and `refresh-before` are of. Of the one that was asked for although less was granted: \
             the binding ends before the refresh, each time (a known fault of phones).",
        ),
        key("transport", Choice(TRANSPORTS), Default("\"udp\""), "Transport of the REGISTER."),
        key("t1", Duration, Default("\"500ms\""), "SIP timer T1 (UDP)."),
        key("t2", Duration, Default("\"4s\""), "SIP timer T2 (UDP); T1 if that is longer."),
        key(
            "transaction-timeout",
            Duration,
            Default("\"32s\""),
            "A REGISTER transaction fails this long after its start.",
        ),
        key(
            "retry",
            Retry,
            Default("\"30s\""),
            "The wait after a failed transaction; a law is drawn anew each time.",
        ),
        key(
            "retry-after-refusal",
            Law,
            Means("as `retry`"),
            "The wait after a transaction that a registrar has refused (503).",
        ),
        key(
            "retry-limit",
            Count(0, 1_000_000),
            Means("it never gives up"),
            "The number of failed retries in a row after which the phone gives up. One that follows its desktop \
             registers again where the desktop moves to.",
        ),
        key(
            "keep-alive",
            Duration,
            Means("it sends nothing between two refreshes"),
            "How often it sends something to keep UDP sessions open. Changes nothing that happens; used by check V48 only.",
        ),
        key(
            "boot",
            Law,
            Default("\"0s\""),
            "From the return of the power to the phone's start (target `power LOCATION`).",
        ),
        key(
            "start-spread",
            DurationOrZero,
            Default("\"0s\""),
            "After a start the first REGISTER comes after a delay uniform from 0 to this.",
        ),
        key(
            "failback",
            Failback,
            Default("\"refresh\""),
            "How a `failover` phone comes back to its preferred site (policy `phone-failback`). \
             `\"refresh\"`: a refresh away from home tries the preferred site first; `\"never\"`: it stays \
             where it is until a transaction fails there; a duration: it probes the preferred site that \
             often.",
        ),
        key(
            "first-refresh-preferred",
            Duration,
            Means("drawn, uniform over a refresh period"),
            "Instant of the first refresh at the preferred site. Phones for which it is scripted begin in step.",
        ),
        key(
            "first-refresh-peer",
            Duration,
            Means("drawn, uniform over a refresh period"),
            "Instant of the first refresh at the peer site; as above.",
        ),
    ],
    vendor: false,
};

const KINDS: &[(&str, &str)] = &[
    ("softphone", "reports to its desktop when a transaction fails"),
    ("desk", "is seen through the SIP Server only, when its DN goes out of service"),
];

const EXPIRIES: &[(&str, &str)] = &[
    ("granted", "the expiry that the registrar granted"),
    ("asked", "the expiry that the phone asked for"),
];

const MODES: &[(&str, &str)] = &[
    ("dual", "a registration at each site"),
    ("follow", "one registration, at the site that the desktop is connected to"),
    ("failover", "one registration; after a failed transaction the other site is tried"),
];

const TRANSPORTS: &[(&str, &str)] = &[
    ("udp", "sends at 0, T1, 3 T1, 7 T1 ..."),
    ("tcp", "is delivered the moment it becomes possible"),
    ("tls", "as `tcp`"),
];
