//! Gauges of registrars with a capacity, and of what a fault sets off there. A scenario without one has none
//! of them.

use crate::measures::gauge::{Gauge, Per};

/// The table.
pub(super) static GAUGES: [Gauge; 23] = [
    Gauge::count(
        "registrars.REGISTRAR.offered",
        Per::Registrar,
        |r, _, i| r.registrars[i].offered.into(),
        "REGISTER messages that came in storms and their echoes",
    )
    .neither(),
    Gauge::count(
        "registrars.REGISTRAR.retransmitted",
        Per::Registrar,
        |r, _, i| r.registrars[i].retransmitted.into(),
        "of them, those that were sent again",
    ),
    Gauge::count(
        "registrars.REGISTRAR.served",
        Per::Registrar,
        |r, _, i| r.registrars[i].served.into(),
        "of them, those that were served",
    )
    .neither(),
    Gauge::count(
        "registrars.REGISTRAR.refused",
        Per::Registrar,
        |r, _, i| r.registrars[i].refused.into(),
        "of them, those refused because too many waited",
    ),
    Gauge::count(
        "registrars.REGISTRAR.lost",
        Per::Registrar,
        |r, _, i| r.registrars[i].lost.into(),
        "of them, those that nobody served",
    ),
    Gauge::count(
        "registrars.REGISTRAR.timed_out",
        Per::Registrar,
        |r, _, i| r.registrars[i].timed_out.into(),
        "transactions that nobody answered in time",
    ),
    Gauge::count(
        "registrars.REGISTRAR.offered_peak",
        Per::Registrar,
        |r, _, i| r.registrars[i].offered_peak.into(),
        "most messages in one second",
    ),
    Gauge::count(
        "registrars.REGISTRAR.retransmitted_peak",
        Per::Registrar,
        |r, _, i| r.registrars[i].retransmitted_peak.into(),
        "most messages sent again in one second",
    ),
    Gauge::count(
        "registrars.REGISTRAR.queue_longest",
        Per::Registrar,
        |r, _, i| r.registrars[i].queue_longest.into(),
        "most messages that waited",
    ),
    Gauge::time(
        "registrars.REGISTRAR.wait_longest_s",
        Per::Registrar,
        |r, _, i| r.registrars[i].wait_longest_s.0,
        "the longest wait of a message that was served, or still waits at the end",
    ),
    Gauge::time(
        "registrars.REGISTRAR.busy_longest_s",
        Per::Registrar,
        |r, _, i| r.registrars[i].busy_longest_s.0,
        "longest time from a storm's first message until idle",
    ),
    Gauge::count(
        "registrars.REGISTRAR.echo_peak",
        Per::Registrar,
        |r, _, i| r.registrars[i].echo_peak.into(),
        "most messages of a later refresh cycle in one second",
    ),
    Gauge::count(
        "storms.STORM.offered",
        Per::Storm,
        |r, _, i| r.storms[i].offered.into(),
        "REGISTER messages that the fault set off",
    )
    .neither(),
    Gauge::count(
        "storms.STORM.retransmitted",
        Per::Storm,
        |r, _, i| r.storms[i].retransmitted.into(),
        "of them, those that were sent again",
    ),
    Gauge::count(
        "storms.STORM.served",
        Per::Storm,
        |r, _, i| r.storms[i].served.into(),
        "of them, those that were served",
    )
    .neither(),
    Gauge::count(
        "storms.STORM.refused",
        Per::Storm,
        |r, _, i| r.storms[i].refused.into(),
        "of them, those refused because too many waited",
    ),
    Gauge::count(
        "storms.STORM.lost",
        Per::Storm,
        |r, _, i| r.storms[i].lost.into(),
        "of them, those that nobody served",
    ),
    Gauge::count(
        "storms.STORM.timed_out",
        Per::Storm,
        |r, _, i| r.storms[i].timed_out.into(),
        "transactions that nobody answered in time",
    ),
    Gauge::count(
        "storms.STORM.offered_peak",
        Per::Storm,
        |r, _, i| r.storms[i].offered_peak.into(),
        "most messages in one second",
    ),
    Gauge::count(
        "storms.STORM.queue_longest",
        Per::Storm,
        |r, _, i| r.storms[i].queue_longest.into(),
        "most messages that waited",
    ),
    Gauge::time(
        "storms.STORM.wait_longest_s",
        Per::Storm,
        |r, _, i| r.storms[i].wait_longest_s.0,
        "the longest wait of a message that was served, or still waits at the end",
    ),
    Gauge::time(
        "storms.STORM.busy_longest_s",
        Per::Storm,
        |r, _, i| r.storms[i].busy_longest_s.0,
        "longest time from a storm's first message until idle",
    ),
    Gauge::count(
        "storms.STORM.echo_peak",
        Per::Storm,
        |r, _, i| r.storms[i].echo_peak.into(),
        "most messages of a later refresh cycle in one second",
    ),
];
