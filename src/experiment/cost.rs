//! What a simulation will take, estimated from the model before it begins: memory, disk, time.
//!
//! The numbers of outages are expected ones; what one of them takes was measured and is within a
//! factor of two (docs/performance.md). Nothing is simulated and nothing refused here.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{LocationId, Model, PairId, Profile, SiteId, Target};
use crate::resolve::spells;
use crate::time::Span;

use super::study::Study;

/// Bytes of the program itself.
const BASE: f64 = 14e6;
/// Bytes that a spell of a fault takes in memory, and as a line of `faults.csv`.
const SPELL: (f64, f64) = (650.0, 113.0);
/// The same of a path between a location and a site, or of a link: lines of `world.csv`.
const PATH: (f64, f64) = (550.0, 80.0);
/// Bytes of a site in `timeline.csv`, and of the charts.
const TIMELINE: f64 = 45e3;
const CHARTS: f64 = 3e5;
/// Bytes of a row in `outages.csv`, of two in `moves.csv`, and of one in `agents.csv`.
const ROWS: (f64, f64, f64) = (300.0, 210.0, 200.0);
/// How much longer the trace is than the rows.
const TRACE: f64 = 3.2;
/// Bytes in memory of an outage without its rows.
const OUTAGE: f64 = 25.0;
/// Agents whose rows are in memory at a time, for each thread.
const BUFFERED: f64 = 4.0 * 2048.0;
/// Bytes of an agent that waits for a login slot.
const WAITING: f64 = 1_600.0;
/// Seconds of one thread for a spell, an outage, its rows, and a replication.
const SECONDS: (f64, f64, f64, f64) = (1.5e-6, 2e-6, 3e-6, 3e-4);

/// An estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Peak memory, bytes.
    pub memory: f64,
    /// Files while it runs and afterwards, bytes.
    pub disk: f64,
    /// Time with as many threads as asked for, seconds.
    pub time_s: f64,
}

/// How a single run is written.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// With the tables that have a row per agent, outage or move.
    pub rows: bool,
    /// With the trace.
    pub trace: bool,
}

/// What happens in one replication, as expected.
struct Load {
    /// Spells of all targets.
    spells: f64,
    /// Outages of all agents.
    outages: f64,
    /// Bytes of their rows.
    rows: f64,
    agents: f64,
    /// Agents that a site with a login capacity may make wait.
    waiting: f64,
    /// Lines of `world.csv`.
    paths: f64,
}

/// Bytes and seconds that a variant takes with its estimates, and that a byte of its text takes.
const VARIANT: (f64, f64) = (2.5e5, 5e-3);
const TEXT: (f64, f64) = (50.0, 1e-6);

impl Cost {
    /// Of variants that are read and compared, before their replications. `bytes`: of all their
    /// texts.
    #[must_use]
    pub fn of_variants(number: usize, bytes: usize) -> Self {
        let of = |variant, text| number as f64 * variant + bytes as f64 * text;
        Self { memory: of(VARIANT.0, TEXT.0), disk: 0.0, time_s: of(VARIANT.1, TEXT.1) }
    }

    /// Of a single run on a number of threads.
    #[must_use]
    pub fn of_run(model: &Model, threads: usize, written: Written) -> Self {
        let load = Load::of(model);
        let buffered = (BUFFERED * threads as f64 / load.agents.max(1.0)).min(1.0);
        let lines = match (written.rows, written.trace) {
            (false, false) => 0.0,
            (true, false) => 1.0,
            (false, true) => TRACE,
            (true, true) => 1.0 + TRACE,
        };
        let rows = load.rows * lines;
        let outages = load.outages * OUTAGE;
        let (spell, outage, row, _) = SECONDS;
        Self {
            memory: load.world() + load.paths * PATH.0 + buffered * (rows + outages),
            disk: rows
                + load.spells * SPELL.1
                + load.paths * PATH.1
                + model.sites.len() as f64 * TIMELINE
                + CHARTS,
            time_s: (load.spells + load.paths) * spell
                + load.outages * (outage + lines * row) / threads as f64,
        }
    }

    /// Of the story of one agent: the world that it lives in, and those before it in a queue.
    #[must_use]
    pub fn of_story(model: &Model) -> Self {
        let load = Load::of(model);
        let (spell, outage, ..) = SECONDS;
        let others = if load.waiting > 0.0 { load.outages } else { 0.0 };
        Self {
            memory: load.world() + load.paths * PATH.0,
            disk: 0.0,
            time_s: (load.spells + load.paths) * spell + others * outage,
        }
    }

