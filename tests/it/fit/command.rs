//! `switchover fit` end to end: the shipped log as a golden, refusals, choices, what it writes
//! carried into a scenario.

use crate::bless::{differs, root};
use crate::cli::program::Place;
use crate::scenario::messages::SOUND;

const LOG: &str = "scenarios/logs/outages.csv";

/// A place with the shipped log.
fn place() -> Place {
    let place = Place::new();
    let text = std::fs::read_to_string(root(LOG)).expect("the shipped log");
    place.write("outages.csv", &text);
    place
}

const MERGE: [&str; 8] = [
    "fit",
    "outages.csv",
    "--overlaps",
    "merge",
    "--until",
    "2026-01-01",
    "--target",
    "every site",
];

#[test]
fn the_shipped_log_gives_the_committed_answer() {
    let place = place();
    let ended = place.run(&MERGE).expect(0);
    let folder = "results/outages-fit";
    assert_eq!(ended.err, format!("the fit is in {folder}\n"));
    std::fs::create_dir_all(root(folder)).expect("a directory");
    let mut findings = Vec::new();
    findings.extend(differs("tests/it/fit/outages.txt", &ended.out));
    for file in place.files().iter().filter_map(|file| file.strip_prefix(&format!("{folder}/"))) {
        findings
            .extend(differs(&format!("{folder}/{file}"), &place.read(&format!("{folder}/{file}"))));
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    // Nothing but what was written.
    let kept = std::fs::read_dir(root(folder)).expect("the answer").count();
    assert_eq!(kept, place.files().iter().filter(|file| file.starts_with(folder)).count());
}

#[test]
fn overlaps_are_refused_unless_told_otherwise() {
    let place = place();
    let ended = place.run(&["fit", "outages.csv"]).expect(1);
    assert_eq!(ended.out, "");
    assert!(ended.err.contains("error[L012]: 3 outages of "), "{}", ended.err);
    assert!(ended.err.contains("--overlaps merge"), "{}", ended.err);
    assert!(ended.err.ends_with("error: outages.csv: 1 error\n"), "{}", ended.err);
    assert_eq!(place.files(), ["outages.csv"]);
}

#[test]
fn json_is_the_file_and_quiet_prints_the_result_alone() {
    let place = place();
    let json = place.run(&[&MERGE[..], &["--format", "json", "--quiet"]].concat()).expect(0);
    assert_eq!(json.err, "");
    assert_eq!(json.out, place.read("results/outages-fit/fit.json"));
    // The result is never quiet: the answer first, then what to paste.
    let quiet = place.run(&[&MERGE[..], &["--quiet"]].concat()).expect(0);
    let whole = place.run(&MERGE).expect(0);
    let fault = &whole.out[whole.out.find("[[fault]]").expect("a fault")..];
    assert!(quiet.out.starts_with("The answer for one component of 4 "), "{}", quiet.out);
    assert!(quiet.out.ends_with(&format!("\n\n{fault}")), "{}", quiet.out);
    assert!(whole.out.starts_with(&quiet.out[..quiet.out.len() - fault.len() - 1]));
    assert_eq!(quiet.err, "");
}

#[test]
fn laws_and_components_can_be_chosen() {
    let place = place();
    let chosen = ["--law", "repair=weibull", "--law", "failure=exponential"];
    let component = ["--component", "wan-north"];
    let ended = place.run(&[&MERGE[..], &chosen[..], &component[..]].concat()).expect(0);
    assert!(ended.out.contains("name = \"wan-north\""), "{}", ended.out);
    assert!(ended.out.contains("repair = { weibull = {"), "{}", ended.out);
    assert!(ended.out.contains("failure = { exponential = \""), "{}", ended.out);
}

#[test]
fn what_does_not_exist_is_told() {
    let place = place();
    let cases: [(&[&str], &str); 8] = [
        (
            &["--component", "lan"],
            "error: the log has no component `lan`; there are `wan-east`, `wan-north`, `wan-west`, `wan-south`\n",
        ),
        (
            &["--component", "wan-nord"],
            "error: the log has no component `wan-nord`; did you mean `wan-north`?\n",
        ),
        (
            &["--law", "repair=constant"],
            "error: --law repair=constant: the lengths are not all equal\n",
        ),
        (&["--from", "2026-02-01"], "error: the observation ends before it begins\n"),
        (&["--from", "17"], "error: --from 17: the log writes times as dates\n"),
        (&["--from", "soon"], "error: --from soon: not a time\n"),
        (&["--first-up-time", "whole"], "error: --first-up-time whole needs --from\n"),
        (&["--from", "2025-12-31T23:59"], "error: no outage begins within the observation\n"),
    ];
    for (arguments, told) in cases {
        let ended = place.run(&[&MERGE[..], arguments].concat()).expect(2);
        assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", told));
    }
    let ended = place.run(&["fit", "outages.csv", "--law", "repair=normal"]).expect(2);
    assert!(ended.err.contains("the laws are constant, exponential"), "{}", ended.err);
    assert!(
        place.run(&["fit", "none.csv"]).expect(3).err.starts_with("error: cannot read none.csv")
    );
}

#[test]
fn a_log_of_one_outage_gives_half_a_fault() {
    let place = Place::new();
    place.write("one.csv", "start,end\n0,60\n");
    let ended = place.run(&["fit", "one.csv"]).expect(0);
    assert!(ended.out.contains("repair = { exponential = \"1m\" }"), "{}", ended.out);
    let failure = "# failure = \"...\"   # not from this log: no length was seen to its end";
    assert!(ended.out.contains(failure), "{}", ended.out);
    assert!(!place.files().iter().any(|file| file.ends_with("bootstrap.csv")));
}

#[test]
fn the_resamples_are_read_by_a_scenario() {
    let place = place();
    let ended = place.run(&MERGE).expect(0);
    let fault = &ended.out[ended.out.find("[[fault]]").expect("a fault")..];
    assert!(fault.contains("\nage = \"equilibrium\""), "{fault}");
    assert!(fault.contains("\nuncertainty = \"results/outages-fit/bootstrap.csv\""), "{fault}");
    place.write("s.toml", &format!("{}{fault}", SOUND.replace("1h", "1y")));
    place.run(&["run", "s.toml", "--allow-errors", "--quiet", "--out", "a"]).expect(0);
    let certain = fault.replace("\nuncertainty", "\n# uncertainty");
    place.write("s.toml", &format!("{}{certain}", SOUND.replace("1h", "1y")));
    place.run(&["run", "s.toml", "--allow-errors", "--quiet", "--out", "b"]).expect(0);
    assert_ne!(place.read("a/faults.csv"), place.read("b/faults.csv"));
}
