//! What a checkpoint is taken for: its own experiment and no other, refused word for word.

use super::{FILE, RANDOM, bytes, checkpoint_of, files, leave_checkpoint, lines, place, same};

const ELSE: &str = "; to begin anew, remove out.checkpoint or choose another place with --out\n";

/// What a run says of a checkpoint, after it was refused.
#[track_caller]
fn refused(change: impl FnOnce(&std::path::Path), scenario: &str, arguments: &[&str], why: &str) {
    let place = place(RANDOM);
    let part = leave_checkpoint(&place, "out", "0..4");
    change(&part);
    let before = bytes(&place, "out.checkpoint");
    place.write(FILE, scenario);
    let all = [&["run", FILE, "--out", "out", "--replications", "6"], arguments].concat();
    let ended = place.run(&all).expect(3);
    assert_eq!(ended.err, format!("error: cannot use out.checkpoint{why}"));
    assert!(!place.path().join("out").exists());
    let mut after = bytes(&place, "out.checkpoint");
    after.remove(".lock");
    same(&after, &before);
}

/// Replaces words in the first line of a part.
fn header(from: &'static str, to: &'static str) -> impl FnOnce(&std::path::Path) {
    move |part| {
        let mut all = lines(part);
        assert!(all[0].contains(from), "{}", all[0]);
        all[0] = all[0].replacen(from, to, 1);
        std::fs::write(part, all.join("\n") + "\n").unwrap();
    }
}

/// The fingerprint of this build, as a part carries it.
fn own_build() -> String {
    let place = place(RANDOM);
    let part = leave_checkpoint(&place, "out", "0..1");
    let header: serde_json::Value = serde_json::from_str(&lines(&part)[0]).unwrap();
    header["build"].as_str().unwrap().to_owned()
}

fn nothing(_: &std::path::Path) {}

#[test]
fn another_scenario_seed_or_version_is_refused() {
    let part = "/part-000000000000.jsonl: ";
    let scenario = "it belongs to another scenario (`s`), or to this one before it was changed";
    let changed = RANDOM.replace("mttr = \"5m\"", "mttr = \"6m\"");
    refused(nothing, &changed, &[], &format!("{part}{scenario}{ELSE}"));
    let seed = "it was made with seed 5, not 6";
    refused(nothing, RANDOM, &["--seed", "6"], &format!("{part}{seed}{ELSE}"));
    let version = format!(
        "version 0.0.9 made it, this is {}; results are the same within one version only",
        env!("CARGO_PKG_VERSION")
    );
    let own = concat!("\"switchover\":\"", env!("CARGO_PKG_VERSION"), "\"");
    let other = header(own, "\"switchover\":\"0.0.9\"");
    refused(other, RANDOM, &[], &format!("{part}{version}{ELSE}"));
    let build = format!(
        "another build of version {0} made it (0123456789abcdef, this is {1}); results are the \
         same within one build only",
        env!("CARGO_PKG_VERSION"),
        own_build()
    );
    let strange = |part: &std::path::Path| {
        let text = std::fs::read_to_string(part).unwrap();
        std::fs::write(part, text.replacen(&own_build(), "0123456789abcdef", 1)).unwrap();
    };
    refused(strange, RANDOM, &[], &format!("{part}{build}{ELSE}"));
}

#[test]
fn parts_out_of_place_are_refused() {
    let gap = ": a part begins with replication 2, not 0\n";
    refused(header("\"from\":0", "\"from\":2"), RANDOM, &[], gap);
    let stranger = |part: &std::path::Path| {
        std::fs::write(part.with_file_name("thesis.txt"), "years of work").unwrap();
    };
    let place = place(RANDOM);
    stranger(&leave_checkpoint(&place, "out", "0..4"));
    let all = ["run", FILE, "--out", "out", "--replications", "6"];
    let ended = place.run(&all).expect(3);
    assert_eq!(
        ended.err,
        "error: will not use out.checkpoint as a checkpoint: it holds thesis.txt\n"
    );
}

