//! Calls by the built program: the same bytes on any number of threads, and the chart in the report.

use std::fs;

use crate::bless::root;
use crate::cli::program::Place;

fn scenario() -> String {
    root("scenarios/31-monday-at-ten.toml").to_string_lossy().into_owned()
}

#[test]
fn threads_cannot_be_seen() {
    let place = Place::new();
    for threads in ["1", "2"] {
        let arguments = ["run", &scenario(), "--replications=6", "--quiet", "--out"];
        let more = [threads, "--threads", threads];
        place.run(&[&arguments[..], &more[..]].concat()).expect(0);
    }
    let bytes = |threads: &str, file: &str| {
        fs::read(place.path().join(threads).join(file)).expect("a result")
    };
    for file in ["experiment.json", "estimates.csv"] {
        assert!(bytes("1", file) == bytes("2", file), "{file}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&bytes("1", "experiment.json")).expect("JSON");
    let text = json.to_string();
    assert!(text.contains("calls.sales.cost.failed") && text.contains("all_calls.service_level"));
}

#[test]
fn the_report_has_the_chart_of_calls() {
    let place = Place::new();
    place.run(&["run", &scenario(), "--quiet", "--report", "--out", "out"]).expect(0);
    let page = fs::read_to_string(place.path().join("out/report.html")).expect("a report");
    for text in
        ["The faults cost 274 of 8,215 calls", "target 80 %", "calls, and agents in service"]
    {
        assert!(page.contains(text), "{text}");
    }
}
