//! Values per bin as steps, bands of faults, and their thinning to what pixels can show.

use crate::measures::Results;
use crate::model::Model;
use crate::time::{Span, Time};

use super::canvas::{Anchor, Canvas, Look, Point, width};
use super::palette::Colour;
use super::plot::{Entry, Plot, fault_ground};

/// Seconds of an instant.
pub(super) fn secs(at: Time) -> f64 {
    (at - Time::ZERO).as_secs_f64()
}

/// One value per bin over time.
pub(super) struct Steps<'a> {
    pub(super) results: &'a Results,
    pub(super) values: Vec<f64>,
}

impl Steps<'_> {
    /// The corners of the steps: at each change one point before it and one after.
    fn corners(&self, plot: &Plot) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for (bin, value) in self.values.iter().enumerate() {
            let (from, to) = (self.results.bins.start(bin), self.results.bins.end(bin));
            let y = plot.y.at(*value);
            for point in [(plot.x.at(secs(from)), y), (plot.x.at(secs(to)), y)] {
                push(&mut points, point);
            }
        }
        points
    }

    /// Draws the steps as a line.
    pub(super) fn line(&self, canvas: &mut Canvas, plot: &Plot, colour: Colour) {
        canvas.line(self.corners(plot), colour, 2);
    }

    /// Fills what lies between two step lines.
    pub(super) fn between(&self, canvas: &mut Canvas, plot: &Plot, other: &Self, colour: Colour) {
        let mut points = self.corners(plot);
        points.extend(other.corners(plot).into_iter().rev());
        canvas.band(points, colour);
    }
}

/// Adds a point unless it repeats or only prolongs what is there.
fn push(points: &mut Vec<Point>, point: Point) {
    if points.last() == Some(&point) {
        return;
    }
    if let [.., before, last] = points[..] {
        let straight =
            |pick: fn(&Point) -> i32| pick(&before) == pick(&last) && pick(&last) == pick(&point);
        if straight(|p| p.1)
            || (straight(|p| p.0) && (last.1 - before.1).signum() == (point.1 - last.1).signum())
        {
            points.pop();
        }
    }
    points.push(point);
}

/// The time axis of a run.
pub(super) fn time_axis(results: &Results) -> super::axis::Axis {
    let horizon = secs(results.horizon);
    super::axis::Axis::linear(0.0, horizon, super::ticks::instants(0.0, horizon, 10))
}

/// Draws the faults as bands behind the data and names those that there is room for.
pub(super) fn bands(canvas: &mut Canvas, plot: &Plot, results: &Results, model: &Model) {
    let (bottom, top) = plot.y.pixels();
    let mut open: Option<(i32, i32)> = None;
    let mut merged = Vec::new();
    for impact in &results.impacts {
        let from = plot.x.at(secs(impact.incident.from));
        let to = plot.x.at(secs(impact.incident.to.min(results.horizon))).max(from + 1);
        match &mut open {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => merged.extend(open.replace((from, to))),
        }
    }
    merged.extend(open);
    for (from, to) in merged {
        fault_ground(canvas, (from, to), (top, bottom));
    }
    names(canvas, plot, results, model);
}

/// Most faults that are named in a chart.
const NAMED: usize = 12;

fn names(canvas: &mut Canvas, plot: &Plot, results: &Results, model: &Model) {
    if results.impacts.len() > NAMED {
        return;
    }
    let ((_, right), (_, top)) = (plot.x.pixels(), plot.y.pixels());
    let mut free = i32::MIN;
    for impact in &results.impacts {
        let name = impact.incident.name(model);
        let wide = width(name, Look::NOTE);
        let x = plot.x.at(secs(impact.incident.from)).min(right - wide);
        if x >= free {
            canvas.text(name, (x, top - 9), Anchor::Left, Look::NOTE);
            free = x + wide + 10;
        }
    }
}

/// The legend's entry for the bands.
pub(super) fn band_entry(results: &Results) -> Option<Entry> {
    let label = match results.impacts.len() {
        0 => return None,
        1 => "fault".to_owned(),
        many => format!("{} faults", crate::report::words::count(many as u64)),
    };
    Some(Entry::fault(label))
}

/// Agent-nanoseconds per bin as mean numbers of agents.
pub(super) fn mean_agents(results: &Results, totals: &[i128]) -> Vec<f64> {
    let length = |bin| results.bins.length(bin).0 as f64;
    totals.iter().enumerate().map(|(bin, total)| *total as f64 / length(bin)).collect()
}

/// The largest of some values, 0 of none.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

/// A width of bins in words.
pub(super) fn bin_width(span: Span) -> String {
    crate::report::words::span(span)
}
