//! What a gauge is: one measure of a run, by the name it has in `summary.json`, and how the runs of
//! an experiment are put together into one figure.
//!
//! Only the types and the naming; the gauges themselves are in `gauges`. It estimates nothing.

use crate::model::{Model, Unit};

use super::factor::Factor;
use super::pool::Pool;
use super::registrars::{causes, limited};
use super::results::Results;
use super::turns;
use super::world::{Part, WorldRow};

/// Which direction is an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The less, the better.
    Less,
    /// The more, the better.
    More,
    /// Neither: a fact to know.
    Neither,
}

/// How often a gauge occurs: once, or once for each of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Once.
    Run,
    /// For each cause of downtime.
    Cause,
    /// For each kind of connection.
    Kind,
    /// For each reason of a switchover.
    Reason,
    /// For each site.
    Site,
    /// For each declared fault, then for each drain.
    Fault,
    /// For each server pair.
    Pair,
    /// For each plane of each path.
    Path,
    /// For each site with a reconnect capacity.
    Reconnect,
    /// For each site whose registrar has a capacity.
    Registrar,
    /// For each declared fault, then for each drain, where some registrar has a capacity.
    Storm,
    /// For each queue of calls.
    Queue,
    /// Once, where there are queues of calls.
    AllCalls,
    /// For each declared fault, then for each drain, where there are queues of calls.
    CallFault,
    /// Once, where there are prices.
    Money,
    /// Once, where there are shifts.
    Staff,
    /// Once, where calls are simulated in windows.
    Windows,
}

/// How one run is read, and so how runs are put together.
#[derive(Clone, Copy, Debug)]
pub enum How {
    /// One integer per run (nanoseconds, or a count); over runs, their mean.
    Each(fn(&Results, &Model, usize) -> i128),
    /// One integer in those runs that have it; over runs, the mean of those.
    IfAny(fn(&Results, &Model, usize) -> Option<i128>),
    /// Numerator and denominator per run; over runs, sum over sum, with the factor.
    Ratio(fn(&Results, &Model, usize) -> [i128; 2], Factor),
    /// A percentile of a pool.
    Pooled(fn(usize) -> Pool, u32),
}

/// The measure by which variants are compared first.
pub const DOWNTIME_PER_AGENT: &str = "downtime_s.per_agent.mean";

/// One measure, for all its instances.
#[derive(Clone, Copy, Debug)]
pub struct Gauge {
    /// The path to it in `summary.json`; words in capitals are placeholders for one of several.
    pub name: &'static str,
    /// Its instances.
    pub per: Per,
    /// Its unit.
    pub unit: Unit,
    /// The better direction.
    pub better: Better,
    /// Events of single machines, few and apart, so that their counts follow Poisson's law.
    pub rare: bool,
    /// A difference, which may be below 0.
    pub signed: bool,
    /// How runs are read and put together.
    pub how: How,
    /// The durations that it is the mean or the maximum of; percentiles say that in `how`.
    pub of: Option<fn(usize) -> Pool>,
    /// The gauge that says in which runs it is waited for: one that counts some of that and has no value of this has ended
    /// before.
    pub awaited: Option<&'static str>,
    /// What it says, in a few words.
    pub doc: &'static str,
}

impl Gauge {
    const fn new(name: &'static str, per: Per, unit: Unit, how: How, doc: &'static str) -> Self {
        Self {
            name,
            per,
            unit,
            better: Better::Less,
            rare: false,
            signed: false,
            how,
            of: None,
            awaited: None,
            doc,
        }
    }

    /// A time, the mean over runs.
    pub(super) const fn time(
        name: &'static str,
        per: Per,
        get: fn(&Results, &Model, usize) -> i128,
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, Unit::Time, How::Each(get), doc)
    }

    /// A time of all agents added up, the mean over runs.
    pub(super) const fn agent_time(
        name: &'static str,
        per: Per,
        get: fn(&Results, &Model, usize) -> i128,
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, Unit::AgentTime, How::Each(get), doc)
    }

    /// A number, the mean over runs.
    pub(super) const fn count(
        name: &'static str,
        per: Per,
        get: fn(&Results, &Model, usize) -> i128,
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, Unit::Count, How::Each(get), doc)
    }

    /// A time that not every run has.
    pub(super) const fn if_any(
        name: &'static str,
        per: Per,
        get: fn(&Results, &Model, usize) -> Option<i128>,
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, Unit::Time, How::IfAny(get), doc)
    }

    /// One sum over another.
    pub(super) const fn ratio(
        name: &'static str,
        per: Per,
        (unit, factor): (Unit, Factor),
        get: fn(&Results, &Model, usize) -> [i128; 2],
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, unit, How::Ratio(get, factor), doc)
    }

    /// A percentile of times.
    pub(super) const fn percentile(
        name: &'static str,
        per: Per,
        (pool, percent): (fn(usize) -> Pool, u32),
        doc: &'static str,
    ) -> Self {
        Self::new(name, per, Unit::Time, How::Pooled(pool, percent), doc)
    }

    /// From the integers of a run to the unit.
    #[must_use]
    pub const fn factor(&self) -> Factor {
        match self.how {
            How::Ratio(_, factor) => factor,
            _ if self.unit.is_time() => Factor::SECONDS,
            _ => Factor::ONE,
        }
    }

    /// Whether it is a rate per year, which says something only where a fault comes at random: what
    /// a script makes happen once happens once, not once a year.
    #[must_use]
    pub fn is_yearly(&self) -> bool {
        self.name.ends_with(".per_agent_year")
    }

    /// The same with the more the better.
    pub(super) const fn more(self) -> Self {
        Self { better: Better::More, ..self }
    }

    /// The same with no better direction.
    pub(super) const fn neither(self) -> Self {
        Self { better: Better::Neither, ..self }
    }

    /// The same, a mean or a maximum of the durations of a pool.
    pub(super) const fn of(self, pool: fn(usize) -> Pool) -> Self {
        Self { of: Some(pool), ..self }
    }

    /// The same, waited for in runs that count some of another gauge.
    pub(super) const fn awaited(self, by: &'static str) -> Self {
        Self { awaited: Some(by), ..self }
    }

    /// The pool of durations that an instance is about, if there is one.
    #[must_use]
    pub fn pool(&self, index: usize) -> Option<Pool> {
        match self.how {
            How::Pooled(pool, _) => Some(pool(index)),
            _ => self.of.map(|pool| pool(index)),
        }
    }

    /// The same, a difference that may be below 0.
    pub(super) const fn signed(self) -> Self {
        Self { signed: true, ..self }
    }

    /// The same, counting rare events of single machines.
    pub(super) const fn rare(self) -> Self {
        Self { rare: true, ..self }
    }
}

