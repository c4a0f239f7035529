//! Data on standard output, talk on standard error, colours only where they are wanted, and the
//! exit codes that `--help` promises.

use std::io::Read;
use std::process::Stdio;

use super::program::{Ended, Place};

#[test]
fn help_and_version_are_data() {
    let place = Place::new();
    for arguments in [&["--help"][..], &["--version"], &["help", "options"], &["options", "-h"]] {
        let ended = place.run(arguments).expect(0);
        assert!(!ended.out.is_empty() && ended.err.is_empty(), "{arguments:?}: {ended:?}");
    }
    let help = place.run(&["--help"]).out;
    for promise in ["Exit codes:", "  1    ", "  2    ", "  3    ", "  130  "] {
        assert!(help.contains(promise), "{help}");
    }
}

#[test]
fn a_wrong_command_line_is_exit_2_and_talk() {
    let place = Place::new();
    for arguments in [&[][..], &["fly"], &["options", "--colour"], &["options", "no-such-option"]] {
        let ended = place.run(arguments).expect(2);
        assert!(ended.out.is_empty() && !ended.err.is_empty(), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn a_misspelt_option_is_guessed() {
    let ended = Place::new().run(&["options", "disaster-recovery.timout"]).expect(2);
    assert_eq!(
        ended.err,
        "error: no option or key is called `disaster-recovery.timout`; \
         did you mean `disaster-recovery.timeout`?\n"
    );
}

#[test]
fn json_parses() {
    let place = Place::new();
    for arguments in [&["options"][..], &["options", "disaster-recovery.timeout"]] {
        let ended = place.run(&[arguments, &["--format", "json"]].concat()).expect(0);
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&ended.out);
        assert!(parsed.is_ok(), "{arguments:?}: {}", ended.out);
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let place = Place::new();
    let mut command = place.command(&["options", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_exit_3() {
    let place = Place::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = Ended::of(place.command(&["options"]).stdout(full)).expect(3);
    assert_eq!(ended.err, "error: cannot write to standard output: No space left on device\n");
}
