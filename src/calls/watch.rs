//! What calls see of a run: agents in service, sites that serve, links, calls that are cut off, and contacts that are
//! dead. It reads the records of the agents and the history of the world, and changes neither.

use crate::model::{AgentId, Cohort, Kind, Model, PairId, Profile, Side, SiteId};
use crate::time::Time;
use crate::trace::{Event, Record, Sink};
use crate::world::{Timeline, World};

use super::staff::{Change, StaffEvent};

/// What changes for calls while no agent does anything: sites, links, and what carries calls.
#[must_use]
pub fn surroundings(model: &Model, world: &World) -> Vec<Change> {
    let mut changes = Vec::new();
    sites_and_links(model, world, &mut changes);
    for cohort in &model.cohorts {
        severed(model, world, cohort, &mut changes);
    }
    changes
}

fn sip_pairs(model: &Model, site: SiteId) -> impl Iterator<Item = PairId> + '_ {
    let pairs = (0..).map(PairId).zip(&model.pairs);
    pairs.filter(move |(_, it)| it.kind == Kind::Sip && it.site == site).map(|(pair, _)| pair)
}

fn sites_and_links(model: &Model, world: &World, changes: &mut Vec<Change>) {
    for site in (0..model.sites.len() as u32).map(SiteId) {
        let mut state = Timeline::constant((false, false));
        for pair in sip_pairs(model, site) {
            let all = world.nearby(pair).map(|it| (it.pair_serves(), it.any_up()));
            state = state.zip(&all, |one, other| (one.0 || other.0, one.1 || other.1));
        }
        changes.extend(state.changes().iter().map(|&(at, (serves, up))| Change {
            at,
            what: StaffEvent::Site { site, serves, lives: serves || up },
        }));
    }
    for (a, b) in world.broken_links() {
        let link = world.link(a, b).changes().iter();
        changes.extend(link.map(|&(at, up)| Change { at, what: StaffEvent::Link { a, b, up } }));
    }
}

/// When calls of the agents of a cohort are cut off.
fn severed(model: &Model, world: &World, cohort: &Cohort, changes: &mut Vec<Change>) {
    let profile = &model.profiles[cohort.profile.index()];
    let ends: Vec<(Time, SiteId)> = seats(profile)
        .flat_map(|(_, site, pair)| {
            let path = world.outlook(profile.location, pair).map(|it| it.rings());
            let carries = match world.power(profile.location) {
                Some(power) => path.zip(power, |path, power| path && power),
                None => path,
            };
            let ends = carries.changes().iter().filter(|change| !change.1);
            ends.map(move |change| (change.0, site)).collect::<Vec<_>>()
        })
        .collect();
    for agent in cohort.first.0..cohort.first.0 + cohort.count {
        let cut = |&(at, site)| Change { at, what: StaffEvent::Severed { agent, site } };
        changes.extend(ends.iter().map(cut));
    }
}

fn seats(profile: &Profile) -> impl Iterator<Item = (Side, SiteId, PairId)> + '_ {
    let seats = Side::BOTH.into_iter().filter_map(|side| Some((side, profile.seat(side)?)));
    seats.map(|(side, seat)| (side, seat.site, seat.sip))
}

/// What a site believes about an agent, and its real state.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    ghost: bool,
    stale: bool,
    on: bool,
}

/// Reads the records of one agent after the other.
#[derive(Debug)]
pub struct Watch<'m> {
    model: &'m Model,
    changes: Vec<Change>,
    agent: Option<AgentId>,
    sites: [Option<SiteId>; 2],
    desk: Option<SiteId>,
    in_service: bool,
    sight: [Sight; 2],
    /// Up to when all records are read.
    now: Time,
    /// Where the agent was in service before this instant.
    told: Option<SiteId>,
}

impl<'m> Watch<'m> {
    /// Nothing read yet.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            changes: Vec::new(),
            agent: None,
            sites: [None; 2],
            desk: None,
            in_service: false,
            sight: [Sight::default(); 2],
            now: Time::ZERO,
            told: None,
        }
    }

    /// What changes for calls by what the agents did; each agent's in the order of time.
    #[must_use]
    pub fn changes(self) -> Vec<Change> {
        self.changes
    }

    /// What changes by some more records of one agent, all of the last of their instants included.
    pub fn read(&mut self, records: &[Record]) -> Vec<Change> {
        records.iter().for_each(|record| self.record(*record));
        self.settle();
        std::mem::take(&mut self.changes)
    }

    fn begin(&mut self, agent: AgentId) {
        self.agent = Some(agent);
        let profile = &self.model.profiles[self.model.cohort(agent).profile.index()];
        self.sites = Side::BOTH.map(|side| profile.seat(side).map(|seat| seat.site));
        (self.desk, self.in_service, self.told) = (None, false, None);
        (self.sight, self.now) = ([Sight::default(); 2], Time::ZERO);
    }

    /// An instant is over: what has changed in it is reported.
    fn settle(&mut self) {
        let (Some(AgentId(agent)), at) = (self.agent, self.now) else { return };
        let mut tell = |what| self.changes.push(Change { at, what });
        let site = self.desk.filter(|_| self.in_service);
        if site != self.told {
            tell(StaffEvent::Agent { agent, site });
            self.told = site;
        }
        for (side, sight) in (0..).zip(&mut self.sight) {
            let Some(here) = self.sites[usize::from(side)] else { continue };
            let stale = sight.stale && self.desk == Some(here);
            let on = (sight.ghost || stale) && site != Some(here);
            if on != std::mem::replace(&mut sight.on, on) {
                tell(StaffEvent::Phantom { agent, side, site: here, on });
            }
        }
    }

    fn see(&mut self, site: SiteId, what: impl Fn(&mut Sight)) {
        if let Some(side) = self.sites.iter().position(|it| *it == Some(site)) {
            what(&mut self.sight[side]);
        }
    }
}

impl Sink for Watch<'_> {
    fn record(&mut self, record: Record) {
        if self.agent != Some(record.agent) {
            self.begin(record.agent);
        }
        if record.at > self.now {
            self.settle();
            self.now = record.at;
        }
        match record.event {
            Event::State { site, cause } => (self.desk, self.in_service) = (site, cause.is_none()),
            Event::HeldByCall { until } => {
                let AgentId(agent) = record.agent;
                let (leaving, left) = (StaffEvent::Leaving { agent }, StaffEvent::Left { agent });
                self.changes.push(Change { at: record.at, what: leaving });
                self.changes.push(Change { at: until, what: left });
            }
            Event::GhostBegun { site } => self.see(site, |sight| sight.ghost = true),
            Event::GhostEnded { site } => self.see(site, |sight| sight.ghost = false),
            Event::StaleBegun { site } => self.see(site, |sight| sight.stale = true),
            Event::StaleEnded { site } => self.see(site, |sight| sight.stale = false),
            Event::Tally { .. } => self.settle(),
            _ => {}
        }
    }
}
