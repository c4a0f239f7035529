//! Gauges of calls: of each queue, and of all together. A scenario without queues has none of them.

use crate::measures::calls::{CallFigures, occupancy};
use crate::measures::gauge::{Gauge, Per};
use crate::measures::quantity::Total;
use crate::measures::results::Results;

use super::service::{SECONDS, SHARE};

pub(super) static WINDOWS: [Gauge; 2] = [
    Gauge::count(
        "call_windows.count",
        Per::Windows,
        |r, _, _| windows(r).map_or(0, |all| all.0.into()),
        "windows around faults and drains in which calls were simulated",
    )
    .neither(),
    Gauge::time(
        "call_windows.time_s",
        Per::Windows,
        |r, _, _| windows(r).map_or(0, |all| all.1.0),
        "time in these windows; figures of calls count no other time",
    )
    .neither(),
];

/// Number of windows, and the time in them.
fn windows(results: &Results) -> Option<(u64, Total)> {
    results.calls.as_ref()?.windows()
}

/// The figures of one queue.
fn queue(results: &Results, index: usize) -> Option<&CallFigures> {
    results.calls.as_ref()?.queues.get(index)
}

/// The figures of all of them.
fn all(results: &Results, _: usize) -> Option<&CallFigures> {
    Some(&results.calls.as_ref()?.all)
}

/// The gauges of [`CallFigures`].
macro_rules! gauges {
    ($word:literal, $per:expr, $of:ident) => {
        [
            Gauge::count(
                concat!($word, ".offered"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.offered),
                "calls that came, those that came again included",
            )
            .neither(),
            Gauge::count(
                concat!($word, ".redialled"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.redialled),
                "of them, calls of somebody who had called before",
            ),
            Gauge::count(
                concat!($word, ".answered"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.answered),
                "calls that an agent took and that were not lost",
            )
            .more(),
            Gauge::count(
                concat!($word, ".abandoned"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.abandoned),
                "calls that the caller gave up",
            ),
            Gauge::count(
                concat!($word, ".lost"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.lost),
                "calls that a failure took",
            ),
            Gauge::count(
                concat!($word, ".lost_talking"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.lost_talking),
                "of them, those that an agent had taken",
            ),
            Gauge::count(
                concat!($word, ".blocked"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.blocked),
                "calls that found no waiting place",
            ),
            Gauge::count(
                concat!($word, ".failed"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.failed()),
                "calls that failed, with or without faults: abandoned, lost or blocked",
            ),
            Gauge::count(
                concat!($word, ".waiting"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.waiting),
                "calls that wait at the end of the run",
            ),
            Gauge::count(
                concat!($word, ".rung_nowhere"),
                $per,
                |r, _, i| number($of(r, i), |it| it.cell.rings),
                "how often a call rang where nobody answers",
            ),
            Gauge::ratio(
                concat!($word, ".service_level"),
                $per,
                SHARE,
                |r, _, i| $of(r, i).map_or([0, 0], |it| [it.in_time.part, it.in_time.whole]),
                "share of the calls that were answered in time",
            )
            .more(),
            Gauge::count(
                concat!($word, ".intervals_below_target"),
                $per,
                |r, _, i| number($of(r, i), |it| it.below),
                "intervals in which the service level was below its target",
            ),
            Gauge::ratio(
                concat!($word, ".answer_speed_s"),
                $per,
                SECONDS,
                |r, _, i| $of(r, i).map_or([0, 0], |it| [it.cell.wait_taken, it.cell.taken.into()]),
                "average speed of answer",
            ),
            Gauge::time(
                concat!($word, ".longest_wait_s"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cell.longest_wait.0.into()),
                "the longest wait of any call",
            ),
            Gauge::ratio(
                concat!($word, ".occupancy"),
                $per,
                SHARE,
                |r, _, i| {
                    let share = $of(r, i).map(|it| occupancy(&it.hours)).unwrap_or_default();
                    [share.part, share.whole]
                },
                "busy time of the agents as a share of their time in service",
            )
            .neither(),
            Gauge::count(
                concat!($word, ".cost.failed"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().failed.into()),
                "calls that failed because of the faults: abandoned, lost or blocked",
            )
            .signed(),
            Gauge::count(
                concat!($word, ".cost.abandoned"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().abandoned.into()),
                "of them, calls that the caller gave up",
            )
            .signed(),
            Gauge::count(
                concat!($word, ".cost.lost"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().lost.into()),
                "of them, calls lost",
            )
            .signed(),
            Gauge::count(
                concat!($word, ".cost.blocked"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().blocked.into()),
                "of them, calls blocked",
            )
            .signed(),
            Gauge::count(
                concat!($word, ".cost.callers_not_served"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().callers_not_served.into()),
                "callers who were not served because of the faults",
            )
            .signed(),
            Gauge::count(
                concat!($word, ".cost.intervals_below_target"),
                $per,
                |r, _, i| $of(r, i).map_or(0, |it| it.cost().intervals_below_target.into()),
                "intervals below the target because of the faults",
            )
            .signed(),
        ]
    };
}

fn number(of: Option<&CallFigures>, what: fn(&CallFigures) -> u64) -> i128 {
    of.map_or(0, what).into()
}

/// Of each queue.
pub(super) static QUEUES: [Gauge; 21] = gauges!("calls.QUEUE", Per::Queue, queue);

/// Of all queues together.
pub(super) static ALL: [Gauge; 21] = gauges!("all_calls", Per::AllCalls, all);
