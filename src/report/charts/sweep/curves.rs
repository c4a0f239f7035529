//! Curves over one parameter: four measures under each other, each with its interval as a band,
//! today's level as a line and today's value marked.
//!
//! Values that are no numbers ("never") stand side by side at equal distances.

use crate::experiment::{Contrast, Grid, Parameter};
use crate::model::Unit;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look};
use crate::report::charts::palette::{self, Colour};
use crate::report::charts::plot::{Entry, Plot, WIDTH, head};
use crate::report::charts::ticks;
use crate::report::words;

/// Height of a panel.
const PANEL: i32 = 210;

/// Where all panels begin.
const LEFT: i32 = 120;

/// The panels: measure, label, colour.
const PANELS: [(&str, &str, Colour); 4] = [
    ("downtime_s.per_agent.mean", "downtime per agent", palette::BLUE),
    (
        "outages.service_lost.duration_s.p95",
        "95 % of losses of service last at most",
        palette::GREEN,
    ),
    ("switchovers.count", "switchovers", palette::ORANGE),
    ("flaps.count", "flaps", palette::PURPLE),
];

/// The chart.
pub(super) fn draw(grid: &Grid) -> String {
    let Some(parameter) = grid.parameters.first() else { return String::new() };
    let height = 84 + PANEL * PANELS.len() as i32;
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let runs = words::counted(grid.replications as u64, "replication", "replications");
        let note = format!(
            "{runs} of each value, under the same faults and random draws; differences from today are known far better than each band."
        );
        let mut legend = vec![
            Entry::line("estimate", palette::INK),
            Entry::band(format!("{} interval", words::level(grid.level)), palette::INK),
            Entry::line("today", palette::VERMILION),
        ];
        if (0..grid.points.len()).any(|at| grid.advice.codes(at).next().is_some()) {
            legend.push(Entry::line("hollow: check warns there", palette::INK));
        }
        let top = head(canvas, &parameter.path, &note, &legend);
        for (panel, of) in (0..).zip(PANELS) {
            let from = top + 6 + panel * PANEL;
            draw_panel(canvas, grid, parameter, of, (from, from + PANEL));
        }
    })
}

fn draw_panel(
    canvas: &mut Canvas,
    grid: &Grid,
    parameter: &Parameter,
    (name, label, colour): (&str, &str, Colour),
    room: (i32, i32),
) {
    let found = |contrasts: &[Contrast]| {
        contrasts.iter().find(|contrast| contrast.name == name).map(|contrast| contrast.b)
    };
    let today = found(&grid.today).and_then(|estimate| estimate.value);
    let places = places(parameter);
    let points: Vec<(f64, f64, f64, f64)> = grid
        .points
        .iter()
        .filter_map(|point| {
            let estimate = found(&point.contrasts)?;
            let value = estimate.value?;
            let ends = estimate.interval.map_or((value, value), |i| (i.low, i.high));
            let finite = |end: f64| if end.is_finite() { end } else { value };
            Some((places[point.at[0]], value, finite(ends.0), finite(ends.1)))
        })
        .collect();
    let unit = grid.today.iter().find(|contrast| contrast.name == name).map(|c| c.unit);
    let y = vertical(&points, today, unit.unwrap_or(Unit::Count));
    let x = (horizontal(parameter, &places), "");
    let plot = Plot::from_left(canvas, LEFT, room, x, (y, label));
    if points.iter().all(|(_, value, ..)| *value == 0.0) {
        plot.nothing(canvas, "There were none.");
        plot.outline(canvas);
        return;
    }
    mark_today(canvas, &plot, parameter, &places, today);
    let at = |x: f64, y: f64| (plot.x.at(x), plot.y.at(y));
    let upper = points.iter().map(|(x, _, _, high)| at(*x, *high));
    let lower: Vec<_> = points.iter().map(|(x, _, low, _)| at(*x, *low)).collect();
    canvas.band(upper.chain(lower.into_iter().rev()).collect(), colour);
    canvas.line(points.iter().map(|(x, value, ..)| at(*x, *value)).collect(), colour, 2);
    for (x, value, ..) in &points {
        let hollow = is_marked(grid, &places, *x);
        let (x, y) = at(*x, *value);
        canvas.rectangle((x - 3, y - 3), (x + 3, y + 3), colour);
        if hollow {
            canvas.rectangle((x - 1, y - 1), (x + 1, y + 1), palette::PAPER);
        }
    }
    plot.outline(canvas);
}

/// Whether `check` finds something at the point that stands at a place.
fn is_marked(grid: &Grid, places: &[f64], place: f64) -> bool {
    let at = places.iter().position(|other| other.to_bits() == place.to_bits());
    at.is_some_and(|at| grid.advice.codes(at).next().is_some())
}

/// Where the values stand.
fn places(parameter: &Parameter) -> Vec<f64> {
    let side_by_side = || (0..parameter.values.len()).map(|number| number as f64).collect();
    parameter.numbers.clone().unwrap_or_else(side_by_side)
}

/// The axis of the parameter: its values as typed, as far as there is room.
fn horizontal(parameter: &Parameter, places: &[f64]) -> Axis {
    let all = || places.iter().copied().chain(today_at(parameter, places));
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let room = if high > low { (high - low) * 0.03 } else { 0.5 };
    let mut named: Vec<(f64, String)> =
        places.iter().copied().zip(parameter.values.iter().cloned()).collect();
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    Axis::linear(low - room, high + room, named)
}

/// From zero to all intervals, or around them where they are far from zero.
fn vertical(points: &[(f64, f64, f64, f64)], today: Option<f64>, unit: Unit) -> Axis {
    let values = points.iter().flat_map(|(_, _, low, high)| [*low, *high]).chain(today);
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    let low = if low.is_finite() && low > high * 0.6 { low - (high - low) * 0.3 } else { 0.0 };
    let high = if high > low { high + (high - low) * 0.08 } else { low + 1.0 };
    Axis::linear(low, high, ticks::values(low, high, 4, unit))
}

/// Where today's value stands: at a point, or between them.
fn today_at(parameter: &Parameter, places: &[f64]) -> Option<f64> {
    let between = || parameter.in_force.filter(|_| parameter.numbers.is_some());
    parameter.today.map(|today| places[today]).or_else(between)
}

fn mark_today(
    canvas: &mut Canvas,
    plot: &Plot,
    parameter: &Parameter,
    places: &[f64],
    level: Option<f64>,
) {
    let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
    if let Some(level) = level {
        let y = plot.y.at(level);
        canvas.line(vec![(left, y), (right, y)], palette::VERMILION, 1);
    }
    if let Some(today) = today_at(parameter, places) {
        let x = plot.x.at(today);
        canvas.line(vec![(x, bottom), (x, top)], palette::VERMILION, 1);
        canvas.text(
            "today",
            (x + 5, top + 8),
            Anchor::Left,
            Look { colour: palette::VERMILION, ..Look::NOTE },
        );
    }
}
