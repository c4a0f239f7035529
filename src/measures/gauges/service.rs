//! Gauges of service: downtime, availability, outages.
//!
//! Rates are per agent and year of 365 days.

use crate::measures::factor::Factor;
use crate::measures::gauge::{DOWNTIME_PER_AGENT, Gauge, Per};
use crate::measures::pool::Pool;
use crate::measures::results::Results;
use crate::model::Unit;
use crate::time::NANOS;
use crate::trace::Cause;

/// Seconds of a year of 365 days.
const YEAR_S: f64 = 31_536_000.0;

/// Seconds out of nanoseconds.
pub(super) const SECONDS: (Unit, Factor) = (Unit::Time, Factor::SECONDS);

/// Time per time of all agents, as time per agent and year.
const TIME_A_YEAR: (Unit, Factor) = (Unit::Time, Factor::Times(YEAR_S));

/// A number per time of all agents, as a number per agent and year.
pub(super) const NUMBER_A_YEAR: (Unit, Factor) =
    (Unit::Count, Factor::Times(YEAR_S * NANOS as f64));

/// A part of a whole.
pub(super) const SHARE: (Unit, Factor) = (Unit::Share, Factor::ONE);

pub(super) static GAUGES: [Gauge; 29] = [
    Gauge::agent_time(
        "downtime_s.total",
        Per::Run,
        |r, _, _| r.downtime().0,
        "time out of service, over all agents",
    ),
    Gauge::agent_time(
        "downtime_s.by_cause.CAUSE",
        Per::Cause,
        |r, _, i| r.counts.downtime[i].0,
        "time out of service with this cause",
    ),
    Gauge::ratio(
        DOWNTIME_PER_AGENT,
        Per::Run,
        SECONDS,
        |r, _, _| [r.downtime().0, agents(r)],
        "downtime of an agent",
    ),
    per_agent("downtime_s.per_agent.p50", 50),
    per_agent("downtime_s.per_agent.p95", 95),
    per_agent("downtime_s.per_agent.p99", 99),
    Gauge::if_any(
        "downtime_s.per_agent.max",
        Per::Run,
        |r, _, _| r.downtimes.max().map(|span| span.0.into()),
        "downtime of the agent of a run who had most",
    ),
    Gauge::ratio(
        "downtime_s.per_agent_year",
        Per::Run,
        TIME_A_YEAR,
        |r, _, _| [r.downtime().0, agent_time(r)],
        "time out of service per agent and year",
    ),
    Gauge::ratio(
        "availability",
        Per::Run,
        SHARE,
        |r, _, _| [r.availability().part, r.availability().whole],
        "share of all agents' time in service",
    )
    .more(),
    Gauge::count(
        "agents_with_outage",
        Per::Run,
        |r, _, _| r.counts.agents_hit.into(),
        "agents with at least one outage",
    ),
    Gauge::count(
        "agents_moved",
        Per::Run,
        |r, _, _| r.counts.agents_moved.into(),
        "agents with at least one switchover or restore",
    )
    .neither(),
    Gauge::agent_time(
        "away_from_preferred_s",
        Per::Run,
        |r, _, _| r.counts.away.0,
        "time not at the preferred site",
    )
    .neither(),
    Gauge::count("outages.count", Per::Run, |r, _, _| r.outages.count().into(), "outages"),
    Gauge::ratio(
        "outages.per_agent_year",
        Per::Run,
        NUMBER_A_YEAR,
        |r, _, _| [r.outages.count().into(), agent_time(r)],
        "outages per agent and year",
    ),
    Gauge::count(
        "outages.censored",
        Per::Run,
        |r, _, _| r.counts.censored.into(),
        "outages still open at the horizon or at the end of a shift",
    ),
    Gauge::ratio(
        "outages.duration_s.mean",
        Per::Run,
        SECONDS,
        |r, _, _| [r.downtime().0, r.outages.count().into()],
        "duration of an outage",
    )
    .of(|_| Pool::Outages),
    outage("outages.duration_s.p50", 50),
    outage("outages.duration_s.p95", 95),
    outage("outages.duration_s.p99", 99),
    Gauge::if_any(
        "outages.duration_s.max",
        Per::Run,
        |r, _, _| r.outages.max().map(|span| span.0.into()),
        "the longest outage of a run",
    )
    .of(|_| Pool::Outages),
    Gauge::count(
        "outages.by_largest_cause.CAUSE.count",
        Per::Cause,
        |r, _, i| r.outages_by_cause[i].map_or(0, |spread| spread.count.into()),
        "outages with this largest cause",
    ),
    Gauge::ratio(
        "outages.by_largest_cause.CAUSE.duration_s.mean",
        Per::Cause,
        SECONDS,
        |r, _, i| r.outages_by_cause[i].map_or([0, 0], |s| [s.sum, s.count.into()]),
        "their duration",
    )
    .of(|cause| Pool::OutagesBy(Cause::ALL[cause])),
    caused("outages.by_largest_cause.CAUSE.duration_s.p50", 50),
    caused("outages.by_largest_cause.CAUSE.duration_s.p95", 95),
    caused("outages.by_largest_cause.CAUSE.duration_s.p99", 99),
    Gauge::if_any(
        "outages.by_largest_cause.CAUSE.duration_s.max",
        Per::Cause,
        |r, _, i| r.outages_by_cause[i].map(|spread| spread.max.0.into()),
        "the longest of them in a run",
    )
    .of(|cause| Pool::OutagesBy(Cause::ALL[cause])),
    Gauge::ratio(
        "switchovers.per_agent_year",
        Per::Run,
        NUMBER_A_YEAR,
        |r, _, _| [r.switchovers().into(), agent_time(r)],
        "switchovers per agent and year",
    )
    .neither(),
    Gauge::ratio(
        "flaps.per_agent_year",
        Per::Run,
        NUMBER_A_YEAR,
        |r, _, _| [r.counts.flaps.into(), agent_time(r)],
        "flaps per agent and year",
    ),
    Gauge::ratio(
        "switchovers.needless_share",
        Per::Run,
        SHARE,
        |r, _, _| [r.counts.needless.into(), r.switchovers().into()],
        "share of switchovers that were needless",
    ),
];

pub(super) static STAFF: [Gauge; 2] = [
    Gauge::agent_time(
        "staff.staffed_s",
        Per::Staff,
        |r, _, _| r.counts.staffed.0,
        "time in which agents were on duty, over all of them",
    )
    .neither(),
    Gauge::count(
        "staff.most_staffed",
        Per::Staff,
        |r, _, _| r.most_staffed.into(),
        "most agents on duty at once",
    )
    .neither(),
];

const fn per_agent(name: &'static str, percent: u32) -> Gauge {
    let pool = (|_| Pool::AgentDowntimes) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Run, (pool, percent), "downtime of an agent, percentile")
}

const fn outage(name: &'static str, percent: u32) -> Gauge {
    let pool = (|_| Pool::Outages) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Run, (pool, percent), "duration of an outage, percentile")
}

const fn caused(name: &'static str, percent: u32) -> Gauge {
    let pool = (|cause| Pool::OutagesBy(Cause::ALL[cause])) as fn(usize) -> Pool;
    Gauge::percentile(name, Per::Cause, (pool, percent), "their duration, percentile")
}

fn agents(results: &Results) -> i128 {
    results.counts.agents.into()
}

/// The time of all agents together, in nanoseconds.
pub(super) fn agent_time(results: &Results) -> i128 {
    agents(results) * i128::from(results.horizon.0)
}
