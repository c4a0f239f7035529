//! What the shell proposes: the scripts ask the program itself.

use super::program::{Ended, Place};

/// What bash is told for the last word of a line.
fn proposed(place: &Place, line: &[&str]) -> Vec<String> {
    let mut command = place.command(&[&["--", "switchover"], line].concat());
    command.env("SWITCHOVER_COMPLETE", "bash").env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_INDEX", line.len().to_string());
    Ended::of(&mut command).expect(0).out.lines().map(str::to_owned).collect()
}

fn place() -> Place {
    let place = Place::new();
    let text = r#"horizon = "1h"
[site.north]
[location.office]
[agent-group.sales]
agents = 12
interaction-workspace.disaster-recovery.preferred-site = "north"
"#;
    place.write("s.toml", text);
    place.write("notes.txt", "not a scenario");
    place
}

#[test]
fn the_scripts_ask_the_program() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.run(&["completions", shell]).expect(0).out;
        assert!(script.contains("SWITCHOVER_COMPLETE"), "{shell}: {script}");
    }
}

#[test]
fn agents_of_the_scenario_on_the_line() {
    let agents = proposed(&place(), &["explain", "s.toml", "--agent", "sales-1"]);
    assert_eq!(agents, ["sales-1", "sales-10", "sales-11", "sales-12"]);
    assert_eq!(proposed(&place(), &["explain", "notes.txt", "--agent", "s"]), [""; 0]);
    assert_eq!(proposed(&place(), &["explain", "missing.toml", "--agent", "s"]), [""; 0]);
}

#[test]
fn paths_of_the_scenario_and_options_by_their_short_paths() {
    let place = place();
    let own = proposed(&place, &["sweep", "s.toml", "--set", "agent-group.sales.a"]);
    assert_eq!(own, ["agent-group.sales.agents="]);
    let short = proposed(&place, &["sweep", "s.toml", "--set", "disaster-recovery.t"]);
    assert_eq!(short, ["disaster-recovery.timeout="]);
    // Two places: the application's and the group's own.
    let two = proposed(&place, &["run", "s.toml", "--set", "disaster-recovery.preferred-s"]);
    assert_eq!(two, [""; 0]);
    let site = proposed(&place, &["run", "s.toml", "--set", "site.north.l"]);
    assert_eq!(site, ["site.north.login-capacity="]);
}

#[test]
fn codes_options_and_measures() {
    let place = place();
    assert_eq!(
        proposed(&place, &["check", "--explain", "S02"]),
        codes(&["S020", "S021", "S022", "S023", "S024", "S025", "S026", "S027", "S028", "S029"])
    );
    assert_eq!(
        proposed(&place, &["options", "disaster-recovery.t"]),
        ["disaster-recovery.timeout"]
    );
    let of_site = proposed(&place, &["run", "s.toml", "--measure", "sites.north.logins"]);
    assert_eq!(of_site, ["sites.north.logins", "sites.north.logins_peak"]);
    let any = proposed(&place, &["measures", "sites.SITE.logins"]);
    assert_eq!(any, ["sites.SITE.logins", "sites.SITE.logins_peak"]);
}

fn codes(all: &[&str]) -> Vec<String> {
    all.iter().map(|code| (*code).to_owned()).collect()
}
