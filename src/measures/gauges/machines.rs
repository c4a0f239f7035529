//! Gauges of sites, faults, server pairs and paths.
//!
//! Those of pairs and paths are about the machines alone; no agent is asked.

use crate::measures::gauge::{Gauge, Per, world_row};
use crate::measures::results::Results;
use crate::model::Model;

use super::service::SHARE;

pub(super) static GAUGES: [Gauge; 26] = [
    Gauge::count(
        "sites.SITE.in_service_lowest",
        Per::Site,
        |r, _, i| r.sites[i].level.least.into(),
        "fewest agents in service at the site",
    )
    .more(),
    Gauge::count(
        "sites.SITE.in_service_peak",
        Per::Site,
        |r, _, i| r.sites[i].level.most.into(),
        "most agents in service at the site",
    )
    .neither(),
    Gauge::count(
        "sites.SITE.logins",
        Per::Site,
        |r, _, i| sum(&r.sites[i].logins),
        "logins begun at the site",
    )
    .neither(),
    Gauge::count(
        "sites.SITE.logins_peak",
        Per::Site,
        |r, _, i| r.sites[i].peak_logins.into(),
        "most logins in one window, `peak_window_s` long",
    ),
    Gauge::count(
        "sites.SITE.recovery_registers",
        Per::Site,
        |r, _, i| sum(&r.sites[i].recovery_registers),
        "REGISTERs after a failure",
    )
    .neither(),
    Gauge::count(
        "sites.SITE.recovery_registers_peak",
        Per::Site,
        |r, _, i| r.sites[i].peak_registers.into(),
        "most of them in one window, as long as that of logins",
    ),
    Gauge::count(
        "sites.SITE.login_queue_longest",
        Per::Site,
        |r, _, i| r.sites[i].queue.longest.into(),
        "most agents in the login queue at once",
    ),
    Gauge::time(
        "sites.SITE.login_wait_longest_s",
        Per::Site,
        |r, _, i| r.sites[i].queue.longest_wait.0.into(),
        "the longest wait in the login queue",
    ),
    Gauge::agent_time(
        "sites.SITE.stale_binding_s",
        Per::Site,
        |r, _, i| r.sites[i].stale.0,
        "time in which calls rang a dead contact",
    ),
    Gauge::agent_time(
        "sites.SITE.ghost_s",
        Per::Site,
        |r, _, i| r.sites[i].ghost.0,
        "time logged in after the desktop had left",
    ),
    Gauge::count(
        "faults.FAULT.incidents",
        Per::Fault,
        |r, _, i| r.strikes[i].number.into(),
        "occurrences of the fault",
    )
    .neither()
    .rare(),
    Gauge::count(
        "faults.FAULT.agents_hit",
        Per::Fault,
        |r, _, i| r.faults[i].hit.into(),
        "agents that it took out of service",
    ),
    Gauge::count(
        "faults.FAULT.agents_not_back",
        Per::Fault,
        |r, _, i| r.faults[i].missing().into(),
        "of them, those out until the horizon",
    ),
    back("faults.FAULT.half_back_s", |r, _, i| until(r, i, 50)),
    back("faults.FAULT.most_back_s", |r, _, i| until(r, i, 95)),
    back("faults.FAULT.all_back_s", |r, _, i| until(r, i, 100)),
    Gauge::agent_time(
        "faults.FAULT.stale_binding_s",
        Per::Fault,
        |r, _, i| r.strikes[i].stale.0,
        "stale-binding time that began with it",
    ),
    Gauge::agent_time(
        "faults.FAULT.ghost_s",
        Per::Fault,
        |r, _, i| r.strikes[i].ghost.0,
        "ghost time that began with it",
    ),
    Gauge::time(
        "pairs.PAIR.downtime_s",
        Per::Pair,
        downtime,
        "time in which no member of the pair served",
    ),
    available("pairs.PAIR.availability", Per::Pair),
    Gauge::count("pairs.PAIR.outages", Per::Pair, outages, "outages in which no member served")
        .rare(),
    Gauge::count(
        "pairs.PAIR.failovers",
        Per::Pair,
        |r, _, i| world_row(r, i).failovers.into(),
        "times that the backup took over by itself",
    )
    .neither()
    .rare(),
    Gauge::count(
        "pairs.PAIR.uncovered",
        Per::Pair,
        |r, _, i| world_row(r, i).uncovered.into(),
        "losses that the failover did not cover",
    )
    .rare(),
    Gauge::time(
        "paths.LOCATION.SITE.PLANE.downtime_s",
        Per::Path,
        downtime,
        "time down of the path's plane",
    ),
    available("paths.LOCATION.SITE.PLANE.availability", Per::Path),
    Gauge::count("paths.LOCATION.SITE.PLANE.outages", Per::Path, outages, "outages of the path")
        .rare(),
];

const fn back(name: &'static str, get: fn(&Results, &Model, usize) -> Option<i128>) -> Gauge {
    Gauge::if_any(name, Per::Fault, get, "time until this share of those hit was back")
        .awaited("faults.FAULT.agents_hit")
}

const fn available(name: &'static str, per: Per) -> Gauge {
    let get: fn(&Results, &Model, usize) -> [i128; 2] = |r, _, i| {
        let ratio = world_row(r, i).availability();
        [ratio.part, ratio.whole]
    };
    Gauge::ratio(name, per, SHARE, get, "share of the run that it was up").more()
}

fn downtime(results: &Results, _: &Model, index: usize) -> i128 {
    world_row(results, index).downtime.0.into()
}

fn outages(results: &Results, _: &Model, index: usize) -> i128 {
    world_row(results, index).outages.into()
}

fn until(results: &Results, fault: usize, percent: u64) -> Option<i128> {
    results.faults[fault].until(percent).map(|span| span.0.into())
}

fn sum(counts: &[u64]) -> i128 {
    counts.iter().copied().map(i128::from).sum()
}
