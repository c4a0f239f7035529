//! `calls.csv`: calls by queue and by the interval in which they came.

use crate::measures::{CallRow, Results, answer_speed, in_time, occupancy};
use crate::model::Model;

use super::cells::Cells;
use super::columns::{Column, count, joined, number, text};
use super::run_table::RunTable;

/// The figures of a queue in an interval.
pub(super) const FIGURES: [Column; 16] = [
    count("offered"),
    count("redialled"),
    count("answered"),
    count("abandoned"),
    count("lost"),
    count("blocked"),
    count("waiting"),
    count("rung_nowhere"),
    number("service_level"),
    number("answer_speed_s"),
    number("longest_wait_s"),
    number("agents"),
    number("occupancy"),
    count("agents_needed"),
    count("failed_without_faults"),
    number("agents_on_shift"),
];

const COLUMNS: [Column; FIGURES.len() + 3] =
    joined(&[&[number("from_s"), number("to_s"), text("queue")], &FIGURES]);

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for row in results.call_rows(model) {
        one(table, model, &row);
        table.local(model, row.from);
        table.end();
    }
}

fn one(table: &mut impl Cells, model: &Model, row: &CallRow) {
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
        table.count(number);
    }
    table.ratio(in_time(cell, queue.level.of));
    table.maybe_billionths(answer_speed(cell).map(|speed| speed.0));
    table.span(cell.longest_wait);
    let mean = |time: i128| time * 1_000_000 / i128::from((row.to - row.from).0);
    table.millionths(mean(row.hours.in_service));
    table.ratio(occupancy(&row.hours));
    table.maybe_count(row.needed.map(u64::from));
    table.maybe_count(row.failed_without);
    table.millionths(mean(row.on_shift));
}
