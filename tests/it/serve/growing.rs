//! The answer while replications are made: whole each time, and always that of the first replications.

use std::io::{BufRead, BufReader};

use serde_json::{Value, json};

use super::client::event;
use super::{Served, random};
use crate::cli::program::Place;

/// What `run` says of the first replications of `s.toml`.
fn by_run(place: &Place, replications: &str) -> Value {
    let run =
        ["run", "s.toml", "--replications", replications, "--format", "json", "--quiet", "--force"];
    serde_json::from_str(&place.run(&run).expect(0).out).unwrap()
}

#[test]
fn the_last_answer_is_that_of_run() {
    let place = Place::in_memory();
    let text = random(60);
    place.write("s.toml", &text);
    let served = Served::start(&place, &["s.toml"]);
    let events = served.answer(&text, &[]);
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    let sure = |(name, data): &&(String, Value)| {
        *name != "progress" && !(*name == "replications" && data["more"] == true)
    };
    let last: Vec<&str> = events.iter().filter(sure).map(|(name, _)| name.as_str()).collect();
    assert_eq!(last, ["checked", "run", "replications", "done"], "{names:?}");
    let (_, answer) = events.iter().rfind(|(name, _)| name == "replications").unwrap();
    assert_eq!(answer["title"], "60 replications");
    assert_eq!(answer["summary"], by_run(&place, "60"));
    let html = answer["html"].as_str().unwrap();
    assert!(html.contains("on average, in 60 replications.") && html.contains("<svg"), "{html}");
    let done = event(&events, "done")["text"].as_str().unwrap();
    assert!(done.starts_with("60 replications: downtime per agent "), "{done}");
}

#[test]
fn an_answer_on_the_way_is_that_of_run_with_as_many_replications() {
    let place = Place::in_memory();
    let text = random(50_000);
    place.write("s.toml", &text);
    let served = Served::start(&place, &["s.toml"]);
    let stream = served.sent(&served.own("/answer", &json!({ "text": text })));
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let mut shown: Vec<Value> = Vec::new();
    while shown.len() < 2 {
        let line = lines.next().expect("the answer goes on");
        if line == "event: replications" {
            let data = lines.next().unwrap();
            shown.push(serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap());
        }
    }
    let counts = shown.iter().map(|one| one["summary"]["replications"]["count"].as_u64().unwrap());
    let counts: Vec<u64> = counts.collect();
    assert!(1 < counts[0] && counts[0] + counts[0] / 10 <= counts[1], "{counts:?}");
    for (one, count) in shown.iter().zip(counts) {
        let mut wanted = by_run(&place, &count.to_string());
        assert_eq!(wanted["replications"]["ended"], "complete");
        wanted["replications"]["ended"] = json!("out-of-time");
        assert_eq!(one["summary"], wanted);
        assert_eq!(one["more"], true);
        assert!(one["html"].as_str().unwrap().contains("<svg"));
    }
}
