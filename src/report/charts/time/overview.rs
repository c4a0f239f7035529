//! The strip above the panels: the whole run, a lane per site with the agents that it lost, a mark
//! per incident, and numbers where the panels are.

use crate::measures::{Level, Results};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look, width};
use crate::report::charts::palette;
use crate::report::charts::plot::{LEFT, WIDTH, fit_name};
use crate::report::charts::ticks;

use super::sites::{Drawn, name};
use super::track::secs;

/// Where the lanes begin.
const FROM: i32 = 150;

/// Where they end.
const TO: i32 = WIDTH - 28;

/// Height of a lane, few or many.
const LANE: [i32; 2] = [26, 14];

/// Height of the strip.
pub(super) fn height(drawn: &Drawn) -> i32 {
    24 + drawn.sites.len() as i32 * lane(drawn) + 16 + 34
}

fn lane(drawn: &Drawn) -> i32 {
    LANE[usize::from(drawn.sites.len() > 12)]
}

/// Draws it from a height on.
pub(super) fn draw(canvas: &mut Canvas, results: &Results, model: &Model, drawn: &Drawn, top: i32) {
    let horizon = secs(results.horizon);
    let dated = model.clock.as_ref().filter(|clock| clock.date.is_some());
    let ticks = dated.map_or_else(
        || ticks::instants(0.0, horizon, 9),
        |clock| ticks::local(clock, results.horizon, 9),
    );
    let x = Axis::linear(0.0, horizon, ticks).over(FROM, TO);
    let lanes = (top + 24, top + 24 + drawn.sites.len() as i32 * lane(drawn));
    for (value, _) in x.ticks() {
        canvas.grid((x.at(*value), lanes.0), (x.at(*value), lanes.1 + 16));
    }
    let shifts = !model.shifts.is_empty();
    let what = if shifts { "agents not at" } else { "agents gone from" };
    canvas.text(what, (FROM - 8, top + 12), Anchor::Right, Look::NOTE);
    numbers(canvas, results, &x, top + 12);
    for (row, site) in (0..).zip(&drawn.sites) {
        let foot = lanes.0 + (row + 1) * lane(drawn);
        let look = if lane(drawn) < 20 { Look::NOTE } else { Look::PLAIN };
        let label = fit_name(name(model, *site), look, FROM - LEFT - 12);
        canvas.text(&label, (FROM - 8, foot - lane(drawn) / 2), Anchor::Right, look);
        let level = &results.sites[*site].level;
        let of = (level, *site, if shifts { level.most } else { level.first });
        lost(canvas, results, of, &x, (foot - lane(drawn) + 3, foot));
    }
    incidents(canvas, results, &x, lanes.1);
    x.label(canvas, lanes.1 + 28);
}

/// The agents that a site lost against the start of the run, or against its most where there are shifts, as bars that hang from the top of its
/// lane: per column of pixels the deepest, neighbours that are equally deep as one.
fn lost(
    canvas: &mut Canvas,
    results: &Results,
    (level, position, full): (&Level, usize, i64),
    x: &Axis,
    (top, foot): (i32, i32),
) {
    let colour = palette::site(position).0;
    let mut bars: Vec<(i32, i32, i32)> = Vec::new();
    for (bin, lowest) in level.lowest.iter().enumerate() {
        let missing = (full - lowest).max(0);
        if missing == 0 {
            continue;
        }
        let [from, to] = [results.bins.start(bin), results.bins.end(bin)].map(|at| x.at(secs(at)));
        let deep = (i64::from(foot - top) * missing / full).max(2) as i32;
        match bars.last_mut() {
            Some((_, end, depth)) if *end >= from && *depth == deep => *end = to,
            Some((start, _, depth)) if *start == from => *depth = deep.max(*depth),
            _ => bars.push((from, to.max(from + 2), deep)),
        }
    }
    for (from, to, deep) in bars {
        canvas.rectangle((from, top), (to, top + deep), colour);
    }
    canvas.line(vec![(x.pixels().0, top), (x.pixels().1, top)], colour, 1);
}

/// A mark per incident, below the lanes.
fn incidents(canvas: &mut Canvas, results: &Results, x: &Axis, top: i32) {
    canvas.text("faults", (FROM - 8, top + 8), Anchor::Right, Look::NOTE);
    let mut free = i32::MIN;
    for impact in &results.impacts {
        let from = x.at(secs(impact.incident.from));
        let to = x.at(secs(impact.incident.to.min(results.horizon))).max(from + 1);
        if to > free {
            canvas.rectangle((from.max(free), top + 3), (to, top + 13), palette::FAULT_EDGE);
            free = to;
        }
    }
}

/// The numbers of the panels, pushed to the right where they would touch.
fn numbers(canvas: &mut Canvas, results: &Results, x: &Axis, y: i32) {
    let look = Look { bold: true, ..Look::NOTE };
    let number = results.windows.shown.len() as i32;
    let mut free = i32::MIN;
    for (panel, window) in (1..).zip(&results.windows.shown) {
        let label = panel.to_string();
        let half = width(&label, look) / 2 + 2;
        let room = TO - (number - panel) * 2 * half;
        let at = x.at(secs(window.from)).max(free + half).min(room);
        canvas.text(&label, (at, y), Anchor::Middle, look);
        free = at + half;
    }
}
