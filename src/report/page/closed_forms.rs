//! How far the simulation is from theory: the closed forms of the scenario, each beside what was
//! simulated, with the conditions under which it holds; else why there is none.

use maud::{Markup, html};
use serde_json::Value;

use super::found::total;
use super::parts::{chosen, scrolled};
use super::set::{Kind, Set};
use crate::model::Unit;
use crate::report::numbers::{Scale, percent};
use crate::report::words;

/// Most rows of the table.
const ROWS: usize = 40;

/// Most measures that are named with one reason.
const NAMES: usize = 4;

/// Most variants that differ in their forms.
const VARIANTS: usize = 6;

/// From this distance on a difference is hardly chance, in standard errors.
const FAR: f64 = 4.0;

/// The part of the chapter.
pub(super) fn closed_forms(set: &Set<'_>) -> Markup {
    let found = &set.answer["closed_forms"];
    html! {
        @if found.is_object() {
            @if matches!(set.kind, Kind::Sweep | Kind::Headroom) { p { "Of the scenario as it is today:" } }
            (scenario(set, found))
        } @else if let Some(variants) = found.as_array() {
            (each(set, variants))
        } @else if set.may_be_random() {
            p.missing { "Closed forms are not in this directory: it was made by an older version." }
        } @else {
            p { "No closed form applies to this scenario, because none of its faults comes at random." }
        }
        p {
            "No closed form is known for the downtime of agents: it follows from detection, reconnection, timers, logins and phones together. "
            "The tests of the program compare it with closed forms in scenarios that are simple enough to have one."
        }
    }
}

/// One scenario: its forms, then what has none and why.
fn scenario(set: &Set<'_>, found: &Value) -> Markup {
    let list = |key: &str| found[key].as_array().map_or(&[][..], Vec::as_slice);
    let (compared, rest) = (list("compared"), list("not_compared"));
    html! {
        @if compared.is_empty() { p { "No closed form applies to this scenario:" } }
        @else { (table(set, compared)) }
        @if !rest.is_empty() { ul { @for one in rest { li { (without(one)) } } } }
    }
}

/// Variants; those with the same forms and numbers together, since faults and random draws are the same.
fn each(set: &Set<'_>, variants: &[Value]) -> Markup {
    let same =
        |a: &Value, b: &Value| ["compared", "not_compared"].into_iter().all(|key| a[key] == b[key]);
    let mut kinds: Vec<(&Value, Vec<String>)> = Vec::new();
    for variant in variants {
        let name = chosen(variant["name"].as_str().unwrap_or_default());
        match kinds.iter_mut().find(|(first, _)| same(first, variant)) {
            Some((_, names)) => names.push(name),
            None => kinds.push((variant, vec![name])),
        }
    }
    html! {
        @for (first, names) in kinds.iter().take(VARIANTS) {
            p { "Of " b { (names.join(", ")) } ":" }
            (scenario(set, first))
        }
        @if kinds.len() > VARIANTS {
            p.rest { "Those of further variants are in " code { (set.answer_file()) } "." }
        }
    }
}

fn number(one: &Value, key: &str) -> f64 {
    one[key].as_f64().unwrap_or(0.0)
}

/// Each form with its numbers, then what they rest on.
fn table(set: &Set<'_>, compared: &[Value]) -> Markup {
    let single = set.kind == Kind::Run;
    let furthest = compared.iter().map(|one| number(one, "z").abs()).fold(0.0, f64::max);
    let error = if single { "Standard deviation" } else { "Standard error" };
    let body = html! {
        thead { tr {
            th scope="col" { "Measure" }
            th scope="col" { "Closed form" }
            th.n scope="col" { "It gives" }
            th.n scope="col" { "Simulated" }
            th.n scope="col" { (error) }
            th.n scope="col" { "z" }
            @if single { th.n scope="col" { "As far out by chance" } }
            th.key scope="col" { "Key" }
        } }
        tbody { @for one in compared.iter().take(ROWS) { (row(one, single)) } }
    };
    let left = compared.len().saturating_sub(ROWS);
    html! {
        p {
            "Parts of this scenario have a closed form: what theory gives without simulating. "
            b { (verdict(furthest)) }
            " z is the difference in " (error.to_lowercase()) "s; beyond " (FAR) " it would hardly be chance."
        }
        (scrolled("Simulation beside closed forms", &body))
        @if left > 0 { p.rest { (words::count(left as u64)) " further rows are in " code { (set.answer_file()) } "." } }
        p { (conditions(compared, single)) }
    }
}

