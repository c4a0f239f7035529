//! The table of a sweep on a terminal: a row per point, the numbers of a column in one unit.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::{Contrast, Grid};
use crate::report::advice::SIGN;
use crate::report::layout::{Column, Layout};
use crate::report::numbers::Scale;
use crate::statistics::{Estimate, Method};

/// The columns: measure, heading, and whether they are kept on a narrow screen with their interval.
const COLUMNS: [(&str, &str, bool); 5] = [
    ("downtime_s.per_agent.mean", "downtime\nper agent", true),
    ("outages.service_lost.duration_s.p95", "p95, ser-\nvice lost", true),
    ("switchovers.count", "switch-\novers", false),
    ("switchovers.needless", "needless", false),
    ("flaps.count", "flaps", false),
];

/// The table, without a final newline.
pub(super) fn table(grid: &Grid, width: usize) -> String {
    let wide = laid_out(grid, true);
    if wide.fits(width) { wide.render(width) } else { laid_out(grid, false).render(width) }
}

/// The estimates of one column: today's, then those of the points.
struct Estimates<'a> {
    heading: String,
    scale: Scale,
    all: Vec<Option<&'a Estimate>>,
    intervals: bool,
}

impl Estimates<'_> {
    fn cell(&self, row: usize) -> String {
        let Some(estimate) = self.all[row] else { return "-".to_owned() };
        let Some(value) = estimate.value else { return "-".to_owned() };
        if estimate.method == Method::NoneSeen {
            return "none".to_owned();
        }
        match estimate.interval.filter(|found| self.intervals && found.low < found.high) {
            Some(found) => {
                format!("{}\n{}", self.scale.bare(value), self.scale.bare_interval(found))
            }
            None => self.scale.bare(value),
        }
    }
}

/// Every column with its intervals below the values, or only the first ones.
fn laid_out(grid: &Grid, all_intervals: bool) -> Layout {
    let columns = columns(grid, all_intervals);
    let own: Vec<String> = grid.parameters.iter().map(|parameter| last(&parameter.path)).collect();
    let heads = own.iter().chain(columns.iter().map(|column| &column.heading));
    let heads: Vec<_> = heads.map(|head| (head.as_str(), Column::Right)).collect();
    let mut table = Layout::new(&heads);
    for row in 0..=grid.points.len() {
        let mut cells = match row.checked_sub(1) {
            None => today(grid),
            Some(point) => settings(grid, point),
        };
        cells.extend(columns.iter().map(|column| column.cell(row)));
        table.row(cells);
    }
    table
}

/// The row of the scenario as it is, with the values in force.
fn today(grid: &Grid) -> Vec<String> {
    let mut cells: Vec<String> = grid.parameters.iter().map(|_| String::new()).collect();
    for (cell, change) in cells.iter_mut().zip(&grid.advice.changes) {
        let values: Vec<&str> = change.in_force.iter().map(|one| one.value.as_str()).collect();
        *cell = values.join(", ");
    }
    if let Some(first) = cells.first_mut() {
        let value = if first.is_empty() { String::new() } else { format!("\n{first}") };
        *first = format!("today{value}");
    }
    cells
}

/// The values of a point; a sign before them says that `check` finds something there.
fn settings(grid: &Grid, point: usize) -> Vec<String> {
    let values = grid.parameters.iter().zip(&grid.points[point].at);
    let mut cells: Vec<String> =
        values.map(|(parameter, at)| parameter.values[*at].clone()).collect();
    if let Some(first) = cells.first_mut().filter(|_| grid.advice.codes(point).next().is_some()) {
        *first = format!("{SIGN} {first}");
    }
    cells
}

/// The columns; the difference from today stands behind the measure that decides.
fn columns(grid: &Grid, all_intervals: bool) -> Vec<Estimates<'_>> {
    let mut columns = Vec::new();
    for (name, heading, keeps) in COLUMNS {
        let intervals = keeps || all_intervals;
        columns.push(column(grid, name, heading, intervals, |contrast| &contrast.b));
        if columns.len() == 1 {
            columns.push(column(grid, name, "from\ntoday", intervals, |contrast| {
                &contrast.difference
            }));
        }
    }
    columns
}

fn column<'a>(
    grid: &'a Grid,
    name: &str,
    heading: &str,
    intervals: bool,
    get: impl Fn(&'a Contrast) -> &'a Estimate,
) -> Estimates<'a> {
    let rows = std::iter::once(&grid.today).chain(grid.points.iter().map(|point| &point.contrasts));
    let contrasts: Vec<_> =
        rows.map(|row| row.iter().find(|contrast| contrast.name == name)).collect();
    let unit = contrasts.iter().flatten().next().map_or(crate::model::Unit::Count, |c| c.unit);
    let all: Vec<_> = contrasts.into_iter().map(|found| found.map(&get)).collect();
    let known = all.iter().flatten();
    let known = known.filter_map(|estimate| Some((estimate.value?, estimate.half_width())));
    let scale = Scale::shared(&known.collect::<Vec<_>>(), unit);
    let heading = match scale.unit() {
        "" => heading.to_owned(),
        unit => format!("{heading}\n({unit})"),
    };
    Estimates { heading, scale, all, intervals }
}

/// The last two words of a path are enough for a heading, one below the other.
fn last(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    parts[parts.len().saturating_sub(2)..].join(".\n").replace('-', "-\n")
}
