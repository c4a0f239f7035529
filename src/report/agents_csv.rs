//! `agents.csv`: one row per agent, in the order of declaration.

use crate::measures::{AgentRow, Ratio};
use crate::model::Model;

use super::table::Table;

/// The header.
pub(super) const COLUMNS: [&str; 21] = [
    "agent",
    "group",
    "location",
    "preferred_site",
    "downtime_s",
    "availability",
    "outages",
    "trips_home",
    "longest_outage_s",
    "switchovers",
    "needless",
    "restores",
    "flaps",
    "undetected_s",
    "no_site_s",
    "restoring_s",
    "switching_s",
    "reconnecting_s",
    "phone_s",
    "not_ready_s",
    "away_from_preferred_s",
];

/// One row.
pub(super) fn row(table: &mut Table, model: &Model, name: &str, row: &AgentRow) {
    let cohort = model.cohort(row.agent);
    let profile = &model.profiles[cohort.profile.index()];
    let up = row.horizon - row.downtime;
    table.text(name);
    table.text(&model.groups[cohort.group.index()].name);
    table.text(&model.locations[profile.location.index()].name);
    table.text(&model.sites[profile.preferred.site.index()].name);
    table.span(row.downtime);
    table.show(Ratio { part: up.0.into(), whole: row.horizon.0.into() });
    table.show(row.outages);
    table.show(row.trips_home);
    table.span(row.longest);
    for count in [row.switchovers, row.needless, row.restores, row.flaps] {
        table.show(count);
    }
    row.by_cause.iter().for_each(|span| table.span(*span));
    table.span(row.away);
    table.end();
}
