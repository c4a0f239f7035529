//! `headroom`: answers that are known by hand, agreement with a sweep over everything, what is said where
//! there is no answer, and how it ends.

use serde_json::Value;

use super::program::{Place, bytes};
use crate::cli::texts::recovery;

/// Everybody at X when it is lost: noticed after 15 s, the round fails after 25 s, the timer fires 60 s
/// later, and all connect to Y at that instant. Logins there are 1/capacity apart and take 8 s, so the
/// last of n agents is out for 93 s + (n - 1) / capacity.
const LOST: &str = concat!(
    r#"
title = "X is lost"
horizon = "1h"
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
name = "X is lost"
target = "site X"
at = "10m"
for = "40m"
"#
);

/// A year of random cuts, one agent.
const RANDOM: &str = concat!(
    r#"
horizon = "30d"
seed = 3
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 60
[site.X]
[site.Y]
login-capacity = "2/s"
[location.L]
[agent-group.agents]
agents = 60
[[fault]]
name = "cut"
target = "path L-X"
mtbf = "5d"
mttr = "10m"
[[fault]]
name = "crash"
target = "every process"
mtbf = "40d"
mttr = "5m"
"#
);

const LONGEST: &str = "outages.duration_s.max";

/// The place with the scenario of known times.
fn lost() -> Place {
    let place = Place::in_memory();
    place.write("s.toml", LOST);
    place
}

/// What a search gives as JSON.
fn found(place: &Place, arguments: &[&str], code: i32) -> Value {
    let fixed = ["headroom", "s.toml", "--quiet", "--format", "json", "--out", "h"];
    let ended = place.run(&[&fixed[..], arguments].concat()).expect(code);
    serde_json::from_str(&ended.out).unwrap()
}

/// The first answer's parts.
fn parts(found: &Value, index: usize) -> [&str; 5] {
    let answer = &found["answers"][index];
    let keys =
        ["finding", "answer_is", "answer", "keeps_with_confidence", "breaks_with_confidence"];
    keys.map(|key| answer[key].as_str().unwrap_or("-"))
}

/// 39 / c <= 7 from c = 5.57 on; (n - 1) / 2 <= 7 up to n = 15.
#[test]
fn the_smallest_capacity_and_the_largest_group() {
    let place = lost();
    let target = ["--target", "outages.duration_s.max=100s", "--replications", "3"];
    let vary = ["--vary", "site.Y.login-capacity", "--vary", "agent-group.all.agents"];
    let whole = found(&place, &[target, vary].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "smallest", "6/s", "-", "-"]);
    assert_eq!(parts(&whole, 1), ["edge", "largest", "15", "-", "-"]);
    assert_eq!(whole["today"]["value"], 112.5);
    let fine = ["--vary", "site.Y.login-capacity=1/s..12/s step 0.1/s"];
    let whole = found(&place, &[&target[..], &fine].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "smallest", "5.6/s", "-", "-"]);
    // Kept on the bound itself: 39 / 2 = 19.5.
    let exact = ["--target", "outages.duration_s.max=112.5s", "--replications", "3"];
    let whole = found(&place, &[&exact[..], &vary[..2]].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "smallest", "2/s", "-", "-"]);
}

/// At one login per second, the last of n agents waits n - 1 seconds: 31 keep a bound of 30 s, as a threshold
/// does, though 30 x 10^9 ns times 10^-9 is a little more than 30 s in floating point.
#[test]
fn a_bound_that_is_met_exactly_is_kept() {
    let place = Place::in_memory();
    let scenario = LOST.replace("\"2/s\"", "\"1/s\"");
    place.write("s.toml", &scenario);
    let target = ["--target", "sites.Y.login_wait_longest_s=30s", "--replications", "3"];
    let vary = ["--vary", "agent-group.all.agents=20..40"];
    let whole = found(&place, &[&target[..], &vary].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "largest", "31", "-", "-"]);
    let judged = |bound: &str, code| {
        let measure = "[[threshold]]\nmeasure = \"sites.Y.login_wait_longest_s\"\n";
        let agents = scenario.replace("agents = 40", "agents = 31");
        place.write("t.toml", &format!("{agents}{measure}{bound}\n"));
        place.run(&["run", "t.toml", "-q", "--out", "t", "--replications", "3"]).expect(code);
    };
    judged("at-most = \"30s\"", 0);
    judged("at-least = \"30s\"", 0);
    judged("at-most = \"29.999999999s\"", 4);
    judged("at-least = \"30.000000001s\"", 4);
}

