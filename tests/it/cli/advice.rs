//! What is said of variants before their numbers are read: findings of `check` in every variant, the
//! value in force today, settings that change nothing, lists of values in `compare`.

use serde_json::Value;

use super::program::Place;
use crate::cli::texts::{TIMEOUT, recovery};

/// Two groups of agents: `sales` takes the DR timeout from the default, `service` has its own.
const TEXT: &str = concat!(
    r#"horizon = "1h"
"#,
    recovery!(),
    r#"reg_interval = 10
sip_transaction_timeout = 4000
[site.X]
[site.Y]
[location.L]
[agent-group.sales]
agents = 4
[agent-group.service]
agents = 2
interaction-workspace.disaster-recovery.timeout = 90
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

fn run(text: &str, arguments: &[&str]) -> super::program::Ended {
    let place = Place::new();
    place.write("s.toml", text);
    place.run(&[&arguments[..1], &["s.toml"], &arguments[1..], &["--replications", "4"]].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn an_override_that_changes_nothing_is_said_and_wins_nothing() {
    let own = TEXT.replace(
        "agents = 4\n",
        "agents = 4\ninteraction-workspace.disaster-recovery.timeout = 90\n",
    );
    let set = format!("{TIMEOUT}=15,30,90");
    let told = "disaster-recovery.timeout changes nothing for anybody: 4 take this from Agent Group sales, \
                line 13, 2 take this from Agent Group service, line 16.\n";
    let swept = run(&own, &["sweep", "--set", &set]).expect(0);
    assert!(swept.out.contains(told), "{}", swept.out);
    assert!(
        !swept.out.contains("Trade-off") && !swept.out.contains("less downtime"),
        "nothing wins: {}",
        swept.out
    );
    let compared = run(&own, &["compare", "--set", &format!("{TIMEOUT}=15")]).expect(0);
    assert!(compared.out.contains(told), "{}", compared.out);
    assert!(!compared.out.contains("B is better"), "{}", compared.out);
}

#[test]
fn one_place_that_decides_for_all_is_named_once() {
    let one = TEXT.replace("agents = 4\n[agent-group.service]\nagents = 2\n", "agents = 6\n");
    let swept = run(&one, &["sweep", "--set", &format!("{TIMEOUT}=15,30")]).expect(0);
    let told = "disaster-recovery.timeout changes nothing for anybody: every agent takes this from Agent \
                Group sales, line 13.\n";
    assert!(swept.out.contains(told), "{}", swept.out);
}

#[test]
fn a_partly_shadowed_override_says_for_how_many_and_today_is_the_value_in_force() {
    let set = format!("{TIMEOUT}=120,180");
    let swept = run(TEXT, &["sweep", "--set", &set]).expect(0).out;
    for told in [
        "Today disaster-recovery.timeout is 60 (default).\n",
        "disaster-recovery.timeout has an effect for 4 of 6 agents: 2 take this from Agent Group service, \
         line 15.\n",
    ] {
        assert!(swept.contains(told), "{told}\n{swept}");
    }
    let swept = run(TEXT, &["sweep", "--set", &set, "--format", "json"]).expect(0).out;
    let change = &json(&swept)["changes"][0];
    assert_eq!(change["path"], TIMEOUT);
    assert_eq!(change["today"][0]["value"], "60");
    assert_eq!(change["today"][0]["from"], "default");
    assert_eq!(
        (&change["agents_affected"], &change["changes_nothing"]),
        (&4.into(), &false.into())
    );
}

#[test]
fn keys_of_the_language_have_a_value_in_force_too() {
    let swept = run(TEXT, &["sweep", "--set", "desktop.login=4s,12s"]).expect(0).out;
    assert!(swept.contains("Today desktop.login is 8s (line 19).\n"), "{swept}");
    let swept = run(TEXT, &["sweep", "--set", "policy.flat-tyres=4s"]);
    assert_eq!(swept.code, Some(1), "a key that the language does not have: {}", swept.err);
}

#[test]
fn findings_of_every_point_are_shown_once_with_their_points_and_marked() {
    let set = format!("{TIMEOUT}=15,20,600");
    let arguments = ["sweep", "--set", &set];
    let swept = run(TEXT, &arguments).expect(0);
    let found = "  = found: at disaster-recovery.timeout = 15, 20\n";
    assert_eq!(
        swept.err.matches(found).count(),
        swept.err.matches("warning[").count(),
        "{}",
        swept.err
    );
    assert!(swept.err.contains("warning[V41]") && swept.err.contains(found), "{}", swept.err);
    assert!(swept.out.contains("15 (warning V41)"), "of what is praised: {}", swept.out);
    let first = "15 (warning V41) has less downtime than every other point (paired \
                 differences, Bonferroni over 3 comparisons).\n";
    assert!(swept.out.contains(first), "{}", swept.out);
    let note = "! V41 at disaster-recovery.timeout = 15, 20: the DR timeout of 15 s";
    assert!(swept.out.contains(note), "{}", swept.out);
    let marked = swept.out.lines().filter(|line| line.trim_start().starts_with("LP! 15 ")).count();
    assert_eq!(marked, 1, "the row is marked: {}", swept.out);
    let json = json(&run(TEXT, &[&arguments[..], &["--format", "json"]].concat()).expect(0).out);
    let codes = |point: usize| json["points"][point]["findings"].to_string();
    assert!(codes(0).contains("V41") && codes(1).contains("V41"), "{}", codes(0));
    assert_eq!(codes(2), "[]");
    let finding = json["findings"].as_array().unwrap().iter().find(|one| one["code"] == "V41");
    assert_eq!(finding.unwrap()["found_in"], serde_json::json!(["15", "20"]));
}

#[test]
fn errors_of_one_point_are_shown_with_it_and_forbid_to_go_on() {
    let swept = run(TEXT, &["sweep", "--set", "desktop.login=4s,8 parsecs"]).expect(1);
    assert!(swept.err.contains("  = found: at desktop.login = 8 parsecs\n"), "{}", swept.err);
    let last = "error: the variants have errors; --allow-errors simulates what the product would do instead";
    assert_eq!(swept.err.lines().last(), Some(last));
}

#[test]
fn lists_make_variants_of_a_comparison() {
    let set = format!("{TIMEOUT}=30,60,120");
    let compared = run(TEXT, &["compare", "--set", &set, "--format", "json"]).expect(0);
    let compared = json(&compared.out);
    let names: Vec<&str> = compared["against"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let expected = ["30", "60", "120"].map(|value| format!("s.toml with {TIMEOUT}={value}"));
    assert_eq!(names, expected);
}
