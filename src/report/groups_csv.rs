//! `groups.csv`: how many agents of each group were in service, out of service and away from home, from
//! change to change.

use crate::measures::Results;
use crate::model::Model;

use super::cells::Cells;
use super::columns::{Column, count, number, text};
use super::run_table::RunTable;

/// The header.
pub(super) const COLUMNS: [Column; 6] = [
    text("group"),
    number("from_s"),
    number("to_s"),
    count("in_service"),
    count("out"),
    count("away"),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for (group, steps) in model.groups.iter().zip(&results.groups) {
        for step in steps {
            table.text(&group.name);
            table.time(step.from);
            table.time(step.to);
            table.count(i64::from(group.size) - step.out);
            table.count(step.out);
            table.count(step.away);
            table.local(model, step.from);
            table.end();
        }
    }
}
