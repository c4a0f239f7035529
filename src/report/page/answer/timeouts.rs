//! Which timeout is worth a sweep, by the path with which `--set` finds it.

use maud::Markup;

use super::command;
use crate::options;
use crate::report::ASSUMPTIONS_FILE;
use crate::report::page::set::{Csv, DOWNTIME_FILE, Set};

/// Where options are that are not set, and those of all agents.
const ALL: [&str; 2] = ["application", ""];

/// A sweep of the timeout that matters: that of the phone where most of the downtime is spent waiting for it. `None`:
/// disaster recovery is off for the agents with most of the downtime, so that no timeout moves them.
pub(super) fn sweep_of_timeout(set: &Set<'_>, cause: &str) -> Option<Markup> {
    let assumptions = set.csv(ASSUMPTIONS_FILE).ok().flatten().unwrap_or_default();
    let name = match cause {
        "phone" => "disaster-recovery.wait-for-sipphone-timeout",
        _ => "disaster-recovery.timeout",
    };
    let range = format!("{}=15..120 step 15", path(&assumptions, name));
    let sweep = || command(&["switchover", "sweep", set.scenario(), "--set", &range]);
    (!is_off(set, &assumptions)).then(sweep)
}

/// The values of an option, each with the level that sets it (kind, name) and the number of agents that it is in force
/// for; without those of a roster, which `--set` does not change.
fn values<'c>(
    assumptions: &'c Csv,
    name: &str,
) -> impl Iterator<Item = ([&'c str; 2], &'c str, f64)> {
    let own = move |row: &&Vec<String>| {
        assumptions.cell(row, "kind") == "option" && assumptions.cell(row, "name") == name
    };
    let rows: Vec<&Vec<String>> = assumptions.rows.iter().filter(own).collect();
    rows.into_iter().filter_map(|row| {
        let level = level(assumptions.cell(row, "set_at"))?;
        let agents = assumptions.number(row, "agents").unwrap_or(0.0);
        Some((level, assumptions.cell(row, "value"), agents))
    })
}

/// The level that sets a value, as a table of the scenario and a name in it: `Agent Group sales, line 22`. `None`: it is
/// a line of a roster.
fn level(set_at: &str) -> Option<[&str; 2]> {
    let (holder, line) = set_at.rsplit_once(", line ").unwrap_or((set_at, ""));
    if line.contains(" of ") {
        return None;
    }
    let tables = [("Tenant ", "tenant"), ("Agent Group ", "agent-group"), ("Person ", "person")];
    let named = tables.iter().find_map(|(kind, table)| Some([*table, holder.strip_prefix(kind)?]));
    Some(named.unwrap_or(ALL))
}

/// The full path of an option where most agents take it from; of equal ones the first.
fn path(assumptions: &Csv, name: &str) -> String {
    let mut levels: Vec<([&str; 2], f64)> = Vec::new();
    for (level, _, agents) in values(assumptions, name) {
        match levels.iter_mut().find(|(other, _)| *other == level) {
            Some((_, sum)) => *sum += agents,
            None => levels.push((level, agents)),
        }
    }
    let most = levels.into_iter().rev().max_by(|one, other| one.1.total_cmp(&other.1));
    let [table, holder] = most.map_or(ALL, |(level, _)| level);
    let section = options::find(name).map_or("interaction-workspace", |entry| entry.section);
    let holder = match holder {
        "" => String::new(),
        plain if !plain.contains(['.', '"', '\'', '=']) => format!("{plain}."),
        odd => format!("{}.", serde_json::Value::from(odd)),
    };
    format!("{table}.{holder}{section}.{name}")
}

/// Whether disaster recovery is off for the agents with most of the downtime, as far as their groups say; or for all.
fn is_off(set: &Set<'_>, assumptions: &Csv) -> bool {
    let enabled: Vec<_> = values(assumptions, "disaster-recovery.enabled").collect();
    let is_false = |value: &str| value.eq_ignore_ascii_case("false");
    if enabled.is_empty() || enabled.iter().all(|(_, value, _)| is_false(value)) {
        return !enabled.is_empty();
    }
    let wide = |table: &str| table == "application" || table == "tenant";
    let mut general = enabled.iter().filter(|([table, _], ..)| wide(table));
    let elsewhere =
        general.clone().next().is_some() && general.all(|(_, value, _)| is_false(value));
    let off = |group: &str| {
        let own = enabled.iter().find(|(level, ..)| *level == ["agent-group", group]);
        own.map_or(elsewhere, |(_, value, _)| is_false(value))
    };
    let Some(csv) = set.csv(DOWNTIME_FILE).ok().flatten() else { return false };
    let groups = csv.rows.iter().filter(|row| csv.cell(row, "by") == "group");
    let (mut whole, mut without) = (0.0, 0.0);
    for row in groups {
        let seconds = csv.number(row, "downtime_s").unwrap_or(0.0);
        whole += seconds;
        without += if off(csv.cell(row, "name")) { seconds } else { 0.0 };
    }
    without > 0.5 * whole
}
