//! The catalogue as JSON. It returns values; it writes nothing.

use serde_json::{Value, json};

use super::entry::{Entry, Evidence};
use super::presets::{Preset, PresetKey};

/// The whole list: an array of objects.
#[must_use]
pub fn list() -> Value {
    super::all().map(object).collect()
}

/// The options of one name: an array of objects.
#[must_use]
pub fn one(entries: &[&Entry]) -> Value {
    entries.iter().map(|entry| object(entry)).collect()
}

/// A phone preset.
#[must_use]
pub fn preset(preset: &Preset) -> Value {
    let key = |one: &PresetKey| json!({ "key": one.key, "value": one.shown(), "evidence": evidence(one.evidence) });
    let keys: Vec<_> = preset.keys.iter().map(key).collect();
    json!({ "preset": preset.name, "meaning": preset.text(), "keys": keys })
}

fn object(entry: &Entry) -> Value {
    let places: Vec<_> = entry.places.iter().map(|place| place.name()).collect();
    json!({
        "name": entry.name,
        "family": entry.family.title(),
        "vendor": entry.family.is_vendor(),
        "section": entry.section,
        "set_on": places,
        "type": entry.kind.name(),
        "unit": none_if_empty(entry.unit.symbol()),
        "valid": entry.kind.valid(),
        "default": none_if_empty(entry.default),
        "default_evidence": evidence(entry.default_evidence),
        "takes_effect": entry.effect.words(),
        "takes_effect_evidence": evidence(entry.effect_evidence),
        "meaning": entry.meaning,
        "evidence": evidence(entry.evidence),
        "drives": entry.drives,
    })
}

fn none_if_empty(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

fn evidence(evidence: Evidence) -> Value {
    let source = evidence.source();
    json!({
        "kind": evidence.word(),
        "source": source.map(|source| source.title),
        "place": source.map(|source| source.place),
    })
}
