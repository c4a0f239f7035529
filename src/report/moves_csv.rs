//! `moves.csv`: one row per switchover and restore, by agent and time.

use crate::measures::MoveRow;
use crate::model::{Model, SiteId};

use super::cells::Cells;
use super::columns::{Column, flag, number, text};

/// The header.
pub(super) const COLUMNS: [Column; 17] = [
    text("agent"),
    text("move"),
    text("reason"),
    text("from"),
    text("to"),
    number("start_s"),
    flag("in_service_before"),
    number("available_s"),
    number("connected_s"),
    text("connected_to"),
    number("logged_in_s"),
    number("in_service_s"),
    flag("needless"),
    flag("flap"),
    flag("premature"),
    number("downtime_if_stayed_s"),
    number("regret_s"),
];

/// The column of local time.
pub(super) const LOCAL: &str = "start_local";

/// One row.
pub(super) fn row(table: &mut impl Cells, model: &Model, name: &str, row: &MoveRow) {
    let site = |site: SiteId| model.sites[site.index()].name.as_str();
    table.text(name);
    table.text(if row.is_restore() { "restore" } else { "switchover" });
    table.text(row.reason.name());
    table.maybe(row.from.map(site));
    table.text(site(row.to));
    table.time(row.begun);
    table.flag(row.in_service_before);
    table.maybe_time(row.available);
    table.maybe_time(row.connected.map(|(at, _)| at));
    table.maybe(row.connected.map(|(_, at)| site(at)));
    table.maybe_time(row.logged_in);
    table.maybe_time(row.in_service.map(|(at, _)| at));
    for flag in [row.needless, row.flap, row.premature] {
        table.flag(flag);
    }
    table.maybe_span(row.if_stayed);
    table.maybe_span(row.regret);
    table.local(model, row.begun);
    table.end();
}
