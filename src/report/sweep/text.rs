//! A sweep for a terminal: what it is about, then a table with a row per point.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::Grid;
use crate::report::advice;
use crate::report::layout::Screen;
use crate::report::words;

use super::{points, tradeoff};

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
        out += &tradeoff::sentences(grid);
    }
    out.push('\n');
    out += &points::table(grid, screen.width);
    out.push('\n');
    out += &advice::footnotes(&grid.advice);
    out
}
