//! The settings that are no vendor options: desktop, policies, what-if extensions, failover,
//! phones. Each as written, with its line, or the default that the catalogue names.

use serde::Serialize;

use crate::diagnostic::Source;
use crate::options::{self, Evidence, Family};
use crate::scenario;
use crate::scenario::keys::{Absent, CALLS, Key, PHONE, TOP};
use crate::scenario::preset;
use crate::scenario::tree::{Entry, Table, Value};

/// What a server object may say of connections to it: the option, the section and the key in a scenario.
const OF_SERVERS: [(&str, &str, &str); 2] = [
    ("Reconnect Timeout", "", "reconnect-timeout"),
    ("backup-delay", "warm-standby", "backup-delay"),
];

/// Keys at the top of a scenario that are about calls.
const OF_ALL_CALLS: [&str; 2] = ["call-interval", "calls-simulated"];

/// Who serves a queue, and the rule that holds without it.
const GROUPS: &str = "groups";
const FIRST_GROUP: &str = "a call takes an agent of the first group that has an idle one";

/// One setting.
#[derive(Debug, Serialize)]
pub(super) struct Setting {
    /// The table that it is in: `[desktop]`.
    pub table: String,
    /// Key.
    pub name: &'static str,
    /// As written, or the default.
    pub value: String,
    /// Line of the scenario file, of a preset's key the one that names the preset; `None`: it is the
    /// default.
    pub line: Option<usize>,
    /// The phone preset that sets it.
    pub preset: Option<&'static str>,
    /// How well an option, a default of ours or a value of a preset is known.
    #[serde(skip)]
    pub evidence: Evidence,
    /// What it belongs to.
    #[serde(skip)]
    pub family: Family,
}

impl Setting {
    /// Where it was set: `default`, `line 7`, or `preset polycom, line 7`.
    pub(super) fn set_at(&self) -> String {
        match (self.preset, self.line) {
            (Some(preset), Some(line)) => format!("preset {preset}, line {line}"),
            (_, Some(line)) => format!("line {line}"),
            (_, None) => "default".to_owned(),
        }
    }
}

/// Every setting of the scenario in a source, in the order of the catalogue.
pub(super) fn all(source: &Source) -> Vec<Setting> {
    let (tree, _) = scenario::parse(source.text().as_bytes());
    let Some((_, top)) = tree else { return Vec::new() };
    let ours = options::all().filter(|entry| {
        // Of lists, each table has its own.
        matches!(entry.family, Family::Assumption | Family::Policy | Family::WhatIf)
            && !entry.section.starts_with("[[")
    });
    let mut all: Vec<Setting> = ours.flat_map(|entry| settings(source, &top, entry)).collect();
    all.extend(own_failovers(source, &top));
    all.extend(of_servers(source, &top));
    all.extend(of_calls(source, &top));
    all
}

/// The keys of queues of calls, as written or by default.
fn of_calls(source: &Source, top: &Table) -> Vec<Setting> {
    let Some(Value::Array(queues)) = top.get("calls").map(|entry| &entry.node.value) else {
        return Vec::new();
    };
    let of_all = TOP.keys.iter().filter(|key| OF_ALL_CALLS.contains(&key.name));
    let mut found: Vec<Setting> =
        of_all.filter_map(|key| of_key(source, key, top, String::new())).collect();
    for queue in queues {
        let Value::Table(own) = &queue.value else { continue };
        let name = own.get("name").and_then(|name| name.node.scalar_text()).unwrap_or_default();
        let keys = CALLS.keys.iter().filter(|key| key.name != "name");
        found.extend(keys.filter_map(|key| of_key(source, key, own, format!("[[calls]] {name}"))));
    }
    found
}

/// A key as written in its table, or by default; `None`: neither.
fn of_key(source: &Source, key: &Key, own: &Table, table: String) -> Option<Setting> {
    let written = own.get(key.name);
    let value = match (written, key.absent) {
        (Some(written), _) => as_written(source, written),
        (None, Absent::Default(value)) => value.trim_matches('"').to_owned(),
        (None, Absent::Means(value)) if key.name == GROUPS => format!("{value}; {FIRST_GROUP}"),
        (None, _) => return None,
    };
    Some(Setting {
        table,
        name: key.name,
        value,
        line: written.map(|written| source.position(written.key_span.start).line),
        preset: None,
        evidence: Evidence::Assumption,
        family: Family::Assumption,
    })
}

/// A value as the scenario writes it.
pub(super) fn as_written(source: &Source, entry: &Entry) -> String {
    entry.node.scalar_text().unwrap_or_else(|| {
        let span = source.clamp(entry.node.span);
        source.text()[span.start..span.end].to_owned()
    })
}

