//! `groups.csv`: how many agents of each group were in service, out of service and away from home, from
//! change to change.

use crate::measures::Results;
use crate::model::Model;

use super::columns::{Column, count, number, text};
use super::table::Table;

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
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_columns(&COLUMNS, "from_local", model);
    for (group, steps) in model.groups.iter().zip(&results.groups) {
        for step in steps {
            table.text(&group.name);
            table.time(step.from);
            table.time(step.to);
            table.show(i64::from(group.size) - step.out);
            table.show(step.out);
            table.show(step.away);
            table.local(model, step.from);
            table.end();
        }
    }
    table.into_bytes()
}
