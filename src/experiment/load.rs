//! What happens in one replication, as expected: outages of fault targets and of agents, rows.

use std::collections::BTreeMap;

use crate::model::{LocationId, Model, PairId, Profile, Site, SiteId, Target};
use crate::resolve::spells;
use crate::time::Span;

/// Bytes of a row in `outages.csv`, of two in `moves.csv`, and of one in `agents.csv`.
const ROWS: (f64, f64, f64) = (300.0, 210.0, 200.0);

/// What happens in one replication, as expected.
pub(super) struct Load {
    /// Outages of all targets.
    pub(super) spells: f64,
    /// Outages of all agents.
    pub(super) outages: f64,
    /// Moves that they lead to.
    pub(super) moves: f64,
    /// Bytes of their rows.
    pub(super) rows: f64,
    pub(super) agents: f64,
    /// Agents that a site with a login or a reconnect capacity, or a call, may make wait.
    pub(super) waiting: f64,
    /// Slots that they get.
    pub(super) slots: f64,
    /// Of those who wait, agents that may have to wait for the end of a call before they leave.
    pub(super) holding: f64,
    /// Agents whose phones ask a registrar with a capacity, and their outages.
    pub(super) asking: (f64, f64),
    /// Lines of `world.csv`.
    pub(super) paths: f64,
}

impl Load {
    pub(super) fn of(model: &Model) -> Self {
        let happening = Happening::of(model);
        let (mut outages, mut moves, mut rows) = (0.0, 0.0, 0.0);
        let (mut agents, mut holding, mut asking) = (0.0, 0.0, (0.0, 0.0));
        let (mut waiting, mut slots) = (0.0, 0.0);
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            let count = f64::from(cohort.count);
            let hits = happening.at(profile, model);
            outages += count * hits.outages;
            moves += count * hits.moves;
            rows += count * (hits.outages * ROWS.0 + hits.moves * ROWS.1 + ROWS.2);
            agents += count;
            let seats = || std::iter::once(&profile.preferred).chain(&profile.peer);
            let mut sites = seats().map(|seat| &model.sites[seat.site.index()]);
            let held = model.calls_hold_agents() && model.takes_calls(cohort);
            let waits = held || sites.clone().any(Site::makes_wait);
            if waits {
                waiting += count;
                // An agent that has moved logs in there, and at home again; others connect again.
                let connects = sites.clone().any(|site| site.reconnect_gap.is_some());
                slots += count * (2.0 * hits.moves + if connects { hits.outages } else { 0.0 });
            }
            holding += if held { count } else { 0.0 };
            if sites.any(|site| site.registrar.limit.is_some()) {
                asking.0 += count;
                asking.1 += count * hits.outages;
            }
        }
        let (sites, locations) = (model.sites.len() as f64, model.locations.len() as f64);
        let paths = sites * locations + sites * sites / 2.0;
        Self {
            spells: happening.spells,
            outages,
            moves,
            rows,
            agents,
            waiting,
            slots,
            holding,
            asking,
            paths,
        }
    }
}

/// Moves that lead to an outage during the restore.
const TRIPS_HOME: f64 = 0.75;

/// Outages of an agent, and how many of them it leaves its site for.
#[derive(Clone, Copy, Default)]
struct Hits {
    outages: f64,
    moves: f64,
}

impl Hits {
    fn add(&mut self, other: Option<&Self>, share: f64) {
        let other = other.copied().unwrap_or_default();
        self.outages += other.outages * share;
        self.moves += other.moves * share;
    }

    /// The same where some of the crashes are covered by a failover: no agent moves for those.
    fn with_coverage(self, coverage: f64) -> Self {
        let spared = self.moves * coverage;
        Self { outages: self.outages - TRIPS_HOME * spared, moves: self.moves - spared }
    }
}

/// What is expected to happen to each thing.
#[derive(Default)]
struct Happening {
    spells: f64,
    pairs: BTreeMap<PairId, Hits>,
    hosts: BTreeMap<u32, Hits>,
    sites: BTreeMap<SiteId, Hits>,
    paths: BTreeMap<(LocationId, SiteId), Hits>,
    locations: BTreeMap<LocationId, Hits>,
}

impl Happening {
    fn of(model: &Model) -> Self {
        let horizon = Span(model.horizon.0).as_secs_f64();
        let mut all = Self { spells: model.drains.len() as f64, ..Self::default() };
        for fault in &model.faults {
            let (spells, length) = spells(&fault.schedule, horizon);
            all.spells += spells * fault.targets.len() as f64;
            // Short ones are not noticed; long ones are left, and cost a second outage on the way
            // home.
            let noticed = spells * length / (length + 8.0);
            let moves = spells * libm::exp(-75.0 / length.max(1e-3));
            let hits = Hits { outages: noticed + TRIPS_HOME * moves, moves };
            for target in &fault.targets {
                all.entry(target).add(Some(&hits), 1.0);
            }
        }
        for drain in &model.drains {
            let hits = Hits { outages: 2.0, moves: 1.0 };
            all.sites.entry(drain.site).or_default().add(Some(&hits), 1.0);
        }
        all
    }

    fn entry(&mut self, target: &Target) -> &mut Hits {
        match target {
            Target::Process(pair, _) | Target::Hang(pair, _) | Target::HaLink(pair) => {
                self.pairs.entry(*pair).or_default()
            }
            Target::Host(host) => self.hosts.entry(host.0).or_default(),
            Target::Site(site) => self.sites.entry(*site).or_default(),
            Target::Path(location, site, _) | Target::PoorPath(location, site, _) => {
                self.paths.entry((*location, *site)).or_default()
            }
            Target::Location(location, _)
            | Target::PoorLocation(location, _)
            | Target::Power(location) => self.locations.entry(*location).or_default(),
            // No agent uses the link between two sites, and a site whose logins or registrar fail
            // serves on.
            Target::InterSite(one, _)
            | Target::PoorLink(one, _)
            | Target::Logins(one)
            | Target::Registrar(one, _) => {
                self.locations.entry(LocationId(u32::MAX - one.0)).or_default()
            }
        }
    }

    /// What hits an agent at its preferred site. Of the two members of a pair, one serves.
    fn at(&self, profile: &Profile, model: &Model) -> Hits {
        let mut hits = Hits::default();
        let seat = &profile.preferred;
        hits.add(self.sites.get(&seat.site), 1.0);
        hits.add(self.paths.get(&(profile.location, seat.site)), 1.0);
        hits.add(self.locations.get(&profile.location), 1.0);
        for pair in [Some(seat.sip), seat.stat, seat.config].into_iter().flatten() {
            let crashes = self.pairs.get(&pair).copied().unwrap_or_default();
            let pair = &model.pairs[pair.index()];
            let coverage = pair.backup.as_ref().map_or(0.0, |_| pair.failover.coverage);
            hits.add(Some(&crashes.with_coverage(coverage)), 0.5);
            // A host is lost without a word: by the time that is noticed, many have moved.
            for member in pair.members() {
                hits.add(self.hosts.get(&member.host.0), 0.5);
            }
        }
        hits
    }
}
