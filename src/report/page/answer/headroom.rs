//! The answer of a head-room search: the sentences that its file holds, and how to be surer.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sentence, command};
use crate::diagnostic::plain;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;
use crate::report::shown;

/// The answers, one for each setting that was varied.
pub(in crate::report::page) fn answers<'s>(set: &'s Set<'_>) -> &'s [Value] {
    list(&set.answer["answers"])
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What was varied, in full.
pub(in crate::report::page) fn varied(answer: &Value) -> String {
    chosen(text(&answer["varied"]["path"]))
}

pub(super) fn question(set: &Set<'_>) -> String {
    let names = answers(set).iter().map(|answer| text(&answer["varied"]["path"]));
    let names: Vec<String> = names.map(crate::experiment::short).collect();
    let bound = set.text("bound").replace('-', " ");
    let bound = format!("{} {bound} {}", shown::words(set.text("measure")), set.text("written"));
    chosen(&format!("How far {} may go: {bound}", names.join(" and ")))
}

pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    let asked = list(&set.answer["question"]).iter();
    let mut all: Vec<Sentence> =
        asked.map(|sentence| Sentence::plain(plain(text(sentence)).into_owned())).collect();
    for answer in answers(set) {
        let whole: Vec<&str> = list(&answer["sentences"]).iter().map(text).collect();
        let whole = plain(&whole.join(" ")).into_owned();
        all.push(Sentence::with(whole, "headroom-chapter", "Values tried"));
    }
    all
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let open = |answer: &&Value| {
        answer["answer"].is_string()
            && answer["keeps_with_confidence"] != answer["answer"]
            && list(&answer["tried"]).iter().any(|tried| tried["verdict"] == "INCONCLUSIVE")
    };
    let found = answers(set).iter().filter_map(|answer| {
        let (path, value) = (answer["varied"]["path"].as_str()?, answer["answer"].as_str()?);
        let setting = format!("{path}={value}");
        let look = command(&["switchover", "run", set.scenario(), "--set", &setting, "--report"]);
        Some(html! { "Look at the answer from close by: " (look) "." })
    });
    let mut all: Vec<Markup> = found.collect();
    if answers(set).iter().any(|answer| open(&answer)) {
        all.push(html! {
            "Plan with the value that keeps the bound with confidence, or make the interval narrower: raise "
            code { "--replications" } "."
        });
    }
    all
}
