//! The charts of a sweep: curves for one parameter, a heat map for two.
//!
//! They draw what was estimated, each value with its interval or its difference from today.

mod curves;
mod heat;
mod pane;
mod places;
mod shade;
mod strip;

use crate::experiment::Grid;

/// The name and the drawing of the chart that suits a sweep.
#[must_use]
pub fn sweep_chart(grid: &Grid) -> (&'static str, String) {
    match grid.parameters.len() {
        2 => (HEAT_CHART, heat::draw(grid)),
        _ => ("sweep-curves.svg", curves::draw(grid)),
    }
}

/// The names that [`sweep_chart`] may give.
pub const SWEEP_CHARTS: [&str; 2] = [HEAT_CHART, "sweep-curves.svg"];

/// The one in which colours are values.
pub const HEAT_CHART: &str = "sweep-heat.svg";