/// 99.8 s after the loss, at c logins a second, agents 0 to 6.8 c of 40 are back: all of them from 6/s on. Who is not
/// may be out for ever, so 5/s and less do not keep a bound of 2 min, though all lengths so far do.
#[test]
fn a_value_with_open_outages_does_not_keep_the_bound() {
    let place = Place::in_memory();
    let ends = LOST.replace("for = \"40m\"", "").replace("\"1h\"", "\"699.8s\"");
    place.write("s.toml", &ends);
    let target = ["--target", "outages.service_lost.duration_s.p95=2m", "--replications", "1"];
    let vary = ["--vary", "site.Y.login-capacity=1/s..8/s"];
    let whole = found(&place, &[&target[..], &vary].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "smallest", "6/s", "-", "-"]);
    let tried = whole["answers"][0]["tried"].as_array().unwrap();
    assert!(tried.iter().any(|one| one["value"] == "2/s" && one["verdict"] == "INCONCLUSIVE"));
    let question = whole["question"].to_string();
    let today = "the bound is undecided, because 26 outages were still open at the end.";
    assert!(question.contains(today), "{question}");
    // Where no value keeps it, it is not broken either.
    let vary = ["--vary", "site.Y.login-capacity=1/s..3/s"];
    let ended = found(&place, &[&target[..], &vary].concat(), 5);
    let said = ended["answers"][0]["sentences"].to_string();
    assert!(
        said.contains("outages were still open at the end, and how long they last decides"),
        "{said}"
    );
}

/// With c turns a second and a connect timeout of 5 s, 5 c + 1 of 40 connect to Y in the first round: all of
/// them from 8/s on, within 93 s + 39/8 s. The others search, and are out for more than 128 s.
#[test]
fn the_smallest_reconnect_capacity() {
    let place = Place::in_memory();
    place
        .write("s.toml", &LOST.replace("login-capacity = \"2/s\"", "reconnect-capacity = \"4/s\""));
    let target = ["--target", "outages.duration_s.max=100s", "--replications", "3"];
    let vary = ["--vary", "site.Y.reconnect-capacity"];
    let whole = found(&place, &[&target[..], &vary].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "smallest", "8/s", "-", "-"]);
    // 21 of 40 in the first round; the last of the others 18/4 s after the third one, at 120 s.
    assert_eq!(whole["today"]["value"], 132.5);
}

/// An interval never ends at 0: that is said before anything is simulated.
#[test]
fn a_bound_of_0_is_kept_by_nothing_with_confidence() {
    let place = lost();
    let ask = |replications| {
        let target = ["headroom", "s.toml", "--target", "tallies.without_site=0"];
        let rest = ["--vary", "site.Y.login-capacity", "--replications", replications];
        place.run(&[&target[..], &rest].concat()).err
    };
    let note = "note: 3 replications cannot show that tallies.without_site is 0, only that it is small; \
                give a bound above 0 for a value that is kept with confidence\n";
    assert!(ask("3").contains(note), "{}", ask("3"));
    assert!(!ask("1").contains("cannot show"), "{}", ask("1"));
}

