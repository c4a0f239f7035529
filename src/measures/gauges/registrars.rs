//! Gauges of registrars with a capacity, and of what a fault sets off there. A scenario without one has none
//! of them.

use crate::measures::gauge::{Gauge, Per};

/// The gauges of a [`RegisterSummary`](crate::measures::RegisterSummary): of one site, or of one fault.
macro_rules! gauges {
    ($word:literal, $per:expr, $list:ident, $offered:literal) => {
        [
            Gauge::count(
                concat!($word, ".offered"),
                $per,
                |r, _, i| r.$list[i].offered.into(),
                $offered,
            )
            .neither(),
            Gauge::count(
                concat!($word, ".retransmitted"),
                $per,
                |r, _, i| r.$list[i].retransmitted.into(),
                "of them, those that were sent again",
            ),
            Gauge::count(
                concat!($word, ".served"),
                $per,
                |r, _, i| r.$list[i].served.into(),
                "of them, those that were served",
            )
            .neither(),
            Gauge::count(
                concat!($word, ".refused"),
                $per,
                |r, _, i| r.$list[i].refused.into(),
                "of them, those refused because too many waited",
            ),
            Gauge::count(
                concat!($word, ".lost"),
                $per,
                |r, _, i| r.$list[i].lost.into(),
                "of them, those lost because too many waited",
            ),
            Gauge::count(
                concat!($word, ".cut_off"),
                $per,
                |r, _, i| r.$list[i].cut_off.into(),
                "of them, those not served when the registrar stopped",
            ),
            Gauge::count(
                concat!($word, ".timed_out"),
                $per,
                |r, _, i| r.$list[i].timed_out.into(),
                "transactions that nobody answered in time",
            ),
            Gauge::count(
                concat!($word, ".offered_peak"),
                $per,
                |r, _, i| r.$list[i].offered_peak.into(),
                "most messages in one second",
            ),
            Gauge::count(
                concat!($word, ".retransmitted_peak"),
                $per,
                |r, _, i| r.$list[i].retransmitted_peak.into(),
                "most messages sent again in one second",
            ),
            Gauge::count(
                concat!($word, ".served_peak"),
                $per,
                |r, _, i| r.$list[i].served_peak.into(),
                "most messages served in one second",
            )
            .neither(),
            Gauge::count(
                concat!($word, ".refused_peak"),
                $per,
                |r, _, i| r.$list[i].refused_peak.into(),
                "most messages refused in one second",
            ),
            Gauge::count(
                concat!($word, ".lost_peak"),
                $per,
                |r, _, i| r.$list[i].lost_peak.into(),
                "most messages lost in one second",
            ),
            Gauge::count(
                concat!($word, ".queue_longest"),
                $per,
                |r, _, i| r.$list[i].queue_longest.into(),
                "most messages that waited",
            ),
            Gauge::time(
                concat!($word, ".wait_longest_s"),
                $per,
                |r, _, i| r.$list[i].wait_longest_s.0,
                "the longest wait of a message that was served, or still waits at the end",
            ),
            Gauge::time(
                concat!($word, ".busy_longest_s"),
                $per,
                |r, _, i| r.$list[i].busy_longest_s.0,
                "the longest time that a registrar was busy without a break",
            ),
            Gauge::time(
                concat!($word, ".idle_after_longest_s"),
                $per,
                |r, _, i| r.$list[i].idle_after_longest_s.0,
                "the longest time from the first message of a storm to idle again",
            ),
            Gauge::count(
                concat!($word, ".echo_peak"),
                $per,
                |r, _, i| r.$list[i].echo_peak.into(),
                "most messages of a later refresh cycle in one second",
            ),
        ]
    };
}

/// Of each site.
pub(super) static SITES: [Gauge; 17] = gauges!(
    "registrars.REGISTRAR",
    Per::Registrar,
    registrars,
    "REGISTER messages that came in storms and their echoes"
);

/// Of each fault.
pub(super) static STORMS: [Gauge; 17] =
    gauges!("storms.STORM", Per::Storm, storms, "REGISTER messages that the fault set off");
