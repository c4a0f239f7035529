//! What `compare` and `sweep` weigh, and what they do not because variants differ in what it counts: time,
//! agents, shifts, calls. Every sentence word for word.

use serde_json::Value;

use super::program::Place;
use crate::cli::texts::{TIMEOUT, recovery};

/// A day of calls in which thirty agents are hardly enough, with a site loss; outages have a price.
const DAY: &str = concat!(
    r#"
title = "A day of calls"
horizon = "4h"
seed = 9
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 60
[site.X]
[site.Y]
[agent-group.n]
agents = 30
[prices]
currency = "EUR"
cost-per-agent-hour = 40
[[calls]]
name = "line"
arrivals = "300/h"
handling = { exponential = "5m" }
patience = { exponential = "3m" }
[[fault]]
name = "X dies"
target = "site X"
at = "1h"
for = "20m"
"#
);

const BONFERRONI: &str = "paired differences, Bonferroni over";

fn place() -> Place {
    let place = Place::new();
    place.write("day.toml", DAY);
    place
}

/// What a command says of the day, with these settings.
fn told(place: &Place, command: &str, sets: &[&str]) -> String {
    let mut arguments = vec![command, "day.toml", "--replications=8", "--out=out"];
    sets.iter().for_each(|set| arguments.extend(["--set", set]));
    place.run(&arguments).expect(0).out
}

fn answer(place: &Place, file: &str) -> Value {
    serde_json::from_str(&place.read(&format!("out/{file}"))).unwrap()
}

/// Peaks of logins are counted in a window that grows with the horizon: 1 s in four hours.
#[test]
fn peaks_name_their_window() {
    let place = Place::new();
    let threshold = "[[threshold]]\nmeasure = \"sites.Y.logins_peak\"\nat-most = 100\n";
    place.write("day.toml", &format!("{DAY}{threshold}"));
    let text = told(&place, "run", &[]);
    let line = text.lines().find(|line| line.contains(" (") && line.contains(", per s"));
    assert!(line.is_some(), "{text}");
    let text = told(&place, "sweep", &["agent-group.n.agents=20,30"]);
    assert!(text.contains("    peak logins per s: "), "{text}");
}

