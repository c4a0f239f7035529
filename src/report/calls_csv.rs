//! `calls.csv`: calls by queue and by the interval in which they came.

use crate::measures::{CallRow, Results, answer_speed, in_time, occupancy};
use crate::model::Model;

use super::table::Table;

const COLUMNS: [&str; 18] = [
    "from_s",
    "to_s",
    "queue",
    "offered",
    "redialled",
    "answered",
    "abandoned",
    "lost",
    "blocked",
    "waiting",
    "rung_nowhere",
    "service_level",
    "answer_speed_s",
    "longest_wait_s",
    "agents",
    "occupancy",
    "agents_needed",
    "failed_without_faults",
];

/// The file.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_local(&COLUMNS, "from_local", model);
    for row in results.call_rows(model) {
        one(&mut table, model, &row);
        table.local(model, row.from);
        table.end();
    }
    table.into_bytes()
}

fn one(table: &mut Table, model: &Model, row: &CallRow) {
    let queue = &model.calls.queues[row.queue];
    let cell = &row.cell;
    table.time(row.from);
    table.time(row.to);
    table.text(&queue.name);
    for number in [
        cell.offered,
        cell.redialled,
        cell.answered,
        cell.abandoned,
        cell.lost,
        cell.blocked,
        cell.waiting,
        cell.rings,
    ] {
        table.show(number);
    }
    table.show(in_time(cell, queue.level.of));
    match answer_speed(cell) {
        Some(speed) => table.show(speed),
        None => table.empty(),
    }
    table.span(cell.longest_wait);
    table.millionths(row.hours.in_service * 1_000_000 / i128::from((row.to - row.from).0));
    table.show(occupancy(&row.hours));
    maybe(table, row.needed.map(u64::from));
    maybe(table, row.failed_without);
}

fn maybe(table: &mut Table, number: Option<u64>) {
    match number {
        Some(number) => table.show(number),
        None => table.empty(),
    }
}
