//! Calls in sentences, for a run and for the head of its chart.

use crate::measures::{CallFigures, Results, Total};
use crate::model::Model;

use super::words;

/// The outcomes of the calls, and what the faults cost; nothing where there are no calls.
pub(super) fn sentences(results: &Results, model: &Model) -> Vec<String> {
    let Some(calls) = &results.calls else { return Vec::new() };
    let mut all: Vec<String> =
        calls.windows().map(|it| windows_of(it.0, it.1)).into_iter().collect();
    all.push(fates(&calls.all, &in_time(model)));
    if calls.books.unharmed.is_some() {
        all.push(cost(&calls.all));
    }
    all.extend(rings(calls.all.cell.rings));
    all
}

/// How often calls rang at a dead contact; `None`: never.
pub(super) fn rings(number: u64) -> Option<String> {
    let times = match number {
        0 => return None,
        1 => "Once".to_owned(),
        _ => format!("{} times", words::count(number)),
    };
    Some(format!(
        "{times} a call rang where nobody answers: a site took an agent for ready who was not there (a stale binding or a ghost)."
    ))
}

/// That calls were simulated in some windows only.
pub(super) fn windows_of(count: u64, time: Total) -> String {
    let windows = words::counted(count, "window", "windows");
    in_windows(&format!("{windows}, {} in all", words::length(time)))
}

/// The same of many runs: how long in the mean.
pub(super) fn mean_windows(time: &str) -> String {
    in_windows(&format!("{time} in the mean"))
}

fn in_windows(extent: &str) -> String {
    format!(
        "Calls were simulated where faults and drains make a difference: {extent}. What is said of calls counts no other time."
    )
}

/// What in time means, where it means the same for all queues.
fn in_time(model: &Model) -> String {
    let mut levels = model.calls.queues.iter().map(|queue| queue.level);
    let first = levels.next();
    match first.filter(|first| levels.all(|other| other.within == first.within)) {
        Some(level) => format!("within {}", words::span(level.within)),
        None => "in time".to_owned(),
    }
}

fn fates(all: &CallFigures, in_time: &str) -> String {
    let cell = &all.cell;
    let ends = [cell.answered, cell.abandoned, cell.lost, cell.blocked, cell.waiting];
    fates_of(cell.offered, ends, (&words::percent(all.in_time), in_time))
}

/// The outcomes of calls: answered, abandoned, lost, blocked, waiting; their service level, and
/// what in time means.
pub(super) fn fates_of(offered: u64, ends: [u64; 5], (level, in_time): (&str, &str)) -> String {
    if offered == 0 {
        return "Nobody called.".to_owned();
    }
    let names = ["answered", "abandoned", "lost", "blocked", "waiting at the end"];
    let ends = ends.into_iter().zip(names).filter(|(number, _)| *number > 0);
    let ends: Vec<String> =
        ends.map(|(number, what)| format!("{} {what}", words::count(number))).collect();
    let offered = words::counted(offered, "call", "calls");
    format!("{offered}: {}; service level {level} ({in_time}).", ends.join(", "))
}

/// What the faults cost, against the same callers without them.
pub(super) fn cost(all: &CallFigures) -> String {
    let (cost, cell) = (all.cost(), &all.cell);
    cost_of(cost.failed, cell.failed(), [cost.lost, cost.abandoned, cost.blocked])
}

/// The same of calls that failed more than without faults, of all that failed, and of the first those lost, abandoned and
/// blocked.
pub(super) fn cost_of(more: i64, failed: u64, parts: [i64; 3]) -> String {
    let all = words::counted(failed, "call", "calls");
    match more {
        0 if failed == 0 => {
            "The faults cost no call: none failed, with or without them.".to_owned()
        }
        0 => format!("The faults cost no call: {all} failed, as many as without them."),
        fewer if fewer < 0 => {
            let fewer = words::count(fewer.unsigned_abs());
            format!("With the faults {all} failed, {fewer} fewer than without them.")
        }
        more => {
            let more = words::counted(more.unsigned_abs(), "call", "calls");
            let [lost, abandoned, blocked] = parts.map(more_or_fewer);
            format!(
                "The faults cost {more}, against the same callers without faults: {lost} lost, {abandoned} abandoned, {blocked} blocked."
            )
        }
    }
}

/// A difference of counts: `26`, `14 fewer`.
pub(super) fn more_or_fewer(number: i64) -> String {
    let fewer = if number < 0 { " fewer" } else { "" };
    format!("{}{fewer}", words::count(number.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_failed_less_are_said_to_be_fewer() {
        assert_eq!([26, 0, -14].map(more_or_fewer), ["26", "0", "14 fewer"]);
        assert_eq!(
            cost_of(12, 4_229, [26, -14, 0]),
            "The faults cost 12 calls, against the same callers without faults: 26 lost, 14 fewer abandoned, 0 blocked."
        );
    }
}
