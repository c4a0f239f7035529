//! Gauges of moves: switchovers and their regret, stays, restores, flaps.
//!
//! Their rates are with the other rates, in `service`.

use crate::measures::gauge::{Gauge, Per};
use crate::measures::pool::Pool;

use super::service::SECONDS;

pub(super) static GAUGES: [Gauge; 18] = [
    Gauge::count(
        "switchovers.count",
        Per::Run,
        |r, _, _| r.switchovers().into(),
        "switchovers begun",
    )
    .neither(),
    Gauge::count(
        "switchovers.needless",
        Per::Run,
        |r, _, _| r.counts.needless.into(),
        "switchovers that waiting would have spared",
    ),
    Gauge::count(
        "switchovers.regretted",
        Per::Run,
        |r, _, _| r.counts.switchovers_regretted.into(),
        "switchovers that cost more than staying",
    ),
    Gauge::agent_time(
        "switchovers.regret_s",
        Per::Run,
        |r, _, _| r.counts.switchover_regret.0,
        "what regretted switchovers cost beyond staying",
    ),
    Gauge::count(
        "switchovers.by_reason.REASON",
        Per::Reason,
        |r, _, i| r.counts.switchovers[i].into(),
        "switchovers for this reason",
    )
    .neither(),
    Gauge::count(
        "switchovers.capped",
        Per::Run,
        |r, _, _| r.counts.capped.into(),
        "switchovers held back by the cap per hour",
    )
    .neither(),
    Gauge::count(
        "stays.compared",
        Per::Run,
        |r, _, _| r.counts.stays_compared.into(),
        "outages without a switchover, compared with one",
    )
    .neither(),
    Gauge::count(
        "stays.regretted",
        Per::Run,
        |r, _, _| r.counts.stays_regretted.into(),
        "stays that cost more than switching over",
    ),
    Gauge::agent_time(
        "stays.regret_s",
        Per::Run,
        |r, _, _| r.counts.stay_regret.0,
        "what regretted stays cost beyond switching over",
    ),
    Gauge::count("restores.count", Per::Run, |r, _, _| r.counts.restores.into(), "restores begun")
        .neither(),
    Gauge::count(
        "restores.premature",
        Per::Run,
        |r, _, _| r.counts.premature.into(),
        "restores soon followed by another loss",
    ),
    Gauge::count(
        "restores.completed",
        Per::Run,
        |r, _, _| r.restore_times.count().into(),
        "restores that ended in service at the preferred site",
    )
    .neither(),
    Gauge::ratio(
        "restores.since_available_s.mean",
        Per::Run,
        SECONDS,
        |r, _, _| [r.restore_times.sum(), r.restore_times.count().into()],
        "time to restore",
    )
    .of(|_| Pool::RestoreTimes),
    restore("restores.since_available_s.p50", 50),
    restore("restores.since_available_s.p95", 95),
    restore("restores.since_available_s.p99", 99),
    Gauge::if_any(
        "restores.since_available_s.max",
        Per::Run,
        |r, _, _| r.restore_times.max().map(|span| span.0.into()),
        "the longest time to restore of a run",
    )
    .of(|_| Pool::RestoreTimes),
    Gauge::count(
        "flaps.count",
        Per::Run,
        |r, _, _| r.counts.flaps.into(),
        "switchovers soon after a restore of the same agent",
    ),
];

const fn restore(name: &'static str, percent: u32) -> Gauge {
    let pool = (|_| Pool::RestoreTimes) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Run, (pool, percent), "time to restore, percentile")
}
