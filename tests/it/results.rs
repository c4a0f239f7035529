//! Every shipped scenario is a golden: the program is run, and what it writes is compared byte for
//! byte with the committed answer in `results/`. `BLESS=1` writes the answers anew.
//!
//! Of scenarios with more than [`SMALL`] agents the tables with a row per agent, outage or move are
//! not kept, only what sums them up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::bless::root;
use crate::cli::program::Place;

/// Up to so many agents the tables with rows are kept.
const SMALL: u64 = 100;

/// The tables with a row per agent, outage, move or record.
const ROWS: [&str; 4] = ["agents.csv", "outages.csv", "moves.csv", "trace.csv"];

/// The bytes of the files in a directory, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| (name(&path), fs::read(&path).expect("a result")))
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The stems of the shipped scenarios, in order.
fn stems() -> Vec<String> {
    let entries = fs::read_dir(root("scenarios")).expect("the scenarios");
    let names = entries.map(|entry| name(&entry.expect("an entry").path()));
    let mut stems: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    stems.sort();
    stems
}

/// What the program answers to a shipped scenario, as far as it is kept.
fn answer(stem: &str) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    let scenario = root(&format!("scenarios/{stem}.toml"));
    place.run(&["run", &scenario.to_string_lossy(), "--out", "out", "--quiet"]).expect(0);
    let mut answer = files(&place.path().join("out"));
    let summary: serde_json::Value =
        serde_json::from_slice(&answer["summary.json"]).expect("a summary");
    if summary["agents"].as_u64().expect("a number of agents") > SMALL {
        answer.retain(|name, _| !ROWS.contains(&name.as_str()));
    }
    answer
}

/// Puts an answer in the place of the committed one.
fn bless(folder: &Path, answer: &BTreeMap<String, Vec<u8>>) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("an old answer can be removed");
    }
    fs::create_dir_all(folder).expect("a directory");
    for (name, bytes) in answer {
        fs::write(folder.join(name), bytes).expect("a blessed file can be written");
    }
}

/// The names of the files that differ from the committed ones, are missing or are left over.
fn differing(folder: &Path, answer: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let committed = files(folder);
    let changed = answer.iter().filter(|(name, bytes)| committed.get(*name) != Some(*bytes));
    let left = committed.keys().filter(|name| !ROWS.contains(&name.as_str()));
    let left = left.filter(|name| !answer.contains_key(*name));
    changed
        .map(|(name, _)| name)
        .chain(left)
        .map(|name| format!("{}/{name}", folder.display()))
        .collect()
}

#[test]
fn every_shipped_scenario_has_its_committed_answer() {
    let mut differ = Vec::new();
    for stem in stems() {
        let folder = root("results").join(&stem);
        let answer = answer(&stem);
        if std::env::var_os("BLESS").is_some() {
            bless(&folder, &answer);
        }
        differ.extend(differing(&folder, &answer));
    }
    assert!(differ.is_empty(), "BLESS=1 rewrites what differs:\n{}", differ.join("\n"));
    committed_answers_are_small(&stems());
}

/// Whether a folder of results is the fit of a shipped log; its own test compares it.
fn of_a_log(folder: &str) -> bool {
    let log = folder.strip_suffix("-fit");
    log.is_some_and(|log| root(&format!("scenarios/logs/{log}.csv")).is_file())
}

/// Every committed answer has its scenario or its log, and none is big.
fn committed_answers_are_small(stems: &[String]) {
    let mut total = 0;
    for entry in fs::read_dir(root("results")).expect("the results") {
        let folder = entry.expect("an entry").path();
        let known = stems.contains(&name(&folder)) || of_a_log(&name(&folder));
        assert!(known, "{} has no scenario", folder.display());
        for (file, bytes) in files(&folder) {
            if !ROWS.contains(&file.as_str()) {
                assert!(bytes.len() < 500_000, "{}/{file} is too big", folder.display());
                total += bytes.len();
            }
        }
    }
    assert!(total < 6_000_000, "{total} bytes");
}