/// Names for people, thresholds and the number of replications may change.
#[test]
fn what_changes_no_replication_is_taken_up() {
    let place = place(RANDOM);
    let undisturbed = files(&place, "whole", 0, &["--replications", "9"]);
    leave_checkpoint(&place, "out", "0..4");
    let again = place.run(&["run", FILE, "--out", "out", "--replications", "9"]).expect(0);
    assert!(again.err.starts_with("going on after the 4 replications in out.checkpoint\n"));
    same(&bytes(&place, "out"), &undisturbed);
    assert!(!checkpoint_of(&place, "out").exists(), "nothing is left");
    leave_checkpoint(&place, "out", "0..4");
    place.write(FILE, &RANDOM.replace("title = \"Test\"", "title = \"Another\""));
    same(
        &files(&place, "out", 0, &["--replications", "9"]),
        &files(&place, "new", 0, &["--replications", "9"]),
    );
}

/// A part of an interrupted part: taken up, and written whole.
#[test]
fn a_part_is_taken_up_too() {
    let place = place(RANDOM);
    let run = |part: &str, range: &str| {
        place.run(&["run", FILE, "--quiet", "--replications", range, "--part", part]).expect(0);
        place.read(part)
    };
    let whole = run("whole", "0..9");
    leave_checkpoint(&place, "half", "0..4");
    assert_eq!(run("half", "0..9"), whole);
    leave_checkpoint(&place, "all", "0..9");
    assert_eq!(run("all", "0..9"), whole);
    let files: Vec<String> = place.files();
    assert_eq!(files, ["all", "half", FILE, "whole"]);
}

/// Nothing is made in a directory that is not ours, and no link is followed.
#[test]
fn a_directory_or_a_lock_of_somebody_else_is_not_touched() {
    let place = place(RANDOM);
    let folder = checkpoint_of(&place, "out");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("thesis.txt"), "years of work").unwrap();
    let all = ["run", FILE, "--out", "out", "--replications", "6"];
    let ended = place.run(&all).expect(3);
    let why = "will not use out.checkpoint as a checkpoint: it holds thesis.txt\n";
    assert_eq!(ended.err, format!("error: {why}"));
    assert_eq!(place.files(), ["out.checkpoint/thesis.txt", FILE]);

    std::fs::rename(folder.join("thesis.txt"), place.path().join("thesis.txt")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../thesis.txt", folder.join(".lock")).unwrap();
        let ended = place.run(&all).expect(3);
        let why = "will not use out.checkpoint as a checkpoint: it holds .lock\n";
        assert_eq!(ended.err, format!("error: {why}"));
        assert_eq!(place.read("thesis.txt"), "years of work");
    }
}

/// What was killed while a finished checkpoint was removed goes on from what is left.
#[test]
fn a_checkpoint_that_has_lost_its_last_parts_is_taken_up() {
    let place = place(RANDOM);
    let undisturbed = files(&place, "whole", 0, &["--replications", "9"]);
    let first = leave_checkpoint(&place, "out", "0..4");
    let second = first.with_file_name("part-000000000004.jsonl");
    place.run(&["run", FILE, "--quiet", "--replications", "4..9", "--part", "p"]).expect(0);
    std::fs::rename(place.path().join("p"), &second).unwrap();
    std::fs::remove_file(second).unwrap();
    same(&files(&place, "out", 0, &["--replications", "9"]), &undisturbed);
}

/// A run that needs fewer replications than are kept throws none of them away.
#[test]
fn replications_that_were_not_used_are_kept() {
    let place = place(RANDOM);
    let fewer = files(&place, "fewer", 0, &["--replications", "2"]);
    let part = leave_checkpoint(&place, "out", "0..4");
    let before = std::fs::read(&part).unwrap();
    let ended = place.run(&["run", FILE, "--out", "out", "--replications", "2"]).expect(0);
    let kept = "out.checkpoint keeps all its 4 finished replications, of which 2 were used; \
                remove it if they are not needed\n";
    assert!(ended.err.contains(kept), "{ended:?}");
    same(&bytes(&place, "out"), &fewer);
    assert_eq!(std::fs::read(&part).unwrap(), before);
    let more = files(&place, "more", 0, &["--replications", "4"]);
    same(&files(&place, "out", 0, &["--replications", "4"]), &more);
}
