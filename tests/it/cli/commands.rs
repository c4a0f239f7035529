//! What each command says of a scenario: findings, refusals, stories, what holds for whom.

use super::program::{Ended, Place};
use crate::cli::texts::recovery;

/// Two agents, a path cut; valid, but the peer of nobody is wrong in `BROKEN`.
const GOOD: &str = concat!(
    r#"
title = "Test"
horizon = "1h"
"#,
    recovery!(),
    r#"warm-standby.reconnection-random-delay-range = 0
[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 1
[person.anna.interaction-workspace]
disaster-recovery.auto-restore = false
[desktop]
detection = "15s"
connect-timeout = "5s"
login = "8s"
[[fault]]
name = "the cut"
target = "path L-X"
at = "600s"
for = "300s"
"#
);

fn place_with(text: &str) -> Place {
    let place = Place::new();
    place.write("s.toml", text);
    place
}

fn broken() -> String {
    GOOD.replace("disaster-recovery.peer-site = \"Y\"", "disaster-recovery.peer-site = \"X\"")
}

#[test]
fn check_shows_every_finding_and_says_how_many() {
    let ended = place_with(&broken()).run(&["check", "s.toml"]).expect(1);
    assert!(ended.out.starts_with("error[V03]: "), "{}", ended.out);
    assert!(ended.out.contains("--> s.toml:7:"), "{}", ended.out);
    assert!(ended.out.trim_end().lines().last().unwrap().starts_with("s.toml: 1 error"));
    assert_eq!(ended.err, "", "findings are what `check` is asked for: data");

    let wrong = GOOD.replace("horizon = \"1h\"", "horizon = 1\nhorizn = 2");
    let ended = place_with(&wrong).run(&["check", "s.toml", "--format", "json"]).expect(1);
    let answer: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let found = &answer["findings"];
    let codes: Vec<&str> =
        found.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["S006", "S004"]);
    assert_eq!((found[0]["line"].as_u64(), found[0]["file"].as_str()), (Some(3), Some("s.toml")));
}

#[test]
fn warnings_are_errors_only_to_the_strict() {
    let place = place_with(GOOD);
    let ended = place.run(&["check", "s.toml"]).expect(0);
    assert!(ended.out.contains("warning[V"), "{}", ended.out);
    place.run(&["check", "s.toml", "--strict"]).expect(1);
}

#[test]
fn every_code_is_explained() {
    let place = Place::new();
    assert!(place.run(&["check", "--explain", "V26"]).expect(0).out.contains("How to fix it"));
    assert!(place.run(&["check", "--explain", "s004"]).expect(0).out.contains("S004"));
    assert!(place.run(&["check", "--explain", "V77"]).expect(2).err.starts_with("error: there is"));
}

#[test]
fn run_refuses_errors_unless_told_otherwise() {
    let place = place_with(&broken());
    let ended = place.run(&["run", "s.toml"]).expect(1);
    assert!(ended.out.is_empty() && ended.err.contains("--allow-errors"), "{ended:?}");
    assert_eq!(place.files(), ["s.toml"]);
    let ended = place.run(&["run", "s.toml", "--allow-errors"]).expect(0);
    assert!(
        ended.err.contains("simulated all the same: no disaster recovery for"),
        "{}",
        ended.err
    );
    assert!(place.read("results/s/moves.csv").lines().count() == 1, "nobody can move");
    let mute = GOOD.replace("horizon = \"1h\"", "");
    let ended = place_with(&mute).run(&["run", "s.toml", "--allow-errors"]).expect(1);
    assert!(ended.err.contains("error[S005]"), "{}", ended.err);
}

