//! Where results go without `--out`: each variant of a scenario has a directory of its own.

use super::program::Place;
use crate::cli::texts::recovery;

const TEXT: &str = concat!(
    r#"
horizon = "1h"
seed = 1
"#,
    recovery!(),
    r#"[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 1
[[fault]]
name = "cut"
target = "path L-X"
mtbf = "1h"
mttr = "5m"
"#
);

/// The directories that commands leave in `results`.
fn folders(commands: &[&str]) -> Vec<String> {
    let place = Place::new();
    place.write("s.toml", TEXT);
    place.write("t.toml", TEXT);
    for command in commands {
        let words: Vec<&str> = command.split(' ').chain(["--quiet"]).collect();
        place.run(&words).expect(0);
    }
    let entries = std::fs::read_dir(place.path().join("results")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn variants_do_not_replace_each_other() {
    let found = folders(&[
        "run s.toml",
        "run s.toml --seed 1 --replications 2",
        "run s.toml --seed 7",
        "run s.toml --set fault.cut.mttr=6m",
        "run s.toml --set cut.mttr=6m",
        "run s.toml --set fault.cut.mttr=6m --seed 7",
        "replay s.toml --replication 3 --set fault.cut.mttr=6m",
    ]);
    let expected = [
        "s",
        "s-mttr-6m-76eb0d31",
        "s-mttr-6m-76eb0d31-seed-7",
        "s-replication-3-mttr-6m-76eb0d31",
        "s-seed-7",
    ];
    assert_eq!(found, expected);
}

#[test]
fn comparisons_and_sweeps_of_other_variants_neither() {
    let few = "--replications 2";
    let found = folders(&[
        &format!("compare s.toml t.toml {few}"),
        &format!("compare s.toml --set cut.mttr=6m {few}"),
        &format!("compare s.toml --set fault.cut.mttr=6m,7m {few}"),
        &format!("sweep s.toml --set cut.mttr=6m,7m {few}"),
        &format!("sweep s.toml --set fault.cut.mttr=6m,8m {few}"),
        &format!("sweep s.toml --set fault.cut.mtbf=6m,8m {few} --seed 2"),
    ]);
    let heads: Vec<&str> = found.iter().map(|name| &name[..name.len() - 8]).collect();
    let expected = [
        "s-compare-mttr-",
        "s-compare-mttr-",
        "s-compare-t-",
        "s-sweep-mtbf-759d1f7",
        "s-sweep-mttr-",
        "s-sweep-mttr-",
    ];
    assert_eq!(heads, expected);
}

#[test]
fn an_effect_in_one_combination_is_an_effect() {
    let off = TEXT.replace("enabled = true", "enabled = false");
    let place = Place::new();
    place.write("s.toml", &off);
    let enabled = "application.interaction-workspace.disaster-recovery.enabled=true,false";
    let timeout = "application.interaction-workspace.disaster-recovery.timeout=15,30";
    for command in ["compare", "sweep"] {
        for sets in [[enabled, timeout], [timeout, enabled]] {
            let sets = ["--set", sets[0], "--set", sets[1]];
            let fixed = [command, "s.toml", "--replications", "3"];
            let out = place.run(&[&fixed[..], &sets].concat()).expect(0).out;
            assert!(!out.contains("changes nothing"), "{out}");
        }
    }
    let fixed = ["compare", "s.toml", "--replications", "3", "--set", timeout];
    let out = place.run(&fixed).expect(0).out;
    let idle = "disaster-recovery.timeout changes nothing for anybody: disaster recovery is off for \
                every agent.\n";
    assert!(out.contains(idle), "{out}");
}
