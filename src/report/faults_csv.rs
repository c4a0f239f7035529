//! `faults.csv`: one row per incident (targets of one fault that go down together), by start.

use crate::measures::{Impact, Results};
use crate::model::Model;

use super::table::Table;

/// The header.
const COLUMNS: [&str; 12] = [
    "fault",
    "from_s",
    "to_s",
    "agents_hit",
    "agents_not_back",
    "half_back_s",
    "most_back_s",
    "all_back_s",
    "logins_peak",
    "recovery_registers_peak",
    "stale_binding_s",
    "ghost_s",
];

/// The file.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_local(&COLUMNS, "from_local", model);
    for impact in &results.impacts {
        row(&mut table, model, impact);
    }
    table.into_bytes()
}

fn row(table: &mut Table, model: &Model, impact: &Impact) {
    let Impact { incident, recovery, .. } = impact;
    table.text(incident.name(model));
    table.time(incident.from);
    table.time(incident.to);
    table.show(recovery.hit);
    table.show(recovery.missing());
    for percent in [50, 95, 100] {
        table.maybe_span(recovery.until(percent));
    }
    table.show(impact.peak_logins);
    table.show(impact.peak_registers);
    table.show(impact.stale);
    table.show(impact.ghost);
    table.local(model, incident.from);
    table.end();
}
