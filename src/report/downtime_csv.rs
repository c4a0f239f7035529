//! `downtime.csv`: the downtime of all agents by fault, by site and by group; each of the three adds
//! up to the whole.

use crate::measures::Results;
use crate::model::Model;

use super::table::Table;

/// The header.
const COLUMNS: [&str; 12] = [
    "by",
    "name",
    "outages",
    "downtime_s",
    "off_s",
    "undetected_s",
    "no_site_s",
    "restoring_s",
    "switching_s",
    "reconnecting_s",
    "phone_s",
    "not_ready_s",
];

/// The file. What belongs to no fault or site is left out where it is nothing.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for (by, name, share) in results.shares.named(model) {
        if name.is_empty() && share.outages == 0 {
            continue;
        }
        table.text(by);
        table.text(name);
        table.show(share.outages);
        table.show(share.downtime());
        share.by_cause.iter().for_each(|total| table.show(total));
        table.end();
    }
    table.into_bytes()
}
