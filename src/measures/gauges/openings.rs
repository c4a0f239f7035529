//! Gauges of outages by what opened them: a loss of service, or a restore (a trip home).
//!
//! Every outage is one of the two, so their counts and downtimes add up to those of `service`.

use crate::measures::gauge::{Gauge, Per};
use crate::measures::pool::Pool;

use super::service::{NUMBER_A_YEAR, SECONDS, agent_time};

pub(super) static GAUGES: [Gauge; 18] = [
    Gauge::count(
        "outages.service_lost.count",
        Per::Run,
        |r, _, _| r.service_lost.count().into(),
        "outages in which service was lost",
    ),
    Gauge::count(
        "outages.service_lost.agents",
        Per::Run,
        |r, _, _| r.counts.agents_lost.into(),
        "agents that lost service at least once",
    ),
    Gauge::agent_time(
        "outages.service_lost.downtime_s",
        Per::Run,
        |r, _, _| r.service_lost.sum(),
        "downtime of those outages, over all agents",
    ),
    Gauge::ratio(
        "outages.service_lost.per_agent_year",
        Per::Run,
        NUMBER_A_YEAR,
        |r, _, _| [r.service_lost.count().into(), agent_time(r)],
        "losses of service per agent and year",
    ),
    Gauge::ratio(
        "outages.service_lost.duration_s.mean",
        Per::Run,
        SECONDS,
        |r, _, _| [r.service_lost.sum(), r.service_lost.count().into()],
        "duration of an outage in which service was lost",
    )
    .of(|_| Pool::ServiceLost),
    lost("outages.service_lost.duration_s.p50", 50),
    lost("outages.service_lost.duration_s.p95", 95),
    lost("outages.service_lost.duration_s.p99", 99),
    Gauge::if_any(
        "outages.service_lost.duration_s.max",
        Per::Run,
        |r, _, _| r.service_lost.max().map(|span| span.0.into()),
        "the longest of them in a run",
    )
    .of(|_| Pool::ServiceLost),
    Gauge::count(
        "outages.trips_home.count",
        Per::Run,
        |r, _, _| r.trips_home.count().into(),
        "outages that restores opened: trips home",
    ),
    Gauge::count(
        "outages.trips_home.agents",
        Per::Run,
        |r, _, _| r.counts.agents_home.into(),
        "agents with at least one such trip",
    ),
    Gauge::agent_time(
        "outages.trips_home.downtime_s",
        Per::Run,
        |r, _, _| r.trips_home.sum(),
        "downtime of trips home, over all agents",
    ),
    Gauge::ratio(
        "outages.trips_home.per_agent_year",
        Per::Run,
        NUMBER_A_YEAR,
        |r, _, _| [r.trips_home.count().into(), agent_time(r)],
        "trips home per agent and year",
    ),
    Gauge::ratio(
        "outages.trips_home.duration_s.mean",
        Per::Run,
        SECONDS,
        |r, _, _| [r.trips_home.sum(), r.trips_home.count().into()],
        "duration of a trip home",
    )
    .of(|_| Pool::TripsHome),
    home("outages.trips_home.duration_s.p50", 50),
    home("outages.trips_home.duration_s.p95", 95),
    home("outages.trips_home.duration_s.p99", 99),
    Gauge::if_any(
        "outages.trips_home.duration_s.max",
        Per::Run,
        |r, _, _| r.trips_home.max().map(|span| span.0.into()),
        "the longest trip home of a run",
    )
    .of(|_| Pool::TripsHome),
];

const fn lost(name: &'static str, percent: u32) -> Gauge {
    let pool = (|_| Pool::ServiceLost) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Run, (pool, percent), "their duration, percentile")
}

const fn home(name: &'static str, percent: u32) -> Gauge {
    let pool = (|_| Pool::TripsHome) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Run, (pool, percent), "duration of a trip home, percentile")
}
