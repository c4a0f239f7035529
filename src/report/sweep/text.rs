//! A sweep for a terminal: what it is about, then a table with a row per point.
//!
//! A few measures only; all of them are in the files.

use comfy_table::{CellAlignment, Table, presets};

use crate::experiment::{Contrast, Grid};
use crate::report::numbers::{Scale, value};
use crate::report::words;
use crate::statistics::Method;

/// The columns: measure and heading.
const COLUMNS: [(&str, &str); 5] = [
    ("downtime_s.per_agent.mean", "downtime per agent"),
    ("outages.duration_s.p95", "p95 outage"),
    ("switchovers.count", "switchovers"),
    ("switchovers.needless", "needless"),
    ("flaps.count", "flaps"),
];

/// The whole text; with `colour`, the heading is bold (ANSI).
#[must_use]
pub fn text(grid: &Grid, title: &str, colour: bool) -> String {
    let title = if colour { format!("\u{1b}[1m{title}\u{1b}[0m") } else { title.to_owned() };
    let runs = words::counted(grid.replications as u64, "replication", "replications");
    let points = words::counted(grid.points.len() as u64, "point", "points");
    let level = words::level(grid.level);
    let mut out = format!(
        "{title}\n\n{points}, {runs} each, on the same faults and the same luck; {level} intervals.\n"
    );
    out += &best(grid);
    out.push('\n');
    out += &table(grid);
    out.push('\n');
    out
}

/// The point with the least downtime, and what it would save.
fn best(grid: &Grid) -> String {
    let main = |contrasts: &[Contrast]| -> Option<f64> {
        contrasts.iter().find(|contrast| contrast.name == COLUMNS[0].0)?.b.value
    };
    let worth = |point: &&crate::experiment::GridPoint| main(&point.contrasts);
    let least = grid.points.iter().filter(|point| worth(point).is_some());
    let least = least.min_by(|a, b| worth(a).unwrap_or(0.0).total_cmp(&worth(b).unwrap_or(0.0)));
    let Some(point) = least else { return String::new() };
    let Some(contrast) = point.contrasts.iter().find(|c| c.name == COLUMNS[0].0) else {
        return String::new();
    };
    let settings = grid.parameters.iter().zip(&point.at);
    let settings: Vec<String> = settings
        .map(|(parameter, at)| format!("{}={}", parameter.path, parameter.values[*at]))
        .collect();
    let here = value(contrast.b.value.unwrap_or(0.0), contrast.unit);
    let difference = match (contrast.difference.value, contrast.difference.interval) {
        (Some(found), Some(interval)) if interval.low < interval.high => {
            let scale = Scale::of_difference(&contrast.difference, contrast.unit);
            format!(", {} from today ({})", scale.full(found), scale.interval(interval))
        }
        _ => String::new(),
    };
    format!("Least downtime: {here} per agent with {}{difference}.\n", settings.join(", "))
}

fn table(grid: &Grid) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_BORDERS_ONLY_CONDENSED);
    let mut header: Vec<String> =
        grid.parameters.iter().map(|parameter| last(&parameter.path)).collect();
    let own = header.len();
    for (_, heading) in COLUMNS {
        header.push(heading.to_owned());
        if heading == COLUMNS[0].1 {
            header.push("from today".to_owned());
        }
    }
    let width = header.len();
    table.set_header(header);
    table.add_row(cells(vec!["today".to_owned(); own.min(1)], own, &grid.today));
    for point in &grid.points {
        let values = grid.parameters.iter().zip(&point.at);
        let values = values.map(|(parameter, at)| parameter.values[*at].clone()).collect();
        table.add_row(cells(values, own, &point.contrasts));
    }
    for column in 0..width {
        if let Some(values) = table.column_mut(column) {
            values.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// The last two words of a path are enough for a heading.
fn last(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    parts[parts.len().saturating_sub(2)..].join(".")
}

fn cells(mut row: Vec<String>, own: usize, contrasts: &[Contrast]) -> Vec<String> {
    row.resize(own, String::new());
    for (name, heading) in COLUMNS {
        let found = contrasts.iter().find(|contrast| contrast.name == name);
        row.push(found.map_or_else(|| "-".to_owned(), here));
        if heading == COLUMNS[0].1 {
            row.push(found.map_or_else(|| "-".to_owned(), from_today));
        }
    }
    row
}

/// Value and half-width.
fn here(contrast: &Contrast) -> String {
    let Some(found) = contrast.b.value else { return "-".to_owned() };
    if contrast.b.method == Method::NoneSeen {
        return "none".to_owned();
    }
    match contrast.b.half_width().filter(|half| *half > 0.0 && half.is_finite()) {
        Some(half) => {
            let scale = Scale::of(found, Some(half), contrast.unit);
            format!("{} +/- {}", scale.bare(found), scale.full(half))
        }
        None => value(found, contrast.unit),
    }
}

fn from_today(contrast: &Contrast) -> String {
    let Some(found) = contrast.difference.value else { return "-".to_owned() };
    match contrast.difference.half_width() {
        Some(half) if half > 0.0 => {
            let scale = Scale::of(found, Some(half), contrast.unit);
            format!("{} +/- {}", scale.bare(found), scale.full(half))
        }
        _ => value(found, contrast.unit),
    }
}
