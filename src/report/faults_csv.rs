//! `faults.csv`: one row per incident (targets of one fault that go down together), by start.

use crate::measures::{Impact, Results};
use crate::model::Model;

use super::cells::Cells;
use super::columns::{Column, count, number, text};
use super::run_table::RunTable;

/// The header.
const COLUMNS: [Column; 13] = [
    text("fault"),
    number("from_s"),
    number("to_s"),
    count("agents_hit"),
    count("agents_not_back"),
    number("half_back_s"),
    number("most_back_s"),
    number("all_back_s"),
    count("logins_peak"),
    count("recovery_registers_peak"),
    number("stale_binding_s"),
    number("ghost_s"),
    number("lost_s"),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for impact in &results.impacts {
        row(table, (results, model), impact);
    }
}

fn row(table: &mut impl Cells, (results, model): (&Results, &Model), impact: &Impact) {
    let Impact { incident, recovery, .. } = impact;
    table.text(incident.name(model));
    table.time(incident.from);
    table.time(incident.to);
    table.count(recovery.hit);
    table.count(recovery.missing());
    for percent in [50, 95, 100] {
        table.maybe_span(recovery.until(percent));
    }
    table.count(impact.peak_logins);
    table.count(impact.peak_registers);
    table.total(impact.stale);
    table.total(impact.ghost);
    table.total(impact.lost(results.horizon));
    table.local(model, incident.from);
    table.end();
}
