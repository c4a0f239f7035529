//! Where answers come from: in every JSON, at the foot of every chart, below texts, beside tables;
//! and the command in it makes the very bytes again.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::program::{Ended, Place, bytes};
use crate::cli::texts::recovery;

/// Some agents at two sites; the path of one fails at random, and logins take times from a file.
const TEXT: &str = concat!(
    r#"title = "Test"
horizon = "6h"
seed = 5
"#,
    recovery!(),
    r#"[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 3
[[fault]]
name = "the cut"
target = "path L-X"
mtbf = "1h"
mttr = "5m"
[desktop]
login = { empirical = { file = "data/lengths.csv", column = "seconds" } }
"#
);

const LENGTHS: &str = "seconds\n5\n8\n20\n";

const LOG: &str = "start,end\n100,160\n900,1000\n2000,2300\n4000,4050\n9000,9200\n12000,12100\n";

/// `printf '%s\n%s\n' $(sha256sum < s.toml) $(sha256sum < data/lengths.csv) | sha256sum`, without
/// the dashes.
const DIGEST: &str = "dd16b7ff2223e1698f6064262bb6023d92f255ea640245d7b36f71774b1ff4f9";

/// A place with the scenario in a folder of it.
fn place(folder: &str, line_end: &str) -> Place {
    let place = Place::new();
    std::fs::create_dir_all(place.path().join(folder).join("data")).unwrap();
    let write = |name: &str, text: &str| {
        place.write(&format!("{folder}/{name}"), &text.replace('\n', line_end));
    };
    write("s.toml", TEXT);
    write("t.toml", &TEXT.replace("agents = 3", "agents = 4"));
    write("data/lengths.csv", LENGTHS);
    write("log.csv", LOG);
    place
}

/// Runs a recorded command in a shell that finds the program.
fn shell(place: &Place, command: &str) -> Ended {
    let folder = Path::new(env!("CARGO_BIN_EXE_switchover")).parent().unwrap();
    let known = std::env::var_os("PATH").unwrap_or_default();
    let all = [folder.to_owned()].into_iter().chain(std::env::split_paths(&known));
    Ended::of(place.shell(command).env("PATH", std::env::join_paths(all).unwrap()))
}

