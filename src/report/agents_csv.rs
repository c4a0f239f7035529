//! `agents.csv`: one row per agent, in the order of declaration.

use crate::measures::{AgentRow, Ratio};
use crate::model::Model;

use super::cells::Cells;
use super::columns::{CAUSES, Column, count, joined, number, text};

/// The header.
pub(super) const COLUMNS: [Column; 23] = joined(&[
    &[
        text("agent"),
        text("group"),
        text("location"),
        text("preferred_site"),
        number("downtime_s"),
        number("availability"),
        count("outages"),
        count("trips_home"),
        number("longest_outage_s"),
        count("switchovers"),
        count("needless"),
        count("restores"),
        count("flaps"),
    ],
    &CAUSES,
    &[number("away_from_preferred_s"), number("staffed_s").of_shifts()],
]);

/// One row.
pub(super) fn row(table: &mut impl Cells, model: &Model, name: &str, row: &AgentRow) {
    let cohort = model.cohort(row.agent);
    let profile = &model.profiles[cohort.profile.index()];
    let up = row.staffed - row.downtime;
    table.text(name);
    table.text(&model.groups[cohort.group.index()].name);
    table.text(&model.locations[profile.location.index()].name);
    table.text(&model.sites[profile.preferred.site.index()].name);
    table.span(row.downtime);
    table.ratio(Ratio { part: up.0.into(), whole: row.staffed.0.into() });
    table.count(row.outages);
    table.count(row.trips_home);
    table.span(row.longest);
    for count in [row.switchovers, row.needless, row.restores, row.flaps] {
        table.count(count);
    }
    row.by_cause.iter().for_each(|span| table.span(*span));
    table.span(row.away);
    if !model.shifts.is_empty() {
        table.span(row.staffed);
    }
    table.end();
}
