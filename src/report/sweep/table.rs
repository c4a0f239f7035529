//! `sweep.csv`: one row per point and measure, with the paired difference from today.
//!
//! Long and thin, as tools for charts and pivot tables need it.

use crate::experiment::Grid;
use crate::report::between::{between, unit_name};
use crate::report::cells::Cells;
use crate::report::table::Table;

/// The columns behind those of the parameters.
const COLUMNS: [&str; 15] = [
    "today",
    "may_have_least_downtime",
    "pareto",
    "measure",
    "unit",
    "value",
    "low",
    "high",
    "level",
    "count",
    "method",
    "difference",
    "difference_low",
    "difference_high",
    "difference_method",
];

/// The file.
pub(super) fn render(grid: &Grid) -> Vec<u8> {
    let mut table = Table::new();
    grid.parameters.iter().for_each(|parameter| table.text(&parameter.path));
    COLUMNS.iter().for_each(|column| table.text(column));
    table.end();
    for point in &grid.points {
        for contrast in &point.contrasts {
            for (parameter, at) in grid.parameters.iter().zip(&point.at) {
                table.text(&parameter.values[*at]);
            }
            table.show(point.variant == 0);
            table.show(grid.tradeoff.may_have_least_downtime(point.variant));
            table.show(grid.tradeoff.pareto[point.variant]);
            table.text(&contrast.name);
            table.text(unit_name(contrast.unit));
            let here = between(&contrast.b);
            [here.value, here.low, here.high].iter().for_each(|end| table.maybe_show(*end));
            table.show(grid.level);
            table.show(contrast.b.count);
            table.text(contrast.b.method.name());
            let difference = between(&contrast.difference);
            let ends = [difference.value, difference.low, difference.high];
            ends.iter().for_each(|end| table.maybe_show(*end));
            table.text(contrast.difference.method.name());
            table.end();
        }
    }
    table.into_bytes()
}
