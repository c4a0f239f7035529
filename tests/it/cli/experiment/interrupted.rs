//! Interrupted is not lost: runs stopped at any moment by Ctrl-C or killed, and resumed, end with
//! the very bytes of a run that nobody disturbed.
#![cfg(unix)]

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::super::program::{Ended, Place};
use super::{Dice, FILE, RANDOM, bytes, checkpoint_of, files, place, same};

/// The scenario with so much to do that a replication takes some ten milliseconds.
fn long() -> String {
    RANDOM.replace("horizon = \"2d\"", "horizon = \"12d\"")
}

fn begin(place: &Place, arguments: &[&str]) -> Child {
    let all = [&["run", FILE, "--out", "out"], arguments].concat();
    place.command(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    std::process::Command::new("kill").args([name, &id]).status().unwrap();
}

fn end(child: Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Three that are answered, and two that end the program where it is.
const SIGNALS: [&str; 5] = ["-INT", "-TERM", "-HUP", "-KILL", "-QUIT"];

/// How often a command was stopped.
#[derive(Clone, Copy, Default)]
struct Stopped {
    /// By any signal.
    all: usize,
    /// By one that it cannot answer.
    killed: usize,
}

/// Runs a command to its end, stopped `most` times at most.
fn disturbed(
    place: &Place,
    arguments: &[&str],
    dice: &mut Dice,
    code: i32,
    most: usize,
) -> Stopped {
    let mut stopped = Stopped::default();
    loop {
        let child = begin(place, arguments);
        if stopped.all == most {
            let ended = end(child);
            assert_eq!(ended.code, Some(code), "{ended:?}");
            return stopped;
        }
        std::thread::sleep(Duration::from_millis(60 + dice.below(700) as u64));
        signal(&child, SIGNALS[dice.below(SIGNALS.len())]);
        let ended = end(child);
        match ended.code {
            Some(130) => {
                let kept =
                    ended.err.contains("kept in out.checkpoint, and the same command goes on");
                let early = ended.err.ends_with("interrupted; no incomplete files are left\n");
                assert!(kept || early, "{ended:?}");
            }
            // Killed, or interrupted before it listened.
            None => stopped.killed += 1,
            other => {
                assert_eq!(other, Some(code), "{ended:?}");
                return stopped;
            }
        }
        stopped.all += 1;
    }
}

/// Disturbs experiments of a scenario until there were so many interruptions.
fn rounds(scenario: &str, arguments: &[&str], wanted: usize, code: i32, seed: u64) -> usize {
    let (mut dice, mut interruptions) = (Dice(seed), 0);
    let undisturbed = {
        let place = place(scenario);
        files(&place, "out", code, arguments)
    };
    while interruptions < wanted {
        let place = place(scenario);
        let most = 8.min(wanted - interruptions);
        let stopped = disturbed(&place, arguments, &mut dice, code, most);
        interruptions += stopped.all;
        same(&bytes(&place, "out"), &undisturbed);
        // A kill while the results were written leaves their hidden directory, as the manual says.
        assert!(hidden(&place) <= stopped.killed, "{:?}", place.files());
        assert!(!checkpoint_of(&place, "out").exists());
    }
    interruptions
}

/// Directories that were begun and not put in place.
fn hidden(place: &Place) -> usize {
    let entries = std::fs::read_dir(place.path()).unwrap().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".switchover-")).count()
}

#[test]
fn interrupted_and_resumed_it_is_the_same() {
    rounds(&long(), &["--replications", "80"], 4, 0, 1);
    rounds(&long(), &["--precision", "1%", "--max-replications", "80"], 2, 0, 2);
}

#[test]
#[ignore = "takes ten minutes; prints the number of interruptions that is quoted"]
fn interrupted_a_thousand_times() {
    let thresholds = format!("{}[[threshold]]\nmeasure = \"flaps.count\"\nat-most = 0\n", long());
    let mut all = rounds(&long(), &["--replications", "150"], 400, 0, 3);
    all += rounds(&long(), &["--precision", "2%", "--max-replications", "150"], 300, 0, 4);
    all += rounds(&thresholds, &["--replications", "150", "--threads", "2"], 300, 4, 5);
    println!("{all} interruptions by {SIGNALS:?}, resumed to the same bytes");
}

/// Starts a run and waits until its checkpoint holds a part.
fn until_kept(place: &Place, arguments: &[&str]) -> Child {
    let mut child = begin(place, arguments);
    let folder = checkpoint_of(place, "out");
    let patience = Instant::now() + Duration::from_secs(60);
    let holds_part = || {
        let entries = std::fs::read_dir(&folder).ok();
        entries.is_some_and(|all| {
            all.flatten().any(|entry| entry.file_name().to_string_lossy().ends_with(".jsonl"))
        })
    };
    while !holds_part() {
        if Instant::now() > patience {
            child.kill().unwrap();
            panic!("nothing is put away while it works");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn an_interruption_says_what_is_kept_and_a_second_run_waits_for_its_turn() {
    let place = place(&long());
    let arguments = ["--replications", "20000", "--threads", "1"];
    let first = until_kept(&place, &arguments);
    let second = end(begin(&place, &arguments));
    assert_eq!(second.code, Some(3), "{second:?}");
    // A small machine says before it what so many replications need.
    assert_eq!(
        second.err.lines().last().unwrap(),
        "error: another run is working on out.checkpoint; wait for it, or choose another place \
         with --out"
    );
    signal(&first, "-INT");
    let first = end(first);
    assert_eq!(first.code, Some(130), "{first:?}");
    let answer = "\nstopping as soon as finished work is safe; Ctrl-C again stops at once\n";
    assert!(first.err.contains(answer), "{first:?}");
    let words: Vec<&str> = first.err.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "interrupted;").unwrap();
    let held: u64 = words[at + 1].parse().unwrap();
    assert!(held > 0);
    let rest = " finished replications are kept in out.checkpoint, and the same command goes on \
                from there\n";
    assert!(first.err.ends_with(&format!("interrupted; {held}{rest}")), "{first:?}");
    let third = place.run(&["run", FILE, "--out", "out", "--replications", "2"]).expect(0);
    let says = format!("going on after the {held} replications in out.checkpoint\n");
    assert!(third.err.contains(&says), "{third:?}");
}
