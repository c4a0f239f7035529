//! The page of measures names every key of `summary.json` and every column of every table, as the
//! committed answers have them, and tells how every gauge goes over replications. It does not judge
//! what the page says about them.

use std::collections::BTreeSet;
use std::fs;

use switchover::measures::{Better, Gauge, How, gauges};
use switchover::model::Unit;

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
fn the_page_of_the_command_line_names_every_key_of_provenance() {
    let page = fs::read_to_string(root("docs/cli.md")).expect("the page");
    let sidecar = fs::read(root("results/18-fitted-faults/provenance.json")).expect("a sidecar");
    let mut expected = BTreeSet::new();
    keys(&serde_json::from_slice(&sidecar).expect("JSON"), &mut expected);
    let named = words(section(&page, "Where an answer comes from"));
    let missing: Vec<_> = expected.iter().filter(|key| !named.contains(key.as_str())).collect();
    assert!(missing.is_empty() && expected.contains("data"), "{missing:?}");
}

#[test]
fn the_page_of_measures_names_everything() {
    let page = fs::read_to_string(root("docs/measures.md")).expect("the page");
    let answer = root("results/01-w1-path-cut");
    let summary = fs::read(answer.join("summary.json")).expect("a summary");
    let mut summary: serde_json::Value = serde_json::from_slice(&summary).expect("JSON");
    let mut expected = BTreeSet::from(["provenance", "format_version"].map(str::to_owned));
    summary.as_object_mut().expect("an object").remove("provenance");
    summary.as_object_mut().expect("an object").remove("format_version");
    keys(&summary, &mut expected);
    let named = words(section(&page, "summary.json"));
    let missing: Vec<_> = expected.iter().filter(|key| !named.contains(key.as_str())).collect();
    // Causes and the names of percentiles are explained in `model.md` and above.
    let known = words(
        "off undetected no-site restoring switching reconnecting phone not-ready name kind site location plane",
    );
    let missing: Vec<_> = missing.into_iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "summary.json: {missing:?}");
    for table in [
        "agents", "outages", "moves", "timeline", "faults", "planner", "world", "states",
        "downtime",
    ] {
        let file = format!("{table}.csv");
        let text = fs::read_to_string(answer.join(&file)).expect("a table");
        let named = words(section(&page, &file));
        let header = text.lines().next().unwrap_or_default();
        let missing: Vec<_> = header.split(',').filter(|column| !named.contains(column)).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
    }
    let text = fs::read_to_string(root("results/31-monday-at-ten/calls.csv")).expect("a table");
    let named = words(section(&page, "calls.csv"));
    let header = text.lines().next().unwrap_or_default();
    // Local time is explained for all tables.
    let columns = header.split(',').filter(|column| *column != "from_local");
    let missing: Vec<_> = columns.filter(|column| !named.contains(column)).collect();
    assert!(missing.is_empty(), "calls.csv: {missing:?}");
}

#[test]
fn the_page_of_measures_tells_how_every_gauge_goes_over_replications() {
    let page = fs::read_to_string(root("docs/measures.md")).expect("the page");
    let rows: Vec<String> = gauges().map(row).collect();
    let rows = rows.join("\n");
    let told = section(&page, "Over replications");
    assert!(told.contains(&format!("\n{rows}\n")), "the table should be:\n{rows}");
}

/// The row of the table that tells of a gauge.
fn row(gauge: &Gauge) -> String {
    let how = match gauge.how {
        _ if gauge.rare => "mean, few: Poisson",
        How::Each(_) => "mean",
        How::IfAny(_) => "mean of those that have it",
        How::Ratio(..) => "ratio",
        How::Pooled(..) => "percentile of all",
    };
    let unit = match gauge.unit {
        Unit::Time | Unit::AgentTime => "s",
        Unit::Count => "1",
        Unit::Share => "share",
    };
    let better = match gauge.better {
        Better::Less => "less",
        Better::More => "more",
        Better::Neither => "",
    };
    format!("| `{}` | {} | {unit} | {better} | {how} |", gauge.name, gauge.doc)
}
