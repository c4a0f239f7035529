//! Prices: what a run says they come to is the downtime and the failed calls of its own summary at those prices.

use serde_json::Value;

use crate::bless::root;
use crate::cli::program::{Ended, Place};

fn run(settings: &[&str], more: &[&str]) -> (Ended, Place) {
    let place = Place::new();
    let scenario = root("scenarios/31-monday-at-ten.toml").to_string_lossy().into_owned();
    let settings = settings.iter().flat_map(|one| ["--set", one]);
    let arguments: Vec<&str> = ["run", &scenario, "--out", "out"]
        .into_iter()
        .chain(settings)
        .chain(more.iter().copied())
        .collect();
    (place.run(&arguments).expect(0), place)
}

fn json(place: &Place, file: &str) -> Value {
    let bytes = std::fs::read(place.path().join("out").join(file)).expect("a result");
    serde_json::from_slice(&bytes).expect("JSON")
}

const PRICES: [&str; 3] =
    ["prices.currency=EUR", "prices.cost-per-agent-hour=38", "prices.cost-per-lost-call=12.5"];

#[test]
fn a_run_counts_its_downtime_and_its_failed_calls_in_money() {
    let (ended, place) = run(&PRICES, &[]);
    let summary = json(&place, "summary.json");
    let money = |what: &str| summary["money"][what].as_f64().expect("an amount");
    let hours = summary["downtime_s"]["total"].as_f64().expect("seconds") / 3600.0;
    let failed = summary["all_calls"]["cost"]["failed"].as_f64().expect("calls");
    assert!(hours > 1.0 && failed > 100.0);
    assert!((money("agents") - 38.0 * hours).abs() < 1e-6);
    assert!((money("calls") - 12.5 * failed).abs() < 1e-6);
    assert!((money("total") - money("agents") - money("calls")).abs() < 1e-6);
    assert_eq!(summary["money"]["currency"], "EUR");
    let sentence = "The outages cost 4,235 EUR: 810 for agents out of service, 3,425 for calls that failed because of \
                    the faults.";
    let out = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(sentence), "{out}");
}

#[test]
fn one_price_alone_and_none() {
    let (ended, place) = run(&PRICES[1..2], &[]);
    let summary = json(&place, "summary.json");
    assert_eq!(summary["money"]["calls"].as_f64(), Some(0.0));
    assert_eq!(summary["money"]["agents"], summary["money"]["total"]);
    assert!(
        ended.out.contains("The outages cost 810: 810 for agents out of service."),
        "{}",
        ended.out
    );
    let (ended, place) = run(&[], &[]);
    assert_eq!(json(&place, "summary.json")["money"], Value::Null);
    assert!(!ended.out.contains("outages cost"));
}

/// Over replications it is the mean of what each costs, as any other measure is.
#[test]
fn an_experiment_estimates_it() {
    let (ended, place) = run(&PRICES, &["--replications", "8"]);
    let text = std::fs::read_to_string(place.path().join("out/replications.csv")).expect("a table");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().expect("headers").clone();
    let column = headers.iter().position(|name| name == "money.total").expect("a column");
    let each: Vec<f64> =
        rows.records().map(|row| row.expect("a row")[column].parse().expect("an amount")).collect();
    assert_eq!(each.len(), 8);
    let mean = each.iter().sum::<f64>() / 8.0;
    let experiment = json(&place, "experiment.json").to_string();
    assert!(experiment.contains("money.agents") && experiment.contains("money.calls"));
    assert!(ended.out.contains("The outages cost, in EUR: "), "{}", ended.out);
    let estimates =
        std::fs::read_to_string(place.path().join("out/estimates.csv")).expect("a table");
    let line = estimates.lines().find(|line| line.starts_with("money.total,")).expect("a row");
    let estimate: f64 = line.split(',').nth(2).expect("a value").parse().expect("an amount");
    assert!((estimate - mean).abs() < 1e-3 * mean, "{line} {mean}");
}

/// A difference of costs has the currency that the scenario names, in words and in the table of a sweep.
#[test]
fn comparisons_name_the_currency() {
    let place = Place::new();
    let scenario = root("scenarios/31-monday-at-ten.toml").to_string_lossy().into_owned();
    let prices = "[prices]\ncurrency = \"EUR\"\ncost-per-lost-call = 12.5\n";
    let text = std::fs::read_to_string(&scenario).expect("a scenario") + prices;
    let arrivals = root("scenarios/arrivals/monday.csv").to_string_lossy().into_owned();
    place.write("s.toml", &text.replace("arrivals/monday.csv", &arrivals));
    let asked = |command: &str, values: &str| {
        let set = format!("calls.sales.gateway-lag={values}");
        let run = [command, "s.toml", "--set", &set, "--replications=4", "--out", command];
        place.run(&run).expect(0).out
    };
    let told = asked("compare", "5s");
    let mut lines = told.lines().filter(|line| line.contains("outages cost"));
    assert!(lines.any(|line| line.contains(" EUR per replication (")), "{told}");
    let told = asked("sweep", "5s,32s");
    assert!(told.contains("cost (EUR): "), "{told}");
}
