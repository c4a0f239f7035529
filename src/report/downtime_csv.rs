//! `downtime.csv`: the downtime of all agents by fault, by site and by group; each of the three adds
//! up to the whole.

use crate::measures::Results;
use crate::model::Model;

use super::cells::Cells;
use super::columns::{CAUSES, Column, count, joined, number, text};
use super::run_table::RunTable;

/// The header.
const COLUMNS: [Column; 12] =
    joined(&[&[text("by"), text("name"), count("outages"), number("downtime_s")], &CAUSES]);

/// The file. What belongs to no fault or site is left out where it is nothing.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: None, told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for (by, name, share) in results.shares.named(model) {
        if name.is_empty() && share.outages == 0 {
            continue;
        }
        table.text(by);
        table.text(name);
        table.count(share.outages);
        table.total(share.downtime());
        share.by_cause.iter().for_each(|total| table.total(*total));
        table.end();
    }
}
