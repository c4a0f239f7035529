//! The table of measures and `summary.json` name the same numbers: as the shipped scenarios declare
//! things and the committed answers have them. What the numbers are is not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use switchover::distribution::Law;
use switchover::measures::measures;
use switchover::measures::names::Declared;
use switchover::model::{Fault, Model, Schedule};
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, load};
use switchover::time::Span;

use crate::bless::root;
use crate::scenario::shipped::Beside;

/// Numbers of the summary that are no measures: they say what was run, or how it was counted, or show measures in
/// another order.
const NO_MEASURES: [&str; 12] = [
    "closed_forms",
    "planner",
    "provenance",
    "format_version",
    "agents",
    "horizon_s",
    "seed",
    "replication",
    "window_s",
    "peak_window_s",
    "answer_within_s",
    "service_level_target",
];

/// Measures that are no numbers of the summary.
const RATES: [&str; 7] = [
    "downtime_s.per_agent_year",
    "outages.per_agent_year",
    "outages.service_lost.per_agent_year",
    "outages.trips_home.per_agent_year",
    "switchovers.per_agent_year",
    "switchovers.needless_share",
    "flaps.per_agent_year",
];

/// Whether a measure is a sum of numbers of the summary: calls abandoned, lost or blocked.
fn is_sum(name: &str) -> bool {
    name == "all_calls.failed"
        || name.starts_with("calls.")
            && name.ends_with(".failed")
            && !name.ends_with(".cost.failed")
}

/// Every number below a value, by its path; `null` is a number that is not there.
pub fn numbers(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| is_measure(path, key)) {
                let dot = if path.is_empty() { "" } else { "." };
                numbers(&format!("{path}{dot}{key}"), inner, found);
            }
        }
        Value::Array(list) => {
            for item in list {
                numbers(&format!("{}.{}", path.trim_end_matches("_down"), of(item)), item, found);
            }
        }
        Value::Number(_) | Value::Null => {
            let before = found.insert(path.to_owned(), value.clone());
            assert_eq!(before, None, "{path} stands there twice");
        }
        Value::String(_) | Value::Bool(_) => {}
    }
}

/// Whether a key may lead to measures. How many agents there are is none; how many of them lost
/// service is one.
fn is_measure(path: &str, key: &str) -> bool {
    !NO_MEASURES.contains(&key) || (key == "agents" && !path.is_empty())
}

/// What an item of a list is about.
fn of(item: &Value) -> String {
    let text = |key: &str| item[key].as_str().expect("a text").to_owned();
    match item.get("name") {
        Some(_) => text("name"),
        None => format!("{}.{}.{}", text("location"), text("site"), text("plane")),
    }
}

/// What a shipped scenario declares, as written and as meant.
fn declared(stem: &str) -> Declared {
    let name = format!("{stem}.toml");
    let bytes = fs::read(root("scenarios").join(&name)).expect("a shipped scenario");
    let document = load(&name, &bytes, &Beside).document.expect("a document");
    let model = resolve(&document, &DrOff::default()).0.expect("a model").model;
    assert_eq!(Declared::from(&document), Declared::from(&model), "{stem}");
    Declared::from(&model)
}

#[test]
fn the_table_and_the_summaries_name_the_same_numbers() {
    let mut seen = 0;
    for entry in fs::read_dir(root("results")).expect("the answers") {
        let stem = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        // Experiments, comparisons and fits have no summary of one run.
        let summary = root("results").join(&stem).join("summary.json");
        let Ok(summary) = fs::read(summary) else { continue };
        let summary = serde_json::from_slice(&summary).expect("JSON");
        let (declared, mut written) = (declared(&stem), BTreeMap::new());
        numbers("", &summary, &mut written);
        for name in written.keys() {
            assert!(declared.find(name).is_some(), "{stem}: the table lacks {name}");
        }
        // A path that was never down is left out of the summary.
        let known = declared.all().into_iter();
        let known = known.filter(|name| !RATES.contains(&name.as_str()) && !is_sum(name));
        let missing =
            known.filter(|name| !written.contains_key(name) && !name.starts_with("paths."));
        assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "{stem}: the summary lacks them");
        seen += 1;
    }
    assert!(seen >= 17, "{seen} answers");
}

#[test]
fn rates_are_measures_where_a_fault_is_random() {
    let mut model = crate::builder::base();
    let of = |model: &Model, name| Declared::from(model).find(name).map(|gauge| gauge.name);
    assert_eq!(
        RATES.map(|name| of(&model, name)),
        RATES.map(|name| (!name.ends_with("_year")).then_some(name))
    );
    let law = Law::Constant(Span::from_secs(60));
    let schedule = Schedule::random(law.clone(), law);
    model.faults.push(Fault {
        name: "chance".into(),
        targets: vec![],
        schedule,
        impairment: Default::default(),
    });
    assert_eq!(RATES.map(|name| of(&model, name)), RATES.map(Some));
    let measures = measures(&model);
    let yearly = |name: &&str| name.ends_with("_year");
    let found = measures.iter().map(|one| one.name.as_str()).filter(yearly);
    assert_eq!(found.collect::<BTreeSet<_>>(), RATES.into_iter().filter(yearly).collect());
}
