//! What calls see of a simulation: agents in service, sites that serve, links, calls that are cut off, and contacts that
//! are dead. It reads the records of the agents and the history of the world, and changes neither.

use crate::agents::Unfinished;
use crate::model::{AgentId, Cohort, Kind, Model, PairId, Profile, Side, SiteId};
use crate::simulation::Simulation;
use crate::time::Time;
use crate::trace::{Event, Record, Sink};
use crate::world::{Timeline, World};

use super::staff::{Change, Staff, What};

/// The staff of a simulation; lives through all agents once.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn staff(model: &Model, simulation: &Simulation<'_>) -> Result<Staff, Unfinished> {
    let mut watch = Watch::new(model);
    world(model, simulation.world(), &mut watch.changes);
    simulation.agents(0..model.agents(), &mut watch)?;
    for cohort in &model.cohorts {
        severed(model, simulation.world(), cohort, &mut watch.changes);
    }
    let mut groups = Vec::with_capacity(model.agents() as usize);
    for cohort in &model.cohorts {
        groups.extend(std::iter::repeat_n(cohort.group.0, cohort.count as usize));
    }
    let mut changes = watch.changes;
    changes.sort_unstable();
    Ok(Staff { sites: model.sites.len(), groups, changes })
}

fn sip_pairs(model: &Model, site: SiteId) -> impl Iterator<Item = PairId> + '_ {
    let pairs = (0..).map(PairId).zip(&model.pairs);
    pairs.filter(move |(_, it)| it.kind == Kind::Sip && it.site == site).map(|(pair, _)| pair)
}

/// Sites and links.
fn world(model: &Model, world: &World, changes: &mut Vec<Change>) {
    for site in (0..model.sites.len() as u32).map(SiteId) {
        let mut state = Timeline::constant((false, false));
        for pair in sip_pairs(model, site) {
            let all = world.nearby(pair).map(|it| (it.pair_serves(), it.any_up()));
            state = state.zip(&all, |one, other| (one.0 || other.0, one.1 || other.1));
        }
        changes.extend(state.changes().iter().map(|&(at, (serves, up))| Change {
            at,
            what: What::Site { site, serves, lives: serves || up },
        }));
    }
    for (a, b) in world.broken_links() {
        let link = world.link(a, b).changes().iter();
        changes.extend(link.map(|&(at, up)| Change { at, what: What::Link { a, b, up } }));
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
        let cut = |&(at, site)| Change { at, what: What::Severed { agent, site } };
        changes.extend(ends.iter().map(cut));
    }
}

fn seats(profile: &Profile) -> impl Iterator<Item = (Side, SiteId, PairId)> + '_ {
    let seats = Side::BOTH.into_iter().filter_map(|side| Some((side, profile.seat(side)?)));
    seats.map(|(side, seat)| (side, seat.site, seat.sip))
}

/// What a site believes about an agent, and what is true.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    ghost: bool,
    stale: bool,
    on: bool,
}

/// Reads the records of one agent after the other.
struct Watch<'m> {
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
    fn new(model: &'m Model) -> Self {
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

    fn begin(&mut self, agent: AgentId) {
        self.agent = Some(agent);
        let profile = &self.model.profiles[self.model.cohort(agent).profile.index()];
        self.sites = Side::BOTH.map(|side| profile.seat(side).map(|seat| seat.site));
        (self.desk, self.in_service, self.told) = (None, false, None);
        (self.sight, self.now) = ([Sight::default(); 2], Time::ZERO);
    }

    /// An instant is over: what has changed in it is told.
    fn settle(&mut self) {
        let (Some(AgentId(agent)), at) = (self.agent, self.now) else { return };
        let mut tell = |what| self.changes.push(Change { at, what });
        let site = self.desk.filter(|_| self.in_service);
        if site != self.told {
            tell(What::Agent { agent, site });
            self.told = site;
        }
        for (side, sight) in (0..).zip(&mut self.sight) {
            let Some(here) = self.sites[usize::from(side)] else { continue };
            let stale = sight.stale && self.desk == Some(here);
            let on = (sight.ghost || stale) && site != Some(here);
            if on != std::mem::replace(&mut sight.on, on) {
                tell(What::Phantom { agent, side, site: here, on });
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
            Event::GhostBegun { site } => self.see(site, |sight| sight.ghost = true),
            Event::GhostEnded { site } => self.see(site, |sight| sight.ghost = false),
            Event::StaleBegun { site } => self.see(site, |sight| sight.stale = true),
            Event::StaleEnded { site } => self.see(site, |sight| sight.stale = false),
            Event::Tally { .. } => self.settle(),
            _ => {}
        }
    }
}
