//! `report` and `--report`: where the page goes, what it replaces, how it refuses.

use super::program::{Place, bytes};
use crate::cli::texts::recovery;

const SMALL: &str = concat!(
    r#"
title = "What does the cut cost?"
horizon = "20m"
[site.X]
[site.Y]
[location.L]
"#,
    recovery!(),
    r#"[agent-group.g]
agents = 3
[[fault]]
name = "cut"
target = "path L-X"
at = "5m"
for = "5m"
"#
);

/// A place with the results of the small scenario in `out`.
fn place(more: &[&str]) -> Place {
    let place = Place::in_memory();
    place.write("s.toml", SMALL);
    place.run(&[&["run", "s.toml", "--out", "out", "--quiet"], more].concat()).expect(0);
    place
}

#[test]
fn the_page_is_the_same_with_the_run_and_after_it() {
    let place = place(&["--report"]);
    let with = place.read("out/report.html");
    assert!(with.contains("<title>What does the cut cost?</title>"));
    std::fs::remove_file(place.path().join("out/report.html")).unwrap();
    let ended = place.run(&["report", "out"]).expect(0);
    assert_eq!(
        (ended.out.as_str(), ended.err.as_str()),
        ("", "the report is in out/report.html\n")
    );
    assert!(place.read("out/report.html") == with, "the same bytes");
    // A later run replaces the whole set, the page included.
    place.run(&["run", "s.toml", "--out", "out", "--quiet"]).expect(0);
    assert!(!bytes(&place.path().join("out")).contains_key("report.html"));
}

