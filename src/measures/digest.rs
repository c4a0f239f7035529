//! Fills the summary from the results: names for numbers, nothing else.

use crate::closed_form::{ClosedForms, Forms, in_one_run};
use crate::model::{Clock, Model};
use crate::time::{Span, Time};

use super::call_disruption::AllCalls;
use super::calls::{self, WindowSummary};
use super::durations::Durations;
use super::incident::{FaultIncidents, Recovery};
use super::quantity::Total;
use super::results::{Results, SiteResults};
use super::spread::Spread;
use super::summary::{
    CausedOutages, ConnectionSummary, DowntimeSeconds, FaultSummary, FlapSummary, OpenedOutages,
    OutageSummary, PerCause, PerKind, PerReason, Percentiles, PhoneSummary, RestoreSummary,
    SiteSummary, SpreadSeconds, StaffSummary, StaySummary, Summary, SwitchoverSummary,
    TallySummary,
};
use super::totals::Links;
use super::world::{PairSummary, Part, PathSummary, WorldRow};

impl Results {
    /// The summary of the run.
    #[must_use]
    pub fn summary(&self, model: &Model) -> Summary {
        let counts = &self.counts;
        Summary {
            scenario: model.name.clone(),
            title: model.title.clone(),
            agents: counts.agents,
            horizon_s: Total::from(self.horizon - Time::ZERO),
            clock: model.clock.as_ref().filter(|clock| clock.date.is_none()).map(Clock::to_string),
            start: model.clock.as_ref().and_then(Clock::start),
            time_zone: zone(model),
            seed: model.seed,
            replication: self.replication,
            downtime_s: DowntimeSeconds {
                total: self.downtime(),
                by_cause: per_cause(counts.downtime),
                per_agent: Spread::of(&self.downtimes).into(),
            },
            availability: self.availability(),
            agents_with_outage: counts.agents_hit,
            agents_moved: counts.agents_moved,
            away_from_preferred_s: counts.away,
            outages: outages(self),
            switchovers: switchovers(self),
            stays: StaySummary {
                compared: counts.stays_compared,
                regretted: counts.stays_regretted,
                regret_s: counts.stay_regret,
            },
            restores: restores(self),
            flaps: FlapSummary { count: counts.flaps, window_s: model.flap_window.into() },
            connections: connections(self.links),
            phones: PhoneSummary {
                timers_fired: counts.phone_timers_fired,
                registers_succeeded: counts.registered,
                registers_failed: counts.failed,
            },
            tallies: TallySummary {
                sip_rounds: counts.rounds,
                restore_probes: counts.probes,
                without_site: counts.no_site,
            },
            sites: sites(self, model),
            reconnects: self.reconnects.clone(),
            registrars: self.registrars.clone(),
            storms: self.storms.clone(),
            calls: calls::queues(self.calls.as_ref(), model),
            all_calls: self.calls.as_ref().map(|calls| AllCalls::of(calls, &self.upsets, counts)),
            call_windows: self.call_windows(),
            money: self.money(model),
            staff: self.staff(model),
            overloads: self.overloads(model),
            closed_forms: closed_forms(self, model),
            faults: faults(self, model),
            pairs: self.world.iter().filter_map(|row| pair(row, model)).collect(),
            paths_down: self.world.iter().filter_map(|row| path(row, model)).collect(),
            planner: self.planner(model),
        }
    }
}

impl Results {
    fn call_windows(&self) -> Option<WindowSummary> {
        let (count, time_s) = self.calls.as_ref()?.windows()?;
        Some(WindowSummary { count, time_s })
    }

    fn staff(&self, model: &Model) -> Option<StaffSummary> {
        let (staffed_s, most_staffed) = (self.counts.staffed, self.most_staffed);
        (!model.shifts.is_empty()).then_some(StaffSummary { staffed_s, most_staffed })
    }
}

impl From<Option<Spread>> for SpreadSeconds {
    fn from(spread: Option<Spread>) -> Self {
        let pick = |value: fn(Spread) -> Span| spread.map(|spread| Total::from(value(spread)));
        Self {
            mean: pick(|spread| spread.mean),
            p50: pick(|spread| spread.p50),
            p95: pick(|spread| spread.p95),
            p99: pick(|spread| spread.p99),
            max: pick(|spread| spread.max),
            percentiles: percentiles(spread.is_none_or(|spread| spread.exact)),
        }
    }
}

/// The name of the time zone.
fn zone(model: &Model) -> Option<String> {
    Some(model.clock.as_ref()?.zone.as_ref()?.name.clone())
}

/// What theory says of the random faults.
fn closed_forms(results: &Results, model: &Model) -> Option<ClosedForms> {
    let of_fault = |measure: &str| {
        let name = measure.strip_prefix("faults.")?.strip_suffix(".incidents")?;
        let fault = model.faults.iter().position(|fault| fault.name == name)?;
        Some(results.strikes[fault].number)
    };
    model.has_random_faults().then(|| in_one_run(&Forms::of(model), of_fault))
}

/// What is to be said of percentiles that are exact, or are not.
fn percentiles(exact: bool) -> Option<Percentiles> {
    (!exact).then_some(Percentiles::Sketched)
}

