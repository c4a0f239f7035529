//! The measures of one run, complete: what reports and charts show.
//!
//! Put in order and summed once; it knows no file format and no names.

use std::ops::Range;

use crate::calls::Books;
use crate::model::{Model, SiteId};
use crate::simulation::traffic::Traffic;
use crate::time::{Span, Time};
use crate::world::World;

use super::call_disruption::{CallDisruption, upsets};
use super::calls::CallResults;
use super::connecting::reconnects;
use super::duration_list::DurationList;
use super::durations::Durations;
use super::frame::{Bins, Frame};
use super::group_changes::{GroupStep, courses};
use super::incident::{FaultIncidents, Impact, Incident, IncidentEffect, Recovery};
use super::level_changes::LevelChanges;
use super::paged::Paged;
use super::peaks::{SitePeaks, peaks};
use super::pool::Pool;
use super::quantity::{Ratio, Total};
use super::queue::QueueMeasures;
use super::recovery::{recoveries, strikes};
use super::registrars::{RegisterSummary, registrars, storms};
use super::shares::Shares;
use super::site::{Level, SiteTotals, level};
use super::spells::spells;
use super::spread::Spread;
use super::states::{StateRow, state_rows};
use super::totals::{Counts, Links, POOLED, Totals};
use super::turns::ReconnectSummary;
use super::window::Windows;
use super::world::{WorldRow, world_rows};

/// Agents by state, per bin, in agent-nanoseconds: divided by the bin's length, their mean number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// In service.
    pub in_service: Vec<i128>,
    /// A move is open.
    pub switching: Vec<i128>,
    /// Out of service for any other cause.
    pub out: Vec<i128>,
}

/// Everything measured at one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteResults {
    /// Agents at the site.
    pub timeline: Timeline,
    /// Agents in service here at the whole slots of the grid.
    pub level: Level,
    /// Logins begun, per bin.
    pub logins: Vec<u64>,
    /// REGISTERs that succeeded after a failure, late, or at a new site, per bin.
    pub recovery_registers: Vec<u64>,
    /// REGISTERs of undisturbed refreshes, per bin, in millionths, by formula.
    pub background_registers: Vec<i128>,
    /// Switchovers begun towards this site, per bin.
    pub switchovers_to: Vec<u64>,
    /// Restores begun towards this site, per bin.
    pub restores_to: Vec<u64>,
    /// Most logins begun in one slot of the grid.
    pub peak_logins: u64,
    /// Most recovery REGISTERs in one slot of the grid.
    pub peak_registers: u64,
    /// The login queue.
    pub queue: QueueMeasures,
    /// Time in which calls would have rung a dead contact, over all agents.
    pub stale: Total,
    /// Time logged in, as this site sees it, after the desktop had left it, over all agents.
    pub ghost: Total,
}

/// The measures of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// Which replication of an experiment it is; 0 for a run on its own.
    pub replication: u64,
    /// The run covered [0, horizon).
    pub horizon: Time,
    /// Bins of everything over time.
    pub bins: Bins,
    /// The finer grid that peaks are counted on.
    pub grid: Bins,
    /// Counts and sums over all agents.
    pub counts: Counts,
    /// Durations of all outages.
    pub outages: Durations,
    /// The spread of the outages in which each cause had the largest share.
    pub outages_by_cause: [Option<Spread>; 8],
    /// Durations of the outages in which service was lost: all that no restore opened.
    pub service_lost: Durations,
    /// Durations of the outages that restores opened.
    pub trips_home: Durations,
    /// Downtime of every agent.
    pub downtimes: Durations,
    /// From "preferred available" to in service there.
    pub restore_times: Durations,
    /// Per kind of connection.
    pub links: [Links; 3],
    /// Per site.
    pub sites: Vec<SiteResults>,
    /// Agents whose desktop was connected nowhere.
    pub nowhere: Timeline,
    /// Agents not staffed, per bin, as in [`Timeline`].
    pub not_staffed: Vec<i128>,
    /// Most agents that were staffed at once.
    pub most_staffed: u64,
    /// The downtime by fault, site and group; empty for a run of many.
    pub shares: Shares,
    /// Per group, from the start of the run to its end; empty for a run of many.
    pub groups: Vec<Vec<GroupStep>>,
    /// Per incident, by start; of a run of many only where there are calls.
    pub impacts: Vec<Impact>,
    /// Per declared fault, then per drain: how often it occurred, and what it did.
    pub strikes: Vec<FaultIncidents>,
    /// Per declared fault, then per drain: all its incidents together.
    pub faults: Vec<Recovery>,
    /// The same, and per site: the most in its times; empty for a run of many.
    pub peaks: Vec<Vec<SitePeaks>>,
    /// Per pair and path.
    pub world: Vec<WorldRow>,
    /// Per site with a reconnect capacity.
    pub reconnects: Vec<ReconnectSummary>,
    /// Per site whose registrar has a capacity.
    pub registrars: Vec<RegisterSummary>,
    /// Per declared fault, then per drain, where some registrar has a capacity.
    pub storms: Vec<RegisterSummary>,
    /// What came to these registrars, second by second; empty for a run of many.
    pub traffic: Traffic,
    /// When parts of the world were not as usual; empty for a run of many.
    pub states: Vec<StateRow>,
    /// When something happened; empty for a run of many.
    pub windows: Windows,
    /// Calls, where the scenario has queues of them.
    pub calls: Option<CallResults>,
    /// Per declared fault, then per drain: what it did to calls; empty where there are no calls.
    pub(super) upsets: Vec<Option<CallDisruption>>,
}

