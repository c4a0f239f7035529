//! Results are written whole or not at all, and depend on nothing but the scenario and the seed.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::program::{Ended, Place, bytes};
use crate::cli::texts::recovery;

/// A hundred agents, one site lost; every draw matters.
const SMALL: &str = concat!(
    r#"
title = "Test"
horizon = "2h"
seed = 5
"#,
    recovery!(),
    r#"[site.X]
login-capacity = "5/s"
[site.Y]
login-capacity = "5/s"
[agent-group.agents]
agents = 100
[[fault]]
target = "site X"
at = "10m"
for = "20m"
"#
);

/// The same with so many agents that a run takes seconds.
fn big() -> String {
    SMALL.replace("agents = 100", "agents = 60000").replace("login-capacity = \"5/s\"", "")
}

/// Everything below the place but the scenario itself, hidden files too.
fn left_behind(place: &Place) -> Vec<String> {
    let mut files = place.files();
    files.retain(|name| name != "s.toml");
    files
}

#[test]
fn a_run_writes_every_promised_file_where_it_says() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    let ended = place.run(&["run", "s.toml"]).expect(0);
    let mut expected = vec![
        "agents-in-service.svg",
        "agents.csv",
        "assumptions.csv",
        "downtime-by-cause.svg",
        "downtime.csv",
        "faults.csv",
        "groups.csv",
        "moves.csv",
        "moves.svg",
        "outage-duration.svg",
        "outages.csv",
        "planner.csv",
        "provenance.json",
        "registers-and-logins.svg",
        "states.csv",
        "summary.json",
        "time-to-restore.svg",
        "timeline.csv",
        "world.csv",
    ];
    let written: Vec<String> = bytes(&place.path().join("results/s")).into_keys().collect();
    assert_eq!(written, expected);
    assert!(ended.err.ends_with("the results are in results/s\n"), "{}", ended.err);
    assert!(ended.out.contains("availability"), "{}", ended.out);
    let rows = place.read("results/s/agents.csv");
    assert_eq!(rows.lines().count(), 101);

    place.run(&["run", "s.toml", "--trace", "--no-rows"]).expect(0);
    expected.retain(|name| !["agents.csv", "outages.csv", "moves.csv"].contains(name));
    expected.insert(expected.len() - 1, "trace.csv");
    let written: Vec<String> = bytes(&place.path().join("results/s")).into_keys().collect();
    assert_eq!(written, expected, "the new set replaces the old one whole");
}

#[test]
fn neither_threads_nor_tracing_change_a_byte() {
    let place = Place::new();
    place.write("s.toml", &SMALL.replace("agents = 100", "agents = 9000"));
    let run = |out: &str, more: &[&str]| {
        let arguments = [&["run", "s.toml", "--quiet", "--out", out][..], more].concat();
        place.run(&arguments).expect(0);
        bytes(&place.path().join(out))
    };
    let one = run("one", &["--threads", "1"]);
    assert_eq!(run("two", &["--threads", "2"]), one);
    let mut traced = run("eight", &["--threads", "8", "--trace"]);
    let trace = traced.remove("trace.csv").unwrap();
    assert_eq!(traced, one);
    assert_eq!(run("again", &["--threads", "3", "--trace"])["trace.csv"], trace);
    assert_ne!(run("other", &["--seed", "6"]), one);
}

#[test]
fn json_is_the_summary_and_quiet_is_quiet() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    let ended = place.run(&["run", "s.toml", "--format", "json", "--quiet"]).expect(0);
    assert_eq!(ended.err, "");
    assert_eq!(ended.out, place.read("results/s/summary.json"));
    let parsed: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    for key in ["agents", "horizon_s", "seed", "downtime_s", "availability", "flaps"] {
        assert!(parsed.get(key).is_some(), "{key}");
    }
    let ended = place.run(&["run", "s.toml", "--quiet"]).expect(0);
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", ""));
}

