//! The commands that write, each on a directory of its own with an older answer in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::cli::program::Place;

/// Two agents, one site lost.
const SMALL: &str = r#"
title = "Small"
horizon = "1h"
seed = 5
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
[site.X]
[site.Y]
[agent-group.agents]
agents = 2
[[fault]]
target = "site X"
mtbf = "40m"
mttr = "5m"
"#;

/// What is kept for certain.
const THRESHOLD: &str = "[[threshold]]\nmeasure = \"availability\"\nat-least = \"1%\"\n";

/// A log for `fit`, with as many outages as it asks for.
fn log() -> String {
    let days = (1..=28).map(|day| {
        format!("power,2025-01-{day:02}T08:00:00Z,2025-01-{day:02}T08:{:02}:00Z\n", day + 3)
    });
    format!("component,start,end\n{}", days.collect::<String>())
}

/// One command, and what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// The command line.
    pub command: &'static str,
    /// Commands before it, which leave what it finds.
    before: &'static [&'static str],
    /// The directories and files that it puts in place, each whole or not at all; none: every new
    /// file is one.
    pub sets: &'static [&'static str],
    /// What may be left for the same command to go on from.
    pub kept: &'static [&'static str],
}

const fn scene(
    command: &'static str,
    before: &'static [&'static str],
    sets: &'static [&'static str],
    kept: &'static [&'static str],
) -> Scene {
    Scene { command, before, sets, kept }
}

/// All of them. With one thread calls have nearly the same order each time.
pub const SCENES: [Scene; 20] = [
    scene("run s.toml --threads 1", &[], &["results/s"], &[]),
    scene("run s.toml --trace --threads 1", &["run s.toml --no-rows"], &["results/s"], &[]),
    scene(
        "run s.toml --replications 3 --threads 1",
        &[],
        &["results/s"],
        &["results/s.checkpoint"],
    ),
    // With a checkpoint to go on from, and an older answer.
    scene(
        "run s.toml --replications 3 --threads 1",
        &[
            "run s.toml",
            "run s.toml --replications 0..1 --part results/s.checkpoint/part-000000000000.jsonl",
            "run s.toml --replications 1..2 --part results/s.checkpoint/part-000000000001.jsonl",
        ],
        &["results/s"],
        &["results/s.checkpoint"],
    ),
    scene(
        "run s.toml --replications 0..2 --part p/0.jsonl --threads 1",
        &[],
        &["p/0.jsonl"],
        &["p/0.jsonl.checkpoint"],
    ),
    scene(
        "merge s.toml 0.jsonl 1.jsonl",
        &[
            "run s.toml",
            "run s.toml --replications 0..2 --part 0.jsonl",
            "run s.toml --replications 2..3 --part 1.jsonl",
        ],
        &["results/s"],
        &[],
    ),
    scene(
        "compare s.toml t.toml --replications 3 --out c --threads 1",
        &[],
        &["c"],
        &["c.checkpoint"],
    ),
    scene(
        "sweep s.toml --set horizon=1h,2h --replications 3 --out c --threads 1",
        &["run s.toml --out c"],
        &["c"],
        &["c.checkpoint"],
    ),
    scene(
        "headroom s.toml --target availability=1% --vary horizon=2h..2h --replications 2 --out c --threads 1",
        &["run s.toml --out c"],
        &["c"],
        &["c.checkpoint"],
    ),
    scene("replay s.toml --replication 1 --out c --threads 1", &[], &["c"], &[]),
    scene("fit log.csv --out f --bootstrap 0", &[], &["f"], &[]),
    scene("init new.toml", &[], &["new.toml"], &[]),
    scene("init s.toml --force", &[], &["s.toml"], &[]),
    scene("man man", &[], &[], &[]),
    scene("check s.toml --format json", &[], &[], &[]),
    scene("report results/s", &["run s.toml"], &["results/s/report.html"], &[]),
    scene("run s.toml --report --xlsx --parquet --threads 1", &["run s.toml"], &["results/s"], &[]),
    scene(
        "run u.toml --replications 3 --report --junit j.xml --threads 1",
        &[],
        &["results/u", "j.xml"],
        &["results/u.checkpoint"],
    ),
    scene(
        "run s.toml --replications 3 --shard 0/2 --parts p --threads 1",
        &[],
        &["p/study.json", "p/scenario-1.pack", "p/shard-0-of-2.part"],
        &[],
    ),
    scene(
        "merge p",
        &[
            "run s.toml",
            "run s.toml --replications 3 --shard 0/2 --parts p",
            "run s.toml --replications 3 --shard 1/2 --parts p",
        ],
        &["results/s"],
        &[],
    ),
];

/// The words of a command line.
fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

impl Scene {
    /// A directory in which everything is as the command finds it.
    pub fn place(&self) -> Place {
        let place = Place::in_memory();
        place.write("s.toml", SMALL);
        place.write("t.toml", &SMALL.replace("mttr = \"5m\"", "mttr = \"6m\""));
        place.write("u.toml", &format!("{SMALL}{THRESHOLD}"));
        place.write("log.csv", &log());
        place.write("thesis.txt", "years of work");
        for command in self.before {
            place.run(&words(command)).expect(0);
        }
        place
    }

    /// What the program is given.
    pub fn arguments(&self) -> Vec<&'static str> {
        words(self.command)
    }

    /// Whether the command is refused where its answer is there already.
    pub fn only_once(&self) -> bool {
        self.command == "init new.toml"
    }
}

/// Everything below a directory: the bytes of files, nothing for directories.
pub type State = BTreeMap<String, Option<Vec<u8>>>;

/// The state of a place.
pub fn state(root: &Path) -> State {
    let mut found = State::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            let is_folder = path.is_dir();
            found.insert(name, (!is_folder).then(|| fs::read(&path).unwrap()));
            folders.extend(is_folder.then_some(path));
        }
    }
    found
}

/// Whether a path is one of some, or below one.
pub fn is_in(name: &str, roots: &[&str]) -> bool {
    roots.iter().any(|root| Path::new(name).starts_with(root))
}

/// What a state holds of a set.
pub fn part(state: &State, set: &str) -> State {
    let inside = state.iter().filter(|(name, _)| is_in(name, &[set]));
    inside.map(|(name, content)| (name.clone(), content.clone())).collect()
}
