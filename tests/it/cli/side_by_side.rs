//! `compare` and `sweep` as people run them: what is the same must be the same to the byte, what
//! differs must differ as single runs do, and what cannot be done is said.

use serde_json::Value;

use super::program::Place;
use crate::cli::texts::{TIMEOUT, recovery};

/// Two sites, some agents, paths that fail at random.
const SCENARIO: &str = concat!(
    r#"
title = "Side by side"
horizon = "30d"
seed = 5
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 60
sip_transaction_timeout = 4000
[site.X]
[site.Y]
[agent-group.agents]
agents = 5
[[fault]]
name = "WAN"
target = "every path"
mtbf = "100h"
mttr = "5m"
"#
);

fn place() -> Place {
    let place = Place::new();
    place.write("year.toml", SCENARIO);
    place
}

/// A measure in `compare.json`.
fn measure<'v>(comparison: &'v Value, name: &str) -> &'v Value {
    let all = comparison["against"][0]["measures"].as_array().unwrap();
    all.iter().find(|measure| measure["measure"] == name).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_scenario_differs_in_nothing_from_itself() {
    let place = place();
    let arguments =
        ["compare", "year.toml", "year.toml", "--replications", "10", "--format", "json"];
    let comparison = json(&place.run(&arguments).expect(0).out);
    for measure in comparison["against"][0]["measures"].as_array().unwrap() {
        let (first, this) = (&measure["first"], &measure["this"]);
        assert_eq!(first, this, "{measure}");
        let difference = &measure["difference"]["value"];
        assert!(difference.is_null() || *difference == 0.0, "{measure}");
    }
    assert_eq!(measure(&comparison, "downtime_s.total")["ties"], 10);
}

#[test]
fn both_sides_are_what_experiments_of_their_own_say() {
    let place = place();
    let set = format!("{TIMEOUT}=90");
    let many = ["--replications", "12", "--format", "json", "--quiet"];
    let compare = [&["compare", "year.toml", "--set", &set][..], &many].concat();
    let comparison = json(&place.run(&compare).expect(0).out);
    let experiment = |extra: &[&str]| {
        json(&place.run(&[&["run", "year.toml"], extra, &many[..]].concat()).expect(0).out)
    };
    let (today, changed) = (experiment(&[]), experiment(&["--set", &set]));
    for name in ["downtime_s.total", "outages.duration_s.p95", "availability", "flaps.count"] {
        let found = measure(&comparison, name);
        for (side, own) in [("first", &today), ("this", &changed)] {
            for end in ["value", "low", "high"] {
                assert_eq!(found[side][end], own["estimates"][name][end], "{name} {side} {end}");
            }
        }
    }
}

#[test]
fn the_same_luck_saves_at_least_nine_replications_of_ten() {
    let place = Place::new();
    let year = crate::bless::root("scenarios/11-random-year.toml");
    let set = format!("{TIMEOUT}=90");
    let year = year.to_string_lossy();
    let arguments =
        ["compare", &year, "--set", &set, "--replications", "10", "--format", "json", "--quiet"];
    let comparison = json(&place.run(&arguments).expect(0).out);
    let factor = measure(&comparison, "downtime_s.per_agent.mean")["variance_reduction"].as_f64();
    assert!(factor.unwrap() >= 10.0, "{factor:?}");
}

#[test]
fn threads_change_no_byte() {
    let place = place();
    let set = format!("{TIMEOUT}=20,60,never");
    let run = |threads: &str, out: &str| {
        let place = &place;
        let arguments = ["sweep", "year.toml", "--set", &set, "--replications", "9", "--quiet"];
        place.run(&[&arguments[..], &["--threads", threads, "--out", out]].concat()).expect(0);
    };
    run("1", "one");
    run("3", "three");
    let (one, three) = (place.path().join("one"), place.path().join("three"));
    for name in ["sweep.json", "sweep.csv", "sweep-curves.svg"] {
        let read = |folder: &std::path::Path| std::fs::read(folder.join(name)).unwrap();
        assert!(read(&one) == read(&three), "{name}");
    }
    assert!(!place.path().join("one.checkpoint").exists(), "nothing is left to go on from");
}

