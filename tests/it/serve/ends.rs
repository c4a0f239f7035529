//! How it ends: with Ctrl-C at any time, with a message where it cannot begin; and how one answer ends
//! another.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::event;
use super::{SMALL, Served, random};
use crate::cli::program::Place;

/// So much to do that replications go on for a while.
fn long() -> String {
    let random = SMALL.replace("at = \"5m\"\nfor = \"5m\"", "mtbf = \"1d\"\nmttr = \"10m\"");
    let random = random.replace("20m", "1y").replace("agents = 3", "agents = 300");
    random + "[experiment]\nreplications = 100000\n"
}

#[test]
fn ctrl_c_ends_it_also_while_an_answer_is_made() {
    let place = Place::in_memory();
    place.write("s.toml", &long());
    for signal in ["-INT", "-TERM"] {
        let served = Served::start(&place, &["s.toml"]);
        let stream = served.sent(&served.own("/answer", &json!({ "text": long() })));
        let mut lines = BufReader::new(stream).lines();
        let told = lines.find(|line| line.as_ref().unwrap() == "event: progress");
        assert!(told.is_some(), "replications are being made");
        let began = Instant::now();
        assert_eq!(served.signalled(signal), Some(130), "{signal}");
        assert!(began.elapsed() < Duration::from_secs(3), "{signal}: {:?}", began.elapsed());
        assert_eq!(place.files(), ["s.toml"]);
    }
}

#[test]
fn a_newer_answer_ends_the_one_before() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let older = served.sent(&served.own("/answer", &json!({ "text": long() })));
    let mut older = BufReader::new(older).lines().map_while(Result::ok);
    assert!(older.any(|line| line == "event: progress"));
    let began = Instant::now();
    event(&served.answer(SMALL, &[]), "run");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let rest: Vec<String> = older.collect();
    assert!(!rest.iter().any(|line| line == "event: done"), "{rest:?}");
}

/// Each page is answered to its end, whatever another asks meanwhile.
#[test]
fn two_pages_do_not_end_each_other() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let first = served.sent(&served.from("first", "/answer", &json!({ "text": long() })));
    let mut first = BufReader::new(first).lines().map_while(Result::ok);
    assert!(first.any(|line| line == "event: progress"));
    let few = random(20);
    for page in ["second", "third"] {
        let reply = served.raw(&served.from(page, "/answer", &json!({ "text": few })));
        let events = reply.events();
        event(&events, "run");
        let done = event(&events, "done")["text"].as_str().unwrap().to_owned();
        assert!(done.starts_with("20 replications: "), "{done}");
    }
    assert!(first.any(|line| line == "event: progress"), "the first page is still answered");
    let own = served.raw(&served.from("first", "/answer", &json!({ "text": SMALL })));
    event(&own.events(), "run");
    let rest: Vec<String> = first.collect();
    assert!(!rest.iter().any(|line| line == "event: done"), "its own newer request ended it");
}

#[test]
fn a_port_in_use_and_a_file_that_is_not_there_are_said() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let port = served.port.to_string();
    let ended = place.run(&["serve", "--port", &port]).expect(3);
    let wanted = format!(
        "error: cannot listen on 127.0.0.1:{port}: Address already in use; name another with --port, \
         or leave it out for a free one\n"
    );
    assert_eq!((ended.out.as_str(), ended.err), ("", wanted));
    let ended = place.run(&["serve", "none.toml"]).expect(3);
    assert_eq!(ended.err, "error: cannot read none.toml: No such file or directory\n");
    std::fs::write(place.path().join("b.toml"), b"title = \"\xff\"\n").unwrap();
    let ended = place.run(&["serve", "b.toml"]).expect(3);
    let wanted =
        "error: b.toml is not UTF-8 and cannot be edited; `switchover check` shows where\n";
    assert_eq!(ended.err, wanted);
}
