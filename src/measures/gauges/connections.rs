//! Gauges of connections and phones, and of work that is counted and not recorded.
//!
//! Facts for judging the others; hardly any of them has a better direction.

use crate::measures::gauge::{Gauge, Per};

pub(super) static GAUGES: [Gauge; 13] = [
    Gauge::count(
        "connections.KIND.broken",
        Per::Kind,
        |r, _, i| r.links[i].broken.into(),
        "connections that broke, noticed or not",
    ),
    Gauge::count(
        "connections.KIND.survived",
        Per::Kind,
        |r, _, i| r.links[i].survived.into(),
        "breaks that recovered unnoticed",
    )
    .neither(),
    Gauge::count(
        "connections.KIND.losses",
        Per::Kind,
        |r, _, i| r.links[i].losses.into(),
        "losses noticed",
    ),
    Gauge::count(
        "connections.KIND.pairs_lost",
        Per::Kind,
        |r, _, i| r.links[i].pairs_lost.into(),
        "losses whose first round failed",
    ),
    Gauge::count(
        "connections.KIND.reconnects",
        Per::Kind,
        |r, _, i| r.links[i].reconnects.into(),
        "reconnects at the same site",
    )
    .neither(),
    Gauge::count(
        "connections.KIND.timers_fired",
        Per::Kind,
        |r, _, i| r.links[i].timers_fired.into(),
        "DR timers fired",
    )
    .neither(),
    Gauge::count(
        "connections.KIND.moved_alone",
        Per::Kind,
        |r, _, i| r.links[i].moved_alone.into(),
        "moves of that connection alone",
    )
    .neither(),
    Gauge::count(
        "phones.timers_fired",
        Per::Run,
        |r, _, _| r.counts.phone_timers_fired.into(),
        "phone timers fired",
    )
    .neither(),
    Gauge::count(
        "phones.registers_succeeded",
        Per::Run,
        |r, _, _| r.counts.registered.into(),
        "REGISTER transactions that succeeded",
    )
    .neither(),
    Gauge::count(
        "phones.registers_failed",
        Per::Run,
        |r, _, _| r.counts.failed.into(),
        "REGISTER transactions that failed",
    ),
    Gauge::count(
        "tallies.sip_rounds",
        Per::Run,
        |r, _, _| r.counts.rounds.into(),
        "rounds begun by SIP Server connections",
    )
    .neither(),
    Gauge::count(
        "tallies.restore_probes",
        Per::Run,
        |r, _, _| r.counts.probes.into(),
        "restore probes made",
    )
    .neither(),
    Gauge::count(
        "tallies.without_site",
        Per::Run,
        |r, _, _| r.counts.no_site.into(),
        "times that an agent had no site",
    ),
];