#[test]
fn a_sweep_knows_today() {
    let place = place();
    let set = format!("{TIMEOUT}=30..90 step 30");
    let arguments =
        ["sweep", "year.toml", "--set", &set, "--replications", "6", "--format", "json"];
    let sweep = json(&place.run(&arguments).expect(0).out);
    let points = sweep["points"].as_array().unwrap();
    assert_eq!(
        points.iter().map(|p| p["values"][0].clone()).collect::<Vec<_>>(),
        ["30", "60", "90"]
    );
    assert_eq!(points[1]["measures"], sweep["today"]["measures"], "60 is today's value");
    assert_eq!(sweep["today"]["point"], 1);
    let marked: Vec<bool> = points.iter().map(|p| p["today"].as_bool().unwrap()).collect();
    assert_eq!(marked, [false, true, false]);
    let least = |point: &Value| point["may_have_least_downtime"].as_bool().unwrap();
    assert!(least(&points[0]) && !least(&points[2]), "today's standing is that of its point");
    assert_eq!(sweep["today"]["may_have_least_downtime"], points[1]["may_have_least_downtime"]);
    let table = place.run(&arguments[..6]).expect(0).out;
    for row in ["L! 30 ", "T! 60 ", "! 90 "] {
        let found = table.lines().filter(|line| line.trim_start().starts_with(row)).count();
        assert_eq!(found, 1, "{row}: {table}");
    }
    assert!(table.contains("T  today\n") && table.contains("L  may have the least downtime\n"));
    let total = |point: &Value| {
        let all = point["measures"].as_array().unwrap();
        let found = all.iter().find(|measure| measure["measure"] == "downtime_s.total").unwrap();
        found["here"]["value"].as_f64().unwrap()
    };
    assert!(total(&points[0]) < total(&points[2]), "who waits longer is down longer here");
    assert_eq!(place.run(&["sweep", "year.toml", "--set", "a=1"]).code, Some(2), "no such key");
}

#[test]
fn two_parameters_give_a_heat_map() {
    let place = place();
    let set = format!("{TIMEOUT}=30,60");
    let arguments =
        ["sweep", "year.toml", "--set", &set, "--set", "site.Y.login-capacity=1/s,5/s,9/s"];
    place.run(&[&arguments[..], &["--replications", "3", "--out", "out"]].concat()).expect(0);
    let mut files = place.files();
    files.retain(|file| file.starts_with("out/"));
    assert_eq!(
        files,
        [
            "out/assumptions.csv",
            "out/provenance.json",
            "out/sweep-heat.svg",
            "out/sweep.csv",
            "out/sweep.json"
        ]
    );
    let rows = place.read("out/sweep.csv");
    let first = rows.lines().find(|line| line.contains("downtime_s.total")).unwrap();
    assert!(first.starts_with("30,1/s,false,true,true,downtime_s.total,s,"), "{first}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let place = place();
    let one = place.run(&["compare", "year.toml"]).expect(2);
    assert_eq!(
        one.err.lines().last(),
        Some(
            "error: there is nothing to compare with: name another scenario, or change this one with --set"
        )
    );
    let three = format!("{TIMEOUT}=1,2");
    let set = ["--set", &three];
    let three = [&["sweep", "year.toml"][..], &set, &set, &set].concat();
    let three = place.run(&three).expect(2);
    assert_eq!(three.err, "error: a sweep has one parameter or two\n");
}

#[test]
fn three_variants_get_one_table_and_one_chart() {
    let place = place();
    let set = format!("{TIMEOUT}=30,90");
    let arguments = ["compare", "year.toml", "--set", &set, "--replications", "6", "--out", "out"];
    let told = place.run(&arguments).expect(0).out;
    for name in ["A: year.toml\n", "B: year.toml with ", "C: year.toml with "] {
        assert_eq!(told.matches(name).count(), 1, "{name}: {told}");
    }
    assert!(told.contains("6 replications of each variant under the same faults"), "{told}");
    for row in ["! A ", "L! B ", "! C "] {
        let found = told.lines().filter(|line| line.trim_start().starts_with(row)).count();
        assert_eq!(found, 1, "{row}: {told}");
    }
    assert!(
        told.lines().all(|line| !line.contains(" to ") || line.chars().count() <= 80),
        "{told}"
    );
    assert!(place.files().contains(&"out/variants.svg".to_owned()));
    let chart = place.read("out/variants.svg");
    for text in [">B</text>", ">C</text>", "needless switchovers</text>"] {
        assert!(chart.contains(text), "{text}");
    }
    // Of two variants there is no such chart.
    let two = ["compare", "year.toml", "--set", &format!("{TIMEOUT}=30"), "--out", "two"];
    place.run(&[&two[..], &["--replications", "2"]].concat()).expect(0);
    assert!(!place.files().contains(&"two/variants.svg".to_owned()));
}
