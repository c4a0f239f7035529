//! Shards of comparisons and sweeps, cut between variants too: the very bytes of the single command.

use std::fs;

use super::super::program::{Ended, Place};
use super::{FILE, RANDOM, bytes, place, same};

const COMPARE: [&str; 6] =
    ["compare", FILE, "t.toml", "--set", "fault.the cut.mttr=5m,20m", "--replications=5"];

const SWEEP: [&str; 9] = [
    "sweep",
    FILE,
    "--set",
    "fault.the cut.mttr=5m,10m,20m",
    "--set",
    "site.X.login-capacity=1/s,2/s",
    "--replications=4",
    "--seed",
    "8",
];

/// A place with two scenarios.
fn two() -> Place {
    let place = place(RANDOM);
    place.write("t.toml", &RANDOM.replace("agents = 30", "agents = 20"));
    place
}

fn shard(place: &Place, command: &[&str], which: &str) -> Ended {
    place.run(&[command, &["--shard", which, "--parts", "parts", "-q"]].concat()).expect(0)
}

#[track_caller]
fn merged(place: &Place, command: &[&str], count: usize) {
    let out = |folder| ["--out", folder, "--quiet"];
    place.run(&[command, &out("whole")].concat()).expect(0);
    for index in (0..count).rev() {
        shard(place, command, &format!("{index}/{count}"));
    }
    for file in [FILE, "t.toml"] {
        fs::rename(place.path().join(file), place.path().join(format!("{file}.away"))).unwrap();
    }
    place.run(&[&["merge", "parts"], &out("merged")[..]].concat()).expect(0);
    same(&bytes(place, "merged"), &bytes(place, "whole"));
}

#[test]
fn shards_of_a_comparison_are_the_comparison() {
    // Four variants and five replications in seven shards: most end between two variants.
    merged(&two(), &COMPARE, 7);
}

#[test]
fn durations_of_long_shards_are_kept_together_for_each_variant() {
    let place = two();
    for file in [FILE, "t.toml"] {
        let text = place.read(file).replace("\"2d\"", "\"3h\"");
        place.write(file, &text);
    }
    // 801 samples in 4 shards, which end between two variants.
    merged(
        &place,
        &[
            "compare",
            FILE,
            "t.toml",
            "--set",
            "policy.restore-when=immediate",
            "--replications=267",
        ],
        4,
    );
}

#[test]
fn shards_of_a_sweep_are_the_sweep() {
    // A shard for each sample: four replications of six variants, for one of the points is today's.
    merged(&two(), &SWEEP, 24);
}

#[test]
fn what_is_told_is_what_the_command_tells() {
    let place = two();
    for which in ["0/2", "1/2"] {
        shard(&place, &COMPARE, which);
    }
    let told = |arguments: &[&str]| {
        place.run(&[arguments, &["--format", "json", "-q", "--out", "out"]].concat()).expect(0).out
    };
    assert_eq!(told(&["merge", "parts"]), told(&COMPARE));
    let ended = place.run(&["merge", "parts", "--junit", "j.xml", "-q"]).expect(2);
    let why = "--junit judges thresholds, and these shards compare variants";
    assert_eq!(ended.err, format!("error: {why}\n"));
    let ended = place.run(&["merge", FILE, "parts", "-q"]).expect(3);
    let why = "it belongs to another scenario (`s`), or to this one before it was changed";
    let words = format!("error: cannot use parts/shard-0-of-2.part: {why}\n");
    assert_eq!(ended.err, words);
}

#[test]
fn missing_shards_of_a_comparison_are_named() {
    let place = two();
    for which in ["0/7", "2/7", "3/7", "6/7"] {
        shard(&place, &COMPARE, which);
    }
    let ended = place.run(&["merge", "parts", "-q"]).expect(2);
    let words = "3 of 7 shards are missing (replications 0..2 and 2..5): run shards 1,4-5 again, \
                 of 7 and counted from 0";
    assert_eq!(ended.err, format!("error: {words}\n"));
}

#[test]
fn a_comparison_until_it_is_precise_has_no_shards() {
    let place = two();
    let all = ["compare", FILE, "t.toml", "--precision", "5%", "--shard", "0/2", "--parts", "p"];
    let why = "a shard needs to know all replications: --replications 100000";
    assert_eq!(place.run(&all).expect(2).err, format!("error: {why}\n"));
}
