//! The page of measures names every key of `summary.json` and every column of every table, as the
//! committed answers have them. It does not judge what the page says about them.

use std::collections::BTreeSet;
use std::fs;

use crate::bless::root;

/// The words of a text: letters, digits, `_` and `-`.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).collect()
}

/// All keys in a JSON value.
fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, inner) in map {
                found.insert(key.clone());
                keys(inner, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| keys(inner, found)),
        _ => (),
    }
}

/// The part of the page between a heading and the next one of its level.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("{heading}"));
    let rest = &page[start + 4..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn the_page_of_measures_names_everything() {
    let page = fs::read_to_string(root("docs/measures.md")).expect("the page");
    let answer = root("results/01-w1-path-cut");
    let summary = fs::read(answer.join("summary.json")).expect("a summary");
    let mut expected = BTreeSet::new();
    keys(&serde_json::from_slice(&summary).expect("JSON"), &mut expected);
    let named = words(section(&page, "summary.json"));
    let missing: Vec<_> = expected.iter().filter(|key| !named.contains(key.as_str())).collect();
    // Causes and the names of percentiles are explained in `model.md` and above.
    let known = words(
        "undetected no-site restoring switching reconnecting phone not-ready name kind site location plane",
    );
    let missing: Vec<_> = missing.into_iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "summary.json: {missing:?}");
    for table in ["agents", "outages", "moves", "timeline", "faults", "world"] {
        let file = format!("{table}.csv");
        let text = fs::read_to_string(answer.join(&file)).expect("a table");
        let named = words(section(&page, &file));
        let header = text.lines().next().unwrap_or_default();
        let missing: Vec<_> = header.split(',').filter(|column| !named.contains(column)).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
    }
}
