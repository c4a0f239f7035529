//! Calls by interval of a comparison: in one interval the figures are the measures and their differences, and shards come to
//! the same table.

use std::collections::BTreeMap;

use super::near;
use crate::cli::program::Place;

/// One interval is the whole run; queues of two groups, some calls fail.
const SCENARIO: &str = r#"
horizon = "1h"
seed = 3
call-interval = "60m"

[application.interaction-workspace]
disaster-recovery.enabled = false

[site.north]
[site.south]

[agent-group.north]
agents = 10
[agent-group.north.interaction-workspace]
disaster-recovery.preferred-site = "north"
[agent-group.south]
agents = 10
[agent-group.south.interaction-workspace]
disaster-recovery.preferred-site = "south"

[[calls]]
name = "a"
arrivals = "200/h"
handling = { exponential = "4m" }
patience = { exponential = "2m" }
redial = "20%"
redial-delay = "2m"

[[calls]]
name = "b"
arrivals = "60/h"
handling = { exponential = "3m" }
after-call = "20s"

[[fault]]
name = "north dies"
target = "site north"
at = "20m"
for = "10m"
"#;

/// Figures that are measures as well; the sums over the run of the others are none.
const MEASURES: [&str; 11] = [
    "offered",
    "redialled",
    "answered",
    "abandoned",
    "lost",
    "blocked",
    "rung_nowhere",
    "service_level",
    "answer_speed_s",
    "longest_wait_s",
    "occupancy",
];

type Rows = Vec<BTreeMap<String, String>>;

fn rows(text: &str) -> Rows {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> Option<f64> {
    row[column].parse().ok()
}

/// The command line of a comparison, of an hour in intervals of that length.
fn compare<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let set = ["compare", "s.toml", "--set", "agent-group.south.agents=12", "--replications=20"];
    [&set[..], &["--quiet"], more].concat()
}

#[test]
fn one_interval_has_the_measures_and_their_differences() {
    let place = Place::new();
    place.write("s.toml", SCENARIO);
    place.run(&compare(&["--out", "out"])).expect(0);
    let calls = rows(&place.read("out/calls.csv"));
    let measures = rows(&place.read("out/compare.csv"));
    assert_eq!(calls.len(), 2 * 5 + 2 * (5 + 3));
    let first = calls[0]["variant"].clone();
    let mut told = 0;
    for row in &calls {
        let columns = match (row["variant"] == first, row["statistic"].as_str()) {
            (true, "mean") => "first",
            (true, "low") => "first_low",
            (true, "high") => "first_high",
            (false, "mean") => "this",
            (false, "low") => "this_low",
            (false, "high") => "this_high",
            (false, own) if own.starts_with("difference") => own,
            _ => continue,
        };
        for figure in MEASURES {
            let name = format!("calls.{}.{figure}", row["queue"]);
            let measure = measures.iter().find(|one| one["measure"] == name).expect(figure);
            let (own, other) = (number(row, figure), number(measure, columns));
            near(own, other, &format!("{name} {columns}"));
            told += usize::from(own.is_some());
        }
    }
    assert!(told > 150, "{told}");
    let needed = calls.iter().filter(|row| row["statistic"].starts_with("difference"));
    assert!(
        needed.clone().count() == 6 && needed.clone().all(|row| row["agents_needed"].is_empty())
    );
}

#[test]
fn shards_come_to_the_same_table_and_other_queues_have_no_differences() {
    let place = Place::new();
    place.write("s.toml", &SCENARIO.replace("call-interval = \"60m\"", "call-interval = \"15m\""));
    place.run(&compare(&["--out", "whole", "--threads=1"])).expect(0);
    for which in ["1/3", "0/3", "2/3"] {
        place.run(&compare(&["--shard", which, "--parts", "parts"])).expect(0);
    }
    place.run(&["merge", "parts", "--quiet", "--out", "merged"]).expect(0);
    let whole = place.read("whole/calls.csv");
    assert_eq!(place.read("merged/calls.csv"), whole);
    assert_eq!(rows(&whole).len(), 4 * 2 * (5 + 5 + 3));
    place.write("t.toml", &place.read("s.toml").replace("name = \"b\"", "name = \"c\""));
    let run = ["compare", "s.toml", "t.toml", "--replications=3", "--quiet", "--out", "other"];
    place.run(&run).expect(0);
    let other = rows(&place.read("other/calls.csv"));
    assert_eq!(other.len(), 4 * 2 * 5 * 2);
    assert!(other.iter().all(|row| !row["statistic"].starts_with("difference")));
}
