//! `world.csv`: one row per server pair and per plane of every path.

use crate::measures::{Part, Results};
use crate::model::{LocationId, Model, SiteId};

use super::table::Table;

/// The header.
const COLUMNS: [&str; 11] = [
    "part",
    "name",
    "kind",
    "location",
    "site",
    "downtime_s",
    "availability",
    "outages",
    "longest_outage_s",
    "failovers",
    "uncovered_losses",
];

/// The file.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for row in &results.world {
        let is_pair = identity(&mut table, model, row.part);
        table.span(row.downtime);
        table.show(row.availability());
        table.show(row.outages);
        table.span(row.longest);
        for count in [row.failovers, row.uncovered] {
            if is_pair {
                table.show(count);
            } else {
                table.empty();
            }
        }
        table.end();
    }
    table.into_bytes()
}

/// The columns that say which part it is; returns whether it is a pair.
pub(super) fn identity(table: &mut Table, model: &Model, part: Part) -> bool {
    match part {
        Part::Pair(id) => {
            let pair = &model.pairs[id.index()];
            let site = &model.sites[pair.site.index()].name;
            ["pair", &pair.name, pair.kind.name(), "", site]
                .iter()
                .for_each(|text| table.text(text));
            true
        }
        Part::Cti(location, site) => plane(table, model, "cti", location, site),
        Part::Sip(location, site) => plane(table, model, "sip", location, site),
    }
}

fn plane(
    table: &mut Table,
    model: &Model,
    plane: &str,
    location: LocationId,
    site: SiteId,
) -> bool {
    let (location, site) =
        (&model.locations[location.index()].name, &model.sites[site.index()].name);
    ["path", "", plane, location, site].iter().for_each(|text| table.text(text));
    false
}
