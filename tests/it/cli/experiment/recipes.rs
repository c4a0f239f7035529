//! The recipes of docs/scale.md, taken from the page, with smaller numbers: what an engine would start is started
//! here, with the variables that the engine would set. Engines themselves are in `engines` and in `benches/scale`.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use super::super::program::{Ended, Place};
use super::{RANDOM, bytes, same};

/// Shards of every recipe here; the page has 100.
const SHARDS: usize = 5;

/// Numbers of the page, and those here.
const SMALL: [(&str, &str); 6] = [
    ("100000", "20"),
    ("/100 ", "/5 "),
    ("--shards 100", "--shards 5"),
    ("\"100\"", "\"5\""),
    ("seq 0 99", "seq 0 4"),
    ("seq 100", "seq 5"),
];

/// A variable of the environment and its value.
type Variable = (&'static str, String);

/// A place with the scenario of the page, its pack, and the results of one run.
fn study() -> Place {
    let place = Place::new();
    place.write("year.toml", RANDOM);
    symlink(env!("CARGO_BIN_EXE_switchover"), place.path().join("switchover")).unwrap();
    place.run(&["pack", "year.toml", "--quiet"]).expect(0);
    place.run(&["run", "year.toml", "--quiet", "--replications", "20", "--out", "whole"]).expect(0);
    place
}

/// Fails unless a directory holds the results of one run.
#[track_caller]
fn is_whole(place: &Place, folder: &str) {
    same(&bytes(place, folder), &bytes(place, "whole"));
}

/// The blocks of code below a heading of the page, with the numbers of these tests.
fn blocks(heading: &str) -> Vec<String> {
    let page = std::fs::read_to_string("docs/scale.md").unwrap();
    let (_, below) = page.split_once(&format!("\n### {heading}\n")).unwrap();
    let section = below.split("\n### ").next().unwrap();
    let blocks = section.split("```").skip(1).step_by(2);
    let small = |block: &str| {
        let code = block.split_once('\n').unwrap().1.to_owned();
        SMALL.iter().fold(code, |code, (page, here)| code.replace(page, here))
    };
    blocks.map(small).collect()
}

/// A line of shell that finds the program of these tests.
fn shell(place: &Place, line: &str) -> Command {
    let mut command = place.shell(line);
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", place.path().display()));
    command
}

/// Runs a line for every shard, the last one first, each with its variables.
fn shards(place: &Place, line: &str, variables: impl Fn(usize) -> Vec<Variable>) {
    for index in (0..SHARDS).rev() {
        Ended::of(shell(place, line).envs(variables(index))).expect(0);
    }
}

fn merge(place: &Place) {
    place.run(&["merge", "parts", "--out", "merged", "--quiet"]).expect(0);
    is_whole(place, "merged");
}

/// Words as they may stand in a line of shell, with the paths of a container here.
fn line<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ").replace("/study/", "")
}

#[test]
fn gnu_parallel() {
    if Command::new("parallel").arg("--version").output().is_err() {
        eprintln!("there is no GNU parallel here: its first recipe was not run");
    } else {
        let place = study();
        let (block, home) = (&blocks("GNU parallel")[0], place.path());
        Ended::of(shell(&place, block).env("SHELL", "/bin/sh").env("HOME", home)).expect(0);
        is_whole(&place, "results/year");
    }
    let (place, block) = (study(), &blocks("GNU parallel")[1]);
    let worker = block.split('\'').nth(1).unwrap();
    shards(&place, worker, |index| vec![("PARALLEL_SEQ", (index + 1).to_string())]);
    merge(&place);
}

#[test]
fn slurm() {
    let (place, block) = (study(), &blocks("Slurm")[0]);
    assert!(block.contains("#SBATCH --array=0-99\n"));
    let [last, count] = [SHARDS - 1, SHARDS].map(|number| number.to_string());
    shards(&place, block, |index| {
        vec![
            ("SLURM_ARRAY_TASK_ID", index.to_string()),
            ("SLURM_ARRAY_TASK_MIN", "0".to_owned()),
            ("SLURM_ARRAY_TASK_MAX", last.clone()),
            ("SLURM_ARRAY_TASK_COUNT", count.clone()),
        ]
    });
    merge(&place);
}

#[test]
fn kubernetes() {
    let (place, block) = (study(), &blocks("Kubernetes")[0]);
    let (_, command) = block.split_once("command: [").unwrap();
    let words = command.split_once(']').unwrap().0.split(',');
    let line = line(words.map(|word| word.trim().trim_matches('"')));
    shards(&place, &line, |index| vec![("JOB_COMPLETION_INDEX", index.to_string())]);
    merge(&place);
}

#[test]
fn aws_batch() {
    let (place, block) = (study(), &blocks("AWS Batch")[0]);
    let definition: serde_json::Value = serde_json::from_str(block).unwrap();
    let words = definition["containerProperties"]["command"].as_array().unwrap();
    let line = line(words.iter().map(|word| word.as_str().unwrap()));
    shards(&place, &line, |index| {
        let size = ("AWS_BATCH_JOB_ARRAY_SIZE", SHARDS.to_string());
        vec![("AWS_BATCH_JOB_ARRAY_INDEX", index.to_string()), size]
    });
    merge(&place);
}

#[test]
fn snakemake() {
    let (place, block) = (study(), &blocks("Snakemake")[0]);
    let rules = block.lines().filter_map(|line| line.trim().strip_prefix("shell: "));
    let rules: Vec<&str> = rules.map(|rule| rule.trim_matches('"')).collect();
    let [shard, merge] = rules[..] else { panic!("{rules:?}") };
    let shard = shard.replace("{SHARDS}", &SHARDS.to_string()).replace("{threads}", "1");
    let shard = shard.replace("{wildcards.index}", "$INDEX");
    shards(&place, &shard, |index| vec![("INDEX", index.to_string())]);
    let part = format!("parts/shard-{}-of-{SHARDS}.part", SHARDS - 1);
    assert!(place.path().join(part).exists(), "the output of the rule");
    Ended::of(&mut shell(&place, merge)).expect(0);
    is_whole(&place, "results/year");
}
