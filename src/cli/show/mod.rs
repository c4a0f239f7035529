//! `show`: the scenario as meant: what holds for whom, and where it was set.
//!
//! Gathered here, laid out in `text`, or printed as JSON.

mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::{Format, Show};
use super::command_line::CommandLine;
use super::explain;
use super::failure::Outcome;
use super::load::{self, Understood};
use super::settings::{self, Setting};
use super::terminal;
use crate::measures::Total;
use crate::model::{AgentId, Clock, Cohort, Kind, Model, Pair, ProfileId, Schedule, SiteId};
use crate::report::Provenance;
use crate::resolve::EffectiveOption;

/// Everything shown.
#[derive(Debug, Serialize)]
struct Shown {
    scenario: String,
    title: String,
    file: String,
    seed: u64,
    horizon_s: Total,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<Calendar>,
    agents: u32,
    sites: Vec<Site>,
    people: Vec<People>,
    settings: Vec<Setting>,
}

/// When the run starts, and what begins in it, as local time.
#[derive(Debug, Serialize)]
struct Calendar {
    start: String,
    time_zone: Option<String>,
    begins: Vec<Begins>,
}

/// A scripted fault or a drain.
#[derive(Debug, Serialize)]
struct Begins {
    name: String,
    at_s: Total,
    local: String,
}

/// One site and its server pairs.
#[derive(Debug, Serialize)]
struct Site {
    name: String,
    pairs: Vec<Servers>,
}

/// One server pair.
#[derive(Debug, Serialize)]
struct Servers {
    kind: Kind,
    primary: String,
    primary_host: String,
    backup: Option<String>,
    backup_host: Option<String>,
    dr_name: String,
}

/// Agents for whom the same holds.
#[derive(Debug, Serialize)]
struct People {
    names: Vec<String>,
    count: u32,
    location: String,
    preferred_site: String,
    /// `None`: disaster recovery is off, or there is no usable peer.
    peer_site: Option<String>,
    phone: String,
    /// Their shifts, and how many take each; none: they are always on duty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shifts: Vec<Taken>,
    /// The connections for which disaster recovery is on.
    disaster_recovery: Vec<Kind>,
    options: Vec<Choice>,
}

/// A shift.
#[derive(Debug, Serialize)]
struct Taken {
    shift: String,
    arrive_spread_s: Total,
    agents: u32,
}

/// One effective vendor option.
#[derive(Debug, Serialize)]
struct Choice {
    name: &'static str,
    value: String,
    level: &'static str,
    holder: String,
    /// Line of the scenario file, or of `file`; `None`: it is the default.
    line: Option<usize>,
    column: Option<usize>,
    /// The file that it is in, if that is one that the scenario names.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// What is written cannot be used, so this is the default.
    refused: bool,
    /// The simulator takes it into account.
    modelled: bool,
}

/// Shows the scenario.
pub(super) fn run(asked: &Show) -> Outcome {
    let understood = load::understood(&asked.file, &asked.changes.set, true, true)?;
    let agent = match &asked.agent {
        Some(name) => Some(explain::agent(&understood.resolved.model, name)?),
        None => None,
    };
    let shown = gather(&understood, agent);
    match asked.format {
        Format::Text => terminal::print(&text::text(&shown, terminal::screen().width)),
        Format::Json => terminal::print_json(&shown, &provenance(&understood, asked)),
    }
}

fn provenance(understood: &Understood, asked: &Show) -> Provenance {
    let origin = &understood.origin;
    let again = CommandLine::new("show", origin.inputs());
    let again = again.set(origin.texts()).value("--agent", asked.agent.as_ref());
    let seed = Some(understood.resolved.model.seed);
    Provenance { settings: origin.texts(), ..again.provenance(origin.inputs(), seed) }
}

fn gather(understood: &Understood, agent: Option<AgentId>) -> Shown {
    let model = &understood.resolved.model;
    let wanted = agent.map(|agent| model.cohort(agent).profile);
    let profiles = (0..model.profiles.len() as u32).map(ProfileId);
    let people = profiles
        .filter(|profile| wanted.is_none_or(|wanted| wanted == *profile))
        .map(|profile| people(understood, profile));
    Shown {
        scenario: model.name.clone(),
        title: model.title.clone(),
        file: understood.source.name().to_owned(),
        seed: model.seed,
        horizon_s: Total(i128::from(model.horizon.0)),
        calendar: model.clock.as_ref().map(|clock| calendar(model, clock)),
        agents: model.agents(),
        sites: (0..)
            .zip(&model.sites)
            .map(|(id, site)| site_of(model, SiteId(id), &site.name))
            .collect(),
        people: people.collect(),
        settings: by_table(settings::all(&understood.source)),
    }
}