fn verdict(furthest: f64) -> String {
    let agrees = if furthest < FAR { "agrees" } else { "does not agree" };
    format!("The simulation {agrees} with them: the largest |z| is {furthest:.2}.")
}

fn row(one: &Value, single: bool) -> Markup {
    let measure = chosen(one["measure"].as_str().unwrap_or_default());
    let unit = unit(one);
    let error = number(one, "standard_error");
    let scale = Scale::of(number(one, "expected"), Some(error), unit);
    let cell = |key: &str| {
        let exact = number(one, key).to_string();
        html! { td.n title=(exact) data-form=(key) data-value=(exact) { (scale.full(number(one, key))) } }
    };
    let found = match single {
        true => {
            html! { td.n data-form="found" data-value=(number(one, "found")) { (words::count(number(one, "found") as u64)) } }
        }
        false => cell("found"),
    };
    html! {
        tr data-measure=(measure) {
            th scope="row" title=(measure) { (named(&measure)) }
            td { (formula(one)) }
            (cell("expected"))
            (found)
            (cell("standard_error"))
            td.n data-form="z" data-value=(number(one, "z")) { (format!("{:+.2}", number(one, "z"))) }
            @if single { td.n data-form="chance" data-value=(number(one, "chance")) { (percent(number(one, "chance"))) } }
            td.key { code { (measure) } }
        }
    }
}

/// A measure that may have a form, in words.
fn named(measure: &str) -> String {
    let inner = |head: &str, tail: &str| measure.strip_prefix(head)?.strip_suffix(tail);
    if let Some(fault) = inner("faults.", ".incidents") {
        return format!("incidents of {fault}");
    }
    if let Some(pair) = inner("pairs.", ".downtime_s") {
        return format!("time down of server pair {pair}");
    }
    match inner("paths.", ".downtime_s") {
        Some(path) => format!("time down of path {}", path.replace('.', " - ")),
        None => measure.to_owned(),
    }
}

fn unit(one: &Value) -> Unit {
    if one["about"] == "time-down" { Unit::Time } else { Unit::Count }
}

/// The form in words, with its numbers.
fn formula(one: &Value) -> String {
    let length = |key: &str| words::length(total(number(one, key)));
    let (mtbf, mttr) = (length("mtbf_s"), length("mttr_s"));
    match unit(one) {
        Unit::Time => format!("length of the run x MTTR / (MTBF + MTTR), MTBF {mtbf}, MTTR {mttr}"),
        _ => {
            let targets = words::counted(number(one, "targets") as u64, "target", "targets");
            format!("{targets} x length of the run / (MTBF + MTTR), MTBF {mtbf}, MTTR {mttr}")
        }
    }
}

/// Under which conditions the forms hold, and how exactly.
fn conditions(compared: &[Value], single: bool) -> String {
    let edge = compared.iter().map(|one| number(one, "edge") / number(one, "standard_error"));
    let edge = edge.fold(0.0, f64::max);
    let mut text = "They hold because the times to failure are exponential, each target has a clock of its own, and all are up at the start".to_owned();
    if compared.iter().any(|one| unit(one) == Unit::Time) {
        text += "; a time down has a form only where one fault alone acts on the part";
    }
    text += &format!(
        ". Repairs that the end of the run cuts change z by at most {}.",
        if edge < 0.001 { "0.001".to_owned() } else { format!("{edge:.3}") }
    );
    if single {
        text += " The chance is that of Poisson's law: where it is small, this run had an unusual number of faults.";
    }
    text
}

/// Measures without a form, and why.
fn without(one: &Value) -> String {
    let measures = one["measures"].as_array().map_or(&[][..], Vec::as_slice);
    let names = measures.iter().filter_map(Value::as_str).take(NAMES);
    let names = names.map(|name| named(&chosen(name))).collect::<Vec<_>>().join(", ");
    let more = match measures.len().saturating_sub(NAMES) {
        0 => String::new(),
        more => format!(" and {} more", words::count(more as u64)),
    };
    let because = chosen(one["because"].as_str().unwrap_or_default());
    let verb = if measures.len() == 1 { "is" } else { "are" };
    format!("{names}{more} {verb} not compared, because {because}.")
}