    /// Of replications that are read and not simulated.
    #[must_use]
    pub fn of_merge(study: &Study<'_>, replications: &Range<u64>) -> Self {
        let whole = Self::of_experiment(study, replications, 0);
        let (.., replication) = SECONDS;
        let number = (replications.end - replications.start) as f64;
        Self { time_s: number * replication, ..whole }
    }

    /// Of the replications of a study that a time limit lets be made.
    #[must_use]
    pub fn of_experiment_within(
        study: &Study<'_>,
        replications: &Range<u64>,
        threads: usize,
        limit: Option<Span>,
    ) -> Self {
        let whole = Self::of_experiment(study, replications, threads);
        let Some(limit) = limit.map(Span::as_secs_f64) else { return whole };
        let one = replications.start..replications.end.min(replications.start + 1);
        let least = Self::of_experiment(study, &one, threads);
        // Times are known to a factor of two.
        let share = (2.0 * limit / whole.time_s.max(1e-9)).min(1.0);
        let part = |least: f64, whole: f64| least + (whole - least).max(0.0) * share;
        Self {
            memory: part(least.memory, whole.memory),
            disk: part(least.disk, whole.disk),
            time_s: whole.time_s.min(limit),
        }
    }

    /// What an experiment takes to its last replication.
    #[must_use]
    pub fn of_experiment(study: &Study<'_>, replications: &Range<u64>, threads: usize) -> Self {
        let number = (replications.end - replications.start) as f64;
        // None: nothing is simulated.
        let threads = threads as f64;
        let mut cost = Self { memory: BASE, ..Self::default() };
        let mut largest: f64 = 0.0;
        for (model, layout) in study.models().iter().zip(study.layouts()) {
            let (load, row) = (Load::of(model), layout.length() as f64);
            largest = largest.max(load.world() - BASE + load.outages.min(2e6) * OUTAGE);
            let bins = load.outages.min(5_000.0);
            cost.memory += number * row * ROW.0 + number.min(64.0) * bins * BIN.0;
            cost.disk += number * (row * ROW.1 + bins * BIN.1);
            let (spell, outage, _, replication) = SECONDS;
            cost.time_s +=
                number / threads * (replication + load.spells * spell + load.outages * outage);
        }
        cost.memory += threads.min(number) * largest;
        cost
    }
}

/// Bytes of an integer of a replication's row, in memory (with what is made of it) and on the disk.
const ROW: (f64, f64) = (100.0, 20.0);
/// The same of a bin of a sketch.
const BIN: (f64, f64) = (40.0, 20.0);

impl Load {
    fn of(model: &Model) -> Self {
        let happening = Happening::of(model);
        let (mut outages, mut rows, mut agents, mut waiting) = (0.0, 0.0, 0.0, 0.0);
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            let count = f64::from(cohort.count);
            let hits = happening.at(profile, model);
            outages += count * hits.outages;
            rows += count * (hits.outages * ROWS.0 + hits.moves * ROWS.1 + ROWS.2);
            agents += count;
            let queues = |site: SiteId| model.sites[site.index()].login_gap.is_some();
            let seats = std::iter::once(&profile.preferred).chain(&profile.peer);
            waiting += if seats.map(|seat| seat.site).any(queues) { count } else { 0.0 };
        }
        let (sites, locations) = (model.sites.len() as f64, model.locations.len() as f64);
        let paths = sites * locations + sites * sites / 2.0;
        Self { spells: happening.spells, outages, rows, agents, waiting, paths }
    }

    /// Bytes of the world and of who waits in it.
    fn world(&self) -> f64 {
        BASE + self.spells * SPELL.0 + self.waiting * WAITING + self.agents.sqrt()
    }
}

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
            let hits = Hits { outages: noticed + 0.75 * moves, moves };
            for target in &fault.targets {
                all.entry(target).add(Some(&hits), 1.0);
            }
        }
        all
    }

    fn entry(&mut self, target: &Target) -> &mut Hits {
        match target {
            Target::Process(pair, _) => self.pairs.entry(*pair).or_default(),
            Target::Host(host) => self.hosts.entry(host.0).or_default(),
            Target::Site(site) => self.sites.entry(*site).or_default(),
            Target::Path(location, site, _) => self.paths.entry((*location, *site)).or_default(),
            Target::Location(location, _) => self.locations.entry(*location).or_default(),
            // Nobody uses the link between two sites.
            Target::InterSite(one, _) => {
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
            hits.add(self.pairs.get(&pair), 0.5);
            for member in model.pairs[pair.index()].members() {
                hits.add(self.hosts.get(&member.host.0), 0.5);
            }
        }
        hits
    }
}
