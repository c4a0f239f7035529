//! `states.csv`: one row per interval in which a site, a server pair, a path or the power of a
//! location was not as usual.

use crate::measures::{Results, Subject};
use crate::model::Model;

use super::table::Table;
use super::world_csv::identity;

/// The header.
const COLUMNS: [&str; 8] = ["part", "name", "kind", "location", "site", "state", "from_s", "to_s"];

/// The file.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for row in &results.states {
        match row.subject {
            Subject::Part(part) => {
                identity(&mut table, model, part);
            }
            Subject::Site(site) => {
                let name = &model.sites[site.index()].name;
                ["site", name, "", "", name].iter().for_each(|text| table.text(text));
            }
            Subject::Power(location) => {
                let name = &model.locations[location.index()].name;
                ["power", "", "", name, ""].iter().for_each(|text| table.text(text));
            }
        }
        table.text(row.state.name());
        table.time(row.from);
        table.time(row.to);
        table.end();
    }
    table.into_bytes()
}
