//! The reference page and the JSON Schema are what the key table says.

use serde_json::Value;
use switchover::scenario::{keys, reference, schema};

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
