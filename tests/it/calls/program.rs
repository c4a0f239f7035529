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
    for file in ["experiment.json", "estimates.csv", "calls.csv"] {
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
    for text in [
        "The faults cost 274 of 8,215 calls",
        "target 80 %",
        "calls, and agents in service",
        "88 agents at Mon 2027-01-04 10:30, where 113 are needed",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_report_of_an_experiment_has_calls_and_staff_and_a_bad_replication() {
    let place = Place::new();
    let arguments = ["run", &scenario(), "--replications=6", "--quiet", "--report", "--out", "out"];
    place.run(&arguments).expect(0);
    let page = place.read("out/report.html");
    for text in ["Calls and staff", "means of 6 replications with 95 % intervals", "are needed"] {
        assert!(page.contains(text), "{text}");
    }
    // The calls of the telling replication stand in its chapter, with and without the fault.
    let files = place.files();
    assert!(files.iter().any(|name| name == "out/telling-calls.svg"), "{files:?}");
    assert!(page.contains("in the system without the faults"));
    let json: serde_json::Value = serde_json::from_str(&place.read("out/experiment.json")).unwrap();
    let calls = json["calls"].as_array().unwrap();
    assert_eq!((calls.len(), calls[4]["agents_on_shift"]["mean"].as_f64()), (20, Some(108.0)));
    assert!(calls[0].get("lost").is_none() && calls[4]["lost"]["low"].as_f64() > Some(0.0));
}
