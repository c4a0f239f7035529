//! Whose downtime it is: a chart and a table each by fault, by site and by group.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::answer::CAUSES;
use super::figures::chart;
use super::found::total;
use super::parts::{chosen, details, heading, scrolled};
use super::set::{Csv, DOWNTIME_FILE, Refused, Set};
use crate::report::charts::{Stack, stacks_chart, stacks_title};
use crate::report::numbers::agent_time_beside;
use crate::report::words;

/// The three ways with their headings.
const WAYS: [(&str, &str, &str); 3] = [
    ("fault", "By fault", "An outage belongs to the last fault that began with it or before it"),
    ("site", "By site", "An outage belongs to the site at which the agent was in service before"),
    ("group", "By agent group", "An outage belongs to the group of the agent"),
];

/// Most rows of a table.
const ROWS: usize = 100;

/// Most bars of a chart: those with the most downtime.
const BARS: usize = 24;

/// The charts; a note where the table is missing.
pub(super) fn shares(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let Some(csv) = set.csv(DOWNTIME_FILE)? else {
        return Ok(html! {
            p.missing { (DOWNTIME_FILE) " is not in this directory: it was made by an older version." }
        });
    };
    Ok(html! {
        @for (by, name, note) in WAYS {
            @let stacks = stacks(&csv, by);
            (heading(level, name))
            @if stacks.is_empty() { p { "There is no downtime." } } @else { (way(set, &csv, (by, note), stacks)) }
        }
    })
}

fn way(set: &Set<'_>, csv: &Csv, (by, note): (&str, &str), mut stacks: Vec<Stack>) -> Markup {
    let agents = set.number("agents").unwrap_or(0.0) as u64;
    stacks.sort_by_key(|stack| Reverse(stack.whole));
    let rest = stacks.len().saturating_sub(BARS);
    stacks.truncate(BARS);
    let title = stacks.first().map_or_else(String::new, |most| stacks_title(most, agents));
    let svg = stacks_chart((&title, note), &CAUSES.map(|(_, meaning)| meaning), (&stacks, agents));
    let table = details("Data table", 0, &table(set, csv, by));
    html! {
        (chart(set, &format!("by-{by}"), &svg, &table))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (DOWNTIME_FILE) } "." } }
    }
}

/// The downtime by cause in words, the exact seconds beside them.
fn table(set: &Set<'_>, csv: &Csv, by: &str) -> Markup {
    let agents = set.number("agents").unwrap_or(0.0) as u64;
    let rows: Vec<&Vec<String>> = csv.rows.iter().filter(|row| csv.cell(row, "by") == by).collect();
    let most = rows.iter().filter_map(|row| csv.number(row, "downtime_s")).fold(0.0, f64::max);
    let largest = total(most);
    let occurs = |(cause, _): &(&str, &str)| {
        rows.iter().any(|row| csv.number(row, &column(cause)).is_some_and(|seconds| seconds > 0.0))
    };
    let causes: Vec<_> = CAUSES.into_iter().filter(occurs).collect();
    let cell = |row: &[String], column: &str| {
        let exact = csv.cell(row, column);
        let shown = csv.number(row, column);
        let shown = shown.map(|seconds| agent_time_beside(largest, total(seconds), agents));
        html! { td.n title={ (column) " = " (exact) } data-seconds=(exact) { (shown.unwrap_or_default()) } }
    };
    let body = html! {
        thead { tr {
            th scope="col" { (by) }
            th.n scope="col" { "outages" }
            th.n scope="col" { "downtime" }
            @for (_, meaning) in &causes { th.n scope="col" { (meaning) } }
        } }
        tbody {
            @for row in rows.iter().take(ROWS) {
                tr {
                    th scope="row" { (name(by, csv.cell(row, "name"))) }
                    td.n { (csv.cell(row, "outages")) }
                    (cell(row, "downtime_s"))
                    @for (cause, _) in &causes { (cell(row, &column(cause))) }
                }
            }
        }
    };
    let rest = rows.len().saturating_sub(ROWS);
    html! {
        (scrolled(&format!("Downtime by {by}"), &body))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (DOWNTIME_FILE) } "." } }
    }
}

/// The column of a cause.
fn column(cause: &str) -> String {
    format!("{}_s", cause.replace('-', "_"))
}

/// The name of a fault, site or group.
fn name(by: &str, name: &str) -> String {
    match (name, by) {
        ("", "fault") => "no fault before".to_owned(),
        ("", "site") => "no site before".to_owned(),
        ("", _) => "none".to_owned(),
        (name, _) => chosen(name),
    }
}

/// The bars that are not empty.
fn stacks(csv: &Csv, by: &str) -> Vec<Stack> {
    let rows = csv.rows.iter().filter(|row| csv.cell(row, "by") == by);
    let stack = |row: &Vec<String>| {
        let seconds = csv.number(row, "downtime_s").filter(|seconds| *seconds > 0.0)?;
        let of = |cause: &str| csv.number(row, &column(cause));
        Some(Stack {
            name: name(by, csv.cell(row, "name")),
            by_cause: CAUSES.map(|(cause, _)| of(cause).unwrap_or(0.0)),
            whole: total(seconds),
        })
    };
    rows.filter_map(stack).collect()
}
