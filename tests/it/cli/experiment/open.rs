//! Outages that are still open at the end, in thresholds and in what is said of an experiment.

use serde_json::Value;

use super::super::program::{Ended, Place};
use super::{FILE, place};
use crate::cli::texts::recovery;

/// X is lost at 600 s. Agent k of 0..40 is at Y after 93 + k/2 s (noticed after 15 s, round lost after 25 s, timer 60 s
/// later; two logins a second, 8 s each): at 107.7 s 30 are back, and 10 are open.
const LOST: &str = concat!(
    r#"
title = "Test"
horizon = "707.7s"
seed = 5
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 60
warm-standby.retry-delay = 10
warm-standby.reconnection-random-delay-range = 0
[desktop]
detection = "15s"
connect-timeout = "5s"
login = "8s"
[phone.soft]
expiry = "7200s"
first-refresh-preferred = "6000s"
first-refresh-peer = "6000s"
transaction-timeout = "4s"
retry = "10s"
[site.X]
[site.Y]
login-capacity = "2/s"
[location.L]
[agent-group.all]
agents = 40
[[fault]]
target = "site X"
at = "10m"
"#
);

fn judged(horizon: &str, measure: &str, bound: &str, code: i32) -> (Value, Ended) {
    let scenario = LOST.replace("707.7s", horizon);
    let place = place(&format!("{scenario}[[threshold]]\nmeasure = \"{measure}\"\n{bound}\n"));
    let run = ["run", FILE, "--replications", "3", "--out", "r", "--color", "never"];
    let ended = place.run(&run).expect(code);
    let answer: Value = serde_json::from_str(&place.read("r/experiment.json")).unwrap();
    (answer["thresholds"][0].clone(), ended)
}

/// A quarter is open, so p50 is at most the recorded p75, 107.5 s, whose interval ends at 107.7 s, and p95 has no
/// upper end. Recorded p50 is 102.5 s, its interval about 101 to 105 s.
#[test]
fn a_percentile_passes_only_if_open_outages_cannot_break_it() {
    let p50 = "outages.service_lost.duration_s.p50";
    let open = |threshold: &Value| threshold["open_outages"].as_u64();
    let (kept, _) = judged("707.7s", p50, "at-most = \"109s\"", 0);
    assert_eq!((kept["outcome"].as_str(), open(&kept)), (Some("PASS"), None));
    let (undecided, ended) = judged("707.7s", p50, "at-most = \"106s\"", 5);
    assert_eq!((undecided["outcome"].as_str(), open(&undecided)), (Some("INCONCLUSIVE"), Some(30)));
    let why = "30 outages were still open at the end and may break it: use a longer horizon";
    assert!(ended.out.lines().any(|line| line.trim() == why), "{}", ended.out);
    let (broken, _) = judged("707.7s", p50, "at-most = \"100s\"", 4);
    assert_eq!(open(&broken), None);
    let p95 = "outages.service_lost.duration_s.p95";
    judged("707.7s", p95, "at-most = \"1h\"", 5);
    judged("707.7s", p95, "at-least = \"100s\"", 0);
    judged("1h", p95, "at-most = \"2m\"", 0);
}

#[test]
fn a_mean_and_a_maximum_pass_only_without_open_outages() {
    for measure in ["outages.duration_s.mean", "outages.duration_s.max"] {
        judged("707.7s", measure, "at-most = \"1h\"", 5);
        judged("707.7s", measure, "at-most = \"90s\"", 4);
        judged("1h", measure, "at-most = \"2m\"", 0);
    }
    // Nobody went home: there is no open trip.
    judged("707.7s", "downtime_s.total", "at-most = \"2h\"", 0);
}

