//! The last chapters: what the answer takes for granted, how much it can be trusted, and where it
//! comes from.

use maud::{Markup, html};
use serde_json::Value;

use super::answer::{has_calls, level};
use super::assumptions::assumptions;
use super::closed_forms::closed_forms;
use super::found::total;
use super::parts::{chosen, heading};
use super::set::{GROUPS_FILE, Kind, Refused, Set};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::report::headroom::HEADROOM_VALUES;
use crate::report::numbers::percent;
use crate::report::words;
use crate::report::{ASSUMPTIONS_FILE, PROVENANCE_FILE};

/// The chapters.
pub(super) fn grounds(set: &Set<'_>, at: u8) -> Result<Markup, Refused> {
    Ok(html! {
        section id=(set.id("assumptions")) { (heading(at, "Assumptions")) (assumptions(set, at)?) }
        section id=(set.id("trust")) { (heading(at, "How much to trust it")) (trust(set, at)) }
        section id=(set.id("provenance")) { (heading(at, "Where it comes from")) (provenance(set)) }
    })
}

/// What the numbers rest on.
fn trust(set: &Set<'_>, at: u8) -> Markup {
    html! {
        ul {
            @for reason in reasons(set) { li { (reason) } }
            li {
                "The behaviour of the product is simulated as its documentation describes it. No published measurement of the product exists to compare with."
            }
        }
        (heading(at + 1, "Beside closed forms"))
        (closed_forms(set))
        @let missing = missing(set);
        @if !missing.is_empty() { p.missing { "Not in this directory: " (missing.join(", ")) "." } }
    }
}

fn reasons(set: &Set<'_>) -> Vec<String> {
    let number = |path: &str| set.number(path).map(|value| words::count(value as u64));
    let level = level(set);
    match set.kind {
        Kind::Run => vec![one_run(set)],
        Kind::Experiment => {
            let count = number("replications.count").unwrap_or_default();
            let mut all = vec![
                format!(
                    "{count} replications; {}.",
                    ended(set.answer["replications"]["ended"].as_str())
                ),
                format!(
                    "Intervals hold the mean over all replications that the scenario could bring in about {level} of such experiments. They say nothing about whether the scenario fits reality."
                ),
            ];
            all.extend(spread(set));
            match set.answer["input_sets"].as_u64() {
                Some(sets) => {
                    let sets = words::count(sets);
                    all.push(format!("Faults carry the uncertainty of a fit: {sets} sets of distributions are used in turn."));
                }
                None if set.may_be_random() => all.push("The intervals are due to chance alone. That the rates of the faults are not known exactly is not in them: a fault that is fitted to a log brings it in.".to_owned()),
                None => {}
            }
            let due_to = &set.answer["estimates"][DOWNTIME_PER_AGENT]["due_to"];
            if let Some(data) = due_to["data"].as_f64() {
                let advice = match data > 0.5 {
                    true => "more data would narrow it, more replications hardly",
                    false => "more replications would narrow it",
                };
                all.push(format!(
                    "Of the interval of the downtime per agent, {} comes from the data behind the faults, {} from chance: {advice}.",
                    percent(data),
                    percent(1.0 - data)
                ));
            }
            all
        }
        Kind::Compare | Kind::Sweep | Kind::Headroom => {
            let count = number("replications").unwrap_or_default();
            vec![
                format!("{count} replications of each; {}.", ended(set.answer["ended"].as_str())),
                format!(
                    "All variants have the same faults and the same random draws, so a difference comes from the variants alone. Intervals have a level of {level}."
                ),
            ]
        }
    }
}

/// What one run is worth.
fn one_run(set: &Set<'_>) -> String {
    let mut drawn = vec!["timers, phones and logins"];
    drawn.extend(set.may_be_random().then_some("faults"));
    drawn.extend(has_calls(set).then_some("callers"));
    let last = drawn.len() - 1;
    let drawn = match last {
        0 => drawn[0].to_owned(),
        _ => format!("{}, and of {}", drawn[0], drawn[1..].join(" and ")),
    };
    format!(
        "One run: every number is exact for this run and has no interval. Another seed gives another one, with other random draws of {drawn}; with --replications 100 every number has an interval."
    )
}

/// How much single replications differ, which no number of them makes less.
fn spread(set: &Set<'_>) -> Option<String> {
    let runs = &set.answer["estimates"][DOWNTIME_PER_AGENT]["runs"];
    let of = |value: &Value| value.as_f64().map(|seconds| words::length(total(seconds)));
    let (half, most) = (of(&runs["p50"]["value"])?, of(&runs["max"])?);
    let twenty = of(&runs["p95"]["value"]);
    let twenty = twenty.map_or_else(String::new, |most| format!(", 95 % at most {most}"));
    Some(format!(
        "How far a single replication is from the mean is chance: half of them have at most {half} of downtime per agent{twenty}, the worst {most}. More replications make the intervals narrower, not this spread."
    ))
}

fn ended(why: Option<&str>) -> &'static str {
    match why {
        Some("decided") => "then all requested results were precise",
        Some("at-most") => "the maximum was reached before all requested results were precise",
        Some("out-of-time") => {
            "the time limit was reached before all requested results were precise"
        }
        _ => "all that were asked for",
    }
}

/// Files that the newest version writes and the directory does not have.
fn missing(set: &Set<'_>) -> Vec<&'static str> {
    let wanted: &[&str] = match set.kind {
        Kind::Run => &[
            "faults.csv",
            GROUPS_FILE,
            "states.csv",
            "timeline.csv",
            ASSUMPTIONS_FILE,
            PROVENANCE_FILE,
        ],
        Kind::Experiment => {
            &["estimates.csv", "replications.csv", ASSUMPTIONS_FILE, PROVENANCE_FILE]
        }
        Kind::Headroom => &[HEADROOM_VALUES, ASSUMPTIONS_FILE, PROVENANCE_FILE],
        Kind::Compare | Kind::Sweep => &[ASSUMPTIONS_FILE, PROVENANCE_FILE],
    };
    wanted.iter().filter(|file| !set.folder.files.contains_key(**file)).copied().collect()
}

/// Version, inputs with their digests, settings, seed, the command.
fn provenance(set: &Set<'_>) -> Markup {
    let list = |key: &str| set.provenance(key).as_array().map_or(&[][..], Vec::as_slice);
    let text = |value: &Value| chosen(value.as_str().unwrap_or_default());
    let command = text(set.provenance("command"));
    html! {
        dl {
            dt { "Program" } dd { (text(set.provenance("program"))) }
            @for input in list("inputs") {
                dt { "Scenario" } dd { (text(&input["file"])) ", SHA-256 " code { (text(&input["digest"])) } }
                @for data in input["data"].as_array().into_iter().flatten() {
                    dt { "Data file" } dd { (text(&data["file"])) ", SHA-256 " code { (text(&data["digest"])) } }
                }
            }
            @for setting in list("settings") { dt { "Setting" } dd { code { (text(setting)) } } }
            @if let Some(seed) = set.provenance("seed").as_u64() { dt { "Seed" } dd { (seed) } }
            @if let Some(count) = set.provenance("replications")["count"].as_u64() {
                dt { "Replications" } dd { (words::count(count)) }
            }
            @if !set.prefix.is_empty() { dt { "Directory" } dd { (chosen(&set.folder.name)) } }
            @if !command.is_empty() {
                dt { "To make it again" }
                dd { pre tabindex="0" { code { (set.provenance("command").as_str().map(crate::diagnostic::plain).unwrap_or_default()) } } }
            }
        }
    }
}