#[test]
fn a_directory_that_is_not_ours_is_left_alone() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    std::fs::create_dir(place.path().join("mine")).unwrap();
    place.write("mine/thesis.txt", "years of work");
    let ended = place.run(&["run", "s.toml", "--out", "mine"]).expect(3);
    assert!(ended.err.contains("it holds thesis.txt"), "{}", ended.err);
    assert_eq!(left_behind(&place), ["mine/thesis.txt"]);
    let ended = place.run(&["run", "s.toml", "--out", "mine/thesis.txt"]).expect(3);
    assert!(ended.err.contains("thesis.txt: Not a directory"), "{}", ended.err);
    let ended = place.run(&["run", "s.toml", "--out", "."]).expect(3);
    assert!(ended.err.contains("it holds"), "{}", ended.err);
}

#[cfg(target_os = "linux")]
#[test]
fn an_unwritable_place_is_exit_3_and_leaves_nothing() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    let ended = place.run(&["run", "s.toml", "--out", "/proc/here/results"]).expect(3);
    assert!(ended.err.contains("error: cannot create /proc/here"), "{}", ended.err);
    assert!(left_behind(&place).is_empty());
}

#[test]
fn a_broken_pipe_still_leaves_the_results() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    let mut command = place.command(&["run", "s.toml", "--quiet", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    assert!(place.read("results/s/summary.json").contains("downtime_s"));
}

/// Starts a long run into a directory that holds an older result, waits until it is writing, and
/// sends it a signal.
#[cfg(unix)]
fn stopped_by(signal: &str) -> (Place, BTreeMap<String, Vec<u8>>, Ended) {
    let place = Place::new();
    place.write("s.toml", SMALL);
    place.run(&["run", "s.toml", "--quiet"]).expect(0);
    let old = bytes(&place.path().join("results/s"));
    place.write("s.toml", &big());
    let mut command = place.command(&["run", "s.toml", "--trace", "--threads", "1"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let hidden = |name: &String| name.contains("/.switchover-");
    let patience = Instant::now() + Duration::from_secs(60);
    while !place.files().iter().any(hidden) && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    std::process::Command::new("kill").args([signal, &id]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ended =
        Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    (place, old, ended)
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_old_set_and_nothing_else() {
    for signal in ["-INT", "-TERM"] {
        let (place, old, ended) = stopped_by(signal);
        assert_eq!(ended.code, Some(130), "{ended:?}");
        assert!(ended.err.ends_with("interrupted; no incomplete files are left\n"), "{ended:?}");
        assert_eq!(bytes(&place.path().join("results/s")), old);
        assert_eq!(std::fs::read_dir(place.path().join("results")).unwrap().count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_the_old_set_and_the_next_one_works() {
    let (place, old, ended) = stopped_by("-KILL");
    assert_eq!(ended.code, None, "{ended:?}");
    assert_eq!(bytes(&place.path().join("results/s")), old);
    place.write("s.toml", SMALL);
    place.run(&["run", "s.toml", "--quiet"]).expect(0);
    assert_eq!(bytes(&place.path().join("results/s")), old);
}

/// A limit on the size of files is an error like a full disk, not a signal to die of.
#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_file_size_leaves_the_old_set() {
    let place = Place::new();
    place.write("s.toml", SMALL);
    place.run(&["run", "s.toml"]).expect(0);
    let old = bytes(&place.path().join("results/s"));
    // In blocks of 512 bytes (dash) or 1,024 (bash): less than the rows of a hundred agents.
    let mut command = place.shell("ulimit -f 4; exec \"$0\" run s.toml");
    command.arg(env!("CARGO_BIN_EXE_switchover"));
    let ended = Ended::of(&mut command).expect(3);
    let help = ": File too large; raise the limit (`ulimit -f`), or choose another file system \
                with --out\n";
    assert!(ended.err.ends_with(help), "{ended:?}");
    assert_eq!(bytes(&place.path().join("results/s")), old);
    assert!(left_behind(&place).iter().all(|name| name.starts_with("results/s/")));
}