fn calendar(model: &Model, clock: &Clock) -> Calendar {
    let faults = model.faults.iter().filter_map(|fault| match fault.schedule {
        Schedule::Scripted { at, .. } => Some((&fault.name, at)),
        Schedule::Random { .. } => None,
    });
    let all = faults.chain(model.drains.iter().map(|drain| (&drain.name, drain.at)));
    let begins = all.map(|(name, at)| Begins {
        name: name.clone(),
        at_s: Total(i128::from(at.0)),
        local: clock.at(at),
    });
    Calendar {
        start: clock.to_string(),
        time_zone: clock.zone.as_ref().map(|zone| zone.name.clone()),
        begins: begins.collect(),
    }
}

/// The settings of one table together, tables in the order in which they come first.
fn by_table(mut settings: Vec<Setting>) -> Vec<Setting> {
    let mut first = BTreeMap::new();
    for (at, setting) in settings.iter().enumerate() {
        first.entry(setting.table.clone()).or_insert(at);
    }
    settings.sort_by_key(|setting| first.get(&setting.table).copied());
    settings
}

fn site_of(model: &Model, id: SiteId, name: &str) -> Site {
    let pairs = model.pairs.iter().filter(|pair| pair.site == id);
    Site { name: name.to_owned(), pairs: pairs.map(|pair| servers(model, pair)).collect() }
}

fn servers(model: &Model, pair: &Pair) -> Servers {
    let host = |member: &crate::model::Member| model.hosts[member.host.index()].name.clone();
    Servers {
        kind: pair.kind,
        primary: pair.primary.name.clone(),
        primary_host: host(&pair.primary),
        backup: pair.backup.as_ref().map(|member| member.name.clone()),
        backup_host: pair.backup.as_ref().map(host),
        dr_name: pair.dr_name.clone(),
    }
}

fn people(understood: &Understood, id: ProfileId) -> People {
    let model = &understood.resolved.model;
    let profile = &model.profiles[id.index()];
    let site = |site: SiteId| model.sites[site.index()].name.clone();
    let cohorts = || model.cohorts.iter().filter(|cohort| cohort.profile == id);
    let on = Kind::ALL.into_iter().filter(|kind| profile.dr[kind.index()]);
    let provenance = understood.resolved.provenance.get(id.index());
    People {
        names: cohorts().map(|cohort| explain::names(model, cohort)).collect(),
        count: cohorts().map(|cohort| cohort.count).sum(),
        location: model.locations[profile.location.index()].name.clone(),
        preferred_site: site(profile.preferred.site),
        peer_site: profile.peer.as_ref().map(|seat| site(seat.site)),
        phone: model.phones[profile.phone].name.clone(),
        shifts: cohorts().flat_map(|cohort| taken(model, cohort)).collect(),
        disaster_recovery: on.collect(),
        options: provenance.into_iter().flatten().map(|one| choice(understood, one)).collect(),
    }
}

/// The shifts of a cohort.
fn taken(model: &Model, cohort: &Cohort) -> Vec<Taken> {
    let mut agents = vec![0; model.shifts.len()];
    for agent in cohort.first.0..cohort.first.0 + cohort.count {
        cohort.shift(AgentId(agent)).into_iter().for_each(|shift| agents[shift.index()] += 1);
    }
    let each = model.shifts.iter().zip(agents).filter(|(_, agents)| *agents > 0);
    each.map(|(shift, agents)| Taken {
        shift: shift.text.clone(),
        arrive_spread_s: shift.spread.into(),
        agents,
    })
    .collect()
}

fn choice(understood: &Understood, option: &EffectiveOption) -> Choice {
    let source = &understood.source;
    let place = option.span.map(|span| source.position(span.start));
    let file = option.span.and_then(|span| source.other(span.start));
    Choice {
        name: option.name,
        value: option.value.clone(),
        level: option.level.name(),
        holder: option.holder.clone(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        file: file.map(str::to_owned),
        refused: option.refused,
        modelled: option.modelled,
    }
}