#[test]
fn explain_tells_the_whole_story_or_the_part_asked_for() {
    let place = place_with(GOOD);
    let ended = place.run(&["explain", "s.toml", "--agent", "agents-1"]).expect(0);
    assert!(ended.err.starts_with("warning[V38]"), "findings are shown: {}", ended.err);
    for sentence in [
        "agents-1 sits at L, preferred site X, peer Y.",
        "+10m00s  600 s  \"the cut\": the path from L to X is cut, until +15m00s (for 5m00s).",
        "The DR timer of SIP Server fires, after 4 rounds.",
        "-> Why then: X had been available since +15m00s; the desktop probes it every 10s",
        "In all: 1m41s out of service in 2 outages, 1 switchover (0 needless), 1 restore, 0 flaps.",
        // The timer runs from 615 s on and fires at 675 s, the login ends at 683 s.
        "If the DR timer started when the loss is noticed (`dr-timer-starts = \"first-disconnect\"`): \
         1m31s out of service in 2 outages, 1 switchover, 1 restore.",
    ] {
        assert!(ended.out.contains(sentence), "{sentence}\n{}", ended.out);
    }
    let other = "policy.dr-timer-starts=first-disconnect";
    let ended = place.run(&["explain", "s.toml", "--agent", "agents-1", "--set", other]).expect(0);
    let sentence = "If the DR timer started when the first round has failed (`dr-timer-starts = \
                    \"pair-lost\"`): 1m41s out of service in 2 outages, 1 switchover, 1 restore.";
    assert!(ended.out.contains(sentence), "{}", ended.out);
    let crash = GOOD.replace("target = \"path L-X\"", "target = \"process X-sip-1\"");
    let ended = place_with(&crash).run(&["explain", "s.toml", "--agent", "agents-1"]).expect(0);
    assert!(!ended.out.contains("If the DR timer"), "both readings are the same: {}", ended.out);
    let part = place.run(&["explain", "s.toml", "--agent", "agents-1", "--at", "15m5s"]).expect(0);
    assert!(part.out.contains("Outage 2") && !part.out.contains("Outage 1"), "{}", part.out);
    let anna = place.run(&["explain", "s.toml", "--agent", "anna"]).expect(0);
    assert!(anna.out.contains("0 restores"), "{}", anna.out);
    let json = place.run(&["explain", "s.toml", "--agent", "anna", "--format", "json"]).expect(0);
    let story: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(story["episodes"][0]["from_ns"].as_u64(), Some(600_000_000_000));
    assert!(story["episodes"][0]["lines"][0].get("local").is_none());
}

#[test]
fn explain_names_the_stages_and_the_window_that_a_restore_waits_for() {
    let staged = "[what-if]\nstaged-restore = { stages = 2, step = \"10m\" }\n[policy]\n\
                  restore-when = { from = \"00:40\", to = \"01:00\" }\n[desktop]\n";
    let place = place_with(&GOOD.replace("[desktop]\n", staged));
    let ended = place.run(&["explain", "s.toml", "--agent", "agents-1"]).expect(0);
    let words = "restores have 2 stages, 10m00s apart, and restores wait for the window from 00:40 to 01:00.";
    assert!(ended.out.contains(words), "{}", ended.out);
}

/// With a `clock`, local time stands first in each line.
#[test]
fn a_story_in_local_time() {
    let place = place_with(&format!("clock = \"Mon 09:00\"\n{GOOD}"));
    let explain = ["explain", "s.toml", "--agent", "anna"];
    let text = place.run(&explain).expect(0).out;
    assert!(text.lines().any(|line| line.trim_start().starts_with("Mon 09:10  ")), "{text}");
    let json = place.run(&[&explain[..], &["--format", "json"]].concat()).expect(0).out;
    let story: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(story["episodes"][0]["lines"][0]["local"].as_str(), Some("Mon 09:10"));
}

#[test]
fn unknown_agents_and_times_are_usage() {
    let place = place_with(GOOD);
    let run =
        |more: &[&str]| place.run(&[&["explain", "s.toml", "--agent"], more].concat()).expect(2);
    let told = |name: &str| run(&[name]).err.lines().last().map(str::to_owned).unwrap_or_default();
    assert_eq!(told("ana"), "error: no agent is called `ana`; did you mean `anna`?");
    assert_eq!(
        told("agents-2"),
        "error: no agent is called `agents-2`; the agents of that group are called agents-1"
    );
    assert_eq!(
        told("nobody"),
        "error: no agent is called `nobody`; agents are called agents-1, anna"
    );
    assert!(run(&["anna", "--at", "soon"]).err.contains("write \"10m15s\", or seconds"));
    assert!(run(&["anna", "--at", "2h"]).err.contains("beyond the horizon"));
}