/// Causes of downtime, in the order of [`Cause::ALL`].
pub(super) const CAUSES: [&str; 8] = [
    "off",
    "undetected",
    "no-site",
    "restoring",
    "switching",
    "reconnecting",
    "phone",
    "not-ready",
];
/// Reasons, in the order of [`super::SWITCHOVER_REASONS`].
pub(super) const REASONS: [&str; 5] =
    ["sip-timer", "stat-timer", "config-timer", "phone-timer", "drain"];
/// Kinds of connections, in the order of [`crate::model::Kind::ALL`].
pub(super) const KINDS: [&str; 3] = ["sip", "stat", "config"];
/// Planes of a path.
pub(super) const PLANES: [&str; 2] = ["cti", "sip"];

/// One instance of a gauge in one scenario.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name, complete.
    pub name: String,
    /// The gauge.
    pub gauge: &'static Gauge,
    /// Which instance.
    pub index: usize,
}

/// The placeholder for the instance in a name, and the names of the instances in a scenario, each
/// with its index.
pub(super) fn instances(per: Per, model: &Model) -> (&'static str, Vec<(String, usize)>) {
    let numbered = |names: Vec<String>| names.into_iter().zip(0..).collect();
    let words = |words: &[&str]| numbered(words.iter().map(|word| (*word).to_owned()).collect());
    match per {
        Per::Run => ("", vec![(String::new(), 0)]),
        Per::Cause => ("CAUSE", words(&CAUSES)),
        Per::Kind => ("KIND", words(&KINDS)),
        Per::Reason => ("REASON", words(&REASONS)),
        Per::Site => ("SITE", numbered(model.sites.iter().map(|s| s.name.clone()).collect())),
        Per::Pair => ("PAIR", numbered(model.pairs.iter().map(|p| p.name.clone()).collect())),
        Per::Path => ("LOCATION.SITE.PLANE", paths(model)),
        Per::Reconnect => {
            let sites = turns::limited(model).map(|site| model.sites[site.index()].name.clone());
            ("RECONNECT", numbered(sites.collect()))
        }
        Per::Registrar => {
            let sites = limited(model).map(|site| model.sites[site.index()].name.clone());
            ("REGISTRAR", numbered(sites.collect()))
        }
        Per::Queue => {
            ("QUEUE", numbered(model.calls.queues.iter().map(|q| q.name.clone()).collect()))
        }
        Per::CallFault if model.calls.queues.is_empty() => ("FAULT", Vec::new()),
        Per::Fault | Per::CallFault => {
            ("FAULT", numbered(model.strikers().map(str::to_owned).collect()))
        }
        Per::AllCalls if model.calls.queues.is_empty() => ("", Vec::new()),
        Per::AllCalls => ("", vec![(String::new(), 0)]),
        Per::Money => ("", model.prices.any().then(|| (String::new(), 0)).into_iter().collect()),
        Per::Staff if model.shifts.is_empty() => ("", Vec::new()),
        Per::Staff => ("", vec![(String::new(), 0)]),
        Per::Windows if !model.calls.in_windows() => ("", Vec::new()),
        Per::Windows => ("", vec![(String::new(), 0)]),
        Per::Storm => {
            let names = causes(model).into_iter().map(|(name, _)| name);
            ("STORM", numbered(names.collect()))
        }
    }
}

/// Every plane of every path, by its position behind the pairs in [`Results::world`].
fn paths(model: &Model) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for location in &model.locations {
        for site in &model.sites {
            for plane in PLANES {
                let at = model.pairs.len() + found.len();
                found.push((format!("{}.{}.{plane}", location.name, site.name), at));
            }
        }
    }
    found
}

/// The history of the pair or path of an instance.
pub(super) fn world_row(results: &Results, index: usize) -> &WorldRow {
    let row = &results.world[index];
    debug_assert!(index == 0 || !matches!(row.part, Part::Pair(pair) if pair.index() != index));
    row
}
