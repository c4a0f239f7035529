//! Ranges of replications run alone and merged: the very bytes of one run, or refused word for word.

use super::super::program::{Ended, Place};
use super::{FILE, RANDOM, bytes, files, lines, place, same};

fn part(place: &Place, range: &str, name: &str) {
    place.run(&["run", FILE, "--quiet", "--replications", range, "--part", name]).expect(0);
}

fn merge(place: &Place, arguments: &[&str]) -> Ended {
    place.run(&[&["merge", FILE, "--out", "merged"], arguments].concat())
}

/// A place with the parts 0..7, 7..20 and 5..9.
fn parts() -> Place {
    let place = place(RANDOM);
    part(&place, "0..7", "a.part");
    part(&place, "7..20", "b.part");
    part(&place, "5..9", "c.part");
    place
}

#[test]
fn merged_parts_are_one_run() {
    let place = parts();
    let whole = files(&place, "whole", 0, &["--replications", "20"]);
    let orders: [&[&str]; 4] = [
        &["a.part", "b.part"],
        &["b.part", "a.part"],
        &["c.part", "b.part", "a.part"],
        &["b.part", "a.part", "c.part", "a.part"],
    ];
    for order in orders {
        merge(&place, order).expect(0);
        same(&bytes(&place, "merged"), &whole);
    }
    // A range of its own is an experiment, too.
    merge(&place, &["b.part", "c.part"]).expect(0);
    same(&bytes(&place, "merged"), &files(&place, "some", 0, &["--replications", "5..20"]));
}

#[test]
fn thresholds_of_merged_parts_are_judged() {
    let threshold = "[[threshold]]\nmeasure = \"availability\"\nat-least = \"99.99%\"\n";
    let place = place(&format!("{RANDOM}{threshold}"));
    part(&place, "0..7", "a.part");
    part(&place, "7..20", "b.part");
    let whole = files(&place, "whole", 4, &["--replications", "20"]);
    let ended = merge(&place, &["a.part", "b.part"]).expect(4);
    assert!(ended.err.ends_with("1 threshold failed\n"), "{ended:?}");
    same(&bytes(&place, "merged"), &whole);
}

#[track_caller]
fn refused(place: &Place, arguments: &[&str], code: i32, words: &str) {
    let ended = merge(place, arguments).expect(code);
    assert_eq!(ended.err, format!("error: {words}\n"));
    assert!(!place.path().join("merged").exists(), "nothing is written");
}

#[test]
fn gaps_are_refused() {
    let place = parts();
    part(&place, "9..12", "d.part");
    part(&place, "8..12", "e.part");
    let help = "`run --replications A..B --part FILE` makes them";
    let gap = &format!("replications 7..9 are in no part; {help}");
    refused(&place, &["d.part", "a.part"], 2, gap);
    let gap = &format!("replications 7..8 are in no part; {help}");
    refused(&place, &["e.part", "a.part"], 2, gap);
}

#[test]
fn parts_of_other_experiments_are_refused() {
    let place = parts();
    let why = "it was made with seed 5, not 9";
    refused(&place, &["a.part", "--seed", "9"], 3, &format!("cannot use a.part: {why}"));
    place.write(FILE, &RANDOM.replace("agents = 30", "agents = 31"));
    let why = "it belongs to another scenario (`s`), or to this one before it was changed";
    refused(&place, &["a.part", "b.part"], 3, &format!("cannot use a.part: {why}"));
    refused(&place, &["nowhere"], 3, "cannot read nowhere: No such file or directory");
    let why = "it is no part of an experiment: expected value at line 1 column 2";
    place.write("text.part", "\"nothing\n");
    let ended = merge(&place, &["text.part"]).expect(3);
    assert!(ended.err.starts_with("error: cannot use text.part: it is no part of an"), "{why}");
}

/// A line with the first integer of its row changed, its checksum made to fit.
pub fn forged(line: &str) -> String {
    let samples = line.split_once("\"samples\":").unwrap().1.strip_suffix('}').unwrap();
    let (head, rest) = samples.split_once("\"row\":[").unwrap();
    let (number, rest) = rest.split_once(',').unwrap();
    let number: i128 = number.parse().unwrap();
    let samples = format!("{head}\"row\":[{},{rest}", number + 1);
    let sum = twox_hash::XxHash3_64::oneshot(samples.as_bytes());
    format!("{{\"sum\":\"{sum:016x}\",\"samples\":{samples}}}")
}

#[test]
fn conflicting_duplicates_are_refused() {
    let place = parts();
    let mut all = lines(&place.path().join("c.part"));
    all[2] = forged(&all[2]);
    place.write("c.part", &(all.join("\n") + "\n"));
    let words = "a.part and c.part disagree about replication 6";
    refused(&place, &["a.part", "b.part", "c.part"], 2, words);
    // Without anybody who tells it otherwise, it is believed.
    merge(&place, &["c.part"]).expect(0);
}

#[test]
fn a_changed_digit_is_noticed() {
    let place = parts();
    let mut all = lines(&place.path().join("c.part"));
    let at = all[2].find("\"row\":[").unwrap() + 7;
    let digit = if &all[2][at..=at] == "1" { "2" } else { "1" };
    all[2].replace_range(at..=at, digit);
    place.write("c.part", &(all.join("\n") + "\n"));
    let why = "line 3 does not hold replication 6: its checksum does not fit";
    refused(&place, &["c.part"], 3, &format!("cannot use c.part: {why}"));
}

#[test]
fn a_part_needs_its_range() {
    let place = place(RANDOM);
    let ended = place.run(&["run", FILE, "--precision", "5%", "--part", "a.part"]).expect(2);
    let words = "error: --part needs to know its replications: --replications 200..400\n";
    assert_eq!(ended.err, words);
    assert_eq!(place.files(), [FILE]);
}

#[test]
fn a_part_is_written_over_nothing_but_a_part() {
    let place = place(RANDOM);
    part(&place, "0..3", "a.part");
    part(&place, "3..5", "a.part");
    assert!(place.read("a.part").contains("\"from\":3"));
    place.write("note.txt", "mine\n");
    std::fs::create_dir(place.path().join("folder")).unwrap();
    let other = [
        ("note.txt", "note.txt is no part of an experiment and is left as it is"),
        ("folder", "folder is no ordinary file and is left as it is"),
        ("/dev/null", "/dev/null is no ordinary file and is left as it is"),
    ];
    for (name, why) in other {
        let ended = place.run(&["run", FILE, "--quiet", "--replications", "0..3", "--part", name]);
        assert_eq!(ended.expect(3).err, format!("error: {why}; name another --part\n"));
    }
    assert_eq!(place.read("note.txt"), "mine\n");
}
