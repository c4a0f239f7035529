//! Gauges of sites with a reconnect capacity. A scenario without one has none of them.

use crate::measures::gauge::{Gauge, Per};

/// The table.
pub(super) static GAUGES: [Gauge; 6] = [
    Gauge::count(
        "reconnects.RECONNECT.connections",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].connections.into(),
        "connections of desktops to SIP Servers",
    )
    .neither(),
    Gauge::count(
        "reconnects.RECONNECT.connections_peak",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].connections_peak.into(),
        "most of them in one window",
    ),
    Gauge::count(
        "reconnects.RECONNECT.waits",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].waits.into(),
        "attempts to connect that had to wait",
    ),
    Gauge::count(
        "reconnects.RECONNECT.timed_out",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].timed_out.into(),
        "of them, those without an answer in time",
    ),
    Gauge::count(
        "reconnects.RECONNECT.queue_longest",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].queue_longest.into(),
        "most attempts that waited at once",
    ),
    Gauge::time(
        "reconnects.RECONNECT.wait_longest_s",
        Per::Reconnect,
        |r, _, i| r.reconnects[i].wait_longest_s.0,
        "the longest wait of an attempt to connect",
    ),
];
