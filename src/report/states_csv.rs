//! `states.csv`: one row per interval in which a part of the world was not as usual.

use crate::measures::{Results, Subject};
use crate::model::{Model, SiteId};

use super::cells::Cells;
use super::columns::{Column, number, text};
use super::run_table::RunTable;
use super::world_csv::identity;

/// The header.
pub(super) const COLUMNS: [Column; 8] = [
    text("part"),
    text("name"),
    text("kind"),
    text("location"),
    text("site"),
    text("state"),
    number("from_s"),
    number("to_s"),
];

/// The file.
pub(super) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: Some("from_local"), told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for row in &results.states {
        match row.subject {
            Subject::Part(part) => {
                identity(table, model, part);
            }
            Subject::Site(site) => of_site(table, model, "site", site),
            Subject::Logins(site) => of_site(table, model, "logins", site),
            Subject::Registrar(site) => of_site(table, model, "registrar", site),
            Subject::Member(pair, role) => {
                let pair = &model.pairs[pair.index()];
                let member = pair.members().nth(role.index());
                let name = member.map_or("", |member| member.name.as_str());
                let site = &model.sites[pair.site.index()].name;
                let cells = ["process", name, pair.kind.name(), "", site];
                cells.iter().for_each(|text| table.text(text));
            }
            Subject::Power(location) => {
                let name = &model.locations[location.index()].name;
                ["power", "", "", name, ""].iter().for_each(|text| table.text(text));
            }
        }
        table.text(row.state.name());
        table.time(row.from);
        table.time(row.to);
        table.local(model, row.from);
        table.end();
    }
}

fn of_site(table: &mut impl Cells, model: &Model, part: &str, site: SiteId) {
    let name = &model.sites[site.index()].name;
    [part, name, "", "", name].iter().for_each(|text| table.text(text));
}