#[test]
fn show_tells_where_a_value_comes_from() {
    let place = place_with(GOOD);
    let out = place.run(&["show", "s.toml", "--agent", "anna"]).expect(0).out;
    let line = |name: &str| {
        let found = out.lines().find(|line| line.trim_start().starts_with(name));
        let words: Vec<&str> = found.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    assert_eq!(
        line("disaster-recovery.auto-restore"),
        "disaster-recovery.auto-restore false Person anna, line 15"
    );
    assert_eq!(
        line("disaster-recovery.enabled"),
        "disaster-recovery.enabled true Application, line 5"
    );
    assert_eq!(line("disaster-recovery.timeout"), "disaster-recovery.timeout 60 default");
    assert_eq!(line("connect-timeout"), "connect-timeout 5s line 18");
    assert_eq!(line("coverage"), "coverage 100% default");
    assert_eq!(
        line("process"),
        "process { lognormal = { median = \"5s\", p95 = \"10s\" } } default"
    );
    let own = place_with(&GOOD.replace("[site.Y]", "[site.Y.failover]\ncoverage = \"90%\""));
    let own = own.run(&["show", "s.toml"]).expect(0).out;
    assert!(own.contains("[site.Y.failover]\n  coverage  90%  line 11\n"), "{own}");
    assert!(!out.contains("agents-1"), "only her: {out}");
    let json = place.run(&["show", "s.toml", "--format", "json"]).expect(0).out;
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(shown["people"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_starter_is_valid_and_never_written_over() {
    let place = Place::new();
    place.run(&["init"]).expect(0);
    place.run(&["check", "scenario.toml"]).expect(0);
    place.run(&["run", "scenario.toml", "--quiet"]).expect(0);
    let story = place.run(&["explain", "scenario.toml", "--agent", "anna"]).expect(0).out;
    assert!(story.contains("switchover to Y"), "{story}");
    place.write("scenario.toml", "mine");
    let ended = place.run(&["init"]).expect(3);
    assert!(ended.err.contains("exists and is left as it is"), "{}", ended.err);
    assert_eq!(place.read("scenario.toml"), "mine");
    place.run(&["init", "--force"]).expect(0);
    assert!(place.read("scenario.toml").contains("[site.X]"));
    std::fs::create_dir(place.path().join("folder")).unwrap();
    place.run(&["init", "folder"]).expect(0);
    assert!(place.files().contains(&"folder/scenario.toml".to_owned()));
}

#[test]
fn a_dash_is_standard_input_and_no_file() {
    let place = Place::new();
    let starter = place.write("starter.toml", &place.run(&["init", "-"]).expect(0).out);
    let piped = |arguments: &[&str]| {
        let file = std::fs::File::open(&starter).unwrap();
        Ended::of(place.command(arguments).stdin(file))
    };
    piped(&["run", "-", "--quiet"]).expect(0);
    place.run(&["run", "starter.toml", "--quiet"]).expect(0);
    assert_eq!(place.read("results/stdin/moves.csv"), place.read("results/starter/moves.csv"));
    let ended = piped(&["check", "-", "--set", "horizon=soon"]).expect(1);
    assert!(ended.out.contains("--> stdin (with --set):"), "{}", ended.out);
    place.run(&["check", "./-"]).expect(3);
}

#[cfg(unix)]
#[test]
fn force_replaces_what_a_link_leads_to_and_no_device() {
    let place = Place::new();
    place.write("mine.toml", "mine");
    std::os::unix::fs::symlink("mine.toml", place.path().join("link.toml")).unwrap();
    std::os::unix::fs::symlink("/dev/null", place.path().join("nothing")).unwrap();
    place.run(&["init", "link.toml", "--force"]).expect(0);
    assert!(place.read("mine.toml").contains("[site.X]"));
    assert!(place.path().join("link.toml").is_symlink());
    let ended = place.run(&["init", "nothing", "--force"]).expect(3);
    let why = "/dev/null is no ordinary file and is left as it is";
    assert_eq!(ended.err, format!("error: {why}\n"));
}

#[test]
fn a_dash_is_standard_output_and_no_file() {
    let place = Place::new();
    let ended = place.run(&["init", "-"]).expect(0);
    assert_eq!(ended.err, "", "the starter stands alone");
    assert_eq!(place.files(), [""; 0]);
    place.run(&["init"]).expect(0);
    assert_eq!(ended.out, place.read("scenario.toml"), "the same starter");
    place.run(&["init", "./-"]).expect(0);
    assert_eq!(place.read("-"), ended.out, "a path is a file, whatever its name");
}

#[test]
fn schemas_are_json() {
    let place = Place::new();
    for arguments in [&["schema"][..], &["schema", "scenario"], &["schema", "summary"]] {
        let out = place.run(arguments).expect(0).out;
        let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(schema.get("$schema").is_some(), "{arguments:?}");
    }
}

#[test]
fn a_scenario_that_cannot_be_read_is_exit_3() {
    let place = Place::new();
    for command in [&["check", "no.toml"][..], &["run", "no.toml"], &["show", "no.toml"]] {
        let ended = place.run(command).expect(3);
        assert_eq!(ended.err, "error: cannot read no.toml: No such file or directory\n");
    }
    std::fs::create_dir(place.path().join("folder")).unwrap();
    let ended = place.run(&["check", "folder"]).expect(3);
    assert_eq!(ended.err, "error: cannot read folder: Is a directory\n");
}

#[test]
fn colours_are_for_those_who_want_them() {
    let place = place_with(&broken());
    let plain = place.run(&["check", "s.toml"]).expect(1).out;
    assert!(!plain.contains('\u{1b}'), "no terminal, no colours");
    let always = place.run(&["check", "s.toml", "--color", "always"]).expect(1).out;
    assert!(always.contains('\u{1b}'));
    let never = place.run(&["--color", "never", "check", "s.toml"]).expect(1).out;
    assert_eq!(never, plain);
    let mut forced = place.command(&["check", "s.toml"]);
    let forced = super::program::Ended::of(forced.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
    assert_eq!(forced.out, plain, "NO_COLOR wins");
}
