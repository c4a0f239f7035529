//! `headroom` where the range holds what bisection alone would not meet: spreads of which a little is worse than
//! none, and values at which a run has no end.

use serde_json::Value;

use super::endless::back_off;
use super::program::Place;

/// Phones that come back together when the power does: more a second than the registrar takes wait, and time
/// out.
const POWER: &str = r#"
title = "The power is back"
horizon = "90m"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "main"
disaster-recovery.peer-site = "backup"
[site.main]
[site.main.registrar]
capacity = "20/s"
[site.backup]
[site.backup.registrar]
capacity = "20/s"
[phone.desk]
mode = "dual"
start-spread = "5s"
[location.hq]
[agent-group.all]
agents = 500
[[fault]]
name = "power cut"
target = "power hq"
at = "1h"
for = "10m"
"#;

fn asked(place: &Place, arguments: &[&str], code: i32) -> Value {
    let fixed = ["headroom", "s.toml", "--quiet", "--format", "json", "--replications", "1"];
    let ended = place.run(&[&fixed[..], arguments].concat()).expect(code);
    serde_json::from_str(&ended.out).unwrap()
}

fn sentences(whole: &Value) -> Vec<&str> {
    let all = whole["answers"][0]["sentences"].as_array().unwrap();
    all.iter().map(|one| one.as_str().unwrap()).collect()
}

/// A little spread is worse than none: below 20 phones a second nobody waits, and that begins at 500/20 = 25 s. The
/// quarters of the range alone all keep the bound.
#[test]
fn a_little_spread_is_worse_than_none() {
    let place = Place::in_memory();
    place.write("s.toml", POWER);
    let fixed = ["headroom", "s.toml", "--replications", "1", "--quiet", "--target"];
    let vary = ["--vary", "phone.desk.start-spread=0s..120s", "--out", "h"];
    let set = ["--set", "phone.desk.start-spread=30s"];
    let target = ["registrars.main.timed_out<=5"];
    let whole = asked(&place, &[&["--target"], &target[..], &vary, &set].concat(), 5);
    let expected = [
        "Today desk.start-spread is 30s (line 16).",
        "There is no single answer: as desk.start-spread rises, the bound is kept at 0s (0.0 (0.0 to 3.0)), \
         broken at 1.5s (375) and kept at 30s (0.0 (0.0 to 3.0)).",
        "From 27s on it is kept at every value that was tried, found to 0.5s. Smaller values may keep it too \
         (0s does), but are not safe: values between break it.",
        "With 95 % confidence 27s keeps it and 26.5s breaks it.",
    ];
    assert_eq!(sentences(&whole), expected);
    let answer = &whole["answers"][0];
    let told = ["finding", "answer_is", "answer"].map(|key| answer[key].as_str().unwrap());
    assert_eq!(told, ["not-monotone", "smallest", "27s"]);
    assert_eq!(
        answer["title"],
        "main, REGISTERs timed out at most 5: desk.start-spread is safe from 27s on"
    );
    // From 5 s today, which breaks it, the answer is the same.
    let today = asked(&place, &[&["--target"], &target[..], &vary].concat(), 5);
    assert_eq!(today["answers"][0]["answer"], "27s");
    let ended = place.run(&[&fixed[..], &target, &vary, &set].concat()).expect(5);
    assert_eq!(ended.err, "error: there is no single answer\n");
    // Kept everywhere, with a peak between the ends.
    let whole =
        asked(&place, &[&["--target", "registrars.main.timed_out<=100000"], &vary[..]].concat(), 0);
    let expected = "The bound is kept at every value of desk.start-spread that was tried, from 0s to 120s; \
                    registrars.main.timed_out is nearest to it at 15s, where it is 4,066. It comes no nearer \
                    towards the ends of the range, so a longer one will hardly help.";
    assert_eq!(sentences(&whole)[1], expected);
}

/// Two agents whose phones try again and again for 300 days: with a second between two tries they take more steps
/// than they may.
fn tiresome() -> Place {
    let place = Place::in_memory();
    place.write("s.toml", &back_off("1s").replace("agents = 3000", "agents = 3"));
    place
}

