//! Packs take the place of scenarios; plans of shards are numbers that fit together.

use std::fs;

use super::super::program::Place;
use super::{FILE, RANDOM, bytes, place, same};

/// A scenario whose law comes from a CSV file.
fn with_data() -> Place {
    let law = "{ empirical = { file = \"data/up.csv\", column = \"seconds\" } }";
    let fault = "mtbf = \"3h\"\nmttr = \"10m\"";
    let place = place(&RANDOM.replace(fault, &format!("failure = {law}\nrepair = \"10m\"")));
    fs::create_dir(place.path().join("data")).unwrap();
    place.write("data/up.csv", "seconds\r\n1000\r\n2000\r\n90000\r\n");
    place
}

#[test]
fn every_command_reads_a_pack_and_answers_the_same() {
    let place = with_data();
    let ended = place.run(&["pack", FILE]).expect(0);
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", "s.pack is written\n"));
    let commands: [&[&str]; 9] = [
        &["check", FILE],
        &["show", FILE],
        &["explain", FILE, "--agent", "agents-1"],
        &["run", FILE, "--out", "out"],
        &["run", FILE, "--out", "out", "--replications", "3", "--set", "desktop.detection=7s"],
        &["replay", FILE, "--replication", "2", "--out", "out"],
        &["compare", FILE, "--set", "fault.the cut.repair=5m", "--replications=2", "--out", "out"],
        &["sweep", FILE, "--set", "horizon=1d,2d", "--replications=2", "--out", "out"],
        &[
            "headroom",
            FILE,
            "--target",
            "downtime_s.total=20h",
            "--vary",
            "site.X.login-capacity=1/s..3/s",
            "--replications",
            "2",
            "--out",
            "out",
        ],
    ];
    let away = Place::new();
    fs::copy(place.path().join("s.pack"), away.path().join("s.pack")).unwrap();
    for command in commands {
        let packed: Vec<&str> =
            command.iter().map(|word| if *word == FILE { "s.pack" } else { word }).collect();
        let (own, other) = (place.run(command), away.run(&packed));
        // `check` names the file that it was given.
        let told = other.out.replace("s.pack: ", "s.toml: ");
        assert_eq!((own.code, &own.out), (other.code, &told), "{command:?}: {}", other.err);
        assert!(own.code == Some(0) || own.code > Some(3), "{command:?}: {}", own.err);
        if command.contains(&"--out") {
            same(&bytes(&away, "out"), &bytes(&place, "out"));
        }
    }
}

#[test]
fn a_pack_goes_to_standard_output_and_over_nothing_else() {
    let place = with_data();
    place.run(&["pack", FILE, "-q", "--out", "a.pack"]).expect(0);
    assert_eq!(place.run(&["pack", FILE, "--out", "-"]).expect(0).out, place.read("a.pack"));
    // A pack of a pack is the pack.
    place.run(&["pack", "a.pack", "-q", "--out", "b.pack"]).expect(0);
    assert_eq!(place.read("b.pack"), place.read("a.pack"));
    place.run(&["pack", FILE, "-q", "--out", "a.pack"]).expect(0);
    let ended = place.run(&["pack", FILE, "--out", "data/up.csv"]).expect(3);
    let why =
        "data/up.csv exists and is no pack of this program; remove it, or name another with --out";
    assert_eq!(ended.err, format!("error: {why}\n"));
}

#[test]
fn what_is_not_in_a_pack_is_not_read() {
    let place = with_data();
    place.run(&["pack", FILE, "-q"]).expect(0);
    place.write("data/down.csv", "seconds\n60\n");
    let other =
        "fault.the cut.failure={ empirical = { file = \"data/down.csv\", column = \"seconds\" } }";
    let ended = place.run(&["run", "s.pack", "--set", other]).expect(1);
    assert!(ended.err.contains("it is not in the pack"), "{}", ended.err);
    place.write("broken.pack", "{\"switchover_pack\":2,\"file\":\"\",\"text\":\"\",\"data\":{}}");
    let ended = place.run(&["check", "broken.pack"]).expect(3);
    let why = "it is a broken pack: format 2 is not known to this version";
    assert_eq!(ended.err, format!("error: cannot read broken.pack: {why}\n"));
    let ended = place.run(&["serve", "s.pack"]).expect(3);
    let why = "s.pack is a pack and cannot be edited; open the scenario that it was made of";
    assert_eq!(ended.err, format!("error: {why}\n"));
}

#[test]
fn a_plan_is_printed_and_nothing_is_written() {
    let place = place(RANDOM);
    let commands: [(&[&str], u64); 3] = [
        (&["run", FILE, "--replications", "1000000"], 1),
        (&["compare", FILE, "--set", "horizon=1d", "--replications", "1000000"], 2),
        (&["sweep", FILE, "--set", "horizon=1d,3d", "--replications", "1000000"], 3),
    ];
    for (command, variants) in commands {
        let ended = place.run(&[command, &["--plan", "--format", "json", "-q"]].concat()).expect(0);
        let plan: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(plan["replications"], 1_000_000);
        assert_eq!(plan["variants"], variants);
        let number = |key: &str| plan[key].as_f64().unwrap();
        let total = number("sample_s") * 1e6 * variants as f64;
        assert!((number("total_s") / total - 1.0).abs() < 1e-9, "{plan}");
        assert!(number("timed") >= 3.0 && number("shards") >= 1.0, "{plan}");
        let text = place.run(&[command, &["--plan", "-q"]].concat()).expect(0).out;
        assert!(text.contains("were timed), and "), "{text}");
    }
    assert_eq!(place.files(), [FILE]);
    let ended = place.run(&["run", FILE, "--precision", "5%", "--plan"]).expect(2);
    let why = "a shard needs to know all replications: --replications 100000";
    assert_eq!(ended.err, format!("error: {why}\n"));
}