/// The scenario as it is decides how many replications there are, as `run` would.
#[test]
fn as_many_replications_as_the_measure_needs() {
    let place = Place::in_memory();
    place.write("s.toml", RANDOM);
    let precision = ["--precision", "40%"];
    let run = ["run", "s.toml", "--quiet", "--format", "json", "--out", "r", "--measure"];
    let ended = place.run(&[&run[..], &["downtime_s.total"], &precision].concat()).expect(0);
    let experiment: Value = serde_json::from_str(&ended.out).unwrap();
    let target = ["--target", "downtime_s.total=1s", "--vary", "fault.cut.mttr=1m..10m step 9m"];
    let whole = found(&place, &[&target[..], &precision].concat(), 4);
    assert_eq!(whole["replications"], experiment["replications"]["count"]);
    assert!(whole["replications"].as_u64() > Some(3), "{}", whole["replications"]);
    let command = whole["provenance"]["command"].as_str().unwrap();
    assert!(command.contains("--precision '40%'"), "{command}");
    let said = place
        .run(&[&["headroom", "s.toml", "--replications", "3"], &target[..], &precision].concat());
    assert!(said.expect(2).err.contains("cannot be used with"));
}

/// What `check` finds at values that were tried, and not in the scenario as it is.
#[test]
fn findings_at_values_that_were_tried() {
    let place = Place::in_memory();
    place
        .write("s.toml", &LOST.replace("agents = 40", "agents = 40\n[site.Z]\nagent-capacity = 1"));
    let vary = ["--vary", "site.Y.agent-capacity=30..50 step 10"];
    let target = ["--target", "outages.duration_s.max=1h", "--replications", "2"];
    let whole = found(&place, &[&target[..], &vary].concat(), 0);
    let findings = &whole["answers"][0]["findings"];
    assert_eq!(findings[0]["code"], "V40", "{findings}");
    assert_eq!(findings[0]["found_in"], serde_json::json!(["30"]));
    assert_eq!(findings[0]["today"], false);
    let text =
        place.run(&[&["headroom", "s.toml", "--out", "t"], &target[..], &vary].concat()).expect(0);
    let line = text.out.lines().find(|line| line.starts_with("V40 at Y.agent-capacity = 30: "));
    assert!(line.is_some(), "{}", text.out);
}

