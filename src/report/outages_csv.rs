//! `outages.csv`: one row per outage, by agent and time.

use crate::measures::OutageRow;
use crate::model::Model;

use super::table::Table;

/// The header.
pub(super) const COLUMNS: [&str; 18] = [
    "agent",
    "from_s",
    "to_s",
    "duration_s",
    "censored",
    "largest_cause",
    "site",
    "started_by_restore",
    "switchovers",
    "undetected_s",
    "no_site_s",
    "restoring_s",
    "switching_s",
    "reconnecting_s",
    "phone_s",
    "not_ready_s",
    "downtime_if_switched_s",
    "stay_regret_s",
];

/// One row.
pub(super) fn row(table: &mut Table, model: &Model, name: &str, row: &OutageRow) {
    table.text(name);
    table.time(row.from);
    table.time(row.to);
    table.span(row.length());
    table.show(row.censored);
    table.text(row.cause.name());
    table.maybe(row.site.map(|site| model.sites[site.index()].name.as_str()));
    table.show(row.by_restore);
    table.show(row.switchovers);
    row.by_cause.iter().for_each(|span| table.span(*span));
    table.maybe_span(row.if_switched);
    table.maybe_span(row.regret);
    table.end();
}
