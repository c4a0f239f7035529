//! `groups.csv`: how many agents of each group were in service, out of service and away from home, from
//! change to change.

use crate::measures::Results;
use crate::model::Model;

use super::table::Table;

/// The header.
const COLUMNS: [&str; 6] = ["group", "from_s", "to_s", "in_service", "out", "away"];

/// The file.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for (group, steps) in model.groups.iter().zip(&results.groups) {
        for step in steps {
            table.text(&group.name);
            table.time(step.from);
            table.time(step.to);
            table.show(i64::from(group.size) - step.out);
            table.show(step.out);
            table.show(step.away);
            table.end();
        }
    }
    table.into_bytes()
}
