//! Calls in the answer: their outcomes, and what the faults cost.

use super::{Sentence, level};
use crate::model::Unit;
use crate::report::call_sentences::{cost_of, fates_of, mean_windows, rings, windows_of};
use crate::report::page::found::{Found, share, total};
use crate::report::page::set::Set;
use crate::report::words;

/// What the chart of calls shows.
const CHART: (&str, &str) = ("calls", "Calls over time");

/// The calls of a run; nothing where there are no calls.
pub(super) fn of_run(set: &Set<'_>) -> Vec<Sentence> {
    let all = &set.answer["all_calls"];
    if !all.is_object() {
        return Vec::new();
    }
    let count = |key: &str| all[key].as_u64().unwrap_or(0);
    let ends = ["answered", "abandoned", "lost", "blocked", "waiting"].map(count);
    let share = all["service_level"].as_f64().map_or_else(|| "-".to_owned(), share);
    let windows = &set.answer["call_windows"];
    let windows = windows["count"].as_u64().zip(windows["time_s"].as_f64());
    let mut said: Vec<String> =
        windows.map(|(count, time)| windows_of(count, total(time))).into_iter().collect();
    said.push(fates_of(count("offered"), ends, (&share, &in_time(set))));
    if set.answer["faults"].as_array().is_some_and(|faults| !faults.is_empty()) {
        let more = |key: &str| all["cost"][key].as_i64().unwrap_or(0);
        let parts = ["lost", "abandoned", "blocked"];
        let failed = parts.map(count).into_iter().sum();
        said.push(cost_of(more("failed"), failed, parts.map(more)));
    }
    said.extend(rings(count("rung_nowhere")));
    let is_drawn = set.folder.files.contains_key("calls.svg");
    let sentence = |text| match is_drawn {
        true => Sentence::with(text, CHART.0, CHART.1),
        false => Sentence::plain(text),
    };
    said.into_iter().map(sentence).collect()
}

/// What in time means, where it means the same for all queues.
fn in_time(set: &Set<'_>) -> String {
    let queues = set.answer["calls"].as_array().into_iter().flatten();
    let mut limits = queues.filter_map(|queue| queue["answer_within_s"].as_f64());
    let first = limits.next();
    match first.filter(|first| limits.all(|other| other == *first)) {
        Some(within) => format!("within {}", words::length(total(within))),
        None => "in time".to_owned(),
    }
}

/// The calls of an experiment, each with its interval.
pub(super) fn of_experiment(set: &Set<'_>) -> Vec<Sentence> {
    let of = |measure: &str, unit: Unit| {
        Found::of(&set.answer["estimates"][measure]).with_interval(unit, &level(set))
    };
    let share = of("all_calls.service_level", Unit::Share);
    let windows = of("call_windows.time_s", Unit::Time);
    let mut said: Vec<String> = windows.map(|time| mean_windows(&time)).into_iter().collect();
    said.extend(share.map(|share| format!("Calls answered in time: {share}.")));
    if set.answer["planner"].as_array().is_some_and(|rows| !rows.is_empty()) {
        let cost = of("all_calls.cost.failed", Unit::Count);
        said.extend(cost.map(|cost| {
            format!(
                "Calls that failed because of the faults, against the same callers without: {cost}."
            )
        }));
    }
    said.into_iter().map(Sentence::plain).collect()
}
