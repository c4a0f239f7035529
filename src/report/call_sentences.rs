//! Calls in sentences, for a run and for the head of its chart.

use crate::measures::{CallFigures, Results};
use crate::model::Model;

use super::words;

/// What became of the calls, and what the faults cost; nothing where nobody calls.
pub(super) fn sentences(results: &Results, model: &Model) -> Vec<String> {
    let Some(calls) = &results.calls else { return Vec::new() };
    let mut all = vec![fates(&calls.all, &in_time(model))];
    if calls.books.unharmed.is_some() {
        all.push(cost(&calls.all));
    }
    all
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
    let offered = words::counted(cell.offered, "call", "calls");
    let ends = [
        (cell.answered, "answered"),
        (cell.abandoned, "abandoned"),
        (cell.lost, "lost"),
        (cell.blocked, "blocked"),
        (cell.waiting, "waiting at the end"),
    ];
    let ends = ends.iter().filter(|(number, _)| *number > 0);
    let ends: Vec<String> =
        ends.map(|(number, what)| format!("{} {what}", words::count(*number))).collect();
    if cell.offered == 0 {
        return "Nobody called.".to_owned();
    }
    let level = words::percent(all.in_time);
    format!("{offered}: {}; service level {level} ({in_time}).", ends.join(", "))
}

/// What the faults cost, against the same callers without them.
pub(super) fn cost(all: &CallFigures) -> String {
    let cost = all.cost();
    match cost.failed {
        0 => "The faults cost no call: as many failed as without them.".to_owned(),
        fewer if fewer < 0 => {
            let fewer = words::counted(fewer.unsigned_abs(), "call", "calls");
            format!("With the faults {fewer} fewer failed than without them.")
        }
        more => {
            let more = words::counted(more.unsigned_abs(), "call", "calls");
            let signed = |number: i64| match number {
                number if number < 0 => format!("-{}", words::count(number.unsigned_abs())),
                number => words::count(number.unsigned_abs()),
            };
            format!(
                "The faults cost {more}, against the same callers without faults: {} lost, {} abandoned, {} blocked.",
                signed(cost.lost),
                signed(cost.abandoned),
                signed(cost.blocked)
            )
        }
    }
}
