//! The reference page and the JSON Schema are what the key table says.

use serde_json::Value;
use switchover::scenario::{keys, reference, schema};

use super::messages::{SOUND, said};
use crate::bless::differs;

#[test]
fn the_page_is_in_step_with_the_key_table() {
    assert_eq!(differs("docs/scenario.md", &reference()), None);
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

#[test]
fn the_schema_defines_everything_that_it_refers_to() {
    let schema = schema();
    let mut found = Vec::new();
    references(&schema, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(schema.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn the_schema_has_every_key() {
    let schema = schema();
    for def in keys::tables() {
        let table = if def.header.is_empty() { &schema } else { &schema["$defs"][def.name] };
        for key in def.keys {
            assert!(!table["properties"][key.name].is_null(), "{}: {}", def.name, key.name);
        }
    }
}

/// Every key of `target = { ... }` that names a kind has its words, and only those.
#[test]
fn every_kind_of_target_has_its_words() {
    let kinds: Vec<&str> = keys::TARGETS.iter().map(|kind| kind.key).collect();
    let keys: Vec<&str> = keys::TARGET.keys.iter().map(|key| key.name).collect();
    assert_eq!(kinds, keys[..keys.len() - 2], "all but `at` and `plane`");
    for kind in keys::TARGETS {
        for words in kind.words {
            assert!(words.starts_with(&format!("{} ", kind.key)), "{words}");
        }
    }
}

/// The page is made from the list that the language reads: each row and each class is a target of a scenario.
#[test]
fn what_the_page_says_of_targets_can_be_written() {
    let page = reference();
    for kind in keys::TARGETS {
        for words in kind.words {
            assert!(page.contains(&format!("`\"{words}\"`")), "{words}");
            let written = words
                .replace("LOCATION-SITE", "office-X")
                .replace("SITE-SITE", "X-Y")
                .replace("LOCATION", "office")
                .replace("SERVER", "X-sip-1")
                .replace("SITE", "X");
            let name = match kind.key {
                "process" => "X-sip-1",
                "host" => "X-sip-2",
                "location" => "office",
                _ => "Y",
            };
            fault_is_read(&written.replace("NAME", name));
        }
    }
    for (class, _) in keys::CLASSES {
        assert!(page.contains(&format!("`{class}`")), "{class}");
        fault_is_read(&format!("every {class}"));
    }
}

fn fault_is_read(target: &str) {
    let effect = if target.contains("registrar") { "effect = \"hang\"\n" } else { "" };
    let sites = SOUND.replace("[site.X]", "[site.X]\nstat = true\nconfig = true");
    let fault = format!("[[fault]]\ntarget = \"{target}\"\n{effect}at = \"1m\"\nfor = \"1m\"\n");
    assert_eq!(said(&(sites + &fault)), "", "{target}");
}
