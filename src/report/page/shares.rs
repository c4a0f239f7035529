//! Whose downtime it is: a chart and a table each by fault, by site and by group.

use maud::{Markup, html};

use super::answer::CAUSES;
use super::found::total;
use super::parts::{chart, chosen, csv_table, details, heading};
use super::set::{Csv, Refused, Set};
use crate::report::charts::{Stack, stacks_chart};
use crate::report::words;

/// The three ways with their headings.
const WAYS: [(&str, &str, &str); 3] = [
    ("fault", "By fault", "An outage belongs to the last fault that began with it or before it"),
    ("site", "By site", "An outage belongs to the site at which the agent was in service before"),
    ("group", "By agent group", "An outage belongs to the group of the agent"),
];

/// Most bars of a chart: those with the most downtime.
const BARS: usize = 24;

/// The charts; a note where the table is missing.
pub(super) fn shares(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let Some(csv) = set.csv("downtime.csv")? else {
        return Ok(html! {
            p.missing { "downtime.csv is not in this directory: it was made by an older version." }
        });
    };
    Ok(html! {
        @for (by, name, note) in WAYS {
            @let stacks = stacks(set, &csv, by);
            (heading(level, name))
            @if stacks.is_empty() { p { "There is no downtime." } } @else { (way(set, &csv, (by, note), stacks)) }
        }
    })
}

fn way(set: &Set<'_>, csv: &Csv, (by, note): (&str, &str), mut stacks: Vec<Stack>) -> Markup {
    let whole = |stack: &Stack| stack.by_cause.iter().sum::<f64>();
    stacks.sort_by(|a, b| whole(b).total_cmp(&whole(a)));
    let rest = stacks.len().saturating_sub(BARS);
    stacks.truncate(BARS);
    let title = stacks
        .first()
        .map_or_else(String::new, |most| format!("Most downtime: {}, {}", most.name, most.label));
    let svg = stacks_chart((&title, note), &CAUSES.map(|(_, meaning)| meaning), &stacks);
    let rows = csv.rows.iter().filter(|row| csv.cell(row, "by") == by).cloned().collect();
    let own = Csv { columns: csv.columns.clone(), rows };
    let table = details("Data table", &csv_table(&own, "downtime.csv"));
    html! {
        (chart(set, &format!("by-{by}"), &svg, &table))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { "downtime.csv" } "." } }
    }
}

/// The bars that are not empty.
fn stacks(set: &Set<'_>, csv: &Csv, by: &str) -> Vec<Stack> {
    let agents = set.number("agents").unwrap_or(0.0) as u64;
    let rows = csv.rows.iter().filter(|row| csv.cell(row, "by") == by);
    let stack = |row: &Vec<String>| {
        let seconds = csv.number(row, "downtime_s").filter(|seconds| *seconds > 0.0)?;
        let of = |cause: &str| csv.number(row, &format!("{}_s", cause.replace('-', "_")));
        Some(Stack {
            name: match csv.cell(row, "name") {
                "" => "none".to_owned(),
                name => chosen(name),
            },
            by_cause: CAUSES.map(|(cause, _)| of(cause).unwrap_or(0.0)),
            label: words::agent_time(total(seconds), agents),
        })
    };
    rows.filter_map(stack).collect()
}
