//! A run that took more than a site is declared to be sized for says so, in text and in JSON, and
//! variants are marked with it.

use serde_json::{Value, json};

use super::program::{Ended, Place};
use crate::cli::texts::recovery;

/// A hundred agents, all thrown out at 600 s; their phones register at Y once they are there.
const TEXT: &str = concat!(
    r#"horizon = "1h"
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 20
disaster-recovery.auto-restore = false
reg_interval = 10
sip_transaction_timeout = 4000
[site.X]
[site.Y]
agent-capacity = 100
register-capacity = "5/s"
[location.L]
[phone.follower]
mode = "follow"
[agent-group.sales]
agents = 100
phone = "follower"
[desktop]
detection = "15s"
connect-timeout = "5s"
login = "8s"
[[fault]]
name = "the cut"
target = "path L-X"
at = "600s"
for = "30m"
"#
);

fn run(text: &str, arguments: &[&str]) -> Ended {
    let place = Place::new();
    place.write("s.toml", text);
    place.run(arguments)
}

/// The peak of recovery REGISTERs at Y in the run.
fn peak(summary: &Value) -> u64 {
    summary["sites"][1]["recovery_registers_peak"].as_u64().unwrap()
}

#[test]
fn a_run_says_what_was_exceeded_in_text_and_json() {
    let json: Value =
        serde_json::from_str(&run(TEXT, &["run", "s.toml", "--format", "json"]).expect(0).out)
            .unwrap();
    let peak = peak(&json);
    assert!(peak > 5, "{peak}");
    let expected = json!([{
        "site": "Y", "capacity": "register-capacity", "sized_for": 5.0, "peak": peak, "window_s": 1.0
    }]);
    assert_eq!(json["overloads"], expected);
    let told = run(TEXT, &["run", "s.toml"]).expect(0).out;
    let warning = format!(
        "Warning: more than `Y` is sized for: {peak} recovery REGISTERs within 1 s (register-capacity 5/s); \
         a real site would be slower: the downtime here is too low.\n"
    );
    assert!(told.contains(&warning), "{told}");
}

#[test]
fn what_just_fits_is_not_exceeded() {
    let json: Value =
        serde_json::from_str(&run(TEXT, &["run", "s.toml", "--format", "json"]).expect(0).out)
            .unwrap();
    let fits = TEXT.replace("\"5/s\"", &format!("\"{}/s\"", peak(&json)));
    let told = run(&fits, &["run", "s.toml"]).expect(0).out;
    assert!(!told.contains("sized for"), "{told}");
    let tight = fits.replace("agent-capacity = 100", "agent-capacity = 99");
    let told = run(&tight, &["run", "s.toml"]).expect(0).out;
    let warning = "Warning: more than `Y` is sized for: 100 agents in service (agent-capacity 99); \
                   a real site would be slower: the downtime here is too low.\n";
    assert!(told.contains(warning), "{told}");
}

#[test]
fn an_experiment_says_in_how_many_replications() {
    let random = TEXT
        .replace("at = \"600s\"\nfor = \"30m\"", "mtbf = \"2h\"\nmttr = \"30m\"")
        .replace("[site.X]", "[site.X]\n[experiment]\nreplications = 40");
    let ended = run(&random, &["run", "s.toml", "--format", "json"]).expect(0);
    let json: Value = serde_json::from_str(&ended.out).unwrap();
    let found = &json["overloads"][0];
    let often = found["replications"].as_u64().unwrap();
    assert!(often > 0 && often < 40, "{often}");
    let told = run(&random, &["run", "s.toml"]).expect(0).out;
    let peak = found["peak"].as_u64().unwrap();
    let warning = format!(
        "Warning, in {often} of 40 replications, at worst: more than `Y` is sized for: {peak} "
    );
    assert!(told.contains(&warning), "{told}");
}

#[test]
fn variants_are_marked_where_it_happens() {
    let set = "application.interaction-workspace.disaster-recovery.timeout=20,3600";
    let asked = ["sweep", "s.toml", "--set", set, "--replications", "2"];
    let swept = run(TEXT, &[&asked[..], &["--format", "json"]].concat()).expect(0);
    let json: Value = serde_json::from_str(&swept.out).unwrap();
    let all = json["findings"].as_array().unwrap();
    let found =
        all.iter().find(|one| one["message"].as_str().unwrap().starts_with("more than `Y`"));
    let found = found.expect("the capacity is exceeded");
    assert_eq!((&found["code"], &found["today"]), (&json!("V40"), &json!(true)));
    assert_eq!(found["found_in"], json!(["20"]), "with an hour's timeout nobody moves");
    let told = run(TEXT, &["compare", "s.toml", "--set", set, "--replications", "2"]).expect(0).out;
    assert!(told.contains("! V40 in the first and in s.toml with"), "{told}");
}
