//! A sweep for a terminal: what it is about, then a table with a row per point.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::{Contrast, Grid};
use crate::report::advice;
use crate::report::layout::Screen;
use crate::report::numbers::{Scale, value};
use crate::report::words;

use super::points;

/// The measure that decides which point is the best.
const MAIN: &str = "downtime_s.per_agent.mean";

/// The whole text; laid out for a screen.
#[must_use]
pub fn text(grid: &Grid, title: &str, screen: Screen) -> String {
    let title = screen.bold(title);
    let runs = words::counted(grid.replications as u64, "replication", "replications");
    let points = words::counted(grid.points.len() as u64, "point", "points");
    let level = words::level(grid.level);
    let mut out = format!(
        "{title}\n\n{points}, {runs} each, under the same faults and random draws; {level} intervals.\n"
    );
    out += &advice::sentences(&grid.advice);
    if !grid.advice.is_idle() {
        out += &best(grid);
    }
    out.push('\n');
    out += &points::table(grid, screen.width);
    out.push('\n');
    out += &advice::footnotes(&grid.advice);
    out
}

/// The point with the least downtime, and what it would save.
fn best(grid: &Grid) -> String {
    let main = |contrasts: &[Contrast]| -> Option<f64> {
        contrasts.iter().find(|contrast| contrast.name == MAIN)?.b.value
    };
    let worth = |point: &&crate::experiment::GridPoint| main(&point.contrasts);
    let least = grid.points.iter().filter(|point| worth(point).is_some());
    let least = least.min_by(|a, b| worth(a).unwrap_or(0.0).total_cmp(&worth(b).unwrap_or(0.0)));
    let Some(point) = least else { return String::new() };
    let Some(contrast) = point.contrasts.iter().find(|c| c.name == MAIN) else {
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
    let at = grid.points.iter().position(|other| other.at == point.at);
    let caution = at.map_or_else(String::new, |at| advice::caution(&grid.advice, at));
    format!("Least downtime: {here} per agent with {}{difference}{caution}.\n", settings.join(", "))
}
