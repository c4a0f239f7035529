//! `options`: the option catalogue and the other keys of the scenario language, whole or one name of it, phone presets
//! included.

use std::collections::BTreeSet;

use serde_json::Value;

use super::args::{Format, Options};
use super::failure::{Failure, Outcome};
use super::terminal;
use crate::diagnostic::did_you_mean;
use crate::options;
use crate::scenario::explained::{self, Explained};

/// Prints the catalogue.
pub(super) fn run(asked: &Options) -> Outcome {
    if let Some(preset) = asked.option.as_deref().and_then(options::preset) {
        return match asked.format {
            Format::Text => terminal::print(&options::preset_text(preset)),
            Format::Json => print_json(&options::preset_json(preset)),
        };
    }
    let (entries, keys) = match &asked.option {
        None => (options::all().collect(), explained::all().collect()),
        Some(name) => named(name)?,
    };
    match (asked.format, &asked.option) {
        (Format::Text, None) => terminal::print(&(options::list_text() + &explained::list_text())),
        (Format::Text, Some(_)) => {
            let found = [options::one_text(&entries), explained::one_text(&keys)];
            let found: Vec<_> = found.into_iter().filter(|text| !text.is_empty()).collect();
            terminal::print(&found.join("\n"))
        }
        (Format::Json, _) => {
            let mut all = options::one_json(&entries);
            if let Some(list) = all.as_array_mut() {
                list.extend(explained::json(keys));
            }
            print_json(&all)
        }
    }
}

/// Options of the catalogue, and other keys of the language.
type Found = (Vec<&'static options::Entry>, Vec<Explained>);

fn named(name: &str) -> Result<Found, Failure> {
    let mut found: Found = (options::named(name).collect(), explained::named(name));
    found.0.extend(options::at_path(name));
    if found.0.is_empty() && found.1.is_empty() { Err(unknown(name)) } else { Ok(found) }
}

/// What to say of a name that no option or key has: the nearest one, or those that contain it.
fn unknown(name: &str) -> Failure {
    let keys = || explained::all().map(|key| key.name());
    let names = || options::all().map(|entry| entry.name).chain(keys());
    let holding = |word: &str| names().filter(|known| known.contains(word)).collect::<Vec<_>>();
    let presets = options::PRESETS.iter().map(|preset| preset.name);
    if let Some(near) = did_you_mean(name, presets).filter(|_| options::nearest(name).is_none()) {
        return Failure::Usage(format!(
            "no option or key is called `{name}`; did you mean the phone preset `{near}`?"
        ));
    }
    let words = names().flat_map(|known| known.split(['.', '-', '_']));
    let mut similar = match (holding(name), did_you_mean(name, words)) {
        (none, Some(word)) if none.is_empty() => holding(word),
        (similar, _) => similar,
    };
    let mut known = BTreeSet::new();
    similar.retain(|name| known.insert(*name));
    let nearest = options::nearest(name).map(|entry| entry.name);
    let nearest =
        nearest.or_else(|| did_you_mean(name, keys()).filter(|_| holding(name).is_empty()));
    let help = match (nearest, similar.as_slice()) {
        (Some(nearest), _) => format!("did you mean `{nearest}`?"),
        (None, []) => "`switchover options` lists them all".to_owned(),
        (None, similar) => format!("these are similar: {}", similar.join(", ")),
    };
    Failure::Usage(format!("no option or key is called `{name}`; {help}"))
}

fn print_json(value: &Value) -> Outcome {
    terminal::print(&format!("{value:#}\n"))
}