/// What server objects say of how desktops reconnect to them, in place of what holds for the agents.
fn of_servers(source: &Source, top: &Table) -> Vec<Setting> {
    let servers = inner(top.get("server")).map_or(&[][..], |tables| &tables.entries);
    let mut found = Vec::new();
    for server in servers {
        let own = inner(Some(server));
        let name = format!("server.{}", server.key);
        for (option, section, key) in OF_SERVERS {
            let table = own.and_then(|own| match section {
                "" => Some(own),
                _ => inner(own.get(section)),
            });
            let Some(entry) = options::find(option) else { continue };
            let within = if section.is_empty() { String::new() } else { format!(".{section}") };
            let setting = keyed(source, entry, key, format!("[{name}{within}]"), table);
            found.extend(setting.line.is_some().then_some(setting));
        }
    }
    found
}

/// What sites and servers say of their own failover, in place of `[failover]`.
fn own_failovers(source: &Source, top: &Table) -> Vec<Setting> {
    let mut found = Vec::new();
    for kind in ["site", "server"] {
        let holders = inner(top.get(kind)).map_or(&[][..], |tables| &tables.entries);
        for holder in holders {
            let own = inner(Some(holder)).and_then(|table| inner(table.get("failover")));
            let entries = options::all().filter(|entry| entry.section == "[failover]");
            let written = entries.filter(|entry| own.is_some_and(|o| o.get(entry.name).is_some()));
            let table = format!("[{kind}.{}.failover]", holder.key);
            found.extend(written.map(|entry| setting(source, entry, table.clone(), own)));
        }
    }
    found
}

/// The settings of one catalogue entry: one, or one for each table that may hold it. A table within
/// an object counts where it is written; a key without a default that is not written gives nothing.
fn settings(source: &Source, top: &Table, entry: &'static options::Entry) -> Vec<Setting> {
    let header = entry.section.trim_matches(['[', ']']);
    let Some((kind, within)) = header.split_once(".NAME") else {
        let table = if entry.section.starts_with('[') { inner(top.get(header)) } else { Some(top) };
        return vec![setting(source, entry, entry.section.to_owned(), table)];
    };
    let named = inner(top.get(kind)).map_or(&[][..], |tables| &tables.entries);
    let one = |named: &Entry| {
        let own = inner(Some(named));
        let name = format!("[{kind}.{}{within}]", named.key);
        match within.strip_prefix('.') {
            None => Some(setting(source, entry, name, own)),
            Some(table) => {
                let table = inner(own?.get(table)).filter(|table| !table.entries.is_empty())?;
                Some(setting(source, entry, name, Some(table)))
            }
        }
    };
    let said = |one: &Setting| one.line.is_some() || !one.value.is_empty();
    named.iter().filter_map(one).filter(said).collect()
}

fn inner(entry: Option<&Entry>) -> Option<&Table> {
    match &entry?.node.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn setting(
    source: &Source,
    entry: &'static options::Entry,
    table_name: String,
    table: Option<&Table>,
) -> Setting {
    keyed(source, entry, entry.name, table_name, table)
}

/// The same under the key that the language has for it.
fn keyed(
    source: &Source,
    entry: &'static options::Entry,
    key: &'static str,
    table_name: String,
    table: Option<&Table>,
) -> Setting {
    let written = table.and_then(|table| table.get(key));
    let value = match written {
        Some(written) => as_written(source, written),
        None => entry.default.to_owned(),
    };
    let line = written.map(|written| source.position(written.key_span.start).line);
    let setting = Setting {
        table: table_name,
        name: key,
        value,
        line,
        preset: None,
        evidence: if entry.family.is_vendor() { entry.evidence } else { entry.default_evidence },
        family: entry.family,
    };
    let of_phone = table.filter(|_| entry.section == PHONE.header);
    of_phone.and_then(|phone| of_preset(source, &setting, phone)).unwrap_or(setting)
}

/// The setting as the preset of its phone type has it, if it sets it.
fn of_preset(source: &Source, setting: &Setting, phone: &Table) -> Option<Setting> {
    let (preset, span) = preset::named(phone)?;
    let key = preset.keys.iter().find(|one| one.key == setting.name)?;
    preset::counts(phone, key.key).then(|| Setting {
        table: setting.table.clone(),
        value: key.shown().to_owned(),
        line: Some(source.position(span.start).line),
        preset: Some(preset.name),
        evidence: key.evidence,
        ..*setting
    })
}