const TIMEOUT: &str = "phone.p.transaction-timeout";

#[test]
fn a_run_without_end_counts_as_broken() {
    let place = tiresome();
    let range = format!("{TIMEOUT}=1s..61s step 30s");
    let rest = ["--vary", range.as_str(), "--out", "h", "--report"];
    for (target, set) in [("availability>=1%", "61s"), ("downtime_s.total<=100000h", "1s")] {
        let set = format!("{TIMEOUT}={set}");
        let whole = asked(&place, &[&["--target", target, "--set", &set], &rest[..]].concat(), 0);
        let expected = [
            "The smallest p.transaction-timeout that keeps the bound is 31s, found to 30s.",
            "At 1s a run has no end (S021): that counts as broken.",
        ];
        assert_eq!(sentences(&whole)[1..], expected);
        let tried = &whole["answers"][0]["tried"];
        assert_eq!(tried[0]["remark"], "no end (S021)");
        assert_eq!(tried[0]["verdict"], "FAIL");
        assert_eq!(tried[0]["measure"]["value"], Value::Null);
        assert_eq!(tried[1]["remark"], Value::Null);
        let csv = place.read("h/headroom-values.csv");
        assert!(csv.contains(",too few,FAIL,no end (S021)\n"), "{csv}");
        assert!(place.read("h/report.html").contains("no end (S021)"));
        assert!(
            !place.files().iter().any(|name| name.contains("checkpoint")),
            "{:?}",
            place.files()
        );
        let remark = if set.ends_with("=1s") { Value::from("no end (S021)") } else { Value::Null };
        assert_eq!(whole["today_remark"], remark);
    }
    let set = format!("{TIMEOUT}=1s");
    let fixed = ["headroom", "s.toml", "--replications", "1", "--set", &set, "--target"];
    let ended = place.run(&[&fixed[..], &["downtime_s.total<=100000h"], &rest].concat()).expect(0);
    let today = "\nToday a run has no end (S021), so downtime_s.total has no value: that counts as broken.\n";
    assert!(ended.out.contains(today), "{}", ended.out);
    let rows = "\n1s                     no end (S021)     broken  today\n31s                    ";
    assert!(ended.out.contains(rows), "{}", ended.out);
}

#[test]
fn no_run_with_an_end_is_an_error() {
    let place = tiresome();
    let range = format!("{TIMEOUT}=1s..1.2s step 0.2s");
    let fixed = ["headroom", "s.toml", "--quiet", "--vary", &range, "--target", "availability>=1%"];
    let ended = place.run(&[&fixed[..], &["--replications", "1"]].concat()).expect(1);
    let first = "error[S021]: agent `sales-1` takes more than 10000100 steps\n  --> s.toml:11:14\n";
    assert!(ended.err.starts_with(first), "{}", ended.err);
    assert_eq!(place.files(), ["s.toml"], "nothing is left");
    let ended = place.run(&[&fixed[..], &["--precision", "5%"]].concat()).expect(1);
    let last = "\nerror: with --precision the scenario as it is decides how many replications each value has, and \
                a run of it has no end; give --replications instead\n";
    assert!(ended.err.starts_with(first) && ended.err.ends_with(last), "{}", ended.err);
    assert_eq!(place.files(), ["s.toml"], "nothing is left");
}

/// What is written in seconds is answered in seconds, and who wrote a line is said.
#[test]
fn the_lines_of_a_range_are_called_by_its_option() {
    let place = Place::in_memory();
    place.write("s.toml", POWER);
    let fixed = ["headroom", "s.toml", "--quiet", "--replications", "1", "--set", "horizon=80m"];
    let timeout = "application.interaction-workspace.disaster-recovery.timeout=0..9";
    let rest = ["--vary", timeout, "--target", "registrars.main.timed_out<=5"];
    let ended = place.run(&[&fixed[..], &rest].concat()).expect(1);
    let notes =
        "note: written by --set:\n    3 | horizon = \"80m\"\n\nnote: written by --vary:\n    ";
    assert!(ended.err.contains(notes), "{}", ended.err);
}