#[test]
fn fewer_agents_are_not_praised_for_the_calls_that_faults_do_not_cost() {
    let place = place();
    let text = told(&place, "sweep", &["agent-group.n.agents=10..50 step 20"]);
    for line in [
        "The points have different numbers of agents, so needless switchovers, flaps and peak logins, which grow with \
         that number, are not weighed.",
        "Costs are those of the outages: they leave out wages and calls that fail without faults, and the staff of the \
         points differs.",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    let calls = text.lines().find(|line| line.contains("least failed calls")).expect(&text);
    assert!(calls.contains("least failed calls and calls not in time with 50 ("), "{text}");
    let sweep = answer(&place, "sweep.json");
    assert_eq!(
        sweep["weighed"],
        serde_json::json!(["downtime", "failed calls", "calls not in time"])
    );
    assert_eq!(sweep["not_weighed"].as_array().unwrap().len(), 2);
    let point = |at: usize| -> Value {
        let all = sweep["points"][at]["measures"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["measure"] == "all_calls.failed").unwrap()
    };
    let failed = [0, 1, 2].map(|at| point(at)["here"]["value"].as_f64().unwrap());
    assert!(failed[0] > 2.0 * failed[1] && failed[1] > failed[2], "{failed:?}");
    let curves = place.read("out/sweep-curves.svg");
    for text in ["to downtime, to moves and to calls", ">calls answered in time<", ">failed calls<"]
    {
        assert!(curves.contains(text), "{text}");
    }
}

#[test]
fn two_variants_are_judged_by_the_calls_that_fail_in_all() {
    let place = place();
    let text = told(&place, "compare", &["agent-group.n.agents=15"]);
    let said = |head: &str| text.lines().any(|line| line.starts_with(head));
    assert!(said("More calls fail in B: B - A is "), "{text}");
    assert!(said("A smaller share of the calls is answered in time in B: B - A is -"), "{text}");
    assert!(said("Costs are those of the outages: "), "{text}");
    assert!(!text.contains("because of the faults in B"), "{text}");
    let same = told(&place, "compare", &["site.Y.agent-capacity=500"]);
    for line in [
        "As many calls fail in both, in every replication.",
        "The same share of the calls is answered in time in both, in every replication.",
    ] {
        assert!(same.lines().any(|own| own == line), "{line}\n{same}");
    }
}

#[test]
fn of_calls_in_windows_what_faults_cost_is_weighed() {
    let place = Place::new();
    place.write("day.toml", &DAY.replace("seed = 9", "seed = 9\ncalls-simulated = \"windows\""));
    told(&place, "sweep", &[&format!("{TIMEOUT}=10,60")]);
    let weighed = answer(&place, "sweep.json")["weighed"].as_array().unwrap().clone();
    assert_eq!(weighed.last().unwrap(), "calls that failed because of the faults");
    assert!(weighed.iter().all(|goal| goal != "failed calls" && goal != "calls not in time"));
    let text = told(&place, "sweep", &["agent-group.n.agents=15,30"]);
    let line = "Calls are simulated in windows around faults only, and without faults not the same calls fail in the \
                points, so calls are not weighed.";
    assert!(text.lines().any(|own| own == line), "{text}");
    assert_eq!(answer(&place, "sweep.json")["weighed"], serde_json::json!(["downtime"]));
}

#[test]
fn other_calls_and_other_shifts_are_not_weighed() {
    let place = place();
    told(&place, "sweep", &["calls.line.arrivals=100/h,300/h"]);
    let sweep = answer(&place, "sweep.json");
    assert_eq!(
        sweep["not_weighed"],
        serde_json::json!(["Different calls come in the points, so calls are not weighed."])
    );
    told(&place, "sweep", &["calls.line.answer-within=10s,20s"]);
    let sweep = answer(&place, "sweep.json");
    assert_eq!(sweep["weighed"].as_array().unwrap().last().unwrap(), "failed calls");
    place.write("day.toml", &DAY.replace("seed = 9", "seed = 9\nstart = \"2027-01-04T07:00\""));
    told(&place, "sweep", &["agent-group.n.shift=Mon-Fri 07:00-09:00,Mon-Fri 07:00-10:00"]);
    let weighed = answer(&place, "sweep.json")["weighed"].clone();
    assert_eq!(weighed, serde_json::json!(["failed calls", "calls not in time"]));
}

#[test]
fn runs_of_different_length_have_no_verdict() {
    let place = place();
    let line = "The points cover different times (2 h to 8 h), and what faults do adds up with time, so no point is \
                called better: give all of them the same horizon.";
    let text = told(&place, "sweep", &["horizon=2h,8h"]);
    assert!(text.lines().any(|own| own == line), "{text}");
    for verdict in ["less downtime", BONFERRONI, "Trade-off", "trade-off", "Pareto", "least"] {
        assert!(!text.contains(verdict), "{verdict}: {text}");
    }
    let sweep = answer(&place, "sweep.json");
    assert_eq!(
        (&sweep["weighed"], &sweep["not_weighed"][0]),
        (&serde_json::json!([]), &line.into())
    );
    assert!(place.read("out/sweep-curves.svg").contains("The values cover different times."));
    place.run(&["report", "out", "--out", "page.html"]).expect(0);
    let page = place.read("page.html");
    assert!(page.contains("so no point is called better") && !page.contains("less downtime than"));
    let other = line.replace("(2 h to 8 h)", "(2 h to 4 h)").replace("point", "variant");
    let text = told(&place, "compare", &["horizon=2h"]);
    assert!(text.lines().any(|own| own == other), "{text}");
    for verdict in ["B has", "B is better", "Fewer", "The outages cost"] {
        assert!(!text.contains(verdict), "{verdict}: {text}");
    }
}

#[test]
fn the_seed_is_no_parameter() {
    let place = place();
    let why = "the seed is one for all variants, so that all see the same faults and random draws; use --seed for another \
               one, and --replications to see more of what chance does";
    for (arguments, what) in [
        (&["sweep", "day.toml", "--set", "seed=1,2"][..], "--set seed=1,2"),
        (&["compare", "day.toml", "--set", "seed=3"], "--set seed=3"),
        (
            &["headroom", "day.toml", "--vary", "seed=1..9", "--target", "outages.count=1"],
            "--vary seed",
        ),
    ] {
        let ended = place.run(arguments).expect(2);
        let last = ended.err.lines().last().unwrap();
        assert_eq!(last, format!("error: {what}: {why}"));
    }
}

#[test]
fn points_of_two_parameters_are_named_by_both() {
    let place = place();
    let text = told(&place, "sweep", &[&format!("{TIMEOUT}=20,60"), "desktop.login=8s,30s"]);
    assert!(text.contains("timeout 20, login 8s"), "{text}");
    assert!(!text.contains("20 with 8s"), "{text}");
    // Names are in one piece where there is room.
    let (before, fault) = (DAY.split("[prices]").next(), DAY.split("[[fault]]").nth(1));
    place.write("day.toml", &format!("{}[[fault]]{}", before.unwrap(), fault.unwrap()));
    let text = told(&place, "sweep", &["flap-window=5m,10m"]);
    let heads = text.lines().filter(|line| line.starts_with("flap-window  "));
    assert_eq!(heads.count(), 1, "{text}");
}
