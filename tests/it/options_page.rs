//! The documentation page of the options is what the catalogue and the keys of the language say; no key is missing.

use std::collections::BTreeSet;

use serde_json::Value;
use switchover::options;
use switchover::scenario::{explained, keys, schema};

use crate::bless::differs;

#[test]
fn the_page_is_in_step_with_the_catalogue() {
    assert_eq!(differs("docs/options.md", &explained::options_page()), None);
}

#[test]
fn json_lists_every_option_with_the_same_keys() {
    let list = options::list_json();
    let objects = list.as_array().expect("an array");
    assert_eq!(objects.len(), options::all().count());
    for object in objects {
        assert_eq!(object.as_object().map(serde_json::Map::len), Some(15), "{object}");
    }
}

/// The schema of the language names each key of each table. For each of them the catalogue or the list of all other keys
/// has an entry in that table, with the fields of all others.
#[test]
fn every_key_of_the_language_is_explained() {
    let mut list = options::list_json().as_array().cloned().expect("an array");
    list.extend(explained::json(explained::all()));
    assert!(list.iter().all(|one| one.as_object().map(serde_json::Map::len) == Some(15)));
    let text = |one: &Value, field: &str| one[field].as_str().unwrap_or_default().to_owned();
    let known: BTreeSet<_> =
        list.iter().map(|one| (text(one, "section"), text(one, "name"))).collect();
    let schema = schema();
    let keys = |table: &Value| {
        table["properties"].as_object().into_iter().flat_map(|all| all.keys().cloned()).collect()
    };
    let mut missing: Vec<(String, String)> = Vec::new();
    let mut look = |sections: &[&str], keys: Vec<String>| {
        assert!(!sections.is_empty());
        let found =
            |key: &String| sections.iter().any(|s| known.contains(&((*s).into(), key.clone())));
        missing.extend(
            keys.into_iter().filter(|key| !found(key)).map(|key| (sections[0].into(), key)),
        );
    };
    look(&["top of the file"], keys(&schema));
    for (name, table) in schema["$defs"].as_object().expect("definitions") {
        let headers = keys::tables().into_iter().chain(keys::INLINE);
        let header = headers.filter(|def| def.name == name).map(|def| def.header).next();
        // Sections of the vendor, laws and durations are no tables of the language.
        let Some(header) = header else { continue };
        look(&[header, "[failover]"], keys(table));
    }
    assert_eq!(missing, []);
}

#[test]
fn each_key_has_its_values_and_default_in_words() {
    for key in explained::all() {
        let text = explained::one_text(&[key]);
        assert!(!key.meaning().is_empty(), "{text}");
        assert!(!text.contains("]("), "{text}");
        assert!(text.contains("\n  valid         "), "{text}");
        assert!(
            text.contains("\n  default       ") || text.contains("\n  if absent     "),
            "{text}"
        );
        assert!(explained::list_text().contains(&format!("  {} ", key.name())), "{text}");
    }
}

/// The keys of the scenario language that stand for an assumption, a policy or an extension.
const OURS: [&keys::TableDef; 7] = [
    &keys::DESKTOP,
    &keys::FAILOVER,
    &keys::LOCATION,
    &keys::PHONE,
    &keys::POLICY,
    &keys::REGISTRAR,
    &keys::WHAT_IF,
];

#[test]
fn every_default_of_ours_is_listed_as_the_language_has_it() {
    for table in OURS {
        for key in table.keys {
            let listed = options::named(key.name).find(|entry| entry.section == table.header);
            assert!(listed.is_some(), "{} of {}", key.name, table.header);
            if let keys::Absent::Default(value) = key.absent {
                let default = listed.map(|entry| entry.default);
                assert_eq!(default, Some(value.trim_matches('"')), "{}", key.name);
            }
        }
    }
}

/// Of calls those that stand for what no product's text says.
#[test]
fn assumptions_about_calls_are_listed_as_the_language_has_them() {
    for name in ["call-at-loss", "ring-timeout", "gateway-lag"] {
        let key = keys::CALLS.key(name).expect("a key");
        let entry = options::find(name).expect("it is listed");
        assert_eq!(entry.section, keys::CALLS.header);
        let keys::Absent::Default(value) = key.absent else { panic!("{name} has a default") };
        assert_eq!(value.trim_matches('"'), entry.default);
        assert_eq!(entry.meaning, key.doc);
    }
}

/// Of a registrar also what holds where there is no value, and every word that may be chosen.
#[test]
fn what_a_registrar_does_without_a_key_is_listed_as_the_language_has_it() {
    for key in keys::REGISTRAR.keys {
        let entry = options::find(key.name).expect("it is listed");
        assert_eq!(entry.meaning, key.doc, "{}", key.name);
        if let keys::Absent::Means(what) = key.absent {
            assert_eq!(entry.default, what, "{}", key.name);
        }
        if let keys::Shape::Choice(words) = key.shape {
            assert_eq!(entry.kind, options::Kind::Explained(words), "{}", key.name);
        }
    }
}