/// What `run` shows of the same: of 40 attempts that come at once one is taken at once and 39 wait; within 5 s 21 are
/// taken at 4/s, and 19 time out. These come again together, and are taken then.
#[test]
fn who_waits_for_a_connection_is_shown() {
    let place = Place::in_memory();
    place
        .write("s.toml", &LOST.replace("login-capacity = \"2/s\"", "reconnect-capacity = \"4/s\""));
    let ended = place.run(&["run", "s.toml", "--out", "r"]).expect(0);
    let lines: Vec<String> = ended
        .out
        .lines()
        .filter(|line| line.contains("to connect"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let expected = [
        "Y: longest wait to connect reconnects.Y.wait_longest_s 5",
        "Y: attempts to connect timed out reconnects.Y.timed_out 19",
        "Y: longest queue to connect reconnects.Y.queue_longest 39",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_text_says_what_was_asked_and_what_was_found() {
    let place = lost();
    let fixed = ["headroom", "s.toml", "--target", "outages.duration_s.max=100s"];
    let vary = ["--vary", "Y.login-capacity=4/s..8/s", "--vary", "all.agents=14..16"];
    let rest = ["--replications", "3", "--fault", "X is lost", "--out", "h"];
    let ended = place.run(&[&fixed[..], &vary, &rest].concat()).expect(0);
    let expected = "\
X is lost

Bound: longest outage at most 100s (outages.duration_s.max). 3 replications of each value, under the same faults and random draws; 95 % intervals.
Of the faults and drains only these strike: X is lost.
All replications agree in this measure at every value, so there is no interval.
Today outages.duration_s.max is 112 s: the bound is broken.

varied            today      kept
---------------------------------
Y.login-capacity    2/s  from 6/s
all.agents           40  up to 15

site.Y.login-capacity
Today Y.login-capacity is 2/s (line 24).
The smallest Y.login-capacity that keeps the bound is 6/s, found to 1/s.

Y.login-capacity  outages.duration_s.max  bound
--------------------------------------------------
4/s               102.8 s                 broken
5/s               100.8 s                 broken
6/s               99.5 s                  kept
7/s               98.6 s                  kept
8/s               97.9 s                  kept

agent-group.all.agents
Today all.agents is 40 (line 27).
The largest all.agents that keeps the bound is 15, found to 1.

all.agents  outages.duration_s.max  bound
--------------------------------------------
14          99.5 s                  kept
15          100.0 s                 kept
16          100.5 s                 broken
";
    let (text, provenance) = ended.out.split_at(ended.out.rfind("\n\n").unwrap() + 1);
    assert_eq!(text, expected);
    assert!(provenance.contains("seed 5, 3 replications"), "{provenance}");
    let said = "note: --vary Y.login-capacity is taken as site.Y.login-capacity\n\
                note: --vary all.agents is taken as agent-group.all.agents\n\
                the results are in h\n";
    assert_eq!(ended.err, said);
    let csv = place.read("h/headroom.csv");
    let expected = "\
path,target,today,finding,answer_is,answer,keeps_with_confidence,breaks_with_confidence,level,exact_to,values_in_range,values_tried
site.Y.login-capacity,outages.duration_s.max at most 100s,2/s,edge,smallest,6/s,,,0.95,1/s,5,5
agent-group.all.agents,outages.duration_s.max at most 100s,40,edge,largest,15,,,0.95,1,3,3
";
    assert_eq!(csv, expected);
}

/// The values and the answer are those of a sweep over the whole range, with their intervals.
#[test]
fn bisection_agrees_with_a_sweep_over_everything() {
    let place = Place::in_memory();
    place.write("s.toml", RANDOM);
    let measure = "outages.service_lost.duration_s.max";
    let few = ["--replications", "8", "--format", "json", "--quiet"];
    let set = "site.Y.login-capacity=1/s..14/s step 1/s";
    let sweep = place.run(&[&["sweep", "s.toml", "--set", set][..], &few].concat()).expect(0).out;
    let sweep: Value = serde_json::from_str(&sweep).unwrap();
    let here = |point: &Value| {
        let all = point["measures"].as_array().unwrap();
        all.iter().find(|one| one["measure"] == measure).unwrap()["here"].clone()
    };
    let points: Vec<(String, Value)> = sweep["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| (point["values"][0].as_str().unwrap().to_owned(), here(point)))
        .collect();
    let value = |name: &str, at: usize| points[at].1[name].as_f64().unwrap();
    for wanted in [2, 5, 9] {
        let bound = value("value", wanted) + 0.001;
        let target = format!("{measure}={bound}s");
        let vary = "site.Y.login-capacity=1/s..14/s";
        let found = found(&place, &["--target", &target, "--vary", vary, "--replications", "8"], 0);
        let first = |name: &str, keeps: bool| {
            let mut all = points.iter().enumerate();
            let at = all.find(|(at, _)| (value(name, *at) <= bound) == keeps);
            at.map_or("-", |(_, (text, _))| text.as_str())
        };
        let last_broken = points.iter().enumerate().rev().find(|(at, _)| value("low", *at) > bound);
        let breaks = last_broken.map_or("-", |(_, (text, _))| text.as_str());
        let expected = ["edge", "smallest", first("value", true), first("high", true), breaks];
        assert_eq!(parts(&found, 0), expected, "{bound}");
        assert!(found["closed_forms"]["compared"].is_array(), "{found}");
        assert_eq!(found["closed_forms"], sweep["closed_forms"]);
        for tried in found["answers"][0]["tried"].as_array().unwrap() {
            let at = points.iter().position(|(text, _)| *text == tried["value"]).unwrap();
            for name in ["value", "low", "high"] {
                assert_eq!(tried["measure"][name], points[at].1[name], "{tried}");
            }
        }
    }
}

#[test]
fn the_number_of_threads_cannot_be_seen() {
    let place = Place::in_memory();
    place.write("s.toml", RANDOM);
    let vary = ["--vary", "site.Y.login-capacity", "--vary", "fault.cut.mttr"];
    for threads in ["1", "2"] {
        let fixed = ["headroom", "s.toml", "--target", "availability=99.9%", "--threads", threads];
        let rest = ["--replications", "10", "--quiet", "--out", threads];
        let code = place.run(&[&fixed[..], &vary, &rest].concat()).code;
        assert!(matches!(code, Some(0 | 4)), "{code:?}");
    }
    let [one, two] = ["1", "2"].map(|folder| bytes(&place.path().join(folder)));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, content) in &one {
        assert!(content == &two[name], "{name} differs");
    }
    let names: Vec<&str> = one.keys().map(String::as_str).collect();
    let expected = [
        "assumptions.csv",
        "headroom-1.svg",
        "headroom-2.svg",
        "headroom-bars.svg",
        "headroom-values.csv",
        "headroom.csv",
        "headroom.json",
        "provenance.json",
    ];
    assert_eq!(names, expected);
    assert!(!place.files().iter().any(|name| name.contains("checkpoint")), "{:?}", place.files());
}

/// The faults that are left out keep their places, so that the one that is left strikes when it would in
/// the whole scenario.
#[test]
fn one_fault_alone_strikes_when_it_would_among_all() {
    let place = Place::in_memory();
    let late = "target = \"path L-X\"\nat = \"40d\"\nfor = \"1h\"";
    let without = RANDOM.replace("target = \"path L-X\"\nmtbf = \"5d\"\nmttr = \"10m\"", late);
    assert_ne!(without, RANDOM);
    let measures = ["--vary", "site.Y.login-capacity=1/s..2/s", "--replications", "4"];
    let today = |text: &str, more: &[&str]| {
        place.write("s.toml", text);
        let target = ["--target", "downtime_s.total<=1h"];
        let whole = [&target[..], &measures, more].concat();
        let fixed = ["headroom", "s.toml", "--quiet", "--format", "json", "--out", "h"];
        let out = place.run(&[&fixed[..], &whole].concat()).out;
        serde_json::from_str::<Value>(&out).unwrap()["today"].clone()
    };
    let alone = today(RANDOM, &["--fault", "crash"]);
    assert_eq!(alone, today(&without, &[]));
    assert_ne!(alone, today(RANDOM, &[]));
    assert!(alone["value"].as_f64().unwrap() > 0.0);
}

/// Where there is no answer, the words say why, and the exit code that there is none.
#[test]
fn where_there_is_no_answer_it_says_why() {
    let place = lost();
    let said = |arguments: &[&str], code: i32| {
        let whole = found(&place, &[arguments, &["--replications", "3"]].concat(), code);
        let sentences =
            whole["answers"][0]["sentences"].as_array().unwrap().last().unwrap().clone();
        (parts(&whole, 0)[0].to_owned(), sentences.as_str().unwrap().to_owned())
    };
    let capacity = ["--vary", "site.Y.login-capacity=2/s..60/s"];
    let with = |target: &str, vary: &[&str], code| {
        let target = format!("{LONGEST}={target}");
        said(&[&["--target", target.as_str()][..], vary].concat(), code)
    };
    let (finding, text) = with("2m", &capacity, 0);
    assert_eq!(finding, "always");
    let expected = "The bound is kept at every value of Y.login-capacity that was tried, from 2/s to \
                    60/s; outages.duration_s.max is nearest to it at 2/s, where it is 112.5 s. Another \
                    range may hold the answer: --vary PATH=LOW..HIGH.";
    assert_eq!(text, expected);
    let (finding, text) = with("90s", &capacity, 4);
    assert_eq!(finding, "never");
    let expected = "The bound is broken at every value of Y.login-capacity that was tried, from 2/s to \
                    60/s; outages.duration_s.max is nearest to it at 60/s, where it is 93.6 s. Another \
                    range may hold the answer: --vary PATH=LOW..HIGH.";
    assert_eq!(text, expected);
    let (finding, text) = with("2m", &["--vary", "failover.manual-recovery"], 0);
    assert_eq!(finding, "unaffected");
    let expected = "outages.duration_s.max does not depend on failover.manual-recovery from 240s to \
                    14400s: it is the same at the 6 values that were tried, and the bound is kept.";
    assert_eq!(text, expected);
    let (finding, text) = with("90s", &["--vary", "site.X.login-capacity=1/s..9/s"], 4);
    assert_eq!(finding, "unaffected");
    let expected = "outages.duration_s.max does not depend on X.login-capacity from 1/s to 9/s: it is the \
                    same at the 9 values that were tried, and the bound is broken.";
    assert_eq!(text, expected);
    let (finding, text) = with("2m", &["--vary", "fault.X is lost.at=30m..70m step 10m"], 5);
    assert_eq!(finding, "unmeasured");
    let expected = "There is no answer: at X is lost.at = 60m there is nothing to measure, so \
                    outages.duration_s.max has no value.";
    assert_eq!(text, expected);
    let off = ["--set", "application.interaction-workspace.disaster-recovery.enabled=false"];
    let timeout = ["--vary", "disaster-recovery.timeout"];
    let (finding, text) = with("2m", &[&timeout[..], &off].concat(), 4);
    assert_eq!(finding, "unaffected");
    let expected = "disaster-recovery.timeout changes nothing for anybody: disaster recovery is off \
                    for every agent.";
    assert_eq!(text, expected);
}

/// A cut of 85 s: up to a timeout of 60 s the agent switches over and comes back (33 s + timeout + 8 s);
/// beyond it stays, and the round at 695 s finds the path up.
#[test]
fn a_measure_that_turns_has_no_single_answer() {
    let place = lost();
    let text = LOST.replace("target = \"site X\"", "target = \"path L-X\"").replace("40m", "85s");
    place.write("s.toml", &text.replace("agents = 40", "agents = 1"));
    let vary = ["--vary", "disaster-recovery.timeout=20..100 step 10"];
    let target = ["--target", "downtime_s.per_agent.mean=96s", "--replications", "3"];
    let whole = found(&place, &[&target[..], &vary].concat(), 5);
    assert_eq!(parts(&whole, 0)[0], "not-monotone");
    let expected = "There is no single answer: as disaster-recovery.timeout rises, the bound is kept at \
                    20 s (61 s), broken at 60 s (101.0 s) and kept at 70 s (95.0 s).";
    let sentences = whole["answers"][0]["sentences"].as_array().unwrap();
    assert_eq!(sentences[1], expected);
    let safe = "From 70 s on it is kept at every value that was tried, found to 10 s. Smaller values may keep \
                it too (20 s does), but are not safe: values between break it.";
    assert_eq!(sentences[2], safe);
    assert_eq!(parts(&whole, 0), ["not-monotone", "smallest", "70", "-", "-"]);
    assert_eq!(whole["answers"][0]["turns_at"], serde_json::json!(["20", "60", "70"]));
    // The same turn below the bound is only remarked.
    let target = ["--target", "downtime_s.per_agent.mean=70s", "--replications", "3"];
    let whole = found(&place, &[&target[..], &vary].concat(), 0);
    assert_eq!(parts(&whole, 0), ["edge", "largest", "20", "-", "-"]);
    let expected = "downtime_s.per_agent.mean does not go one way only: it is 101 s at 60 s and 95 s at \
                    70 s. Both are on one side of the bound.";
    let sentences = whole["answers"][0]["sentences"].as_array().unwrap();
    assert_eq!(sentences.last().unwrap(), expected);
}

#[test]
fn one_replication_has_no_interval() {
    let place = Place::in_memory();
    place.write("s.toml", RANDOM);
    let arguments = ["--target", "availability=99.9%", "--vary", "fault.cut.mtbf=1h..30d"];
    let whole = found(&place, &[&arguments[..], &["--replications", "1"]].concat(), 0);
    assert_eq!(parts(&whole, 0)[0..2], ["edge", "smallest"]);
    assert_eq!(parts(&whole, 0)[3..], ["-", "-"]);
    let expected = "A single replication has no interval: the answer holds for it alone.";
    assert_eq!(whole["question"][1], expected);
}

/// What cannot be understood is said before anything is simulated.
#[test]
fn what_cannot_be_asked_is_said() {
    let place = lost();
    let vary = ["--vary", "site.Y.login-capacity"];
    let say = |arguments: &[&str]| {
        let whole = [&["headroom", "s.toml", "--quiet"][..], arguments].concat();
        place.run(&whole).expect(2).err
    };
    for (target, expected) in [
        (
            "outages.duration_s.p96=2m",
            "there is no such measure; did you mean outages.duration_s.p95?",
        ),
        (
            "availability",
            "there is no bound; write MEASURE=BOUND, such as outages.duration_s.p95=2m",
        ),
        (
            "outages.duration_s.max=95%",
            "`95%` is a percentage, and the measure is a duration; write a duration, such as \"2m\"",
        ),
        (
            "outages.duration_s.max=120",
            "`120` is a number, and the measure is a duration; write a duration, such as \"2m\"",
        ),
        (
            "outages.duration_s.max=soon",
            "`soon` is not a duration; write a duration, such as \"2m\"",
        ),
        (
            "sites.Y.logins=5",
            "neither less nor more of this measure is better; write 'sites.Y.logins<=5' or \
             'sites.Y.logins>=5'",
        ),
    ] {
        let told = say(&[&["--target", target][..], &vary].concat());
        assert_eq!(told, format!("error: --target {target}: {expected}\n"));
    }
}

/// Nor what is varied, nor a fault that is not there.
#[test]
fn what_cannot_be_varied_is_said() {
    let place = lost();
    let vary = ["--vary", "site.Y.login-capacity"];
    let good = ["--target", "outages.duration_s.max=100s"];
    let say = |arguments: &[&str]| {
        let whole = [&["headroom", "s.toml", "--quiet"][..], arguments].concat();
        place.run(&whole).expect(2).err
    };
    for (path, expected) in [
        (
            "site.X.login-capacity",
            "--vary site.X.login-capacity: the scenario has no value there from which a range would \
             follow; write --vary site.X.login-capacity=LOW..HIGH",
        ),
        (
            "warm-standby.reconnection-random-delay-range",
            "--vary application.interaction-workspace.warm-standby.reconnection-random-delay-range: no \
             range follows from its value, 0; write --vary \
             application.interaction-workspace.warm-standby.reconnection-random-delay-range=LOW..HIGH",
        ),
        ("site.Y.login-capcity", "--vary site.Y.login-capcity: did you mean `login-capacity`?"),
        (
            "no.such.path",
            "--vary no.such.path: the scenario has no `no.such.path`; write the path from the top of \
             the file, such as horizon or application.interaction-workspace.disaster-recovery.timeout",
        ),
    ] {
        let told = say(&[&good[..], &["--vary", path]].concat());
        assert_eq!(told, format!("error: {expected}\n"));
    }
    let twice = say(&[&good[..], &vary, &["--vary", "Y.login-capacity=1/s..3/s"]].concat());
    assert_eq!(twice, "error: --vary site.Y.login-capacity is there twice\n");
    let fault = say(&[&good[..], &vary, &["--fault", "X is last"]].concat());
    let expected = "error: --fault X is last: the scenario has no fault or drain of that name; did you \
                    mean X is lost?\n";
    assert_eq!(fault, expected);
}

/// A value that the scenario cannot have stops the search before anything is simulated.
#[test]
fn a_value_with_an_error_stops_it() {
    let place = lost();
    let arguments =
        ["--target", "outages.duration_s.max=100s", "--vary", "agent-group.all.agents=0..9"];
    let whole = [&["headroom", "s.toml", "--set", "policy.dr-timer-starts=never"][..], &arguments];
    let ended = place.run(&whole.concat()).expect(1);
    assert!(ended.err.contains("error[S00"), "{}", ended.err);
    let vary = ["--vary", "application.interaction-workspace.disaster-recovery.timeout=0..9"];
    let target = ["headroom", "s.toml", "--target", "outages.duration_s.max=100s"];
    let ended = place.run(&[&target[..], &vary].concat()).expect(1);
    let last = "error: the scenario has errors with \
                application.interaction-workspace.disaster-recovery.timeout=0; give a range without it, \
                such as --vary PATH=LOW..HIGH\n";
    assert!(ended.err.ends_with(last), "{}", ended.err);
    assert!(!place.path().join("results").exists());
}

/// What an interrupted search has finished is gone on from.
#[test]
fn finished_values_are_gone_on_from() {
    let place = Place::in_memory();
    place.write("s.toml", RANDOM);
    let vary = ["--vary", "site.Y.login-capacity", "--replications", "5", "--out", "h"];
    let target = ["headroom", "s.toml", "--target", "outages.duration_s.p95=2m"];
    let arguments = [&target[..], &vary].concat();
    place.run(&arguments);
    let whole = bytes(&place.path().join("h"));
    std::fs::remove_dir_all(place.path().join("h")).unwrap();
    // A part of the first value, as an interruption leaves it: made by `run` for the same scenario.
    place.run(&["run", "s.toml", "--replications", "0..3", "--part", "p", "--quiet"]).expect(0);
    let part = place.read("p");
    let header: Value = serde_json::from_str(part.lines().next().unwrap()).unwrap();
    let print = header["variants"][0].as_str().unwrap().to_owned();
    let folder = place.path().join(format!("h.checkpoint/{print}.checkpoint"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::rename(place.path().join("p"), folder.join("part-000000000000.jsonl")).unwrap();
    let again = place.run(&arguments);
    assert!(
        again.err.contains("going on after what is finished in h.checkpoint\n"),
        "{}",
        again.err
    );
    assert_eq!(bytes(&place.path().join("h")), whole);
    assert!(!place.path().join("h.checkpoint").exists());
}

/// The page and the text for tickets hold the same sentences, the chart and the values.
#[test]
fn the_report_and_the_markdown_say_the_same() {
    let place = lost();
    let fixed = ["headroom", "s.toml", "--target", "outages.duration_s.max=100s", "--quiet"];
    let rest = ["--vary", "Y.login-capacity=4/s..8/s", "--replications", "3", "--out", "h"];
    let more = ["--report", "--format", "markdown"];
    let markdown = place.run(&[&fixed[..], &rest, &more].concat()).expect(0).out;
    let page = place.read("h/report.html");
    let sentence = "The smallest Y.login-capacity that keeps the bound is 6/s, found to 1/s.";
    for text in [sentence, "id=\"headroom-1\"", "All replications agree in this measure"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(markdown.contains(sentence), "{markdown}");
    assert!(
        markdown.contains("| site.Y.login-capacity | 6/s | false | 99.5 | 99.5 | 99.5 | PASS |")
    );
    assert!(
        markdown
            .contains("\n    switchover headroom s.toml --target 'outages.duration_s.max=100s'")
    );
}

/// The longest wait is 39/c, and over half an hour where hardly anybody gets in: on the scale of that value all
/// those near the bound of a second would be 0.02 min.
#[test]
fn values_near_a_small_bound_can_be_read() {
    let arguments = [
        &["headroom", "s.toml", "--out", "h", "--replications", "1"][..],
        &["--target", "sites.Y.login_wait_longest_s=1s"],
        &["--vary", "site.Y.login-capacity=0.001/s..100/s"],
    ];
    let out = lost().run(&arguments.concat()).expect(0).out;
    let cells =
        |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    let rows: Vec<String> = out.lines().map(cells).collect();
    for row in [
        "0.001/s 2,000.00 s broken",
        "2/s 19.50 s broken today",
        "37.5/s 1.04 s broken",
        "39/s 1.00 s kept",
        "50/s 0.78 s kept",
    ] {
        assert!(rows.iter().any(|it| it == row), "{row}: {out}");
    }
}