#[test]
fn what_the_page_takes_for_granted_is_in_it() {
    let place = place(&["--report"]);
    let page = place.read("out/report.html");
    for words in [
        "The vendor's documentation does not say what the product does here.",
        "dr-timer-starts",
        "<td>line 16</td>",
        "path L-X",
        "Application, line 9",
        "switchover run s.toml",
        "T+0 = 5 min",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn only_a_report_is_replaced_unless_it_is_forced() {
    let place = place(&[]);
    place.run(&["report", "out", "--out", "r.html", "--quiet"]).expect(0);
    place.run(&["report", "out", "--out", "r.html", "--quiet"]).expect(0);
    place.write("mine.html", "mine");
    let ended = place.run(&["report", "out", "--out", "mine.html"]).expect(3);
    let expected =
        "error: mine.html exists and is no report of this program; --force replaces it\n";
    assert_eq!(ended.err, expected);
    assert_eq!(place.read("mine.html"), "mine");
    place.run(&["report", "out", "--out", "mine.html", "--force"]).expect(0);
    assert!(place.read("mine.html").starts_with("<!DOCTYPE html>"));
    let ended = place.run(&["report", "out", "--out", "out"]).expect(3);
    assert_eq!(ended.err, "error: out is no ordinary file and is left as it is\n");
    let ended = place.run(&["report", "out", "--out", "no/where.html"]).expect(3);
    assert!(ended.err.starts_with("error: cannot write no/where.html: "), "{}", ended.err);
}

#[test]
fn what_is_no_result_is_refused() {
    let place = place(&[]);
    let ended = place.run(&["report", "nowhere"]).expect(3);
    assert!(ended.err.starts_with("error: cannot read nowhere: "), "{}", ended.err);
    std::fs::create_dir(place.path().join("empty")).unwrap();
    let ended = place.run(&["report", "out", "empty"]).expect(3);
    let expected = "error: empty is not a result of `run`, `replay`, `merge`, `compare`, `sweep` or `headroom`: it has none of summary.json, experiment.json, compare.json, sweep.json, headroom.json\n";
    assert_eq!(ended.err, expected);
    place.write("out/faults.csv", "a,b\n\"");
    place.write("out/summary.json", "{");
    let ended = place.run(&["report", "out"]).expect(3);
    assert!(
        ended.err.starts_with("error: out/summary.json cannot be understood: "),
        "{}",
        ended.err
    );
    assert!(!place.path().join("out/report.html").exists(), "nothing is written");
    assert!(!place.path().join("report.html").exists());
}

#[test]
fn several_directories_are_put_side_by_side() {
    let place = place(&[]);
    place.run(&["run", "s.toml", "--out", "b", "--set", "fault.cut.for=1m", "--quiet"]).expect(0);
    place.run(&["report", "out", "b"]).expect(0);
    let page = place.read("report.html");
    assert!(page.contains("<title>2 results side by side</title>"));
    assert!(page.contains("out: What does the cut cost?"));
    assert!(page.contains("<code>fault.cut.for=1m</code>"));
    assert!(page.contains("Each with its interval, where it has one"), "one length");

    let compare =
        ["compare", "s.toml", "--set", "fault.cut.for=1m", "--replications", "2", "--quiet"];
    place.run(&[&compare[..], &["--out", "c"]].concat()).expect(0);
    place.run(&["report", "out", "b", "c"]).expect(0);
    let page = place.read("report.html");
    assert!(page.contains("Each with its interval, where it has one"), "the comparison has none");
    let apart = "1 comparison or sweep is not in it: each has its own part below.";
    assert!(page.contains(apart));
}

#[test]
fn a_directory_of_an_older_version_says_what_is_missing() {
    let place = place(&[]);
    for file in ["assumptions.csv", "states.csv", "downtime.csv"] {
        std::fs::remove_file(place.path().join("out").join(file)).unwrap();
    }
    place.run(&["report", "out"]).expect(0);
    let page = place.read("out/report.html");
    assert!(page.contains("Not in this directory: states.csv, assumptions.csv."), "{page}");
    assert!(
        page.contains("assumptions.csv is not in this directory: it was made by an older version.")
    );
    assert!(
        page.contains("downtime.csv is not in this directory: it was made by an older version.")
    );
}

#[test]
fn every_command_that_simulates_writes_the_page() {
    let place = Place::in_memory();
    place.write("s.toml", &random());
    let run = |arguments: &[&str]| {
        place.run(&[arguments, &["--out", "out", "--report", "--quiet"]].concat()).expect(0);
        place.read("out/report.html")
    };
    let set = "disaster-recovery.timeout=20,40";
    for (arguments, kind) in [
        (&["run", "s.toml", "--replications", "4"][..], "An experiment of s.toml"),
        (&["compare", "s.toml", "--replications", "4", "--set", set], "A comparison of s.toml"),
        (&["sweep", "s.toml", "--replications", "4", "--set", set], "A sweep of s.toml"),
        (&["replay", "s.toml", "--replication", "2"], "One run of s.toml"),
    ] {
        let page = run(arguments);
        assert!(page.contains(kind), "{kind}");
        assert!(page.contains("mtbf"), "{kind}: the rates of the faults");
    }
    place.run(&["run", "s.toml", "--replications", "0..3", "--part", "p", "--quiet"]).expect(0);
    assert!(run(&["merge", "s.toml", "p"]).contains("An experiment of s.toml"));
}

#[test]
fn an_experiment_shows_the_course_of_a_bad_replication() {
    let place = Place::in_memory();
    place.write("s.toml", &random());
    let run = ["run", "s.toml", "--replications", "20", "--out", "out", "--quiet"];
    place.run(&run).expect(0);
    assert!(!bytes(&place.path().join("out")).contains_key("telling-summary.json"));
    place.run(&[&run[..], &["--report"]].concat()).expect(0);
    let page = place.read("out/report.html");
    let experiment: serde_json::Value =
        serde_json::from_str(&place.read("out/experiment.json")).unwrap();
    let notable = experiment["notable"].as_array().unwrap();
    let bad = notable.iter().find(|one| one["reason"] == "p95_downtime").unwrap();
    let number = bad["replication"].to_string();
    assert!(page.contains("<h2>Timeline of a bad replication</h2>"));
    assert!(page.contains(&format!("This is replication {number}: ")));
    place.run(&["replay", "s.toml", "--replication", &number, "--out", "one", "--quiet"]).expect(0);
    let files =
        ["summary.json", "faults.csv", "groups.csv", "downtime.csv", "states.csv", "timeline.csv"];
    for own in files {
        let telling = place.read(&format!("out/telling-{own}"));
        assert!(telling == place.read(&format!("one/{own}")), "{own} is that of the replay");
    }
    std::fs::remove_file(place.path().join("out/report.html")).unwrap();
    place.run(&["report", "out"]).expect(0);
    assert!(place.read("out/report.html") == page, "the same bytes");
}

/// The small scenario with a random fault in place of the scripted one.
fn random() -> String {
    SMALL.replace("at = \"5m\"", "mtbf = \"10m\"").replace("for = \"5m\"", "mttr = \"1m\"")
}

/// Lanes of logins, registrars, processes and power, each with what it says where the pointer rests.
#[test]
fn lanes_of_what_does_not_answer() {
    let place = Place::in_memory();
    let fault = |target: &str, more: &str, at: u32| {
        format!("[[fault]]\ntarget = \"{target}\"\n{more}at = \"{at}m\"\nfor = \"1m\"\n")
    };
    let hangs = "effect = \"hang\"\n";
    let faults = [
        fault("registrar X", hangs, 2),
        fault("registrar X", "effect = \"refuse\"\n", 4),
        fault("registrar Y", "effect = \"slow\"\ndelay = \"3s\"\n", 6),
        fault("process X-sip-1", hangs, 8),
        fault("logins Y", "", 10),
        fault("power L", "", 12),
    ];
    let quiet = SMALL.split("[[fault]]").next().unwrap_or_default();
    place.write("s.toml", &format!("{quiet}{}", faults.concat()));
    place.run(&["run", "s.toml", "--out", "r", "--report", "--quiet"]).expect(0);
    let page = place.read("r/report.html");
    for (lane, hint) in [
        ("registrar X", "hangs from 2 min to 3 min"),
        ("registrar X", "refuses from 4 min to 5 min"),
        ("registrar Y", "slow from 6 min to 7 min"),
        ("process X-sip-1", "hangs from 8 min to 9 min"),
        ("logins Y", "down from 10 min to 11 min"),
        ("power L", "down from 12 min to 13 min"),
    ] {
        assert!(page.contains(&format!(">{lane}</text>")), "{lane}");
        assert!(page.contains(&format!("<title>{lane}: {hint}</title>")), "{lane}: {hint}");
    }
    assert!(page.contains("hangs, refuses or is slow"));
}