/// The files of the only directory in `results`.
fn results(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(place.path().join("results")).unwrap();
    let folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    bytes(&folders[0])
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// A command of each kind, and how it is recorded.
const COMMANDS: [(&[&str], &str); 9] = [
    (&["run", "s.toml", "--trace"], "switchover run s.toml"),
    (
        &["run", "s.toml", "--set", "the cut.mttr=4m", "--replications", "0..3", "--threads", "1"],
        "switchover run s.toml --set 'fault.the cut.mttr=4m' --replications 3",
    ),
    (
        &["run", "s.toml", "--precision", "50%", "--max-replications", "9", "--max-time", "1h"],
        "switchover run s.toml --precision '50%' --max-replications 9",
    ),
    (
        &["replay", "s.toml", "--replication", "4", "--seed", "8", "--no-rows"],
        "switchover replay s.toml --seed 8 --replication 4",
    ),
    (
        &["compare", "s.toml", "t.toml", "--replications", "3"],
        "switchover compare s.toml t.toml --replications 3",
    ),
    (
        &["compare", "s.toml", "--set", "horizon=3h,4h", "--replications", "3"],
        "switchover compare s.toml --set 'horizon=3h,4h' --replications 3",
    ),
    (
        &["sweep", "s.toml", "--set", "horizon=2h..6h step 2h", "--replications", "3"],
        "switchover sweep s.toml --set 'horizon=2h,4h,6h' --replications 3",
    ),
    (
        &[
            "sweep",
            "s.toml",
            "--set",
            "horizon=2h,3h",
            "--set",
            "the cut.mttr=1m,2m",
            "--seed=5",
            "--replications=2",
        ],
        "switchover sweep s.toml --set 'horizon=2h,3h' --set 'fault.the cut.mttr=1m,2m' --replications 2",
    ),
    (
        &["fit", "log.csv", "--until", "20000", "--bootstrap=20", "--law", "repair=exponential"],
        "switchover fit log.csv --until 20000 --law 'repair=exponential' --bootstrap 20",
    ),
];

#[test]
fn every_file_says_where_it_comes_from_and_how_it_is_made_again() {
    for (arguments, recorded) in COMMANDS {
        let made = place(".", "\n");
        made.run(arguments).expect(0);
        let files = results(&made);
        let sidecar = json(&files["provenance.json"])["provenance"].clone();
        assert_eq!(sidecar["command"], recorded, "{arguments:?}");
        let (mut charts, mut answers) = (0, 0);
        for (name, content) in &files {
            if name.ends_with(".json") {
                assert_eq!(json(content)["provenance"], sidecar, "{arguments:?}: {name}");
                answers += 1;
            } else if name.ends_with(".svg") {
                let svg = std::str::from_utf8(content).unwrap();
                let foot = svg.trim_end().lines().rev().nth(1).unwrap();
                let input = sidecar["inputs"][0]["file"].as_str().unwrap();
                let head = format!(">switchover {}, {input} ", env!("CARGO_PKG_VERSION"));
                assert!(foot.contains(&head), "{arguments:?}: {name}: {foot}");
                charts += 1;
            } else {
                assert!(name.ends_with(".csv"), "{name}");
            }
        }
        assert!(charts >= 1 && answers >= 2, "{arguments:?}");

        let again = place(".", "\n");
        let ended = shell(&again, recorded);
        assert_eq!(ended.code, Some(0), "{recorded}: {}", ended.err);
        let same = results(&again);
        for (name, content) in &files {
            let optional = name == "trace.csv" || arguments.contains(&"--no-rows");
            let other = same.get(name);
            assert!(other == Some(content) || (optional && other.is_none()), "{recorded}: {name}");
        }
    }
}

#[test]
fn merged_parts_are_recorded_as_the_run_that_they_are() {
    let made = place(".", "\n");
    for (range, part) in [("0..2", "a"), ("2..4", "b")] {
        made.run(&["run", "s.toml", "--replications", range, "--part", part, "-q"]).expect(0);
    }
    made.run(&["merge", "s.toml", "b", "a", "--confidence", "90%", "-q"]).expect(0);
    let files = results(&made);
    let recorded = "switchover run s.toml --replications 4 --confidence '90%'";
    assert_eq!(json(&files["experiment.json"])["provenance"]["command"], recorded);
    let again = place(".", "\n");
    shell(&again, recorded);
    assert!(results(&again) == files);
}

#[test]
fn neither_folders_nor_line_ends_nor_threads_are_seen() {
    let here = place(".", "\n");
    here.run(&["run", "s.toml", "--quiet", "--replications", "3"]).expect(0);
    let there = place("deep/er", "\r\n");
    let path = there.path().join("deep/er/s.toml");
    let path = path.to_string_lossy();
    there.run(&["run", &path, "-q", "--replications", "0..3", "--threads", "2"]).expect(0);
    assert!(results(&here) == results(&there));
}

/// What a run of the scenario says, word for word.
#[test]
fn the_words_are_these() {
    let place = place(".", "\n");
    let set = "fault.the cut.mtbf=90m";
    let ended = place.run(&["run", "s.toml", "--set", set, "--seed", "7", "--no-rows"]).expect(0);
    let (program, short) = (format!("switchover {}", env!("CARGO_PKG_VERSION")), &DIGEST[..12]);
    let line = format!("{program}, s.toml {short}, seed 7, {set}");
    assert!(ended.out.ends_with(&format!("\n\n{line}\n")), "{}", ended.out);
    let files = results(&place);
    let data = digest(LENGTHS);
    let expected = format!(
        r#"{{
  "format_version": 1,
  "provenance": {{
    "program": "{program}",
    "inputs": [
      {{
        "file": "s.toml",
        "digest": "{DIGEST}",
        "data": [
          {{
            "file": "data/lengths.csv",
            "digest": "{data}"
          }}
        ]
      }}
    ],
    "settings": [
      "{set}"
    ],
    "seed": 7,
    "replications": {{
      "first": 0,
      "count": 1
    }},
    "command": "switchover run s.toml --set '{set}' --seed 7"
  }}"#
    );
    let sidecar = std::str::from_utf8(&files["provenance.json"]).unwrap();
    assert_eq!(sidecar, format!("{expected}\n}}\n"));
    let summary = std::str::from_utf8(&files["summary.json"]).unwrap();
    assert!(summary.starts_with(&format!("{expected},\n  \"scenario\": \"s\",\n")), "{summary}");
    let svg = std::str::from_utf8(&files["moves.svg"]).unwrap();
    assert!(svg.ends_with(&format!(">{line}</text>\n</svg>\n")), "{svg}");
}

fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_is_printed_only_says_it_too() {
    let place = place(".", "\n");
    let first = |arguments: &[&str]| {
        let ended = place.run(&[arguments, &["--format", "json"]].concat());
        json(ended.out.as_bytes())["provenance"]["command"].as_str().unwrap().to_owned()
    };
    let agent = ["--agent", "agents-1"];
    for (arguments, recorded) in [
        (&["check", "s.toml", "--set", "seed=1"][..], "switchover check s.toml --set 'seed=1'"),
        (&["show", "./s.toml", agent[0], agent[1]], "switchover show s.toml --agent agents-1"),
        (
            &["explain", "s.toml", agent[0], agent[1], "--seed", "3"],
            "switchover explain s.toml --seed 3 --agent agents-1",
        ),
        (
            &["replay", "s.toml", "--replication", "2", agent[0], agent[1]],
            "switchover replay s.toml --replication 2 --agent agents-1",
        ),
    ] {
        assert_eq!(first(arguments), recorded);
    }
    let told = place.run(&["replay", "s.toml", "--replication", "2", agent[0], agent[1]]).expect(0);
    let last = format!(
        "switchover {}, s.toml {}, seed 5, replication 2\n",
        env!("CARGO_PKG_VERSION"),
        &DIGEST[..12]
    );
    assert!(told.out.ends_with(&format!("\n\n{last}")), "{}", told.out);
}

#[test]
fn an_answer_that_replaces_another_says_so() {
    let place = place(".", "\n");
    let last = |arguments: &[&str]| {
        let ended = place.run(&[&["run", "s.toml", "--no-rows"], arguments].concat()).expect(0);
        let line = ended.err.lines().last().unwrap().to_owned();
        line.strip_prefix("the results are in results/s").expect(&line).to_owned()
    };
    assert_eq!(last(&[]), "");
    assert_eq!(last(&["--threads=1"]), "", "made in the same way");
    let more = ["--replications=2"];
    assert_eq!(last(&more), ", in place of those of `switchover run s.toml`");
    place.write("s.toml", &TEXT.replace("agents = 3", "agents = 5"));
    assert_eq!(last(&more), ", in place of those of an older s.toml");
    let other = last(&["--seed=9", "--out=results/s"]);
    assert_eq!(other, ", in place of those of `switchover run s.toml --replications 2`");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_recorded_command_makes_the_same_summary(
        title in "[^\u{0}]{0,20}",
        timeout in proptest::option::of(1_u32..300),
        length in proptest::option::of("[0-9]{1,3}(s|m|\\.5m)"),
        seed in proptest::option::of(any::<u64>()),
        single in any::<bool>(),
    ) {
        let timeout = timeout.map(|secs| format!("disaster-recovery.timeout={secs}"));
        let length = length.map(|length| format!("fault.\"the cut\".mttr={length}"));
        let mut arguments = vec!["run".to_owned(), "s.toml".to_owned(), format!("--set=title=x {title}")];
        for setting in timeout.into_iter().chain(length) {
            arguments.extend(["--set".to_owned(), setting]);
        }
        arguments.extend(seed.map(|seed| format!("--seed={seed}")));
        arguments.extend(single.then(|| "--replications=1".to_owned()));
        let made = place(".", "\n");
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ended = made.run(&[&words[..], &["--no-rows", "--quiet"]].concat());
        prop_assume!(ended.code == Some(0));
        let summary = results(&made).remove("summary.json").unwrap();
        let command = json(&summary)["provenance"]["command"].as_str().unwrap().to_owned();
        let again = place(".", "\n");
        let ended = shell(&again, &command);
        prop_assert_eq!(ended.code, Some(0), "{}: {}", command, ended.err);
        prop_assert!(results(&again)["summary.json"] == summary, "{}", command);
    }
}
