//! Values that are not what an option or a key takes: the message says what is
//! meant, also where the value begins with a minus.

use super::program::Place;

const TEXT: &str = r#"horizon = "1h"
[site.X]
[location.L]
[agent-group.g]
agents = 1
[[fault]]
target = "path L-X"
at = "10m"
for = "10m"
"#;

#[test]
fn each_option_says_what_it_takes() {
    let place = Place::new();
    place.write("s.toml", TEXT);
    for (option, value, said) in [
        ("--confidence", "0.95", "--confidence 0.95: the unit is missing; write 95%"),
        ("--confidence", "-5", "--confidence -5: the unit is missing; write 95%"),
        ("--confidence", "-5%", "--confidence -5%: "),
        (
            "--replications",
            "-3",
            "--replications -3: this is no number of replications; write 400, or 200..400",
        ),
        ("--max-time", "-1", "--max-time -1: "),
        ("--seed", "-1", "invalid value '-1' for '--seed <N>': invalid digit found in string"),
        ("--threads", "-2", "invalid value '-2' for '--threads <N>': -2 is not in 1..=1024"),
    ] {
        let ended = place.run(&["run", "s.toml", option, value]).expect(2);
        let line = ended.err.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
        assert!(line.starts_with(&format!("error: {said}")), "{option} {value}: {}", ended.err);
    }
    assert_eq!(place.files(), ["s.toml"], "nothing is written");
}

/// What the help of a mistake says to write instead.
#[test]
fn helps_say_what_was_meant() {
    for (was, typed, help) in [
        ("agents = 1", "agents = \"10\"", "write `agents = 10`"),
        (
            "for = \"10m\"",
            "for = { normal = { mean = \"1h\", sd = \"1m\" } }",
            "write `for = \"30s\"`; a random fault has `failure` and `repair` instead, which take distributions",
        ),
        (
            "[site.X]",
            "[phone.p]\nretry = \"backof\"\n[site.X]",
            "write a duration, such as \"30s\", or { backoff = {} } for the back-off of RFC 5626",
        ),
        (
            "[site.X]",
            "[application.interaction-workspace]\ndisaster-recovery.enabled = \"yes\"\n[site.X]",
            "write `disaster-recovery.enabled = true`; as it is, the product falls back to the default, `false`",
        ),
    ] {
        let place = Place::new();
        place.write("s.toml", &TEXT.replace(was, typed));
        let told = place.run(&["check", "s.toml"]).expect(1);
        assert!(
            told.out.contains(&format!("  = help: {help}\n")),
            "{typed}: {}{}",
            told.out,
            told.err
        );
    }
}

#[test]
fn words_that_are_nearly_those_of_measures_and_options_get_a_proposal() {
    let place = Place::new();
    let told = place.run(&["measures", "downtme"]).expect(2).err;
    let expected =
        "error: no measure has `downtme` in its name or meaning; did you mean downtime?\n";
    assert_eq!(told, expected);
    let told = place.run(&["options", "timout"]).expect(2).err;
    let expected = "error: no option or key is called `timout`; these are similar: disaster-recovery.timeout, ";
    assert!(told.starts_with(expected), "{told}");
}