impl Results {
    /// Puts in order and sums what was gathered over all agents.
    #[must_use]
    pub fn new(totals: Totals, frame: &Frame, (world, traffic): (&World, &Traffic)) -> Self {
        let Totals { counts, outages, downtimes, .. } = totals;
        let Totals {
            restore_times,
            links,
            mut sites,
            nowhere,
            mut absent,
            mut changes,
            effects,
            backs,
            shares,
            groups,
            ..
        } = totals;
        sites.iter_mut().for_each(SiteTotals::settle);
        absent.settle();
        changes.settle();
        let outages = outages.map(|each| each.map(DurationList::settle));
        let outages_by_cause = outages.each_ref().map(spread);
        let [service_lost, trips_home] = by_opening(outages);
        let (each, faults) = recoveries(frame, &effects, backs);
        let peaks = peaks(frame, &mut sites, &spells(frame, &effects), traffic);
        let impacts = impacts(frame, &effects, each, &sites);
        let windows = windows(frame, counts.agents, (&sites, &absent, &changes), traffic);
        let reconnects = reconnects(&mut sites, frame);
        Self {
            replication: 0,
            horizon: frame.model.horizon,
            bins: frame.bins,
            grid: frame.grid,
            counts,
            outages_by_cause,
            outages: joined([service_lost.clone(), trips_home.clone()]),
            service_lost,
            trips_home,
            downtimes: downtimes.settle(),
            restore_times: restore_times.settle(),
            links,
            sites: all_sites(sites, frame),
            not_staffed: nowhere.not_staffed(frame.bins),
            most_staffed: most_staffed(frame, counts.agents, &absent),
            nowhere: timeline(nowhere.totals(frame.bins)),
            shares,
            groups: courses(groups, frame),
            faults,
            peaks,
            impacts,
            strikes: strikes(frame, &effects),
            world: world_rows(frame.model, world),
            reconnects,
            registrars: registrars(frame.model, traffic),
            storms: storms(frame.model, traffic),
            traffic: if frame.is_one_of_many() { Traffic::default() } else { traffic.clone() },
            states: states(frame, world, traffic),
            windows,
            calls: None,
            upsets: Vec::new(),
        }
    }

    /// The same with the calls of the run.
    #[must_use]
    pub fn with_calls(self, books: Option<Books>, model: &Model) -> Self {
        let upsets = books.as_ref().map(|books| upsets(books, &self.impacts, model));
        let calls = books.map(|books| CallResults::new(books, model));
        Self { calls, upsets: upsets.unwrap_or_default(), ..self }
    }

    /// What a declared fault, then a drain, did to calls; `None`: it never occurred, or there are
    /// no calls.
    pub(super) fn disruption(&self, declared: usize) -> Option<&CallDisruption> {
        self.upsets.get(declared)?.as_ref()
    }

    /// Downtime of all agents.
    #[must_use]
    pub fn downtime(&self) -> Total {
        Total(self.counts.downtime.iter().map(|total| total.0).sum())
    }

    /// Share of all agents' time in service, of the time in which they were staffed.
    #[must_use]
    pub fn availability(&self) -> Ratio {
        let whole = self.counts.staffed.0;
        Ratio { part: whole - self.downtime().0, whole }
    }

    /// Switchovers begun, for all reasons.
    #[must_use]
    pub fn switchovers(&self) -> u64 {
        self.counts.switchovers.iter().sum()
    }

