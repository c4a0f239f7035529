//! `timeline.csv`: agents by state, moves, logins and REGISTERs per bin and site.
//!
//! Agents are means over the bin; a row without a site holds those connected nowhere, so that
//! the rows of one bin add up to all agents on duty. The others are `not_staffed` in that row, where there are shifts.

use crate::measures::{Results, SiteResults, Timeline};
use crate::model::Model;

use super::cells::Cells;
use super::columns::{Column, count, number, text};
use super::run_table::RunTable;

/// The header.
pub(super) const COLUMNS: [Column; 13] = [
    number("from_s"),
    number("to_s"),
    text("site"),
    number("in_service"),
    number("switching"),
    number("out"),
    count("in_service_lowest"),
    count("switchovers_to"),
    count("restores_to"),
    count("logins"),
    count("recovery_registers"),
    number("background_registers"),
    number("not_staffed").of_shifts(),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    let shifts = !model.shifts.is_empty();
    for bin in 0..results.bins.count() {
        for (site, declared) in results.sites.iter().zip(&model.sites) {
            agents(table, results, bin, &declared.name, &site.timeline);
            events(table, bin, site);
            (0..u8::from(shifts)).for_each(|_| table.empty());
            table.local(model, results.bins.start(bin));
            table.end();
        }
        agents(table, results, bin, "", &results.nowhere);
        (0..6).for_each(|_| table.empty());
        if shifts {
            mean(table, results, bin, &results.not_staffed);
        }
        table.local(model, results.bins.start(bin));
        table.end();
    }
}

fn agents(table: &mut impl Cells, results: &Results, bin: usize, site: &str, timeline: &Timeline) {
    table.time(results.bins.start(bin));
    table.time(results.bins.end(bin));
    table.text(site);
    for state in [&timeline.in_service, &timeline.switching, &timeline.out] {
        mean(table, results, bin, state);
    }
}

fn mean(table: &mut impl Cells, results: &Results, bin: usize, agents: &[i128]) {
    table.millionths(agents[bin] * 1_000_000 / i128::from(results.bins.length(bin).0));
}

fn events(table: &mut impl Cells, bin: usize, site: &SiteResults) {
    table.count(site.level.lowest[bin]);
    for count in [&site.switchovers_to, &site.restores_to, &site.logins, &site.recovery_registers] {
        table.count(count[bin]);
    }
    table.millionths(site.background_registers[bin]);
}
