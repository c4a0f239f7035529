//! Parts that were cut, changed or mixed up on the way: refused with the line, or read as they were;
//! never a panic, never other numbers.

use super::super::program::{Ended, Place};
use super::{Dice, FILE, RANDOM, bytes, files, leave_checkpoint, place, same};

const PARTS: usize = 6;

/// A place with a part of six replications and the results of their run.
fn made() -> (Place, Vec<u8>) {
    let place = place(&RANDOM.replace("2d", "6h"));
    files(&place, "whole", 0, &["--replications", "6"]);
    place.run(&["run", FILE, "--quiet", "--replications", "0..6", "--part", "good"]).expect(0);
    let good = std::fs::read(place.path().join("good")).unwrap();
    (place, good)
}

fn merged(place: &Place, content: &[u8]) -> Ended {
    std::fs::write(place.path().join("bad"), content).unwrap();
    place.run(&["merge", FILE, "--quiet", "bad", "--out", "out"])
}

#[track_caller]
fn refused(place: &Place, content: &[u8], why: &str) {
    let ended = merged(place, content).expect(3);
    assert!(ended.err.starts_with("error: cannot use bad: "), "{ended:?}");
    assert!(ended.err.contains(why), "{why}: {ended:?}");
}

#[test]
fn cut_parts_are_refused_with_the_line() {
    let (place, good) = made();
    let ends: Vec<usize> = (0..good.len()).filter(|at| good[*at] == b'\n').collect();
    assert_eq!(ends.len(), PARTS + 1);
    // Behind line 4, and within line 5: replication 3 is missing or cut.
    refused(&place, &good[..=ends[3]], "line 5 does not hold replication 3: EOF while parsing");
    refused(&place, &good[..ends[3] + 40], "line 5 does not hold replication 3: EOF while parsing");
    refused(&place, &good[..20], "it is no part of an experiment: EOF while parsing");
    refused(&place, b"", "it is no part of an experiment: EOF while parsing");
    let without_line_3 = [&good[..=ends[1]], &good[ends[2] + 1..]].concat();
    refused(&place, &without_line_3, "line 3 does not hold replication 1: it is not of this shape");
    let twice = [&good[..], &good[ends[5] + 1..]].concat();
    refused(&place, &twice, "line 1 says that it holds 6 replications, but it holds more");
    let mut binary = good.clone();
    binary[ends[2] + 30] = 0xff;
    refused(&place, &binary, "line 4 does not hold replication 2");
    // A last line without its end is whole.
    merged(&place, &good[..good.len() - 1]).expect(0);
}

#[test]
fn a_header_cannot_hide_replications() {
    let (place, good) = made();
    let text = String::from_utf8(good).unwrap();
    let says = |count: &str| text.replacen("\"count\":6", &format!("\"count\":{count}"), 1);
    for count in ["0", "5"] {
        let why = format!("line 1 says that it holds {count} replications, but it holds more");
        refused(&place, says(count).as_bytes(), &why);
    }
    let missing = "line 8 does not hold replication 6: EOF while parsing";
    refused(&place, says("7").as_bytes(), missing);
    refused(&place, says("18446744073709551615").as_bytes(), missing);
    let empty = says("0");
    let ended = merged(&place, empty.lines().next().unwrap().as_bytes()).expect(2);
    assert_eq!(ended.err, "error: there is no replication in these parts\n");
}

/// One random change of a text.
fn mutated(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = good.to_vec();
    let at = dice.below(bytes.len());
    // Every third change hits the header, which is short.
    let at = if dice.below(3) == 0 { dice.below(150) } else { at };
    match dice.below(6) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = b"0123456789,:[]{}\"-\n e"[dice.below(21)],
        2 => bytes.truncate(at),
        3 => bytes.insert(at, b"0123456789"[dice.below(10)]),
        4 => {
            bytes.drain(at..(at + 1 + dice.below(40)).min(good.len()));
        }
        _ => {
            let end = (at + dice.below(3000)).min(good.len());
            let piece = good[at..end].to_vec();
            let to = dice.below(good.len());
            bytes.splice(to..to, piece);
        }
    }
    bytes
}

/// Refused, or the same files: nothing else.
#[track_caller]
fn settled(place: &Place, ended: &Ended, what: &str) -> bool {
    match ended.code {
        Some(0) => same(&bytes(place, "out"), &bytes(place, "whole")),
        Some(2 | 3) => assert!(ended.err.starts_with("error: "), "{what}: {ended:?}"),
        _ => panic!("{what}: {ended:?}"),
    }
    ended.code == Some(0)
}

#[test]
fn changes_at_random_are_refused_or_change_nothing() {
    let (place, good) = made();
    let mut dice = Dice(7);
    let mut accepted = 0;
    for number in 0..150 {
        let bad = mutated(&good, &mut dice);
        let ended = merged(&place, &bad);
        accepted += usize::from(settled(&place, &ended, &format!("merge {number}")));
    }
    assert!(accepted < 40, "{accepted} of 150");
    for number in 0..60 {
        let part = leave_checkpoint(&place, "out", "0..6");
        std::fs::write(&part, mutated(&good, &mut dice)).unwrap();
        let ended = place.run(&["run", FILE, "--quiet", "--replications", "6", "--out", "out"]);
        settled(&place, &ended, &format!("resume {number}"));
        let _ = std::fs::remove_dir_all(part.parent().unwrap());
    }
}
