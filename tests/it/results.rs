//! Every shipped scenario is a golden: the program is run, and what it writes is compared byte for
//! byte with the committed answer in `results/`; one of them is also compared with itself changed,
//! and swept. `BLESS=1` writes the answers anew.
//!
//! Of scenarios with more than [`SMALL`] agents the tables with a row per agent, outage or move are
//! not kept, only what sums them up. Of tables over time, which are long, one is kept; of the others
//! the SHA-256 is, in `timelines.sha256`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::bless::{differs, root};
use crate::cli::program::Place;

/// Up to so many agents the tables with rows are kept.
const SMALL: u64 = 100;

/// The tables with a row per agent, outage, move or record.
const ROWS: [&str; 4] = ["agents.csv", "outages.csv", "moves.csv", "trace.csv"];

/// The tables over time: of a run, and of the telling replication in a report.
const TIMELINES: [&str; 4] =
    ["timeline.csv", "telling-timeline.csv", "groups.csv", "telling-groups.csv"];

/// The scenarios whose report is kept beside their answer.
const REPORTED: [&str; 2] = ["07-site-loss", "17-year-with-bounds"];

/// The scenario whose table over time is kept.
const KEPT: &str = "01-w1-path-cut";

/// What else is answered than by `run`: the scenario, the command, its arguments. The answer is
/// called by the first two.
const OTHERS: [(&str, &str, &[&str]); 3] = [
    (
        "27-reconnect-storm",
        "headroom",
        &[
            "--replications=5",
            "--target=outages.duration_s.max=2m",
            "--vary=site.X.reconnect-capacity=10/s..200/s step 5/s",
        ],
    ),
    (
        "17-year-with-bounds",
        "compare",
        &[
            "--replications=100",
            "--set=application.interaction-workspace.disaster-recovery.timeout=45",
        ],
    ),
    (
        "17-year-with-bounds",
        "sweep",
        &[
            "--replications=60",
            "--set=application.interaction-workspace.disaster-recovery.timeout=15,30,45,60,90,120",
            "--report",
        ],
    ),
];

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
    let scenario = scenario.to_string_lossy();
    let mut arguments = vec!["run", &*scenario, "--out", "out", "--quiet"];
    arguments.extend(REPORTED.contains(&stem).then_some("--report"));
    let ended = place.run(&arguments);
    let mut answer = files(&place.path().join("out"));
    if let Some(experiment) = answer.get("experiment.json") {
        assert_eq!(ended.code, Some(code(&json(experiment))), "{stem}");
        return answer;
    }
    let summary = json(&answer["summary.json"]);
    ended.expect(0);
    if summary["agents"].as_u64().expect("a number of agents") > SMALL {
        answer.retain(|name, _| !ROWS.contains(&name.as_str()));
    }
    answer
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).expect("JSON")
}

/// The exit code that suits the thresholds of an experiment.
fn code(experiment: &serde_json::Value) -> i32 {
    let thresholds = experiment["thresholds"].as_array().expect("thresholds");
    let any = |outcome| thresholds.iter().any(|threshold| threshold["outcome"] == outcome);
    match (any("FAIL"), any("INCONCLUSIVE")) {
        (true, _) => 4,
        (_, true) => 5,
        _ => 0,
    }
}

/// Takes the tables over time out of an answer; a line each with its SHA-256.
fn timelines_taken(stem: &str, answer: &mut BTreeMap<String, Vec<u8>>) -> String {
    let mut lines = String::new();
    for name in TIMELINES {
        let Some(bytes) = answer.remove(name) else { continue };
        let digest: String =
            Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        lines += &format!("{digest}  results/{stem}/{name}\n");
    }
    lines
}

/// What another command answers to a shipped scenario.
fn other_answer(stem: &str, command: &str, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    let scenario = root(&format!("scenarios/{stem}.toml"));
    let scenario = scenario.to_string_lossy();
    let head = [command, &scenario, "--out", "out", "--quiet"];
    place.run(&[&head, arguments].concat()).expect(0);
    files(&place.path().join("out"))
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
    let mut committed = files(folder);
    // Not committed, but a run may have written it there.
    if !TIMELINES.iter().any(|name| answer.contains_key(*name)) {
        committed.retain(|name, _| !TIMELINES.contains(&name.as_str()));
    }
    let changed = answer.iter().filter(|(name, bytes)| committed.get(*name) != Some(*bytes));
    let left = committed.keys().filter(|name| !ROWS.contains(&name.as_str()));
    let left = left.filter(|name| !answer.contains_key(*name));
    changed
        .map(|(name, _)| name)
        .chain(left)
        .map(|name| format!("{}/{name}", folder.display()))
        .collect()
}

/// What differs of one answer, once it has been blessed if that is asked for.
fn looked_at(name: &str, answer: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let folder = root("results").join(name);
    if std::env::var_os("BLESS").is_some() {
        bless(&folder, answer);
    }
    differing(&folder, answer)
}

