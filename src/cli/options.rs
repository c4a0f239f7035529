//! `options`: the option catalogue, whole or one name of it, phone presets included.

use serde_json::Value;

use super::args::{Format, Options};
use super::failure::{Failure, Outcome};
use super::terminal;
use crate::diagnostic::did_you_mean;
use crate::options;

/// Prints the catalogue.
pub(super) fn run(asked: &Options) -> Outcome {
    if let Some(preset) = asked.option.as_deref().and_then(options::preset) {
        return match asked.format {
            Format::Text => terminal::print(&options::preset_text(preset)),
            Format::Json => print_json(&options::preset_json(preset)),
        };
    }
    let entries = match &asked.option {
        None => None,
        Some(name) => Some(named(name)?),
    };
    match (asked.format, entries) {
        (Format::Text, None) => terminal::print(&options::list_text()),
        (Format::Text, Some(entries)) => terminal::print(&options::one_text(&entries)),
        (Format::Json, None) => print_json(&options::list_json()),
        (Format::Json, Some(entries)) => print_json(&options::one_json(&entries)),
    }
}

fn named(name: &str) -> Result<Vec<&'static options::Entry>, Failure> {
    let entries: Vec<_> = options::named(name).collect();
    if entries.is_empty() { Err(unknown(name)) } else { Ok(entries) }
}

/// What to say of a name that no option has: the nearest one, or those that contain it.
fn unknown(name: &str) -> Failure {
    let names = || options::all().map(|entry| entry.name);
    let holding = |word: &str| names().filter(|known| known.contains(word)).collect::<Vec<_>>();
    let presets = options::PRESETS.iter().map(|preset| preset.name);
    if let Some(near) = did_you_mean(name, presets).filter(|_| options::nearest(name).is_none()) {
        return Failure::Usage(format!(
            "no option is called `{name}`; did you mean the phone preset `{near}`?"
        ));
    }
    let words = names().flat_map(|known| known.split(['.', '-', '_']));
    let similar = match (holding(name), did_you_mean(name, words)) {
        (none, Some(word)) if none.is_empty() => holding(word),
        (similar, _) => similar,
    };
    let help = match (options::nearest(name), similar.as_slice()) {
        (Some(nearest), _) => format!("did you mean `{}`?", nearest.name),
        (None, []) => "`switchover options` lists them all".to_owned(),
        (None, similar) => format!("these are similar: {}", similar.join(", ")),
    };
    Failure::Usage(format!("no option is called `{name}`; {help}"))
}

fn print_json(value: &Value) -> Outcome {
    terminal::print(&format!("{value:#}\n"))
}
