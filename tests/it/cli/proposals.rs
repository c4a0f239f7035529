//! Names that somebody types and that do not exist: an option, a path, a file, a code, an agent, a
//! measure. Each is refused with exit code 2 (a file: 3) and a proposal, word for word.

use super::program::Place;

/// Two groups, one of them with a value of its own, and two persons.
const TEXT: &str = r#"horizon = "1h"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "north"
disaster-recovery.peer-site = "south"
[site.north]
[site.south]
[location.L]
[agent-group.sales]
agents = 3
[agent-group.service]
agents = 2
interaction-workspace.disaster-recovery.timeout = 45
[person.anna]
agent-group = "sales"
[[fault]]
name = "the cut"
target = "path L-north"
at = "600s"
for = "300s"
"#;

fn place() -> Place {
    let place = Place::new();
    place.write("scenario.toml", TEXT);
    place
}

#[test]
fn an_option_that_the_product_does_not_know_is_refused_by_every_command() {
    let path = "application.interaction-workspace.disaster-recovery.timout=15";
    let told = format!(
        "error: --set {path}: the product has no option `disaster-recovery.timout`; did you mean \
         `disaster-recovery.timeout`?\n"
    );
    for command in [
        &["check"][..],
        &["run"],
        &["show"],
        &["explain", "--agent", "anna"],
        &["replay", "--replication", "0"],
        &["compare"],
        &["sweep"],
    ] {
        let place = place();
        let ended = place.run(&[command, &["scenario.toml", "--set", path]].concat()).expect(2);
        assert!(ended.err.ends_with(&told) && ended.out.is_empty(), "{command:?}: {}", ended.err);
        assert_eq!(place.files(), ["scenario.toml"], "{command:?}");
    }
}

#[test]
fn options_in_a_wrong_place_and_unlike_any_other_are_refused() {
    for (setting, told) in [
        (
            "application.interaction-workspace.colour=red",
            "the product has no option `colour`; `switchover options` lists those that are known",
        ),
        (
            "application.interaction-workspac.disaster-recovery.timeout=15",
            "`disaster-recovery.timeout` has no effect in the section `interaction-workspac` of this \
             Application; set it in the section `interaction-workspace` of: Application, Tenant, Agent \
             Group, Person",
        ),
        (
            "disaster-recovery.timeout=90",
            "`disaster-recovery.timeout` may mean several paths; write one of: \
             agent-group.service.interaction-workspace.disaster-recovery.timeout, \
             application.interaction-workspace.disaster-recovery.timeout",
        ),
        (
            "site.*.login-capacity=5/s",
            "there is no site `*`; a setting is for one site: north, south",
        ),
        ("site.nroth.login-capacity=5/s", "there is no site `nroth`; did you mean `north`?"),
        ("site.west.login-capacity=5/s", "there is no site `west`; there are: `north`, `south`"),
    ] {
        let ended = place().run(&["check", "scenario.toml", "--set", setting]).expect(2);
        assert_eq!(ended.err, format!("error: --set {setting}: {told}\n"), "{setting}");
    }
}

#[test]
fn a_short_path_is_taken_and_said() {
    let ended = place().run(&["check", "scenario.toml", "--set", "the cut.for=5s"]).expect(0);
    assert_eq!(ended.err, "note: --set the cut.for is taken as fault.the cut.for\n");
    let shown = place().run(&[
        "explain",
        "scenario.toml",
        "--agent",
        "anna",
        "--set",
        "connect-timeout=9s",
    ]);
    let shown = shown.expect(0);
    assert!(
        shown.err.contains("note: --set connect-timeout is taken as desktop.connect-timeout\n"),
        "{}",
        shown.err
    );
}

/// Command lines, their exit codes and the one error that each shows.
fn proposed(cases: &[(&[&str], i32, &str)]) {
    for (arguments, code, told) in cases {
        let ended = place().run(arguments).expect(*code);
        let own: Vec<&str> = ended.err.lines().filter(|line| line.starts_with("error")).collect();
        assert_eq!(own, [format!("error: {told}")], "{arguments:?}");
    }
}

#[test]
fn agents_and_files_get_a_proposal() {
    proposed(&[
        (
            &["explain", "scenario.toml", "--agent", "ana"][..],
            2,
            "no agent is called `ana`; did you mean `anna`?",
        ),
        (
            &["show", "scenario.toml", "--agent", "sale-2"],
            2,
            "no agent is called `sale-2`; did you mean `sales-2`?",
        ),
        (
            &["explain", "scenario.toml", "--agent", "sales-9"],
            2,
            "no agent is called `sales-9`; the agents of that group are called sales-1 to sales-3",
        ),
        (
            &["explain", "scenario.toml", "--agent", "service"],
            2,
            "no agent is called `service`; the agents of that group are called service-1 to service-2",
        ),
        (
            &["run", "scenaro.toml"],
            3,
            "cannot read scenaro.toml: No such file or directory; did you mean `scenario.toml`?",
        ),
        (
            &["check", "./scenario"],
            3,
            "cannot read ./scenario: No such file or directory; did you mean `./scenario.toml`?",
        ),
        (
            &["fit", "scenario.csv"],
            3,
            "cannot read scenario.csv: No such file or directory; did you mean `scenario.toml`?",
        ),
    ]);
}

#[test]
fn measures_and_codes_get_a_proposal() {
    proposed(&[
        (
            &["run", "scenario.toml", "--measure", "outage.count"][..],
            2,
            "--measure outage.count: there is no such measure; did you mean outages.count?",
        ),
        (
            &["run", "scenario.toml", "--measure", "colour"],
            2,
            "--measure colour: there is no such measure; `switchover measures` lists them all",
        ),
        (
            &["measures", "otuages"],
            2,
            "no measure has `otuages` in its name or meaning; did you mean outages?",
        ),
    ]);
    let ended = place().run(&["check", "--explain", "V62"]).expect(2);
    let told = "error: there is no code `V62`; did you mean V26? There are L001 to L";
    assert!(ended.err.starts_with(told), "{}", ended.err);
}

#[test]
fn measures_are_listed_searched_and_printed_as_json() {
    let place = place();
    let all = place.run(&["measures"]).expect(0).out;
    let total = "downtime_s.total\n    time out of service, over all agents (s)\n";
    assert!(all.contains(total), "{all}");
    // The words below the list are text, not table.
    let table = all.lines().take_while(|line| !line.is_empty());
    assert_eq!(table.filter(|line| line.chars().count() > 80).count(), 0, "{all}");
    let found = place.run(&["measures", "FLAP"]).expect(0).out;
    assert!(found.lines().count() < all.lines().count() / 4, "{found}");
    assert!(found.lines().any(|line| line.starts_with("flaps.count")), "{found}");
    let json = place.run(&["measures", "flaps.count", "--format", "json"]).expect(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[0]["name"], &json[0]["unit"]), (&"flaps.count".into(), &"1".into()));
}
