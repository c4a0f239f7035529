//! The catalogue as plain text for a terminal. It returns text; it writes nothing.

use std::fmt::Write;

use super::entry::{Effect, Entry, Evidence, Family};
use super::presets::{PRESETS, Preset};

/// The whole list: a heading per family, a line per option.
#[must_use]
pub fn list() -> String {
    let mut out = String::new();
    for family in Family::ALL {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(family.title());
        out.push('\n');
        let entries: Vec<_> = super::all().filter(|entry| entry.family == family).collect();
        let width = entries.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
        for entry in entries {
            line(&mut out, entry, width);
        }
    }
    out.push_str(&presets());
    out
}

/// The phone presets, a line each.
fn presets() -> String {
    let width = PRESETS.iter().map(|preset| preset.name.len()).max().unwrap_or(0);
    let mut out = "\nphone presets (`preset` of [phone.NAME])\n".to_owned();
    for preset in PRESETS {
        let keys: Vec<_> =
            preset.keys.iter().map(|one| format!("{} {}", one.key, one.shown())).collect();
        let _ = writeln!(out, "  {:width$}  {}", preset.name, keys.join(", "));
    }
    out
}

/// One line: name, default with unit, evidence of the default, whether it is modelled.
fn line(out: &mut String, entry: &Entry, width: usize) {
    let modelled = if entry.drives.is_some() { "" } else { ", not modelled" };
    let default = default(entry);
    let evidence = entry.default_evidence.word();
    let _ = writeln!(out, "  {:width$}  {default} ({evidence}{modelled})", entry.name);
}

/// Everything about the options of one name: a paragraph for each.
#[must_use]
pub fn one(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| paragraph(entry)).collect::<Vec<_>>().join("\n")
}

/// Everything about a phone preset.
#[must_use]
pub fn one_preset(preset: &Preset) -> String {
    let meaning = wrapped(&preset.text(), 78);
    let mut out = format!("{}: a preset of [phone.NAME]\n\n{meaning}\n\n", preset.name);
    for one in preset.keys {
        let _ = writeln!(out, "  {} = {} ({})", one.key, one.value, evidence(one.evidence));
    }
    out
}

fn paragraph(entry: &Entry) -> String {
    paragraph_of(entry.name, entry.meaning, fields(entry))
}

/// A name, its meaning, and labelled facts below.
#[must_use]
pub fn paragraph_of(
    name: &str,
    meaning: &str,
    fields: impl IntoIterator<Item = (&'static str, String)>,
) -> String {
    let mut out = format!("{name}\n\n{}\n\n", wrapped(meaning, 78));
    for (label, value) in fields {
        let _ = writeln!(out, "  {label:13} {value}");
    }
    out
}

/// The labelled facts of an entry, in the order in which they are shown.
pub(super) fn fields(entry: &Entry) -> Vec<(&'static str, String)> {
    let places: Vec<_> = entry.places.iter().map(|place| place.name()).collect();
    let unit = entry.unit.symbol();
    let kind = entry.kind.name();
    let kind = if unit.is_empty() { kind.into() } else { format!("{kind}, {unit}") };
    let table = if entry.family.is_vendor() { "section" } else { "table" };
    let mut fields = vec![
        (table, entry.section.to_owned()),
        ("set on", places.join(", ")),
        ("type", kind),
        ("valid", entry.kind.valid()),
        ("default", format!("{} ({})", default(entry), evidence(entry.default_evidence))),
        ("takes effect", effect(entry)),
        ("meaning", evidence(entry.evidence)),
        ("drives", entry.drives.unwrap_or("nothing: it is not modelled").into()),
    ];
    if !says_where(entry) {
        fields.retain(|(label, _)| *label != "meaning");
    }
    fields
}

/// Whether it is said how well the meaning is known: of what is ours, only where it follows a text.
pub(super) const fn says_where(entry: &Entry) -> bool {
    entry.family.is_vendor() || entry.evidence.source().is_some()
}

/// The default with its unit, or `none`.
pub(super) fn default(entry: &Entry) -> String {
    match (entry.default, entry.unit.symbol()) {
        ("", _) => "none".into(),
        (default, "") => default.into(),
        (default, unit) => format!("{default} {unit}"),
    }
}

/// When a change takes effect, with its evidence if it says more than nothing.
pub(super) fn effect(entry: &Entry) -> String {
    let words = entry.effect.words();
    match entry.effect {
        Effect::NotStated | Effect::Run => words.into(),
        _ => format!("{words} ({})", entry.effect_evidence.word()),
    }
}

/// The evidence with its source.
pub(super) fn evidence(evidence: Evidence) -> String {
    match evidence.source() {
        Some(source) => format!("{}: {}, {}", evidence.word(), source.title, source.place),
        None => evidence.word().into(),
    }
}

/// Breaks a text into lines of at most `width` characters.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_option_tells_everything() {
        let entries: Vec<_> = crate::options::named("disaster-recovery.timeout").collect();
        let expected = "\
disaster-recovery.timeout

Time from the loss of the HA pair of SIP Server, Configuration Server or Stat
Server at the current site to the switchover.

  section       interaction-workspace
  set on        Application, Tenant, Agent Group, Person
  type          integer, s
  valid         a positive integer
  default       60 s (documented: Workspace 8.5.1, Business Continuity, docs.genesys.com/Documentation:IW:Dep:BusContDisRec:8.5.1)
  takes effect  when the desktop is restarted (documented)
  meaning       documented: Workspace 8.5.1, Business Continuity, docs.genesys.com/Documentation:IW:Dep:BusContDisRec:8.5.1
  drives        the DR timer of each connection
";
        assert_eq!(one(&entries), expected);
    }

    #[test]
    fn the_list_has_a_line_per_option_and_no_trailing_space() {
        let list = list();
        for entry in crate::options::all() {
            assert!(list.contains(&format!("  {} ", entry.name)), "{}", entry.name);
        }
        assert!(list.lines().all(|line| line == line.trim_end()));
    }
}
