//! Shards in a directory: made in any order, twice, by whoever was killed meanwhile, they merge to the very
//! bytes of one run; what is missing, foreign or in conflict is refused word for word.

use std::fs;

use super::super::program::{Ended, Place};
use super::parts::forged;
use super::{FILE, RANDOM, bytes, files, lines, place, same};

/// All replications of the experiments here.
const ALL: [&str; 2] = ["--replications", "20"];

fn shard(place: &Place, which: &str) -> Ended {
    let all = [&["run", FILE], &ALL[..], &["--shard", which, "--parts", "parts"]].concat();
    place.run(&all)
}

fn merge(place: &Place, arguments: &[&str]) -> Ended {
    place.run(&[&["merge"], arguments, &["--out", "merged", "--quiet"]].concat())
}

/// A place with the first `made` shards of three.
fn shards(made: usize) -> Place {
    let place = place(RANDOM);
    for which in &["0/3", "1/3", "2/3"][..made] {
        shard(&place, which).expect(0);
    }
    place
}

#[track_caller]
fn refused(place: &Place, arguments: &[&str], code: i32, words: &str) {
    let ended = merge(place, arguments).expect(code);
    assert_eq!(ended.err, format!("error: {words}\n"));
    assert!(!place.path().join("merged").exists(), "nothing is written");
}

#[test]
fn shards_in_any_order_and_twice_are_one_run() {
    let place = place(RANDOM);
    let whole = files(&place, "whole", 0, &ALL);
    for which in ["2/3", "0/3", "2/3", "1/3", "0/3"] {
        shard(&place, which).expect(0);
    }
    for arguments in [&["parts"][..], &[FILE, "parts"], &[FILE, "parts", "parts"]] {
        merge(&place, arguments).expect(0);
        same(&bytes(&place, "merged"), &whole);
    }
    let names: Vec<String> = bytes(&place, "parts").into_keys().collect();
    let expected = ["scenario-1.pack", "shard-0-of-3.part", "shard-1-of-3.part"];
    assert_eq!(names[..3], expected);
    assert_eq!(names[3..], ["shard-2-of-3.part", "study.json"]);
}

#[test]
fn a_shard_that_is_done_is_not_made_again() {
    let place = place(RANDOM);
    let made = shard(&place, "1/3").expect(0);
    assert_eq!(made.err, "shard 1 of 3 is done: parts/shard-1-of-3.part\n");
    let written = |place: &Place| {
        fs::metadata(place.path().join("parts/shard-1-of-3.part")).unwrap().modified().unwrap()
    };
    let before = written(&place);
    let again = shard(&place, "1/3").expect(0);
    assert_eq!(again.err, "shard 1 of 3 is done already: parts/shard-1-of-3.part\n");
    assert_eq!(written(&place), before);
}

