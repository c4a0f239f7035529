//! The measures of an answer with the names that people use, in groups that share a unit; the key of
//! each is on hover and in the table, the exact number beside it.

use maud::{Markup, html};
use serde_json::Value;

use super::found::Found;
use super::parts::{chosen, scrolled};
use super::set::{Kind, Set};
use crate::report::numbers::Scale;
use crate::report::shown::{self, Group};

/// A measure of an answer.
#[derive(Clone, Debug)]
pub(super) struct Line {
    group: Group,
    /// What people call it.
    label: String,
    /// Its complete name.
    pub(super) key: String,
    pub(super) found: Found,
    /// Median and 95th percentile of the single replications.
    runs: [Option<f64>; 2],
}

/// Every measure of a single run or an experiment, by its complete name.
pub(super) fn all(set: &Set<'_>) -> Vec<(String, Found)> {
    let mut all = Vec::new();
    match set.kind {
        Kind::Experiment => {
            let estimates = set.answer["estimates"].as_object();
            let each = estimates.into_iter().flatten();
            all.extend(each.map(|(name, estimate)| (name.clone(), Found::of(estimate))));
        }
        _ => flatten("", &set.answer, &mut all),
    }
    all
}

/// Numbers in objects and lists of objects, named by the way to them. What a list holds is named by
/// its name, a path by its ends.
fn flatten(prefix: &str, value: &Value, all: &mut Vec<(String, Found)>) {
    let inner =
        |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    match value {
        Value::Number(number) => {
            all.push((prefix.to_owned(), Found { value: number.as_f64(), ..Found::default() }));
        }
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| flatten(&inner(key), value, all));
        }
        Value::Array(list) => {
            for one in list {
                let words = ["name", "location", "site", "plane"].map(|key| one[key].as_str());
                let name = match words {
                    [Some(name), ..] => name.to_owned(),
                    [None, Some(location), Some(site), Some(plane)] => {
                        format!("{location}.{site}.{plane}")
                    }
                    _ => continue,
                };
                flatten(&inner(&name), one, all);
            }
        }
        _ => {}
    }
}

/// The measures that people ask for; those of a family only where something happened.
pub(super) fn lines(set: &Set<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (key, found) in all(set) {
        let Some(shown) = shown::find(&key) else { continue };
        let single = set.kind == Kind::Run;
        let wanted = if single { shown.is_for_one_run() } else { shown.is_for(false) };
        let nothing = found.value.is_none_or(|value| value == 0.0);
        if wanted && !(nothing && shown.is_optional()) {
            let runs = &set.answer["estimates"][&key]["runs"];
            let runs = ["p50", "p95"].map(|of| runs[of]["value"].as_f64());
            lines.push(Line { group: shown.group, label: shown.label(&key), key, found, runs });
        }
    }
    lines
}

/// The lines as tables, one per group.
pub(super) fn tables(lines: &[Line]) -> Markup {
    html! {
        @for group in Group::ALL {
            @let here: Vec<&Line> = lines.iter().filter(|line| line.group == group).collect();
            @if !here.is_empty() { (group_table(group, &here)) }
        }
    }
}

fn group_table(group: Group, lines: &[&Line]) -> Markup {
    let scale = scale(group, lines);
    let intervals = lines.iter().any(|line| line.found.interval().is_some());
    let body = html! {
        thead {
            tr {
                th scope="col" { "Measure" }
                th.n scope="col" { "Value" }
                @if intervals {
                    th.n scope="col" { "Interval" }
                    th.n scope="col" { "Half of the replications at most" }
                    th.n scope="col" { "95 % of them at most" }
                }
                th.key scope="col" { "Key" }
            }
        }
        tbody { @for line in lines { (row(line, scale, intervals)) } }
    };
    scrolled(&group.heading(scale), &body)
}

fn row(line: &Line, scale: Scale, intervals: bool) -> Markup {
    let Found { value, .. } = line.found;
    let exact = value.map(|value| value.to_string());
    let shown = value.map_or_else(|| "-".to_owned(), |value| scale.bare(value));
    let interval = line.found.interval().map(|found| scale.bare_interval(found));
    html! {
        tr {
            th scope="row" title=(chosen(&line.key)) { (chosen(&line.label)) }
            td.n data-key=(chosen(&line.key)) data-value=[exact.as_deref()] title=[exact.as_deref()] { (shown) }
            @if intervals {
                td.n { (interval.unwrap_or_default()) }
                @for value in line.runs { td.n { (value.map_or_else(String::new, |value| scale.bare(value))) } }
            }
            td.key { code { (chosen(&line.key)) } }
        }
    }
}

/// The lines as cells, group after group: measure, value with its unit, interval, key.
pub(super) fn cells(lines: &[Line]) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for group in Group::ALL {
        let here: Vec<&Line> = lines.iter().filter(|line| line.group == group).collect();
        let scale = scale(group, &here);
        for Line { label, key, found, .. } in here {
            let value = found.value.map_or_else(|| "-".to_owned(), |value| scale.full(value));
            let interval = found.interval().map(|found| scale.interval(found)).unwrap_or_default();
            all.push(vec![
                format!("{}: {label}", group.heading(scale)),
                value,
                interval,
                key.clone(),
            ]);
        }
    }
    all
}

/// The scale that the lines of a group share.
fn scale(group: Group, lines: &[&Line]) -> Scale {
    let known = |line: &&Line| Some((line.found.value?, line.found.error()));
    let values: Vec<_> = lines.iter().filter_map(known).collect();
    Scale::shared(&values, group.unit())
}

/// A measure of a variant or a point, in a list of objects with a key `measure`.
pub(super) fn in_list<'v>(measures: &'v Value, name: &str) -> &'v Value {
    let all = measures.as_array().map_or(&[][..], Vec::as_slice);
    all.iter().find(|one| one["measure"] == name).unwrap_or(&Value::Null)
}
