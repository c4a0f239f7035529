//! `outages.csv`: one row per outage, by agent and time.

use crate::measures::OutageRow;
use crate::model::Model;

use super::cells::Cells;
use super::columns::{CAUSES, Column, count, flag, joined, number, text};

/// The header.
pub(super) const COLUMNS: [Column; 19] = joined(&[
    &[
        text("agent"),
        number("from_s"),
        number("to_s"),
        number("duration_s"),
        flag("censored"),
        text("largest_cause"),
        text("site"),
        flag("started_by_restore"),
        count("switchovers"),
    ],
    &CAUSES,
    &[number("downtime_if_switched_s"), number("stay_regret_s")],
]);

/// The column of local time.
pub(super) const LOCAL: &str = "from_local";

/// One row.
pub(super) fn row(table: &mut impl Cells, model: &Model, name: &str, row: &OutageRow) {
    table.text(name);
    table.time(row.from);
    table.time(row.to);
    table.span(row.length());
    table.flag(row.censored);
    table.text(row.cause.name());
    table.maybe(row.site.map(|site| model.sites[site.index()].name.as_str()));
    table.flag(row.by_restore);
    table.count(row.switchovers);
    row.by_cause.iter().for_each(|span| table.span(*span));
    table.maybe_span(row.if_switched);
    table.maybe_span(row.regret);
    table.local(model, row.from);
    table.end();
}
