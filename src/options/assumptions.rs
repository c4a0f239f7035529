//! Defaults of ours where the vendor documents none: each can be set in the scenario.

use super::entry::{Entry, Evidence, Kind};

const LAW: Kind = Kind::Ours("a duration or a distribution");
const LENGTH: Kind = Kind::Ours("a duration above 0");

/// An assumption: type, default, meaning, what it drives.
const fn assumed(
    section: &'static str,
    name: &'static str,
    value: (Kind, &'static str),
    meaning: &'static str,
    drives: &'static str,
) -> Entry {
    Entry::of_scenario(section, name, value, (meaning, Evidence::Assumption), drives)
}

/// Of the desktop.
pub(super) const DESKTOP: &[Entry] = &[
    assumed(
        "[desktop]",
        "addp-timeout",
        (Kind::Ours("a duration, or \"off\""), "10s"),
        "ADDP timeout a of the desktop's connections: a silent loss is noticed after a delay \
         uniform on [a, 2a].",
        "the detection of silent losses",
    ),
    assumed(
        "[desktop]",
        "detection",
        (LAW, "uniform from addp-timeout to twice that"),
        "Delay from a silent loss to its noticing, in place of the ADDP law.",
        "the detection of silent losses",
    ),
    assumed(
        "[desktop]",
        "tcp-give-up",
        (LENGTH, "924s"),
        "With ADDP off: time after which TCP gives up on a silent peer.",
        "the detection of silent losses without ADDP",
    ),
    assumed(
        "[desktop]",
        "connect-timeout",
        (LENGTH, "21s"),
        "How long an attempt at an unreachable or dead host lasts.",
        "the length of a failed attempt",
    ),
    assumed(
        "[desktop]",
        "login",
        (LAW, "{ lognormal = { median = \"8s\", p95 = \"20s\" } }"),
        "Login time, from the login slot.",
        "the length of a login",
    ),
    assumed(
        "[desktop]",
        "ready",
        (LAW, "0s"),
        "Time from the end of login to ready.",
        "the downtime cause not-ready",
    ),
    assumed(
        "[desktop]",
        "boot",
        (LAW, "0s"),
        "Time from the return of the power to the desktop's first attempt.",
        "the downtime cause off",
    ),
    assumed(
        "[desktop]",
        "probe-interval",
        (LENGTH, "the retry delay at the preferred site"),
        "Interval of the probes of the preferred site.",
        "the time to restore",
    ),
    assumed(
        "top of the file",
        "flap-window",
        (LENGTH, "15m"),
        "A switchover this soon after a restore is a flap; a loss of the preferred site this soon \
         makes the restore premature.",
        "the counts of flaps and premature restores",
    ),
];

/// Of server pairs and sites.
pub(super) const SERVERS: &[Entry] = &[
    assumed(
        "[failover]",
        "process",
        (LAW, "{ lognormal = { median = \"5s\", p95 = \"10s\" } }"),
        "Failover time after the loss of the serving process on a live host.",
        "when the backup serves",
    ),
    assumed(
        "[failover]",
        "host",
        (LAW, "{ lognormal = { median = \"20s\", p95 = \"30s\" } }"),
        "Failover time after the silent loss of the serving host.",
        "when the backup serves",
    ),
    assumed(
        "[failover]",
        "hang",
        (LAW, "as host"),
        "Failover time after the serving process begins to hang.",
        "when the backup serves",
    ),
    assumed(
        "[failover]",
        "coverage",
        (Kind::Ours("a percentage"), "100%"),
        "Probability that a loss is covered, so that the backup takes over.",
        "uncovered losses",
    ),
    assumed(
        "[failover]",
        "manual-recovery",
        (LENGTH, "30m"),
        "Time after which people promote a member that is up, when a loss was not covered.",
        "the length of an uncovered loss",
    ),
    assumed(
        "[failover]",
        "preempt",
        (Kind::Boolean, "false"),
        "Whether the configured primary takes the role back once it is up again.",
        "when the configured primary serves again",
    ),
    assumed(
        "[failover]",
        "preempt-delay",
        (Kind::Ours("a duration"), "0s"),
        "How long the configured primary has been up before it takes the role back.",
        "when the configured primary serves again",
    ),
    assumed(
        "[failover]",
        "preempt-gap",
        (LAW, "0s"),
        "From the end of the backup's service to the beginning of the primary's.",
        "the length of the gap in service",
    ),
    assumed(
        "[failover]",
        "split",
        (Kind::OneOf(&["none", "both-primary"]), "none"),
        "What the members of a pair at two sites do that cannot see each other. The vendor asks for \
         both members in one data centre, where their link is not lost alone.",
        "how many members serve",
    ),
    assumed(
        "[site.NAME]",
        "login-capacity",
        (Kind::Ours("a rate, such as \"20/s\""), "no limit"),
        "Logins per second that a site takes.",
        "the login queue",
    ),
    assumed(
        "[site.NAME]",
        "reconnect-capacity",
        (Kind::Ours("a rate, such as \"50/s\""), "no limit"),
        "Connections of desktops per second that the SIP Servers of a site take. The vendor publishes no \
         figure; measure it, or take it from the start of a working day.",
        "the queue of attempts to connect",
    ),
];

/// Of the phone.
pub(super) const PHONE: &[Entry] = &[
    assumed(
        "[phone.NAME]",
        "preset",
        (Kind::Ours("the name of a phone preset"), "none"),
        "Keys of a phone type that a maker publishes, under one name; see the phone presets at the end of the \
         list.",
        "the keys that the phone type does not write itself",
    ),
    assumed(
        "[phone.NAME]",
        "mode",
        (Kind::OneOf(&["dual", "follow", "failover"]), "dual"),
        "A registration at each site, one that goes where the desktop goes, or one that tries the \
         other site after a failure.",
        "where the phone is registered",
    ),
    assumed(
        "[phone.NAME]",
        "kind",
        (Kind::OneOf(&["softphone", "desk"]), "softphone"),
        "A softphone reports a failed registration to its desktop; a desk phone is seen through the \
         SIP Server only.",
        "when the desktop sees its phone lost",
    ),
    assumed(
        "[phone.NAME]",
        "expiry",
        (LENGTH, "1800s"),
        "Expiry that a registration asks for.",
        "the life of a binding",
    ),
    assumed(
        "[phone.NAME]",
        "refresh",
        (Kind::Ours("a percentage above 0"), "90%"),
        "Share of the expiry after which a registration is refreshed.",
        "the instants of refreshes",
    ),
    assumed(
        "[phone.NAME]",
        "transport",
        (Kind::OneOf(&["udp", "tcp", "tls"]), "udp"),
        "Transport of a REGISTER.",
        "the instants at which a REGISTER can succeed",
    ),
    assumed(
        "[phone.NAME]",
        "transaction-timeout",
        (LENGTH, "32s"),
        "A REGISTER transaction without an answer fails after this time.",
        "when a loss of the phone is seen",
    ),
    assumed(
        "[phone.NAME]",
        "t1",
        (LENGTH, "500ms"),
        "First retransmission interval of UDP (RFC 3261).",
        "the send times of a REGISTER",
    ),
    assumed(
        "[phone.NAME]",
        "t2",
        (LENGTH, "4s"),
        "Longest retransmission interval of UDP (RFC 3261).",
        "the send times of a REGISTER",
    ),
    assumed(
        "[phone.NAME]",
        "refresh-before",
        (LENGTH, "as refresh"),
        "Time before the end of the granted expiry at which a registration is refreshed.",
        "the refreshes of a phone",
    ),
    assumed(
        "[phone.NAME]",
        "refresh-of",
        (Kind::Ours("granted or asked"), "granted"),
        "Which expiry the refresh is planned by: the granted one (RFC 3261 section 10.2.4), or the one that was asked for.",
        "the refreshes of a phone, and the time without a binding before them",
    ),
    assumed(
        "[phone.NAME]",
        "retry",
        (Kind::Ours("a duration above 0, a distribution, or a back-off"), "30s"),
        "Wait after a failed transaction: fixed, drawn anew each time, or the back-off of RFC 5626 \
         section 4.5.",
        "the next attempt of a phone",
    ),
    assumed(
        "[phone.NAME]",
        "retry-after-refusal",
        (LAW, "as retry"),
        "Wait after a transaction that a registrar has refused.",
        "the next attempt of a phone",
    ),
    assumed(
        "[phone.NAME]",
        "retry-limit",
        (Kind::Ours("a whole number"), "no limit"),
        "Failed retries in a row after which a phone gives up.",
        "phones that give up",
    ),
    assumed(
        "[phone.NAME]",
        "keep-alive",
        (LENGTH, "none between two refreshes"),
        "How often a phone sends something to keep UDP sessions through a NAT open.",
        "check V48 only",
    ),
    assumed(
        "[phone.NAME]",
        "backoff",
        (
            Kind::Ours("`retry = { backoff = { none = \"30s\", some = \"90s\", cap = \"30m\" } }`"),
            "none 30s, some 90s, cap 30m",
        ),
        "The bases of the RFC 5626 back-off of a phone that holds no registration, or another one, \
         and its bound before the jitter.",
        "the back-off",
    ),
    assumed(
        "[phone.NAME]",
        "boot",
        (LAW, "0s"),
        "Time from the return of the power to the phone's start.",
        "the first REGISTER after a power cut",
    ),
    assumed(
        "[phone.NAME]",
        "start-spread",
        (Kind::Ours("a duration"), "0s"),
        "Longest delay of the first REGISTER after a start, uniform from 0.",
        "the first REGISTER after a power cut",
    ),
    assumed(
        "[phone.NAME]",
        "failback",
        (Kind::Ours("`refresh`, `never`, or a duration above 0"), "refresh"),
        "Policy phone-failback: how a failover phone that is away from home comes back: by trying the preferred site \
         first at each refresh, or by probing it that often.",
        "failover phones",
    ),
    assumed(
        "[phone.NAME]",
        "first-refresh-preferred",
        (LENGTH, "drawn, uniform over a refresh period"),
        "Instant of the first refresh at the preferred site.",
        "the phase of the refreshes",
    ),
    assumed(
        "[phone.NAME]",
        "first-refresh-peer",
        (LENGTH, "drawn, uniform over a refresh period"),
        "Instant of the first refresh at the peer site.",
        "the phase of the refreshes",
    ),
];
