//! Experiments as people run them: threads, checkpoints, parts, thresholds, one replication again.

mod checkpoint;
mod engines;
mod garbled;
mod interrupted;
mod open;
mod packed;
mod parts;
mod recipes;
mod replay;
mod shards;
mod shards_of_variants;
mod threads;
mod thresholds;

use std::collections::BTreeMap;
use std::path::Path;

use super::program::{self, Place};
use crate::cli::texts::recovery;

/// Thirty agents at two sites; paths and processes fail, and logins queue.
const RANDOM: &str = concat!(
    r#"
title = "Test"
horizon = "2d"
seed = 5
"#,
    recovery!(),
    r#"disaster-recovery.wait-for-sipphone-timeout = 70
[site.X]
login-capacity = "2/s"
[site.Y]
login-capacity = "1/s"
[location.L]
[agent-group.agents]
agents = 30
[[fault]]
name = "the cut"
target = "path L-X"
mtbf = "3h"
mttr = "10m"
[[fault]]
name = "the crash"
target = "process X-sip-1"
mtbf = "6h"
mttr = "5m"
"#
);

/// The file of every test.
const FILE: &str = "s.toml";

/// A place with a scenario in it.
fn place(scenario: &str) -> Place {
    let place = Place::new();
    place.write(FILE, scenario);
    place
}

/// The bytes of every file in a directory of a place.
fn bytes(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    program::bytes(&place.path().join(folder))
}

/// Runs the scenario with these arguments into `out`, expects an exit code, and returns the files.
#[track_caller]
fn files(place: &Place, out: &str, code: i32, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let all = [&["run", FILE, "--quiet", "--out", out], arguments].concat();
    let ended = place.run(&all).expect(code);
    assert_eq!(ended.out, "");
    assert!(!checkpoint_of(place, out).exists(), "no checkpoint is left");
    bytes(place, out)
}

/// Where the checkpoint of results is kept.
fn checkpoint_of(place: &Place, out: &str) -> std::path::PathBuf {
    place.path().join(format!("{out}.checkpoint"))
}

/// Fails with the names of the files that differ.
#[track_caller]
fn same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let names = |set: &BTreeMap<String, Vec<u8>>| set.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected));
    let differ: Vec<&String> =
        expected.iter().filter(|(name, own)| found[*name] != **own).map(|(name, _)| name).collect();
    assert_eq!(differ, [""; 0], "these files differ");
}

/// Makes a checkpoint of results at `out`: the first replications, as an interrupted run leaves them.
fn leave_checkpoint(place: &Place, out: &str, replications: &str) -> std::path::PathBuf {
    place
        .run(&["run", FILE, "--quiet", "--replications", replications, "--part", "left"])
        .expect(0);
    let folder = checkpoint_of(place, out);
    std::fs::create_dir(&folder).unwrap();
    let part = folder.join("part-000000000000.jsonl");
    std::fs::rename(place.path().join("left"), &part).unwrap();
    part
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit.max(1) as u64) as usize
    }
}

/// The lines of a file.
fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}
