//! `world.csv`: one row per server pair and per plane of every path.

use crate::measures::{Part, Results};
use crate::model::{LocationId, Model, SiteId};

use super::cells::Cells;
use super::columns::{Column, count, number, text};
use super::run_table::RunTable;

/// The header.
const COLUMNS: [Column; 11] = [
    text("part"),
    text("name"),
    text("kind"),
    text("location"),
    text("site"),
    number("downtime_s"),
    number("availability"),
    count("outages"),
    number("longest_outage_s"),
    count("failovers"),
    count("uncovered_losses"),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: None, told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for row in &results.world {
        let is_pair = identity(table, model, row.part);
        table.span(row.downtime);
        table.ratio(row.availability());
        table.count(row.outages);
        table.span(row.longest);
        for count in [row.failovers, row.uncovered] {
            if is_pair {
                table.count(count);
            } else {
                table.empty();
            }
        }
        table.end();
    }
}

/// The columns that say which part it is; returns whether it is a pair.
pub(super) fn identity(table: &mut impl Cells, model: &Model, part: Part) -> bool {
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
    table: &mut impl Cells,
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
