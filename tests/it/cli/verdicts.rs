//! The exit code is the verdict, whatever has become of the streams: a gate in a pipeline does not
//! open because nobody reads.

use std::fs::{File, OpenOptions};
use std::process::Stdio;

use super::program::Place;
use crate::cli::texts::recovery;

/// An ordinary year of ten agents, in which nothing is certain but that something breaks.
const YEAR: &str = concat!(
    r#"
horizon = "10d"
"#,
    recovery!(),
    r#"disaster-recovery.wait-for-sipphone-timeout = 70
[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 10
[[fault]]
target = "path L-X"
mtbf = "1d"
mttr = "10m"
"#
);

/// Something that cannot be parsed.
const BAD: &str = "horizon = \"soon\"\n";

/// A stream, as a pipeline may leave it.
#[derive(Clone, Copy, Debug)]
enum Stream {
    /// Read to its end.
    Read,
    /// A pipe whose reader has left.
    Left,
    /// A full disk.
    Full,
    /// Closed before the program began.
    Closed,
}

const STREAMS: [Stream; 4] = [Stream::Read, Stream::Left, Stream::Full, Stream::Closed];

/// A pipe that nobody reads.
fn left() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// The exit code of a command with its streams in such a state.
fn code(place: &Place, arguments: &[&str], out: Stream, err: Stream) -> Option<i32> {
    let (program, closed) = (place.command(&[]).get_program().to_owned(), |stream, number| {
        if matches!(stream, Stream::Closed) { format!(" {number}>&-") } else { String::new() }
    });
    let script = format!("exec \"$0\" \"$@\"{}{}", closed(out, 1), closed(err, 2));
    let mut command = place.shell(&script);
    command.arg(program).args(arguments);
    let stdio = |stream| match stream {
        Stream::Read | Stream::Closed => Stdio::piped(),
        Stream::Left => left(),
        Stream::Full => full().into(),
    };
    command.stdout(stdio(out)).stderr(stdio(err));
    command.output().unwrap().status.code()
}

fn threshold(bound: &str) -> String {
    format!("{YEAR}[[threshold]]\nmeasure = \"availability\"\nat-least = \"{bound}\"\n")
}

/// Each verdict with each state of both streams.
#[test]
fn a_verdict_does_not_depend_on_who_reads() {
    let place = Place::new();
    place.write("good.toml", YEAR);
    place.write("bad.toml", BAD);
    place.write("kept.toml", &threshold("50%"));
    place.write("broken.toml", &threshold("99.9999%"));
    place.write("log.csv", "start,end\nyesterday,today\n");
    let few = ["--replications", "5", "--out", "o"];
    place.run(&["run", "broken.toml", "--replications", "5", "--part", "1.jsonl"]).expect(0);
    let commands: [(&[&str], i32); 26] = [
        (&["check", "good.toml"], 0),
        (&["check", "bad.toml"], 1),
        (&["check", "bad.toml", "--format", "json"], 1),
        (&["run", "bad.toml"], 1),
        (&["fit", "log.csv"], 1),
        (&["show", "bad.toml"], 1),
        (&["options", "no-such-option"], 2),
        (&["run", "missing.toml"], 3),
        (&[&["run", "kept.toml"][..], &few].concat(), 0),
        (&[&["run", "broken.toml"][..], &few].concat(), 4),
        (&[&["run", "broken.toml", "--format", "json"][..], &few].concat(), 4),
        (&[&["run", "broken.toml", "--quiet"][..], &few].concat(), 4),
        (&["options"], 0),
        (&["schema"], 0),
        (&["measures"], 0),
        (&["show", "good.toml"], 0),
        (&["explain", "good.toml", "--agent", "agents-1"], 0),
        (&["explain", "good.toml", "--agent", "nobody"], 2),
        (&["replay", "good.toml", "--replication", "1", "--agent", "agents-1"], 0),
        (&["init", "-"], 0),
        (&["init", "good.toml"], 3),
        (&["man"], 0),
        (&["completions", "bash"], 0),
        (&["merge", "broken.toml", "1.jsonl", "--out", "o"], 4),
        (&[&["compare", "good.toml", "kept.toml"][..], &few].concat(), 0),
        (&[&["sweep", "good.toml", "--set", "timeout=60,90"][..], &few].concat(), 0),
    ];
    for (arguments, verdict) in commands {
        let quiet = arguments.contains(&"--quiet");
        for out in STREAMS {
            for err in STREAMS {
                // Only what ended well can be spoilt, and only by data that were lost.
                let lost = matches!(out, Stream::Full) && verdict == 0 && !quiet;
                let expected = if lost { 3 } else { verdict };
                let found = code(&place, arguments, out, err);
                assert_eq!(found, Some(expected), "{arguments:?} with {out:?} and {err:?}");
            }
        }
    }
}
