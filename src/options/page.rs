//! The catalogue as a page of the documentation. It returns text; a test keeps the page in step.

use std::fmt::Write;

use super::entry::{Entry, Family};
use super::text::{default, effect, evidence};

const OPENING: &str = "\
# Options

Generated from the option catalogue; `switchover options` prints the same. Every statement says how
well it is known: *documented* (the text was read), *recalled* (from vendor documentation that was
not read again), *assumption* (a modelling choice). A vendor option takes the vendor's bare number in
the unit given here, or a duration with a unit, or `\"never\"`, as a what-if.
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
    out
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
    if entry.family.is_vendor() {
        let _ = writeln!(out, "- meaning {}", evidence(entry.evidence));
    }
    let _ = match entry.drives {
        Some(what) => writeln!(out, "- drives {what}"),
        None => writeln!(out, "- not modelled"),
    };
}
