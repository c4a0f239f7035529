//! `replay` shows a replication as it was in the experiment: the numbers of its summary are those
//! of its row.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::measure_names::numbers;

use super::{FILE, RANDOM, bytes, files, place};

/// `replications.csv`: for every replication, the cell of every measure.
fn table(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

#[test]
fn the_summary_of_a_replay_is_the_row_of_the_experiment() {
    let place = place(RANDOM);
    let experiment = files(&place, "out", 0, &["--replications", "30"]);
    let rows = table(&experiment["replications.csv"]);
    for replication in [0, 1, 7, 29] {
        let number = replication.to_string();
        place.run(&["replay", FILE, "--quiet", "--replication", &number]).expect(0);
        let folder = format!("results/s-replication-{number}");
        let written = bytes(&place, &folder);
        assert!(written.contains_key("trace.csv") && written.contains_key("moves.svg"));
        let mut summary: Value = serde_json::from_slice(&written["summary.json"]).unwrap();
        summary.as_object_mut().unwrap().remove("provenance").unwrap();
        let mut found = BTreeMap::new();
        numbers("", &summary, &mut found);
        assert!(found.len() > 100, "{} numbers", found.len());
        for (name, value) in found {
            let cell = &rows[replication][&name];
            match value.as_f64() {
                // Nine digits of ratios stand in the table; means of times are whole nanoseconds.
                Some(value) => {
                    let own: f64 = cell.parse().unwrap();
                    assert!((own - value).abs() <= 1e-8 * value.abs(), "{name}: {own}, {value}");
                }
                None => assert_eq!(cell, "", "{name}"),
            }
        }
    }
}

#[test]
fn replication_0_is_the_single_run() {
    let place = place(RANDOM);
    place.run(&["replay", FILE, "--quiet", "--replication", "0", "--out", "replayed"]).expect(0);
    let single = files(&place, "single", 0, &["--trace"]);
    let mut replayed = bytes(&place, "replayed");
    // Where they come from differs in the command alone.
    for name in ["provenance.json", "summary.json"] {
        let text = String::from_utf8(replayed[name].clone()).unwrap();
        let command = "switchover replay s.toml --replication 0";
        replayed.insert(name.to_owned(), text.replace(command, "switchover run s.toml").into());
    }
    super::same(&replayed, &single);
}

#[test]
fn the_story_of_an_agent_in_a_replication() {
    let place = place(RANDOM);
    let tell = |number| {
        let all = ["replay", FILE, "--replication", number, "--agent", "agents-3"];
        place.run(&all).expect(0).out
    };
    let (one, two) = (tell("1"), tell("2"));
    assert!(one.contains("agents-3") && one != two, "{one}");
    assert_eq!(place.files(), [FILE]);
}
