//! Numbers on the command line that are not what the option takes: the option itself says what it
//! takes, also where the value begins with a minus.

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
