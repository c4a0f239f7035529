//! The table of a sweep on a terminal: a row per point, the numbers of a column in one unit. Today
//! has one row: that of its point, or one of its own before the points.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::{Contrast, Goal, Grid, Parameter, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::{Model, Unit};
use crate::report::layout::{Column, Layout};
use crate::report::marks::{self, Marked};
use crate::report::numbers::{Scale, value};
use crate::report::words;
use crate::statistics::{Estimate, Method};

/// What is shown of failed calls where calls are simulated in windows.
const OF_FAULTS: &str = "all_calls.cost.failed";

/// What is in the currency of the prices.
const MONEY: &str = "money.total";

/// The columns: measure, heading, and whether they are kept on a narrow screen with their interval.
const COLUMNS: [(&str, &str, bool); 8] = [
    (DOWNTIME_PER_AGENT, "downtime\nper agent", true),
    ("outages.service_lost.duration_s.p95", "p95 of\nlosses", false),
    ("switchovers.needless", "needless", false),
    ("flaps.count", "flaps", false),
    ("all_calls.service_level", "answered\nin time", false),
    ("all_calls.failed", "failed\ncalls", false),
    (OF_FAULTS, "failed by\nfaults", false),
    (MONEY, "cost", false),
];

/// The table, without a final newline.
pub(super) fn table(grid: &Grid, today: &Model, width: usize) -> String {
    let ways = [(true, false), (true, true), (false, false), (false, true)];
    let mut tables = ways.map(|way| laid_out(grid, way, today)).into_iter();
    let narrow = tables.next_back();
    let table = tables.find(|table| table.fits(width)).or(narrow);
    table.map(|table| table.render(width)).unwrap_or_default()
}

/// What is in a row: today's scenario, which is no point, or a point.
type Row = Option<usize>;

/// The rows.
fn rows(grid: &Grid) -> Vec<Row> {
    let points = (0..grid.points.len()).map(Some);
    if grid.today_point().is_some() {
        points.collect()
    } else {
        [None].into_iter().chain(points).collect()
    }
}

/// The variant of a row.
fn variant(grid: &Grid, row: Row) -> usize {
    row.map_or(0, |point| grid.points[point].variant)
}

/// What a row is marked with.
fn marked(grid: &Grid, row: Row) -> Marked {
    let variant = variant(grid, row);
    let warned = row.is_some_and(|point| grid.advice.codes(point).next().is_some());
    Marked::new(variant == 0, grid.tradeoff.marks(variant), warned)
}

/// What the letters of the table mean, as far as they are in it; a line each.
pub(super) fn legend(grid: &Grid) -> String {
    marks::legend(rows(grid).into_iter().map(|row| marked(grid, row)), "point")
}

/// The estimates of one column, row by row.
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
        self.scale.stacked(value, estimate.interval.filter(|_| self.intervals))
    }
}

/// Every column with its intervals below the values, or only the first ones; names of parameters in one piece, or `broken`
/// at their hyphens.
fn laid_out(grid: &Grid, (all_intervals, broken): (bool, bool), today: &Model) -> Layout {
    let columns = columns(grid, all_intervals, &today.prices.currency);
    let peak = format!("peak\nlogins\n{}", words::per_window(today.horizon));
    let own: Vec<String> = grid.parameters.iter().map(|one| heading(one, broken)).collect();
    let mut heads: Vec<_> = own.iter().map(|head| (head.as_str(), Column::Right)).collect();
    heads.extend(columns.iter().map(|column| (column.heading.as_str(), Column::Right)));
    heads.push((&peak, Column::Right));
    let mut table = Layout::new(&heads);
    for (position, row) in rows(grid).into_iter().enumerate() {
        let mut cells = row.map_or_else(|| in_force(grid), |point| settings(grid, point));
        if let Some(first) = cells.first_mut() {
            *first = marked(grid, row).before(first);
        }
        cells.extend(columns.iter().map(|column| column.cell(position)));
        cells.push(peak_logins(grid, row));
        table.row(cells);
    }
    table
}

/// The most logins in one window at any site, on average over the replications.
fn peak_logins(grid: &Grid, row: Row) -> String {
    let mean = grid.tradeoff.mean(Goal::PeakLogins, variant(grid, row));
    mean.map_or_else(|| "-".to_owned(), |mean| value(mean, Unit::Count))
}

/// The values in force, where today's scenario is no point.
fn in_force(grid: &Grid) -> Vec<String> {
    let values = |number: usize| {
        let change = grid.advice.changes.get(number);
        let values = change.into_iter().flat_map(|change| &change.in_force);
        let values: Vec<&str> = values.map(|one| one.value.as_str()).collect();
        if values.is_empty() { "not set".to_owned() } else { values.join(", ") }
    };
    (0..grid.parameters.len()).map(values).collect()
}

/// The values of a point.
fn settings(grid: &Grid, point: usize) -> Vec<String> {
    let values = grid.parameters.iter().zip(&grid.points[point].at);
    values.map(|(parameter, at)| parameter.values[*at].clone()).collect()
}

/// The columns; the difference from today is behind the measure that decides.
fn columns<'a>(grid: &'a Grid, all_intervals: bool, currency: &str) -> Vec<Estimates<'a>> {
    let mut columns = Vec::new();
    let in_windows = grid.tradeoff.has(Goal::CallsOfFaults);
    let counts = |name: &str| match name {
        "all_calls.failed" => !in_windows,
        OF_FAULTS => in_windows,
        _ => true,
    };
    for (name, heading, keeps) in COLUMNS.into_iter().filter(|column| counts(column.0)) {
        let intervals = keeps || all_intervals;
        let heading = match (name, currency) {
            (MONEY, currency) if !currency.is_empty() => format!("{heading}\n({currency})"),
            _ => heading.to_owned(),
        };
        let own = column(grid, name, &heading, intervals, |contrast| &contrast.b);
        // A scenario without calls or prices has no measures of them.
        if own.all.iter().all(Option::is_none) {
            continue;
        }
        columns.push(own);
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
    let row = |row: Row| row.map_or(&grid.today, |point| &grid.points[point].contrasts);
    let find = |at| contrast_of(row(at), name);
    let contrasts: Vec<_> = rows(grid).into_iter().map(find).collect();
    let unit = contrasts.iter().flatten().next().map_or(Unit::Count, |c| c.unit);
    let all: Vec<_> = contrasts.into_iter().map(|found| found.map(&get)).collect();
    let scale = Scale::of_estimates(all.iter().copied().flatten(), unit);
    let heading = match scale.unit() {
        "" => heading.to_owned(),
        unit => format!("{heading}\n({unit})"),
    };
    Estimates { heading, scale, all, intervals }
}

/// The short name of a parameter, one key below the other, and its unit.
fn heading(parameter: &Parameter, broken: bool) -> String {
    let name = parameter.short().replace('.', ".\n");
    let name = if broken { name.replace('-', "-\n") } else { name };
    if parameter.unit.is_empty() { name } else { format!("{name}\n({})", parameter.unit) }
}
