//! Curves over one parameter: for each measure its level with its interval, and next to it the
//! paired difference from today, which is known far better. A strip of marks is below.
//!
//! Values that are no numbers ("never") are placed side by side at equal distances.

use crate::experiment::{Goal, Grid, Parameter, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::report::charts::canvas::Canvas;
use crate::report::charts::palette::{self, Colour};
use crate::report::charts::plot::{Room, WIDTH, head, head_height};
use crate::report::words;

use super::pane::{Curve, Pane};
use super::places::{horizontal, places};
use super::strip;

/// Height of a row of two panes.
const ROW: i32 = 190;

/// The left and the right pane: where the label of the y axis begins, where the axis is, where the
/// pane ends.
const LEVEL: [i32; 3] = [20, 112, 486];
const CHANGE: [i32; 3] = [506, 590, 932];

/// What is on the right.
const CHANGED: &str = "difference from today";

/// Calls that failed.
const FAILED: &str = "all_calls.failed";

/// The rows: measure, label, colour.
const ROWS: [(&str, &str, Colour); 7] = [
    (DOWNTIME_PER_AGENT, "downtime per agent", palette::BLUE),
    (
        "outages.service_lost.duration_s.p95",
        "95 % of losses of service last at most",
        palette::GREEN,
    ),
    ("switchovers.needless", "needless switchovers", palette::VERMILION),
    ("switchovers.count", "switchovers", palette::ORANGE),
    ("flaps.count", "flaps", palette::PURPLE),
    ("all_calls.service_level", "calls answered in time", palette::SKY),
    (FAILED, "failed calls", palette::GREY),
];

/// The chart.
pub(super) fn draw(grid: &Grid) -> String {
    let Some(parameter) = grid.parameters.first() else { return String::new() };
    let rows: Vec<_> = ROWS.into_iter().filter(|(name, ..)| occurs(grid, name)).collect();
    let marks = strip::marks(grid);
    let top = head_height(&[]) + 6;
    let below = strip::height(&marks);
    let height = top + ROW * rows.len().max(1) as i32 + below;
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        head(canvas, &title(grid, parameter), &note(grid), &[]);
        let places = places(parameter);
        for (from, (name, label, colour)) in (top..).step_by(ROW as usize).zip(rows) {
            for (change, room) in [(false, LEVEL), (true, CHANGE)] {
                let [left, axis, right] = room;
                let room = Room { from: left, left: axis, right, top: from, bottom: from + ROW };
                let curve = curve(grid, &places, name, change);
                let (label, title) = match change {
                    true => (CHANGED, format!("{label}: {CHANGED}")),
                    false => (label, label.to_owned()),
                };
                let pane = Pane { parameter, places: &places, room, title, label, colour };
                pane.draw(canvas, &curve);
            }
        }
        let x = horizontal(parameter, &places).over(LEVEL[1], LEVEL[2]);
        strip::draw(canvas, &marks, &x, (&places, height - below));
    })
}

/// What is to be seen: what the parameter does to the downtime.
fn title(grid: &Grid, parameter: &Parameter) -> String {
    let short = parameter.short();
    let calls = contrast_of(&grid.today, FAILED).is_some();
    match grid.tradeoff.varies_in(Goal::Downtime) {
        true if calls => format!("What {short} does to downtime, to moves and to calls"),
        true => format!("What {short} does to downtime and to moves"),
        false => format!("{} does not change the downtime", short),
    }
}

fn note(grid: &Grid) -> String {
    let runs = words::counted(grid.replications as u64, "replication", "replications");
    let level = words::level(grid.level);
    let last = match grid.tradeoff.covers_other_times() {
        true => "The values cover different times.",
        false => "What never occurs is left out.",
    };
    format!(
        "{runs} of each value, under the same faults and random draws. Shaded: {level} intervals. {last}"
    )
}

/// Whether there was any of it, today or at a point.
fn occurs(grid: &Grid, name: &str) -> bool {
    let all = grid.points.iter().map(|point| &point.contrasts).chain([&grid.today]);
    let found = all.filter_map(|contrasts| contrast_of(contrasts, name));
    found.filter_map(|contrast| contrast.b.value).any(|value| value != 0.0)
}

/// The level of a measure over the parameter, or its change from today.
fn curve(grid: &Grid, places: &[f64], name: &str, change: bool) -> Curve {
    let today = contrast_of(&grid.today, name);
    let points = grid.points.iter().zip(places).filter_map(|(point, place)| {
        let contrast = contrast_of(&point.contrasts, name)?;
        let estimate = if change { contrast.difference } else { contrast.b };
        let value = estimate.value?;
        let ends = estimate.interval.map_or((value, value), |found| (found.low, found.high));
        Some((*place, value, ends))
    });
    let mut points: Vec<_> = points.collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let level = today.and_then(|contrast| contrast.b.value);
    Curve {
        points,
        today: if change { Some(0.0) } else { level },
        unit: today.map_or(crate::model::Unit::Count, |contrast| contrast.unit),
        change,
    }
}
