//! A phone type with a preset: the keys of the preset beside its own, which come first.

use toml::de::DeTable;

use crate::diagnostic::TextSpan;
use crate::options::{Preset, preset};

use super::tree::{self, Entry, Node, Table, Value};

/// Keys of which a phone type has one: with the first, the second of a preset does not count.
const EITHER: [[&str; 2]; 2] = [["refresh-before", "refresh"], ["refresh", "refresh-before"]];

/// The preset that a phone type names, and where.
#[must_use]
pub fn named(phone: &Table) -> Option<(&'static Preset, TextSpan)> {
    let node = &phone.get("preset")?.node;
    match &node.value {
        Value::String(name) => Some((preset(name)?, node.span)),
        _ => None,
    }
}

/// Whether a key of its preset counts for a phone type that writes these keys.
#[must_use]
pub fn counts(phone: &Table, key: &str) -> bool {
    let instead = EITHER.iter().any(|[own, other]| *other == key && phone.get(own).is_some());
    phone.get(key).is_none() && !instead
}

/// The phone type with the keys of its preset; these are where the preset is named.
#[must_use]
pub fn with_preset(phone: &Table) -> Table {
    let mut whole = phone.clone();
    if let Some((preset, span)) = named(phone) {
        let keys = preset.keys.iter().filter(|one| counts(phone, one.key));
        whole.entries.extend(keys.flat_map(|one| entries(one.key, one.value, span)));
    }
    whole
}

/// A key as a tree.
fn entries(key: &str, value: &str, span: TextSpan) -> Vec<Entry> {
    let text = format!("{key} = {value}");
    let mut entries = tree::from_toml(DeTable::parse_recoverable(&text).0.get_ref()).entries;
    entries.iter_mut().for_each(|entry| place(entry, span));
    entries
}

fn place(entry: &mut Entry, span: TextSpan) {
    entry.key_span = span;
    place_node(&mut entry.node, span);
}

fn place_node(node: &mut Node, span: TextSpan) {
    node.span = span;
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| place_node(item, span)),
        Value::Table(table) => table.entries.iter_mut().for_each(|entry| place(entry, span)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::PRESETS;
    use crate::scenario::keys::PHONE;

    #[test]
    fn every_preset_has_keys_of_a_phone_type_and_values_that_are_toml() {
        for preset in PRESETS {
            for one in preset.keys {
                assert!(PHONE.key(one.key).is_some(), "{}: {}", preset.name, one.key);
                let read = entries(one.key, one.value, TextSpan::default());
                assert_eq!(read.len(), 1, "{}: {}", preset.name, one.key);
                assert!(!read[0].node.is_recovered(), "{}: {}", preset.name, one.key);
            }
        }
    }
}
