//! The table of a sweep on a terminal: a row per point, the numbers of a column in one unit.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::{Contrast, Grid};
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
            None => today(own.len()),
            Some(point) => settings(grid, point),
        };
        cells.extend(columns.iter().map(|column| column.cell(row)));
        table.row(cells);
    }
    table
}

fn today(parameters: usize) -> Vec<String> {
    let mut cells = vec![String::new(); parameters];
    cells.iter_mut().take(1).for_each(|cell| *cell = "today".to_owned());
    cells
}

fn settings(grid: &Grid, point: usize) -> Vec<String> {
    let values = grid.parameters.iter().zip(&grid.points[point].at);
    values.map(|(parameter, at)| parameter.values[*at].clone()).collect()
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
