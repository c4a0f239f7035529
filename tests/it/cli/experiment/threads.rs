//! The number of threads shows in no byte of any output: for a fixed number of replications, for a
//! precision, for thresholds.

use super::{RANDOM, files, place, same};

const EXPECTED: [&str; 3] = ["estimates.csv", "experiment.json", "replications.csv"];

#[test]
fn threads_change_no_byte() {
    let thresholds = format!(
        "{RANDOM}[[threshold]]\nmeasure = \"outages.duration_s.p95\"\nat-most = \"10h\"\n\
         [[threshold]]\nmeasure = \"availability\"\nat-least = \"99.99%\"\n"
    );
    let cases: [(&str, i32, &[&str]); 3] = [
        (RANDOM, 0, &["--replications", "45"]),
        (RANDOM, 0, &["--precision", "15%", "--max-replications", "300"]),
        (&thresholds, 4, &["--max-replications", "120"]),
    ];
    for (scenario, code, arguments) in cases {
        let place = place(scenario);
        let with =
            |threads| files(&place, threads, code, &[arguments, &["--threads", threads]].concat());
        let one = with("1");
        for name in EXPECTED {
            assert!(one.contains_key(name), "{name}");
        }
        assert!(one.keys().filter(|name| name.ends_with(".svg")).count() >= 3, "{:?}", one.keys());
        same(&with("2"), &one);
        same(&with("8"), &one);
        assert_ne!(files(&place, "other", code, &[arguments, &["--seed", "6"]].concat()), one);
    }
}

#[test]
fn doubling_the_replications_leaves_the_first_half() {
    let place = place(RANDOM);
    let half = files(&place, "half", 0, &["--replications", "20"]);
    let whole = files(&place, "whole", 0, &["--replications", "40"]);
    assert!(whole["replications.csv"].starts_with(&half["replications.csv"]));
    assert!(whole["replications.csv"].len() > half["replications.csv"].len());
}
