//! What holds for whom, laid out for a terminal.

use std::fmt::Write;

use super::{Choice, People, Servers, Setting, Shown, Site};
use crate::model::Kind;

/// The whole text.
pub(super) fn text(shown: &Shown) -> String {
    let horizon = shown.horizon_s.to_string();
    let horizon = horizon.trim_end_matches('0').trim_end_matches('.');
    let mut out = format!(
        "{}: {}\n{} agents, {horizon} s, seed {}\n\nSites\n",
        shown.scenario, shown.title, shown.agents, shown.seed
    );
    for site in &shown.sites {
        write_site(&mut out, site);
    }
    for people in &shown.people {
        write_people(&mut out, people, &shown.file);
    }
    write_settings(&mut out, &shown.settings, &shown.file);
    out
}

fn write_site(out: &mut String, site: &Site) {
    let pairs: Vec<String> = site.pairs.iter().map(servers).collect();
    let pairs = if pairs.is_empty() { "no servers".to_owned() } else { pairs.join("; ") };
    let _ = writeln!(out, "  {}: {pairs}", site.name);
}

/// A pair in words: `sip a (host h1) + b (host h2)`.
fn servers(pair: &Servers) -> String {
    let member = |name: &str, host: &str| {
        if name == host { name.to_owned() } else { format!("{name} (host {host})") }
    };
    let mut words = format!("{} {}", pair.kind.name(), member(&pair.primary, &pair.primary_host));
    if let (Some(name), Some(host)) = (&pair.backup, &pair.backup_host) {
        let _ = write!(words, " + {}", member(name, host));
    }
    if pair.dr_name != "default" && pair.kind == Kind::Sip {
        let _ = write!(words, ", peers named {}", pair.dr_name);
    }
    words
}

fn write_people(out: &mut String, people: &People, file: &str) {
    let peer = people.peer_site.as_deref().unwrap_or("none");
    let recovery: Vec<&str> = people.disaster_recovery.iter().map(|kind| kind.name()).collect();
    let recovery = if recovery.is_empty() { "off".to_owned() } else { recovery.join(", ") };
    let _ = write!(
        out,
        "\n{} ({})\n  at {}, preferred site {}, peer site {peer}, phone {}, disaster recovery {recovery}\n",
        people.names.join(", "),
        people.count,
        people.location,
        people.preferred_site,
        people.phone,
    );
    // What nobody wrote and nothing reads would only hide the rest.
    let told = people.options.iter().filter(|option| option.modelled || option.line.is_some());
    let rows = told.map(|option| {
        let note = match (option.refused, option.modelled) {
            (true, _) => " (what is written there cannot be used: the default)",
            (false, false) => " (not simulated)",
            (false, true) => "",
        };
        [option.name.to_owned(), value(&option.value), format!("{}{note}", from(option, file))]
    });
    write_table(out, &rows.collect::<Vec<_>>());
}

/// Where an option comes from.
fn from(option: &Choice, file: &str) -> String {
    let holder =
        if option.holder.is_empty() { String::new() } else { format!(" {}", option.holder) };
    let place = match (option.line, option.column) {
        (Some(line), Some(column)) => format!(", {file}:{line}:{column}"),
        _ => String::new(),
    };
    format!("{}{holder}{place}", option.level)
}

fn write_settings(out: &mut String, settings: &[Setting], file: &str) {
    for group in settings.chunk_by(|a, b| a.table == b.table) {
        let _ = writeln!(out, "\n{}", group[0].table);
        let rows = group.iter().map(|setting| {
            let from = match setting.line {
                Some(line) => format!("{file}:{line}"),
                None => "default".to_owned(),
            };
            [setting.name.to_owned(), value(&setting.value), from]
        });
        write_table(out, &rows.collect::<Vec<_>>());
    }
}

fn value(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

fn write_table(out: &mut String, rows: &[[String; 3]]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let (first, second) = (width(0).unwrap_or(0), width(1).unwrap_or(0));
    for [name, value, from] in rows {
        let _ = writeln!(out, "  {name:first$}  {value:second$}  {from}");
    }
}
