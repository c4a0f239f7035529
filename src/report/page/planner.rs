//! The planner's table on the page: a row per fault and site, of an experiment with the interval of each mean and
//! what 95 % of the replications have at most.

use maud::{Markup, html};
use serde_json::Value;

use super::answer::level;
use super::found::Found;
use super::parts::{chosen, scrolled};
use super::set::{Csv, Refused, Set};
use crate::measures::Bins;
use crate::model::Unit;
use crate::report::call_sentences::more_or_fewer;
use crate::report::numbers::value;
use crate::report::planner::{FIGURES, NEVER, NOT_MISSED, PER, STATISTICS, is_missed_never};
use crate::report::{PLANNER_FILE, words};
use crate::time::{Span, Time};

/// Most rows of the table.
const ROWS: usize = 100;

/// Whether there is such a table.
pub(super) fn has_planner(set: &Set<'_>) -> bool {
    planner(set).is_ok_and(|table| table.is_some())
}

/// The table; `None`: nothing can fail, or an older version made the directory.
pub(super) fn planner(set: &Set<'_>) -> Result<Option<Markup>, Refused> {
    let Some(csv) = set.csv(PLANNER_FILE)? else { return Ok(None) };
    // Rows of a file that are one row of the table: as many as there are statistics.
    let height =
        if csv.columns.iter().any(|name| name == "statistic") { STATISTICS.len() } else { 1 };
    let rows: Vec<&[Vec<String>]> = csv.rows.chunks_exact(height).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let is_late = |row: &[Vec<String>], figure: &str| match height {
        1 => never(set, &csv, &row[0], figure),
        _ => never_in_any(set, &csv, &row[0], figure),
    };
    let has_any = |at: &usize| {
        let name = FIGURES[*at].name;
        csv.rows.iter().any(|row| !csv.cell(row, name).is_empty())
            || rows.iter().any(|row| is_late(row, name))
    };
    let kept: Vec<usize> = (0..FIGURES.len()).filter(has_any).collect();
    let rest = rows.len().saturating_sub(ROWS);
    let body = html! {
        (head(set, &kept))
        tbody { @for row in rows.iter().take(ROWS) { (line(set, &csv, row, &kept)) } }
    };
    Ok(Some(html! {
        (scrolled(&caption(set, height > 1), &body))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (PLANNER_FILE) } "." } }
    }))
}

fn caption(set: &Set<'_>, is_experiment: bool) -> String {
    let figures = match is_experiment {
        true => format!(
            "Means over the replications; small: their {} intervals, and what 95 % of the replications have at most.",
            level(set)
        ),
        false => "A row of a fault is of its own time: what begins during a greater one has none."
            .to_owned(),
    };
    format!("The most at each site, and what the faults did. {figures} -: there is no figure")
}

fn head(set: &Set<'_>, kept: &[usize]) -> Markup {
    let horizon = set.number("horizon_s").unwrap_or(1.0).clamp(1e-9, 1e9);
    let window = Bins::fine(Time::ZERO + Span::from_secs_f64(horizon)).width();
    let per = format!("per {}", words::slot(window));
    html! {
        thead { tr {
            th scope="col" { "Fault, site" }
            @for at in kept {
                th.n scope="col" title=(FIGURES[*at].name) {
                    (words::sentence(FIGURES[*at].heading[0])) " " (FIGURES[*at].heading[1].replace(PER, &per))
                }
            }
        } }
    }
}

/// A row; its name begins a group of rows where it is no site.
fn line(set: &Set<'_>, csv: &Csv, row: &[Vec<String>], kept: &[usize]) -> Markup {
    let [fault, site] = ["fault", "site"].map(|column| csv.cell(&row[0], column));
    html! {
        tr {
            @match (fault, site) {
                ("", "") => { th scope="row" { strong { "whole run" } } }
                (fault, "") => { th scope="row" { strong { (chosen(fault)) } } }
                (_, site) => { th.in scope="row" { (chosen(site)) } }
            }
            @for at in kept {
                @match row.len() {
                    1 => { (of_run(set, csv, &row[0], *at)) }
                    _ => { (of_experiment(set, csv, row, *at)) }
                }
            }
        }
    }
}

