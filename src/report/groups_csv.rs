//! `groups.csv`: how many agents of each group were in service, out of service, away from home and, where
//! there are shifts, not staffed, from change to change.

use crate::measures::Results;
use crate::model::Model;

use super::cells::Cells;
use super::columns::{Column, count, number, text};
use super::run_table::RunTable;

/// The header.
pub(super) const COLUMNS: [Column; 7] = [
    text("group"),
    number("from_s"),
    number("to_s"),
    count("in_service"),
    count("out"),
    count("away"),
    count("not_staffed").of_shifts(),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    let shifts = !model.shifts.is_empty();
    for (group, steps) in model.groups.iter().zip(&results.groups) {
        for step in steps {
            table.text(&group.name);
            table.time(step.from);
            table.time(step.to);
            table.count(i64::from(group.size) - step.out - step.not_staffed);
            table.count(step.out);
            table.count(step.away);
            if shifts {
                table.count(step.not_staffed);
            }
            table.local(model, step.from);
            table.end();
        }
    }
}
