//! What holds for whom, laid out for a terminal.

use std::fmt::Write;

use super::{Begins, Calendar, Choice, People, Servers, Setting, Shown, Site, Taken};
use crate::model::Kind;
use crate::report::{length_in_words, list};
use crate::time::Span;

/// When the run starts, and what begins when.
fn calendar_text(calendar: &Calendar) -> String {
    let zone = calendar.time_zone.as_ref().map_or_else(String::new, |zone| format!(", {zone}"));
    let mut out = format!("starts {}{zone}\n", calendar.start);
    if !calendar.begins.is_empty() {
        out += "\nBegins\n";
    }
    for Begins { name, at_s, local } in &calendar.begins {
        let at = at_s.to_string();
        let at = at.trim_end_matches('0').trim_end_matches('.');
        let _ = writeln!(out, "  {local} ({at} s)  {name}");
    }
    out
}

/// The whole text.
pub(super) fn text(shown: &Shown, width: usize) -> String {
    let horizon = shown.horizon_s.to_string();
    let horizon = horizon.trim_end_matches('0').trim_end_matches('.');
    let mut out = format!(
        "{}: {}\n{} agents, {horizon} s, seed {}\n",
        shown.scenario, shown.title, shown.agents, shown.seed
    );
    out += &shown.calendar.as_ref().map(calendar_text).unwrap_or_default();
    out += "\nSites\n";
    for site in &shown.sites {
        out += &site_text(site);
    }
    for people in &shown.people {
        write_people(&mut out, people, width);
    }
    write_settings(&mut out, &shown.settings, width);
    out
}

/// A site with a line per pair.
fn site_text(site: &Site) -> String {
    let pairs = site.pairs.iter().map(|pair| format!("    {}\n", servers(pair)));
    let pairs: String = pairs.collect();
    let none = if pairs.is_empty() { " no servers" } else { "" };
    format!("  {}:{none}\n{pairs}", site.name)
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

fn write_people(out: &mut String, people: &People, width: usize) {
    let peer = people.peer_site.as_deref().unwrap_or("none");
    let recovery: Vec<&str> = people.disaster_recovery.iter().map(|kind| kind.name()).collect();
    let recovery = if recovery.is_empty() { "off".to_owned() } else { recovery.join(", ") };
    let _ = write!(
        out,
        "\n{} ({})\n  at {}, preferred site {}, peer site {peer}, phone {},\n  disaster recovery {recovery}\n",
        people.names.join(", "),
        people.count,
        people.location,
        people.preferred_site,
        people.phone,
    );
    for Taken { shift, arrive_spread_s, agents } in &people.shifts {
        let spread = match arrive_spread_s.0 {
            0 => String::new(),
            nanos => format!(", up to {} later", length_in_words(Span(nanos as i64))),
        };
        let _ = writeln!(out, "  shift {shift} ({agents}){spread}");
    }
    // Options that are neither written nor read would only hide the rest.
    let told = people.options.iter().filter(|option| option.modelled || option.line.is_some());
    let rows = told.map(|option| {
        let note = match (option.refused, option.modelled) {
            (true, _) => " (what is written there cannot be used: the default)",
            (false, false) => " (not simulated)",
            (false, true) => "",
        };
        [option.name.to_owned(), value(&option.value), format!("{}{note}", from(option))]
    });
    *out += &list(&rows.collect::<Vec<_>>(), 2, width);
}

/// Where an option comes from.
fn from(option: &Choice) -> String {
    let holder =
        if option.holder.is_empty() { String::new() } else { format!(" {}", option.holder) };
    let place = option.line.map_or_else(String::new, |line| format!(", line {line}"));
    let file = option.file.as_ref().map_or_else(String::new, |file| format!(" of {file}"));
    let place = place + &file;
    format!("{}{holder}{place}", option.level)
}

fn write_settings(out: &mut String, settings: &[Setting], width: usize) {
    for group in settings.chunk_by(|a, b| a.table == b.table) {
        let _ = writeln!(out, "\n{}", group[0].table);
        let rows = group
            .iter()
            .map(|setting| [setting.name.to_owned(), value(&setting.value), setting.set_at()]);
        *out += &list(&rows.collect::<Vec<_>>(), 2, width);
    }
}

fn value(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}