/// The measure that a figure is; `None`: it is known in this table only.
fn measure(csv: &Csv, row: &[String], figure: &str) -> Option<String> {
    let [fault, site] = ["fault", "site"].map(|column| csv.cell(row, column));
    let name = match (fault, site, figure) {
        ("", "", "calls_lost") => "all_calls.cost.lost".to_owned(),
        ("", "", "calls_abandoned") => "all_calls.cost.abandoned".to_owned(),
        ("", "", "service_level_worst" | "met_again_s" | "not_met_again") => {
            format!("all_calls.faults.{figure}")
        }
        ("", "", _) => return None,
        (_, "", "most_back_s") => format!("faults.{fault}.{figure}"),
        (_, "", "calls_lost") => format!("faults.{fault}.calls.lost"),
        (_, "", "calls_abandoned") => format!("faults.{fault}.calls.abandoned"),
        (_, "", "service_level_worst" | "met_again_s" | "not_met_again") => {
            format!("faults.{fault}.calls.{figure}")
        }
        (_, "", _) => return None,
        ("", _, "offered_peak") => format!("registrars.{site}.offered_peak"),
        ("", _, "register_queue_longest") => format!("registrars.{site}.queue_longest"),
        ("", ..) => format!("sites.{site}.{figure}"),
        _ => return None,
    };
    Some(chosen(&name))
}

/// Whether a time that has no figure had not come by the end of the run.
fn never(set: &Set<'_>, csv: &Csv, row: &[String], figure: &str) -> bool {
    let [fault, site] = ["fault", "site"].map(|column| csv.cell(row, column));
    let is_own = |one: &&Value| fault.is_empty() || one["name"].as_str() == Some(fault);
    match figure {
        "met_again_s" => !csv.cell(row, "calls_lost").is_empty(),
        "most_back_s" if site.is_empty() => {
            let mut own = set.answer["faults"].as_array().into_iter().flatten().filter(is_own);
            own.any(|one| one["agents_hit"].as_u64() > Some(0) && one["most_back_s"].is_null())
        }
        _ => false,
    }
}

/// The same of all replications of an experiment.
fn never_in_any(set: &Set<'_>, csv: &Csv, row: &[String], figure: &str) -> bool {
    let [fault, site] = ["fault", "site"].map(|column| csv.cell(row, column));
    let not_back = || &set.answer["estimates"][format!("faults.{fault}.agents_not_back")]["value"];
    match figure {
        "met_again_s" => csv.number(row, "not_met_again").is_some_and(|share| share > 0.0),
        "most_back_s" if site.is_empty() => not_back().as_f64().is_some_and(|agents| agents > 0.0),
        _ => false,
    }
}

fn of_run(set: &Set<'_>, csv: &Csv, row: &[String], at: usize) -> Markup {
    let (figure, exact) = (&FIGURES[at], csv.cell(row, FIGURES[at].name));
    let shown = match csv.number(row, figure.name) {
        Some(0.0) if figure.name == "met_again_s" => NOT_MISSED.to_owned(),
        // Calls fewer than without the fault.
        Some(number) if number < 0.0 => more_or_fewer(number as i64),
        Some(number) => said(number, figure.unit),
        None if never(set, csv, row, figure.name) => NEVER.to_owned(),
        None => "-".to_owned(),
    };
    let key = measure(csv, row, figure.name);
    let title = key.as_ref().map(|key| format!("{key} = {exact}"));
    html! { td.n title=[title] data-key=[key] data-value=(exact) { (shown) } }
}

fn of_experiment(set: &Set<'_>, csv: &Csv, row: &[Vec<String>], at: usize) -> Markup {
    let figure = &FIGURES[at];
    let [mean, low, high, p95, _] =
        [0, 1, 2, 3, 4].map(|at: usize| csv.number(&row[at], figure.name));
    let found = Found { value: mean, low, high };
    let (key, exact) = (measure(csv, &row[0], figure.name), csv.cell(&row[0], figure.name));
    let title = key.as_ref().map(|key| format!("{key} = {exact}"));
    let interval = found.interval_beside(found.value.unwrap_or(0.0), figure.unit);
    let alone = match found.alone(figure.unit) {
        None if never_in_any(set, csv, &row[0], figure.name) => NEVER.to_owned(),
        alone => alone.unwrap_or_else(|| "-".to_owned()),
    };
    let is_never = is_missed_never(at, mean, p95);
    let alone = if is_never { NOT_MISSED.to_owned() } else { alone };
    let interval = interval.filter(|_| !is_never);
    let most = p95.filter(|_| !is_never).map(|most| said(most, figure.unit));
    let is_late = mean.is_some() && figure.unit == Unit::Time && !is_never;
    let most = most.or_else(|| is_late.then(|| NEVER.to_owned()));
    html! {
        td.n title=[title] data-key=[key] data-value=(exact) {
            (alone)
            @if let Some(interval) = interval { small { (interval) } }
            @if let Some(most) = most { small { "95 %: " (most) } }
        }
    }
}

/// A number for people: counts whole, lengths in their two largest units.
fn said(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Time => words::length(super::found::total(number)),
        Unit::Share => super::found::share(number),
        _ => value(number, unit),
    }
}
