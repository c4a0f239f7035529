//! The settings that are no vendor options: desktop, policies, what-if extensions, failover,
//! phones. Each as written, with its line, or the default that the catalogue names.

use serde::Serialize;

use crate::diagnostic::Source;
use crate::options::{self, Evidence, Family};
use crate::scenario;
use crate::scenario::keys::PHONE;
use crate::scenario::preset;
use crate::scenario::tree::{Entry, Table, Value};

/// One setting.
#[derive(Debug, Serialize)]
pub struct Setting {
    /// Where it stands: `[desktop]`.
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
    /// How well a value of a preset is known.
    #[serde(skip)]
    pub evidence: Evidence,
    /// What it belongs to.
    #[serde(skip)]
    pub family: Family,
}

impl Setting {
    /// Where it was set: `default`, `line 7`, or `preset polycom, line 7`.
    pub fn set_at(&self) -> String {
        match (self.preset, self.line) {
            (Some(preset), Some(line)) => format!("preset {preset}, line {line}"),
            (_, Some(line)) => format!("line {line}"),
            (_, None) => "default".to_owned(),
        }
    }
}

/// Every setting of the scenario in a source, in the order of the catalogue.
pub fn all(source: &Source) -> Vec<Setting> {
    let (tree, _) = scenario::parse(source.text().as_bytes());
    let Some((_, top)) = tree else { return Vec::new() };
    let ours = options::all().filter(|entry| {
        matches!(entry.family, Family::Assumption | Family::Policy | Family::WhatIf)
    });
    let mut all: Vec<Setting> = ours.flat_map(|entry| settings(source, &top, entry)).collect();
    all.extend(own_failovers(source, &top));
    all
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

/// The settings of one catalogue entry: one, or one for each table that may hold it.
fn settings(source: &Source, top: &Table, entry: &'static options::Entry) -> Vec<Setting> {
    let header = entry.section.trim_matches(['[', ']']);
    let Some(kind) = header.strip_suffix(".NAME") else {
        let table = if entry.section.starts_with('[') { inner(top.get(header)) } else { Some(top) };
        return vec![setting(source, entry, entry.section.to_owned(), table)];
    };
    let named = inner(top.get(kind)).map_or(&[][..], |tables| &tables.entries);
    let one = |named: &Entry| {
        let table = inner(Some(named));
        setting(source, entry, format!("[{kind}.{}]", named.key), table)
    };
    named.iter().map(one).collect()
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
    let written = table.and_then(|table| table.get(entry.name));
    let value = match written {
        Some(written) => written.node.scalar_text().unwrap_or_else(|| {
            let span = source.clamp(written.node.span);
            source.text()[span.start..span.end].to_owned()
        }),
        None => entry.default.to_owned(),
    };
    let line = written.map(|written| source.position(written.key_span.start).line);
    let setting = Setting {
        table: table_name,
        name: entry.name,
        value,
        line,
        preset: None,
        evidence: Evidence::Assumption,
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