    /// A percentile of this run's own values in a pool: the 50th, 95th or 99th.
    #[must_use]
    pub fn percentile(&self, pool: Pool, percent: u32) -> Option<Span> {
        let values = match pool {
            Pool::Outages => &self.outages,
            Pool::ServiceLost => &self.service_lost,
            Pool::TripsHome => &self.trips_home,
            Pool::RestoreTimes => &self.restore_times,
            Pool::AgentDowntimes => &self.downtimes,
            Pool::OutagesBy(cause) => {
                let spread = self.outages_by_cause[cause as usize]?;
                return match percent {
                    50 => Some(spread.p50),
                    95 => Some(spread.p95),
                    99 => Some(spread.p99),
                    _ => None,
                };
            }
        };
        values.percentile(percent.into())
    }

    /// The results of one site.
    #[must_use]
    pub fn site(&self, site: SiteId) -> &SiteResults {
        &self.sites[site.index()]
    }
}

/// When something happened, where it is drawn over time.
fn windows(
    frame: &Frame,
    agents: u64,
    levels: (&[SiteTotals], &Paged, &LevelChanges),
    traffic: &Traffic,
) -> Windows {
    if frame.bins.count() > 1 {
        Windows::new(frame, agents, levels, traffic)
    } else {
        Windows::default()
    }
}

/// What the parts of the world went through, but for one run of many.
fn states(frame: &Frame, world: &World, traffic: &Traffic) -> Vec<StateRow> {
    if frame.is_one_of_many() {
        return Vec::new();
    }
    state_rows(frame.model, world, traffic)
}

fn most_staffed(frame: &Frame, agents: u64, absent: &Paged) -> u64 {
    agents - level(absent, frame.bins, frame.grid).least.max(0) as u64
}

/// Several lists as one, each freed as soon as it is in.
fn joined(lists: impl IntoIterator<Item = Durations>) -> Durations {
    let mut all = DurationList::<POOLED>::default();
    lists.into_iter().for_each(|durations| all.merge(durations.into()));
    all.settle()
}

/// The spread of the outages of one cause, whatever opened them.
fn spread(each: &[Durations; 2]) -> Option<Spread> {
    match each {
        [one, none] | [none, one] if none.is_empty() => Spread::of(one),
        each => Spread::of(&joined(each.clone())),
    }
}

/// The outages of all causes: those that no restore opened, and those that one did.
fn by_opening(causes: [[Durations; 2]; 8]) -> [Durations; 2] {
    let (mut lost, mut home) = (Vec::new(), Vec::new());
    for [without, with] in causes {
        lost.push(without);
        home.push(with);
    }
    [joined(lost), joined(home)]
}

fn timeline([in_service, switching, out]: [Vec<i128>; 3]) -> Timeline {
    Timeline { in_service, switching, out }
}

fn all_sites(sites: Vec<SiteTotals>, frame: &Frame) -> Vec<SiteResults> {
    (0..).zip(sites).map(|(id, site)| site_results(SiteId(id), site, frame)).collect()
}

fn site_results(id: SiteId, site: SiteTotals, frame: &Frame) -> SiteResults {
    let background_registers = site.background(frame.model, id, frame.bins);
    let SiteTotals { presence, ticks, level: changes, fine, queue, stale, ghost, .. } = site;
    let [logins, recovery_registers, switchovers_to, restores_to] = ticks;
    let peak = |kind: usize| fine[kind].peak(0..frame.grid.count()) as u64;
    SiteResults {
        timeline: timeline(presence.totals(frame.bins)),
        level: level(&changes, frame.bins, frame.grid),
        logins,
        recovery_registers,
        background_registers,
        switchovers_to,
        restores_to,
        peak_logins: peak(0),
        peak_registers: peak(1),
        queue: queue.finish(),
        stale,
        ghost,
    }
}

fn impacts(
    frame: &Frame,
    effects: &[IncidentEffect],
    recoveries: Vec<Recovery>,
    sites: &[SiteTotals],
) -> Vec<Impact> {
    if recoveries.is_empty() {
        return Vec::new();
    }
    let slots =
        |incident: &Incident| frame.grid.touched(incident.from, frame.next_start(incident.from));
    let slots: Vec<Range<usize>> = frame.incidents.iter().map(slots).collect();
    let [logins, registers] = [0, 1].map(|kind: usize| {
        let mut most = vec![0; slots.len()];
        sites.iter().for_each(|site| site.fine[kind].raise(&slots, &mut most));
        most
    });
    let each = frame.incidents.iter().zip(effects).zip(recoveries);
    let each = each.zip(logins.into_iter().zip(registers));
    each.map(|(((&incident, effect), recovery), (peak_logins, peak_registers))| Impact {
        incident,
        peak_logins,
        peak_registers,
        recovery,
        stale: effect.stale,
        ghost: effect.ghost,
    })
    .collect()
}
