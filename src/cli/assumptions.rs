//! What an answer takes for granted: every effective option, setting and policy, and the faults and
//! prices as the scenario writes them.
//!
//! It reads a scenario that was understood; what it gathers becomes `assumptions.csv`.

use std::collections::HashMap;

use super::settings::{self, Setting};
use crate::diagnostic::Source;
use crate::model::{Model, ProfileId};
use crate::options::{self, Family};
use crate::report::Assumption;
use crate::resolve::{EffectiveOption, Resolved};
use crate::scenario;
use crate::scenario::tree::{Entry, Table, Value};

/// All of them: options of agents, then settings in the order of the catalogue, then faults, drains and prices.
pub(super) fn of(source: &Source, resolved: &Resolved) -> Vec<Assumption> {
    let mut all = options_of_agents(source, resolved);
    all.extend(settings::all(source).into_iter().map(setting));
    let (tree, _) = scenario::parse(source.text().as_bytes());
    for kind in ["fault", "drain"] {
        let tables = tree.as_ref().and_then(|(_, top)| top.get(kind));
        all.extend(tables.into_iter().flat_map(|tables| occurrences(source, kind, tables)));
    }
    let prices = tree.as_ref().and_then(|(_, top)| top.get("prices"));
    all.extend(prices.into_iter().flat_map(|prices| of_prices(source, prices)));
    all
}

/// The prices, as written; nothing else names them.
fn of_prices(source: &Source, prices: &Entry) -> Vec<Assumption> {
    match &prices.node.value {
        Value::Table(table) => keys(source, "price", table),
        _ => Vec::new(),
    }
}

/// The options that the simulator takes into account or that are written; equal ones of several
/// classes of agents are one.
fn options_of_agents(source: &Source, resolved: &Resolved) -> Vec<Assumption> {
    let mut all: Vec<Assumption> = Vec::new();
    // A roster has thousands of classes.
    let mut known: HashMap<(&str, String, String), usize> = HashMap::new();
    let agents_of = agents(&resolved.model);
    for (profile, options) in (0..).map(ProfileId).zip(&resolved.provenance) {
        let agents = agents_of.get(profile.index()).copied().unwrap_or(0);
        for one in options.iter().filter(|one| one.modelled || one.span.is_some()) {
            let (name, one) = (one.name, option(source, one));
            let place = known.entry((name, one.value.clone(), one.set_at.clone()));
            let place = *place.or_insert_with(|| {
                all.push(Assumption { agents: Some(0), ..one });
                all.len() - 1
            });
            all[place].agents = all[place].agents.map(|before| before + agents);
        }
    }
    all.sort_by_key(|one| options::all().position(|entry| entry.name == one.name));
    all
}

/// How many agents have each profile.
fn agents(model: &Model) -> Vec<u32> {
    let mut agents = vec![0; model.profiles.len()];
    for cohort in &model.cohorts {
        agents[cohort.profile.index()] += cohort.count;
    }
    agents
}

fn option(source: &Source, option: &EffectiveOption) -> Assumption {
    let line = option.span.map(|span| (source.position(span.start).line, source.other(span.start)));
    let holder = if option.holder.is_empty() { "" } else { " " };
    let line = line.map_or_else(String::new, |(line, file)| match file {
        None => format!(", line {line}"),
        Some(file) => format!(", line {line} of {file}"),
    });
    let refused = if option.refused { " (cannot be used: the default)" } else { "" };
    Assumption {
        kind: "option",
        name: option.name.to_owned(),
        value: option.value.clone(),
        set_at: format!("{}{holder}{}{line}{refused}", option.level.name(), option.holder),
        evidence: options::find(option.name).map_or("", |entry| entry.evidence.word()),
        ..Assumption::default()
    }
}

fn setting(setting: Setting) -> Assumption {
    let (kind, evidence) = match setting.family {
        Family::Policy => ("policy", "not documented"),
        Family::WhatIf => ("what-if", "hypothetical"),
        _ => ("setting", setting.evidence.word()),
    };
    Assumption {
        kind,
        set_at: setting.set_at(),
        place: setting.table,
        name: setting.name.to_owned(),
        value: setting.value,
        agents: None,
        evidence,
    }
}

/// Every key of the faults or drains of a scenario, as written.
fn occurrences(source: &Source, kind: &'static str, tables: &Entry) -> Vec<Assumption> {
    let Value::Array(all) = &tables.node.value else { return Vec::new() };
    let inner = all.iter().filter_map(|node| match &node.value {
        Value::Table(table) => Some(table),
        _ => None,
    });
    inner.flat_map(|table| keys(source, kind, table)).collect()
}

fn keys(source: &Source, kind: &'static str, table: &Table) -> Vec<Assumption> {
    let place = table.get("name").and_then(|name| name.node.scalar_text()).unwrap_or_default();
    let others = table.entries.iter().filter(|entry| entry.key != "name");
    let row = |entry: &Entry| Assumption {
        kind,
        place: place.clone(),
        name: entry.key.clone(),
        value: settings::as_written(source, entry),
        set_at: format!("line {}", source.position(entry.key_span.start).line),
        agents: None,
        evidence: "scenario",
    };
    others.map(row).collect()
}
