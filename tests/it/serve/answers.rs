//! What the page is answered: the findings of `check`, the numbers of `run`, the difference of
//! `compare`.

use serde_json::{Value, json};

use super::client::event;
use super::{SMALL, Served};
use crate::cli::program::Place;
use crate::cli::texts::TIMEOUT;

fn printed(place: &Place, arguments: &[&str], code: i32) -> Value {
    serde_json::from_str(&place.run(arguments).expect(code).out).unwrap()
}

/// The numbers of an answer, without where they come from.
fn numbers(answer: &Value) -> Value {
    let mut answer = answer.clone();
    answer.as_object_mut().unwrap().remove("provenance");
    answer
}

#[test]
fn findings_are_those_of_check() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let warned = SMALL.replace("timeout = 60", "timeout = 60\ndisaster-recovery.tymeout = 5");
    for (text, code) in [
        (SMALL.to_owned(), 0),
        (warned, 0),
        (SMALL.replace("agents = 3", "agents = 3\nagents = 4"), 1),
        (SMALL.replace("path L-X", "path \u{fc}-X"), 1),
        ("[[[".to_owned(), 1),
    ] {
        place.write("scenario.toml", &text);
        let by_check = printed(&place, &["check", "scenario.toml", "--format", "json"], code);
        let events = served.answer(&text, &[]);
        let checked = event(&events, "checked");
        assert_eq!(checked["findings"], by_check["findings"], "{text}");
        assert_eq!(checked["left_out"], by_check["left_out"]);
        assert_eq!(checked["sound"], code == 0);
        assert_eq!(events.iter().any(|(name, _)| name == "run"), code == 0, "{text}");
    }
}

#[test]
fn numbers_are_those_of_run() {
    let place = Place::in_memory();
    place.write("s.toml", SMALL);
    let served = Served::start(&place, &["s.toml"]);
    let run = ["run", "s.toml", "--format", "json", "--quiet"];
    let events = served.answer(SMALL, &[]);
    assert_eq!(event(&events, "run")["summary"], printed(&place, &run, 0));

    let moved = served.answer(SMALL, &[(TIMEOUT, "20")]);
    let set = format!("{TIMEOUT}=20");
    let by_run = printed(&place, &[&run[..], &["--set", &set]].concat(), 0);
    let summary = &event(&moved, "run")["summary"];
    assert_eq!(numbers(summary), numbers(&by_run));
    assert_ne!(summary["downtime_s"], event(&events, "run")["summary"]["downtime_s"]);
    let text = event(&moved, "checked")["text"].as_str().unwrap();
    assert_eq!(text, SMALL.replace("timeout = 60", "timeout = 20"));
    let dials = event(&moved, "checked")["dials"].as_array().unwrap().clone();
    let dial = dials.iter().find(|dial| dial["path"] == TIMEOUT).unwrap();
    assert_eq!((&dial["value"], &dial["today"]), (&json!("20"), &json!("60")));
    let html = event(&moved, "run")["html"].as_str().unwrap();
    assert!(html.contains("3 agents were in service for") && html.contains("<svg"), "{html}");
}

#[test]
fn the_difference_from_today_is_that_of_compare() {
    let place = Place::in_memory();
    let text = SMALL.to_owned() + "[experiment]\nreplications = 9\n";
    let edited = text.replace("timeout = 60", "timeout = 20");
    place.write("s.toml", &text);
    place.write("edited.toml", &edited);
    let served = Served::start(&place, &["s.toml"]);
    let events = served.post("/compare", &json!({ "text": edited })).events();
    let compared = event(&events, "compared");
    let by_compare =
        printed(&place, &["compare", "s.toml", "edited.toml", "--format", "json", "--quiet"], 0);
    let measures = |answer: &Value| answer["against"][0]["measures"].clone();
    assert!(measures(&by_compare).is_array(), "{by_compare}");
    assert_eq!(measures(&compared["comparison"]), measures(&by_compare));
    let html = compared["html"].as_str().unwrap();
    assert!(html.contains("95 % interval"), "{html}");

    let same = served.post("/compare", &json!({ "text": text })).events();
    let message = &event(&same, "refused")["message"];
    assert_eq!(message, "nothing was changed: there is nothing to compare");
    let wrong = served.post("/compare", &json!({ "text": "[" })).events();
    assert_eq!(event(&wrong, "refused")["message"], "the scenario as edited has errors");
}

#[test]
fn limits_are_messages() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let moves = "horizon = \"1y\"\n[desktop]\nlogin = \"3us\"\n[policy]\nphone-nowhere = \"switch\"\n\
        [site.X]\n[site.Y]\n[location.L]\n[application.interaction-workspace]\n\
        disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"X\"\n\
        disaster-recovery.peer-site = \"Y\"\ndisaster-recovery.wait-for-sipphone-timeout = \"2us\"\n\
        [agent-group.g]\nagents = 2\nlocation = \"L\"\n\
        [[fault]]\ntarget = \"path L-X sip\"\nat = \"1d\"\nfor = \"300d\"\n\
        [[fault]]\ntarget = \"path L-Y sip\"\nat = \"1d\"\nfor = \"300d\"\n";
    let events = served.answer(moves, &[]);
    let finding = &event(&events, "finding")["findings"][0];
    assert_eq!(finding["code"], "S021", "{events:?}");
    assert!(finding["help"].is_string() && finding["line"].is_u64());

    let century = SMALL
        .replace("20m", "100y")
        .replace("at = \"5m\"\nfor = \"5m\"", "mtbf = \"3m\"\nmttr = \"10s\"");
    let events = served.answer(&century, &[]);
    let message = event(&events, "refused")["message"].as_str().unwrap();
    assert!(message.starts_with("this needs about ") && message.contains("(limit: "), "{message}");
    event(&served.answer(SMALL, &[]), "run");
}