fn per_cause<T>(values: [T; 8]) -> PerCause<T> {
    let [off, undetected, no_site, restoring, switching, reconnecting, phone, not_ready] = values;
    PerCause { off, undetected, no_site, restoring, switching, reconnecting, phone, not_ready }
}

fn outages(results: &Results) -> OutageSummary {
    let caused = |spread: Option<Spread>| CausedOutages {
        count: spread.map_or(0, |spread| spread.count),
        duration_s: spread.into(),
    };
    OutageSummary {
        count: results.outages.count(),
        censored: results.counts.censored,
        duration_s: Spread::of(&results.outages).into(),
        by_largest_cause: per_cause(results.outages_by_cause.map(caused)),
        service_lost: opened(&results.service_lost, results.counts.agents_lost),
        trips_home: opened(&results.trips_home, results.counts.agents_home),
    }
}

fn opened(outages: &Durations, agents: u64) -> OpenedOutages {
    OpenedOutages {
        count: outages.count(),
        agents,
        downtime_s: Total(outages.sum()),
        duration_s: Spread::of(outages).into(),
    }
}

fn switchovers(results: &Results) -> SwitchoverSummary {
    let counts = &results.counts;
    let [sip_timer, stat_timer, config_timer, phone_timer, drain] = counts.switchovers;
    SwitchoverSummary {
        count: results.switchovers(),
        needless: counts.needless,
        regretted: counts.switchovers_regretted,
        regret_s: counts.switchover_regret,
        by_reason: PerReason { sip_timer, stat_timer, config_timer, phone_timer, drain },
        capped: counts.capped,
    }
}

fn restores(results: &Results) -> RestoreSummary {
    let counts = &results.counts;
    RestoreSummary {
        count: counts.restores,
        premature: counts.premature,
        completed: results.restore_times.count(),
        since_available_s: Spread::of(&results.restore_times).into(),
    }
}

fn connections(links: [Links; 3]) -> PerKind<ConnectionSummary> {
    let [sip, stat, config] = links.map(|links| ConnectionSummary {
        broken: links.broken,
        survived: links.survived,
        losses: links.losses,
        pairs_lost: links.pairs_lost,
        reconnects: links.reconnects,
        timers_fired: links.timers_fired,
        moved_alone: links.moved_alone,
    });
    PerKind { sip, stat, config }
}

fn sites(results: &Results, model: &Model) -> Vec<SiteSummary> {
    let each = results.sites.iter().zip(&model.sites);
    each.map(|(site, declared)| site_summary(site, &declared.name, results.grid.width())).collect()
}

fn site_summary(site: &SiteResults, name: &str, window: Span) -> SiteSummary {
    SiteSummary {
        name: name.to_owned(),
        in_service_lowest: site.level.least,
        in_service_peak: site.level.most,
        peak_window_s: window.into(),
        logins: site.logins.iter().sum(),
        logins_peak: site.peak_logins,
        recovery_registers: site.recovery_registers.iter().sum(),
        recovery_registers_peak: site.peak_registers,
        login_queue_longest: site.queue.longest,
        login_wait_longest_s: site.queue.longest_wait.into(),
        stale_binding_s: site.stale,
        ghost_s: site.ghost,
    }
}

fn faults(results: &Results, model: &Model) -> Vec<FaultSummary> {
    let each = model.strikers().zip(&results.faults).zip(&results.strikes).enumerate();
    each.map(|(declared, ((name, recovery), strikes))| {
        let calls = results.calls.as_ref().map(|_| results.disruption(declared).into());
        FaultSummary { calls, ..fault_summary(name, recovery, strikes) }
    })
    .collect()
}

fn fault_summary(name: &str, recovery: &Recovery, strikes: &FaultIncidents) -> FaultSummary {
    FaultSummary {
        name: name.to_owned(),
        incidents: strikes.number,
        agents_hit: recovery.hit,
        agents_not_back: recovery.missing(),
        half_back_s: recovery.until(50).map(Total::from),
        most_back_s: recovery.until(95).map(Total::from),
        all_back_s: recovery.until(100).map(Total::from),
        percentiles: percentiles(recovery.back.is_exact()),
        stale_binding_s: strikes.stale,
        ghost_s: strikes.ghost,
        calls: None,
    }
}

fn pair(row: &WorldRow, model: &Model) -> Option<PairSummary> {
    let Part::Pair(id) = row.part else { return None };
    let pair = &model.pairs[id.index()];
    Some(PairSummary {
        name: pair.name.clone(),
        kind: pair.kind.name(),
        site: model.sites[pair.site.index()].name.clone(),
        downtime_s: row.downtime.into(),
        availability: row.availability(),
        outages: row.outages,
        failovers: row.failovers,
        uncovered: row.uncovered,
    })
}

fn path(row: &WorldRow, model: &Model) -> Option<PathSummary> {
    let (location, site, plane) = match row.part {
        Part::Pair(_) => return None,
        Part::Cti(location, site) => (location, site, "cti"),
        Part::Sip(location, site) => (location, site, "sip"),
    };
    (row.outages > 0).then(|| PathSummary {
        location: model.locations[location.index()].name.clone(),
        site: model.sites[site.index()].name.clone(),
        plane,
        downtime_s: row.downtime.into(),
        availability: row.availability(),
        outages: row.outages,
    })
}