#[test]
fn an_experiment_a_comparison_and_a_sweep_say_that_outages_were_open() {
    let (_, ended) = judged("707.7s", "downtime_s.total", "at-most = \"2h\"", 0);
    let line = "30 outages were still open at the end, counted at the length so far.";
    assert!(ended.out.lines().any(|found| found == line), "{}", ended.out);
    let place = place(LOST);
    place.write("b.toml", &LOST.replace("707.7s", "1h"));
    let runs = ["--replications", "3", "--out", "c"];
    let ended = place.run(&[&["compare", FILE, "b.toml"], &runs[..]].concat()).expect(0);
    let line = "In 1 of 2 variants outages were still open at the end (outages.censored): durations count \
                them at the length so far.";
    let flat = |ended: &Ended| ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&ended).contains(line), "{}", ended.out);
    let vary = ["--set", "site.Y.login-capacity=2/s,8/s", "--replications", "3", "--out", "w"];
    let ended = place.run(&[&["sweep", FILE], &vary[..]].concat()).expect(0);
    let line = "In 1 of 2 points outages were still open at the end (outages.censored): durations count \
                them at the length so far.";
    assert!(flat(&ended).contains(line), "{}", ended.out);
}

/// Whole runs by the columns of `replications.csv`.
fn columns(place: &Place, names: [&str; 2]) -> Vec<[Option<f64>; 2]> {
    let table = place.read("r/replications.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let at = names.map(|name| heads.iter().position(|head| head == name).unwrap());
    let value = |row: &csv::StringRecord, at: usize| row[at].parse().ok();
    rows.records().map(|row| row.unwrap()).map(|row| at.map(|at| value(&row, at))).collect()
}

/// Nobody has anywhere to go, and repairs take as long as the run: in some replications everybody is back, in others
/// nobody is.
#[test]
fn a_time_until_agents_are_back_passes_only_if_they_came_back_in_all_replications() {
    let scenario = LONELY.to_owned()
        + "[[threshold]]\nmeasure = \"faults.X fails.all_back_s\"\nat-most = \"2h\"\n";
    let place = place(&scenario);
    let run = ["run", FILE, "--replications", "60", "--out", "r", "--color", "never"];
    let ended = place.run(&run).expect(5);
    let answer: Value = serde_json::from_str(&place.read("r/experiment.json")).unwrap();
    let runs = columns(&place, ["faults.X fails.agents_hit", "faults.X fails.all_back_s"]);
    let never = runs.iter().filter(|[hit, back]| *hit > Some(0.0) && back.is_none()).count();
    let back = runs.iter().filter(|[_, back]| back.is_some()).count();
    assert!(never > 5 && back > 5 && never + back < runs.len(), "{never} {back}");
    let threshold = &answer["thresholds"][0];
    assert_eq!(threshold["outcome"], "INCONCLUSIVE");
    assert!(
        threshold["high"].as_f64().unwrap() < 7200.0,
        "the bound is kept by those that were back"
    );
    assert_eq!(threshold["open_replications"].as_u64(), Some(never as u64));
    let why = format!(
        "that was not reached in {never} replications, which may break it: use a longer horizon"
    );
    assert!(ended.out.lines().any(|line| line.trim() == why), "{}", ended.out);
}

const LONELY: &str = r#"
title = "X fails"
horizon = "3h"
seed = 1
[site.X]
[agent-group.all]
agents = 3
[[fault]]
name = "X fails"
target = "site X"
failure = { exponential = "3h" }
repair = { exponential = "4h" }
"#;

/// All go home when X is back, one login a second: at the end of the run some are still on their way.
#[test]
fn a_time_to_restore_passes_only_if_restores_under_way_cannot_break_it() {
    let home =
        LOST.replace("[site.X]", "[site.X]\nlogin-capacity = \"1/s\"").replace("707.7s", "1230s");
    let threshold = |measure: &str| {
        let judged = "at-most = \"10m\"";
        let place = place(&format!(
            "{home}for = \"10m\"\n[[threshold]]\nmeasure = \"{measure}\"\n{judged}\n"
        ));
        let run = ["run", FILE, "--replications", "3", "--out", "r", "--color", "never"];
        let ended = place.run(&run).expect(5);
        let runs = columns(&place, ["restores.count", "restores.completed"]);
        let open: f64 = runs.iter().map(|[begun, over]| begun.unwrap() - over.unwrap()).sum();
        let over: f64 = runs.iter().map(|[_, over]| over.unwrap()).sum();
        assert!(open > 3.0 && over > 3.0, "{open} {over}");
        let why = format!(
            "{open} restores were still under way at the end and may break it: use a longer horizon"
        );
        assert!(ended.out.lines().any(|line| line.trim() == why), "{}", ended.out);
    };
    threshold("restores.since_available_s.p95");
    threshold("restores.since_available_s.mean");
}
