//! Gauges of what faults did to calls: of each fault, and of all together.

use crate::measures::call_disruption::{CallDisruption, WorstLevel, together};
use crate::measures::gauge::{Gauge, Per};
use crate::measures::results::Results;
use crate::time::NANOS;

use super::service::{SECONDS, SHARE};

fn all(results: &Results) -> WorstLevel {
    WorstLevel::of(together(&results.upsets).as_ref())
}

fn own(results: &Results, index: usize) -> WorstLevel {
    WorstLevel::of(results.disruption(index))
}

/// The lowest service level of a run in billionths, over 1; over nothing where there is none.
fn worst(level: WorstLevel) -> [i128; 2] {
    level.service_level_worst.billionths().map_or([0, 0], |part| [part, NANOS.into()])
}

fn more(results: &Results, index: usize, what: fn(&CallDisruption) -> i64) -> i128 {
    results.disruption(index).map_or(0, what).into()
}

/// Of all faults together; the calls that they cost are among those of the queues.
pub(super) static ALL: [Gauge; 6] = [
    Gauge::ratio(
        "all_calls.faults.service_level_worst",
        Per::AllCalls,
        SHARE,
        |r, _, _| worst(all(r)),
        "lowest service level of an interval, where lower than without faults",
    )
    .more(),
    Gauge::if_any(
        "all_calls.faults.met_again_s",
        Per::AllCalls,
        |r, _, _| all(r).met_again_s.map(|total| total.0),
        "the longest time until targets were met again, where they were",
    )
    .awaited("all_calls.faults.not_met_again"),
    Gauge::ratio(
        "all_calls.faults.not_met_again",
        Per::AllCalls,
        SHARE,
        |r, _, _| [all(r).not_met_again.into(), 1],
        "share of the runs in which a target was not met again",
    ),
    Gauge::count(
        "all_calls.held_agents.count",
        Per::AllCalls,
        |r, _, _| r.counts.held.into(),
        "waits of agents that would leave for the end of their calls",
    ),
    Gauge::ratio(
        "all_calls.held_agents.wait_mean_s",
        Per::AllCalls,
        SECONDS,
        |r, _, _| [r.counts.held_wait.0, r.counts.held.into()],
        "such a wait",
    ),
    Gauge::if_any(
        "all_calls.held_agents.wait_longest_s",
        Per::AllCalls,
        |r, _, _| (r.counts.held > 0).then(|| r.counts.held_longest.0.into()),
        "the longest such wait of a run, where there is one",
    ),
];

/// Of each fault.
pub(super) static FAULTS: [Gauge; 5] = [
    Gauge::count(
        "faults.FAULT.calls.lost",
        Per::CallFault,
        |r, _, i| more(r, i, |disruption| disruption.lost),
        "calls lost because of the fault",
    )
    .signed(),
    Gauge::count(
        "faults.FAULT.calls.abandoned",
        Per::CallFault,
        |r, _, i| more(r, i, |disruption| disruption.abandoned),
        "calls that the caller gave up because of the fault",
    )
    .signed(),
    Gauge::ratio(
        "faults.FAULT.calls.service_level_worst",
        Per::CallFault,
        SHARE,
        |r, _, i| worst(own(r, i)),
        "lowest service level after it, where lower than without faults",
    )
    .more(),
    Gauge::if_any(
        "faults.FAULT.calls.met_again_s",
        Per::CallFault,
        |r, _, i| own(r, i).met_again_s.map(|total| total.0),
        "from the fault until targets were met again, where they were",
    )
    .awaited("faults.FAULT.calls.not_met_again"),
    Gauge::ratio(
        "faults.FAULT.calls.not_met_again",
        Per::CallFault,
        SHARE,
        |r, _, i| [own(r, i).not_met_again.into(), 1],
        "share of the runs in which a target was not met again after it",
    ),
];
