//! The catalogue as a page of the documentation. It returns text; a test keeps the page in step.

use std::fmt::Write;

use super::entry::{Entry, Family};
use super::presets::{PRESETS, Preset};
use super::text::{default, effect, evidence, says_where};

const OPENING: &str = "\
# Options

Generated from the option catalogue; `switchover options` prints the same. Every statement says how
well it is known: *documented* (the text was read), *recalled* (from vendor documentation that was
not read again), *assumption* (a modelling choice). A vendor option takes the vendor's bare number in
the unit given here, or a duration with a unit, or `\"never\"`, as a what-if.
";

const PRESETS_OPENING: &str = "\
## Phone presets

Timers that makers publish, for `preset` of a phone type: as if its keys were written there. A key that the phone type
writes itself counts instead. What no text states, a preset leaves to the phone type and the defaults.
";

/// The page, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut out = OPENING.to_owned();
    for family in Family::ALL {
        let _ = write!(out, "\n## {}\n", family.title().replace('*', "\\*"));
        for entry in super::all().filter(|entry| entry.family == family) {
            section(&mut out, entry);
        }
    }
    let _ = write!(out, "\n{PRESETS_OPENING}");
    PRESETS.iter().for_each(|preset| preset_section(&mut out, preset));
    out
}

fn preset_section(out: &mut String, preset: &Preset) {
    let _ = write!(out, "\n### `{}`\n\n{}\n\n", preset.name, preset.text());
    for one in preset.keys {
        let _ = writeln!(out, "- `{} = {}` ({})", one.key, one.value, evidence(one.evidence));
    }
}

fn section(out: &mut String, entry: &Entry) {
    let _ = write!(out, "\n### `{}`\n\n{}\n\n", entry.name, entry.meaning);
    let table = if entry.family.is_vendor() { "section" } else { "table" };
    let places: Vec<_> = entry.places.iter().map(|place| place.name()).collect();
    let _ = writeln!(out, "- {table} `{}`, set on: {}", entry.section, places.join(", "));
    let unit = match entry.unit.symbol() {
        "" => String::new(),
        symbol => format!(", in {symbol}"),
    };
    let _ = writeln!(out, "- valid: {}{unit}", entry.kind.valid());
    let _ = writeln!(out, "- default: {} ({})", default(entry), evidence(entry.default_evidence));
    let _ = writeln!(out, "- takes effect: {}", effect(entry));
    if says_where(entry) {
        let _ = writeln!(out, "- meaning {}", evidence(entry.evidence));
    }
    let _ = match entry.drives {
        Some(what) => writeln!(out, "- drives {what}"),
        None => writeln!(out, "- not modelled"),
    };
}