#[test]
fn a_directory_of_shards_needs_no_scenario() {
    let place = shards(3);
    let whole = files(&place, "whole", 0, &ALL);
    fs::remove_file(place.path().join(FILE)).unwrap();
    fs::rename(place.path().join("parts"), place.path().join("elsewhere")).unwrap();
    merge(&place, &["elsewhere"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
}

/// What a shell makes of `parts/*.part` and of `parts/*`, alone and behind the scenario.
#[test]
fn shards_that_a_shell_writes_out_are_those_of_their_directory() {
    let place = shards(3);
    let whole = files(&place, "whole", 0, &ALL);
    let all = ["0", "1", "2"].map(|index| format!("parts/shard-{index}-of-3.part"));
    let all = all.each_ref().map(String::as_str);
    let every = [&["parts/scenario-1.pack"][..], &all, &["parts/study.json"]].concat();
    for arguments in [&all[..], &every, &[&[FILE][..], &every].concat()] {
        merge(&place, arguments).expect(0);
        same(&bytes(&place, "merged"), &whole);
        fs::remove_dir_all(place.path().join("merged")).unwrap();
    }
    let words = "1 of 3 shards is missing (replications 13..20): run shard 2 again, of 3 and \
                 counted from 0";
    refused(&place, &all[..2], 2, words);
    // What says what it is of is gone: a part is no scenario.
    fs::remove_file(place.path().join("parts/study.json")).unwrap();
    let help = "name the scenario before its parts, or the directory of shards alone";
    refused(&place, &all, 2, &format!("{} is a part; {help}", all[0]));
    merge(&place, &[&[FILE][..], &all].concat()).expect(0);
}

#[test]
fn settings_and_seeds_are_those_of_the_shards() {
    let place = place(RANDOM);
    let with = ["--seed", "9", "--set", "fault.the cut.mttr=4m", "--confidence", "90%"];
    let all = [&ALL[..], &with].concat();
    let whole = files(&place, "whole", 0, &all);
    for index in ["1", "2"] {
        let mut command = place.command(&["run", FILE, "-q", "--parts", "parts", "--shards", "2"]);
        command.args(&all).args(["--shard-from", "PARALLEL_SEQ"]).env("PARALLEL_SEQ", index);
        Ended::of(&mut command).expect(0);
    }
    merge(&place, &["parts"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
    let why = "--set, --seed and --allow-errors are those of the shards";
    let ended = merge(&place, &["parts", "--seed", "9"]).expect(2);
    assert_eq!(ended.err, format!("error: {why}\n"));
    // Another level needs no other replications.
    merge(&place, &["parts", "--confidence", "99%"]).expect(0);
    let level: &[&str] = &["--confidence", "99%"];
    same(&bytes(&place, "merged"), &files(&place, "other", 0, &[&all[..6], level].concat()));
}

#[test]
fn data_files_travel_with_the_shards() {
    let place = Place::new();
    let law = "{ empirical = { file = \"up.csv\", column = \"seconds\" } }";
    place.write("up.csv", "seconds\n1000\n2000\n90000\n");
    let fault = "mtbf = \"3h\"\nmttr = \"10m\"";
    assert!(RANDOM.contains(fault));
    let scenario = RANDOM.replace(fault, &format!("failure = {law}\nrepair = \"10m\""));
    place.write(FILE, &scenario);
    let whole = files(&place, "whole", 0, &ALL);
    shard(&place, "0/2").expect(0);
    fs::rename(place.path().join("parts"), place.path().join("up")).unwrap();
    let pack = place.path().join("up/scenario-1.pack");
    fs::copy(pack, place.path().join("s.pack")).unwrap();
    fs::rename(place.path().join("up"), place.path().join("parts")).unwrap();
    fs::remove_file(place.path().join("up.csv")).unwrap();
    // The pack takes the place of the scenario and its data.
    let all = [&["run", "s.pack"], &ALL[..], &["--shard", "1/2", "--parts", "parts"]].concat();
    place.run(&all).expect(0);
    merge(&place, &["parts"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
}

#[test]
fn what_is_missing_is_named_so_that_it_can_be_run_again() {
    let place = place(RANDOM);
    for which in ["0/8", "3/8", "4/8", "5/8"] {
        shard(&place, which).expect(0);
    }
    let words = "4 of 8 shards are missing (replications 2..7 and 15..20): run shards 1-2,6-7 \
                 again, of 8 and counted from 0";
    refused(&place, &["parts"], 2, words);
    refused(&place, &[FILE, "parts"], 2, words);
    for which in ["1/8", "2/8", "6/8"] {
        shard(&place, which).expect(0);
    }
    let words = "1 of 8 shards is missing (replications 17..20): run shard 7 again, of 8 and \
                 counted from 0";
    refused(&place, &["parts"], 2, words);
    shard(&place, "7/8").expect(0);
    merge(&place, &["parts"]).expect(0);
}

#[test]
fn a_directory_takes_shards_of_one_study_only() {
    let place = shards(1);
    let other = |arguments: &[&str], why: &str| {
        let all = [&["run", FILE, "--parts", "parts"], arguments].concat();
        let ended = place.run(&all).expect(2);
        let help = "name another --parts";
        assert_eq!(ended.err, format!("error: parts holds other shards: {why}; {help}\n"));
    };
    other(&["--replications", "20", "--shard", "1/4"], "there are 3 of them, not 4");
    other(
        &["--replications", "30", "--shard", "1/3"],
        "they are of `run s.toml --replications 20`, not of `run s.toml --replications 30`",
    );
    place.write(FILE, &format!("# changed\n{RANDOM}"));
    other(
        &["--replications", "20", "--shard", "1/3"],
        "they are of another scenario, or of this one before it was changed",
    );
    let text = place.read("parts/study.json").replace("\"build\": \"", "\"build\": \"0");
    place.write("parts/study.json", &text);
    other(
        &["--replications", "20", "--shard", "1/3"],
        "another version or build of the program made them",
    );
}

#[test]
fn parts_of_another_platform_are_refused() {
    let place = shards(3);
    let part = place.path().join("parts/shard-1-of-3.part");
    let mut all = lines(&part);
    let ours = all[0].split_once("\"platform\":\"").unwrap().1[..16].to_owned();
    all[0] = all[0].replace(&ours, "0123456789abcdef");
    fs::write(&part, all.join("\n") + "\n").unwrap();
    let why = format!(
        "it was made on a platform that calculates differently (0123456789abcdef, this one \
         {ours}); make it again on a platform like this"
    );
    let words = format!("cannot use parts/shard-1-of-3.part: {why}");
    refused(&place, &["parts"], 3, &words);
    // The worker does not take it for its own, nor write over it.
    let ended = shard(&place, "1/3").expect(2);
    assert_eq!(ended.err, format!("error: {words}; remove it, or name another --parts\n"));
}

#[test]
fn a_damaged_shard_is_named_with_what_to_do() {
    let place = shards(3);
    let part = place.path().join("parts/shard-1-of-3.part");
    let mut all = lines(&part);
    all[3] = all[3].replacen("\"row\":[", "\"row\":[1", 1);
    fs::write(&part, all.join("\n") + "\n").unwrap();
    let why = "line 4 does not hold replication 8: its checksum does not fit";
    let help = "remove it and run shard 1 of 3 again";
    refused(&place, &["parts"], 3, &format!("cannot use parts/shard-1-of-3.part: {why}; {help}"));
    fs::write(&part, "").unwrap();
    let why = "it is no part of an experiment: EOF while parsing a value at line 1 column 0";
    let help = "remove it and merge again, which names the shard that is missing";
    refused(&place, &["parts"], 3, &format!("cannot use parts/shard-1-of-3.part: {why}; {help}"));
    fs::remove_file(&part).unwrap();
    shard(&place, "1/3").expect(0);
    merge(&place, &["parts"]).expect(0);
}

#[test]
fn shards_that_disagree_are_refused() {
    let place = shards(3);
    let other = place.path().join("parts/again.part");
    let mut all = lines(&place.path().join("parts/shard-1-of-3.part"));
    fs::write(&other, all.join("\n") + "\n").unwrap();
    merge(&place, &["parts"]).expect(0);
    fs::remove_dir_all(place.path().join("merged")).unwrap();
    all[2] = forged(&all[2]);
    fs::write(&other, all.join("\n") + "\n").unwrap();
    let words = "parts/again.part and parts/shard-1-of-3.part disagree about replication 7";
    refused(&place, &["parts"], 2, words);
}

#[test]
fn parts_of_another_range_are_refused() {
    let place = shards(3);
    place
        .run(&["run", FILE, "--replications", "18..22", "--part", "parts/more.part", "-q"])
        .expect(0);
    let words = "parts/more.part holds 18..22; the whole is 0..20";
    refused(&place, &["parts"], 2, words);
}

#[test]
fn directories_of_several_hosts_are_merged() {
    let place = shards(3);
    let whole = files(&place, "whole", 0, &ALL);
    fs::rename(place.path().join("parts"), place.path().join("a")).unwrap();
    shard(&place, "1/3").expect(0);
    fs::remove_file(place.path().join("a/shard-2-of-3.part")).unwrap();
    let words = "1 of 3 shards is missing (replications 13..20): run shard 2 again, of 3 and \
                 counted from 0";
    refused(&place, &["a", "parts"], 2, words);
    shard(&place, "2/3").expect(0);
    merge(&place, &["a", "parts"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
    fs::remove_dir_all(place.path().join("merged")).unwrap();
    place.write(FILE, &format!("# changed\n{RANDOM}"));
    let other = ["--replications", "20", "--shard", "0/3", "--parts", "b", "-q"];
    place.run(&[&["run", FILE], &other[..]].concat()).expect(0);
    let why = "they are of another scenario, or of this one before it was changed";
    refused(&place, &["a", "b"], 2, &format!("b holds other shards than a: {why}"));
    fs::create_dir(place.path().join("c")).unwrap();
    refused(&place, &["a", "c"], 2, "c does not say what it is of; name the scenario before it");
}

#[test]
fn a_directory_that_says_nothing_is_refused() {
    let place = place(RANDOM);
    fs::create_dir(place.path().join("parts")).unwrap();
    refused(&place, &["parts"], 2, "parts does not say what it is of; name the scenario before it");
    let help = "name parts behind the scenario, or a directory of shards alone";
    refused(&place, &[FILE], 2, &format!("s.toml has no parts; {help}"));
    refused(&place, &[FILE, "parts"], 2, "there is no replication in these parts");
}

#[test]
fn a_shard_needs_all_its_numbers() {
    let place = place(RANDOM);
    let said = |arguments: &[&str], words: &str| {
        let ended = place.run(&[&["run", FILE], arguments].concat()).expect(2);
        assert_eq!(ended.err, format!("error: {words}\n"));
    };
    let why = "a shard needs to know all replications: --replications 100000";
    said(&["--shard", "0/2", "--parts", "p"], why);
    said(&["--precision", "5%", "--shard", "0/2", "--parts", "p"], why);
    said(&["--replications", "1", "--shard", "0/1", "--parts", "p"], why);
    let why = "--parts needs a shard: --shard 0/100, or --shard-from VARIABLE";
    said(&["--replications", "20", "--parts", "p"], why);
    let why = "21 shards are too many: 20 at most";
    said(&["--replications", "20", "--shard", "0/21", "--parts", "p"], why);
    assert_eq!(place.files(), [FILE]);
}

#[test]
fn durations_of_long_shards_are_kept_together() {
    let threshold = "[[threshold]]\nmeasure = \"outages.duration_s.p95\"\nat-most = \"1h\"\n";
    let place = place(&format!("{}{threshold}", RANDOM.replace("\"2d\"", "\"12h\"")));
    let all = ["--replications", "450"];
    let whole = files(&place, "whole", 0, &all);
    for which in ["1/2", "0/2"] {
        let shard = ["--shard", which, "--parts", "parts", "-q"];
        place.run(&[&["run", FILE], &all[..], &shard].concat()).expect(0);
    }
    merge(&place, &["parts"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
    let part = ["--replications", "0..225", "--part", "own.part", "-q"];
    place.run(&[&["run", FILE], &part[..]].concat()).expect(0);
    let length = |name: &str| fs::metadata(place.path().join(name)).unwrap().len();
    assert!(length("parts/shard-0-of-2.part") < length("own.part"));
    // Such a shard cannot be taken apart.
    fs::remove_dir_all(place.path().join("merged")).unwrap();
    let shards = ["parts/shard-0-of-2.part", "parts/shard-1-of-2.part"];
    let why = "a shard overlaps with nothing but the same shard";
    let words = format!("own.part and {} overlap: {why}", shards[0]);
    refused(&place, &[FILE, "own.part", shards[0], shards[1]], 2, &words);
    merge(&place, &[FILE, "own.part", shards[1]]).expect(0);
    same(&bytes(&place, "merged"), &whole);
}

/// A directory with a part for each replication of a part.
fn split(place: &Place, part: &str, folder: &str) {
    let all = lines(&place.path().join(part));
    fs::create_dir(place.path().join(folder)).unwrap();
    let header: serde_json::Value = serde_json::from_str(&all[0]).unwrap();
    for (number, line) in all[1..].iter().enumerate() {
        let mut own = header.clone();
        own["from"] = number.into();
        own["count"] = 1.into();
        place.write(&format!("{folder}/{number}.part"), &format!("{own}\n{line}\n"));
    }
}

#[cfg(unix)]
#[test]
fn many_parts_are_read_one_after_the_other() {
    let place = place(&RANDOM.replace("horizon = \"2d\"", "horizon = \"1h\""));
    let whole = files(&place, "whole", 0, &["--replications", "500"]);
    place.run(&["run", FILE, "--replications", "0..500", "--part", "all.part", "-q"]).expect(0);
    split(&place, "all.part", "parts");
    let mut few_files = place.shell("ulimit -n 24; exec \"$0\" \"$@\"");
    few_files.arg(env!("CARGO_BIN_EXE_switchover"));
    few_files.args(["merge", FILE, "parts", "--out", "merged", "-q"]);
    Ended::of(&mut few_files).expect(0);
    same(&bytes(&place, "merged"), &whole);
}

#[cfg(unix)]
#[test]
fn a_killed_shard_is_made_again_to_the_same_bytes() {
    let long = RANDOM.replace("horizon = \"2d\"", "horizon = \"40d\"");
    let place = place(&long);
    let whole = files(&place, "whole", 0, &["--replications", "60"]);
    let arguments = |which: &'static str| {
        [
            "run",
            FILE,
            "--replications",
            "60",
            "--shard",
            which,
            "--parts",
            "parts",
            "--threads",
            "1",
        ]
    };
    for signal in ["-KILL", "-KILL", "-TERM"] {
        let mut child = place.command(&arguments("1/2")).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(250));
        let id = child.id().to_string();
        std::process::Command::new("kill").args([signal, &id]).status().unwrap();
        let ended = child.wait().unwrap();
        let expected = if signal == "-TERM" { Some(130) } else { None };
        assert_eq!(ended.code(), expected, "it was still at work");
        assert!(!place.path().join("parts/shard-1-of-2.part").exists(), "nothing is half done");
    }
    place.run(&arguments("0/2")).expect(0);
    place.run(&arguments("1/2")).expect(0);
    merge(&place, &["parts"]).expect(0);
    same(&bytes(&place, "merged"), &whole);
}