#[test]
fn every_shipped_scenario_has_its_committed_answer() {
    let mut differ = Vec::new();
    let mut digests = String::new();
    for stem in stems() {
        let mut answer = answer(&stem);
        if stem != KEPT {
            digests += &timelines_taken(&stem, &mut answer);
        }
        differ.extend(looked_at(&stem, &answer));
    }
    differ.extend(differs("tests/it/timelines.sha256", &digests));
    for (stem, command, arguments) in OTHERS {
        let answer = other_answer(stem, command, arguments);
        differ.extend(looked_at(&format!("{stem}-{command}"), &answer));
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
        let known = stems.contains(&name(&folder))
            || of_a_log(&name(&folder))
            || OTHERS.iter().any(|(stem, how, _)| name(&folder) == format!("{stem}-{how}"));
        assert!(known, "{} has no scenario", folder.display());
        for (file, bytes) in files(&folder) {
            if !ROWS.contains(&file.as_str()) && !TIMELINES.contains(&file.as_str()) {
                assert!(bytes.len() < 550_000, "{}/{file} is too big", folder.display());
                total += bytes.len();
            }
        }
    }
    assert!(total < 8_000_000, "{total} bytes");
}

/// The sets of laws of a shipped scenario are the first that `fit` wrote for the shipped log.
#[test]
fn the_uncertainty_of_a_shipped_scenario_comes_from_the_shipped_log() {
    let shipped = fs::read_to_string(root("scenarios/logs/outages-bootstrap.csv")).expect("sets");
    let fitted = fs::read_to_string(root("results/outages-fit/bootstrap.csv")).expect("a fit");
    assert_eq!(shipped.lines().count(), 41);
    assert!(fitted.starts_with(&shipped));
}

/// Of the committed experiments: nothing reaches below 0 or a share above 1, and what never
/// happened is "none seen", whether it is counted by the run or by agent and year.
#[test]
fn committed_estimates_are_possible() {
    for stem in ["17-year-with-bounds", "18-fitted-faults"] {
        let bytes = fs::read(root(&format!("results/{stem}/experiment.json"))).expect("an answer");
        let estimates = &json(&bytes)["estimates"];
        for (name, estimate) in estimates.as_object().expect("estimates") {
            let end = |key: &str| estimate[key].as_f64();
            assert!(end("low").is_none_or(|low| low >= 0.0), "{stem}: {name}");
            let most = if estimate["unit"] == "share" { 1.0 } else { f64::INFINITY };
            assert!(end("high").is_none_or(|high| high <= most), "{stem}: {name}");
        }
        for name in ["flaps.count", "flaps.per_agent_year"] {
            assert_eq!(estimates[name]["method"], "none seen", "{stem}: {name}");
            assert!(estimates[name]["high"].as_f64() > Some(0.0), "{stem}: {name}");
        }
    }
}

/// Of the committed comparison: a sum and its share of each agent are better in the same
/// replications, and a difference that is always the same does not vary.
#[test]
fn committed_wins_are_counted_by_the_replications_own_values() {
    let bytes = fs::read(root("results/17-year-with-bounds-compare/compare.json"));
    let summary = json(&bytes.expect("an answer"));
    let measures = summary["against"][0]["measures"].as_array().expect("measures");
    let of = |name| measures.iter().find(|m| m["measure"] == name).expect("a measure");
    let total = of("downtime_s.total");
    assert_eq!(total["ties"], 1);
    for name in ["downtime_s.per_agent.mean", "downtime_s.per_agent_year", "availability"] {
        assert_eq!(of(name)["better"], total["better"], "{name}");
        assert_eq!(of(name)["ties"], total["ties"], "{name}");
    }
    let always = of("faults.site failure.all_back_s");
    assert_eq!(
        (&always["method"], &always["difference"]["value"]),
        (&"constant".into(), &(-15.0).into())
    );
    assert!(always["variance_reduction"].is_null());
}

/// A bound between the interval of luck alone and the whole interval is not decided: what the log
/// leaves open counts.
#[test]
fn thresholds_count_what_the_log_leaves_open() {
    let place = Place::new();
    let read = |path: &str| fs::read_to_string(root(path)).expect("a shipped file");
    let threshold = "[[threshold]]\nmeasure = \"downtime_s.per_agent_year\"\nat-most = \"45m\"\n";
    let text = read("scenarios/18-fitted-faults.toml") + threshold;
    let certain: String = text
        .lines()
        .filter(|line| !line.starts_with("uncertainty"))
        .fold(String::new(), |text, line| text + line + "\n");
    fs::create_dir(place.path().join("logs")).expect("a directory");
    place.write("logs/outages-bootstrap.csv", &read("scenarios/logs/outages-bootstrap.csv"));
    for (text, code) in [(text, 5), (certain, 0)] {
        place.write("links.toml", &text);
        place.run(&["run", "links.toml", "--out", "out", "--quiet"]).expect(code);
    }
}
