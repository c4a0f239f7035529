//! The planner's table: what each site must be sized for, over the whole run and in the times of each fault, and
//! what each fault did to agents and calls. It is made of other measures and measures nothing itself.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Model;
use crate::time::Span;

use super::call_disruption::{self, CallDisruption, WorstLevel};
use super::peaks::SitePeaks;
use super::quantity::{Ratio, Total};
use super::results::Results;

/// One row: a fault or drain (null: the whole run) at a site (null: all sites together). What there is no figure of is
/// null. Peaks are in the window that `sites[].peak_window_s` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlannerRow {
    /// Name of the fault or drain, all its incidents together: figures are of its times. Null: the whole run.
    pub fault: Option<String>,
    /// Name of the site; null: all sites together.
    pub site: Option<String>,
    /// Most agents in service.
    pub in_service_peak: Option<u64>,
    /// Most logins begun in one window.
    pub logins_peak: Option<u64>,
    /// Most REGISTERs after a failure, late, or at a new site, that succeeded in one window.
    pub recovery_registers_peak: Option<u64>,
    /// Most agents in the login queue at once.
    pub login_queue_longest: Option<u64>,
    /// Most REGISTER messages that came to the registrar in one second; null: it has no capacity.
    pub offered_peak: Option<u64>,
    /// Most REGISTER messages that waited; null: it has no capacity.
    pub register_queue_longest: Option<u64>,
    /// Time until 95 % of the agents hit were in service again; null: none hit, or never.
    pub most_back_s: Option<Total>,
    /// Calls lost because of it: beyond those of the same callers without faults.
    pub calls_lost: Option<i64>,
    /// Calls abandoned because of it.
    pub calls_abandoned: Option<i64>,
    /// The lowest service level of any queue in any interval.
    pub service_level_worst: Option<Ratio>,
    /// From its start until all queues met their targets again, to the interval; 0: no target was missed because of it;
    /// null: not met again before the end of the run.
    pub met_again_s: Option<Total>,
    /// 1: a target was not met again before the end of the run.
    pub not_met_again: Option<u64>,
}

impl PlannerRow {
    /// The figures that are counts of a site, in the order of the columns.
    #[must_use]
    pub const fn counts(&self) -> [Option<u64>; 6] {
        [
            self.in_service_peak,
            self.logins_peak,
            self.recovery_registers_peak,
            self.login_queue_longest,
            self.offered_peak,
            self.register_queue_longest,
        ]
    }
}

impl Results {
    /// The planner's table: the whole run, then each declared fault, then each drain; of each all sites together, then
    /// every site. Empty where nothing can fail, and for a run of many.
    #[must_use]
    pub fn planner(&self, model: &Model) -> Vec<PlannerRow> {
        if self.peaks.is_empty() {
            return Vec::new();
        }
        let back: Vec<Option<Span>> = self.faults.iter().map(|fault| fault.until(95)).collect();
        let mut rows = self.whole(&back, model);
        for (at, name) in model.strikers().enumerate() {
            let of_fault = |row| PlannerRow { fault: Some(name.to_owned()), ..row };
            rows.push(of_fault(together(back[at], self.disruption(at))));
            let sites = model.sites.iter().enumerate();
            let own =
                sites.map(|(site, declared)| at_site(&declared.name, self.peaks[at].get(site)));
            rows.extend(own.map(of_fault));
        }
        rows
    }

    /// The rows of the whole run: the worst of all faults, the most at each site.
    fn whole(&self, back: &[Option<Span>], model: &Model) -> Vec<PlannerRow> {
        let hit = self.faults.iter().zip(back).filter(|(fault, _)| fault.hit > 0);
        let back: Option<Vec<Span>> = hit.map(|(_, back)| *back).collect();
        let disruption = call_disruption::together(&self.upsets);
        let first = together(back.and_then(|all| all.into_iter().max()), disruption.as_ref());
        let sites = model.sites.iter().zip(&self.sites);
        let sites = sites.map(|(declared, site)| {
            let registrar = self.registrars.iter().find(|one| one.name == declared.name);
            let most = SitePeaks {
                in_service: site.level.most,
                logins: site.peak_logins,
                registers: site.peak_registers,
                login_queue: site.queue.longest,
                offered: registrar.map(|one| one.offered_peak),
                register_queue: registrar.map(|one| one.queue_longest),
            };
            at_site(&declared.name, Some(&most))
        });
        std::iter::once(first).chain(sites).collect()
    }
}

/// What is known of all sites together.
fn together(back: Option<Span>, disruption: Option<&CallDisruption>) -> PlannerRow {
    let level = WorstLevel::of(disruption);
    PlannerRow {
        most_back_s: back.map(Total::from),
        calls_lost: disruption.map(|disruption| disruption.lost),
        calls_abandoned: disruption.map(|disruption| disruption.abandoned),
        service_level_worst: Some(level.service_level_worst).filter(|worst| worst.whole > 0),
        met_again_s: level.met_again_s,
        not_met_again: disruption.map(|_| level.not_met_again),
        ..PlannerRow::default()
    }
}

fn at_site(name: &str, most: Option<&SitePeaks>) -> PlannerRow {
    PlannerRow {
        site: Some(name.to_owned()),
        in_service_peak: most.map(|most| most.in_service.max(0) as u64),
        logins_peak: most.map(|most| most.logins),
        recovery_registers_peak: most.map(|most| most.registers),
        login_queue_longest: most.map(|most| most.login_queue),
        offered_peak: most.and_then(|most| most.offered),
        register_queue_longest: most.and_then(|most| most.register_queue),
        ..PlannerRow::default()
    }
}
