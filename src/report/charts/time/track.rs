//! What is drawn over time in one plot, as data: lines, bars, limits.

use crate::measures::Window;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look, Point, width};
use crate::report::charts::palette::{Colour, Dash};
use crate::report::charts::plot::{Plot, fit};
use crate::time::Time;

/// A value per step of a window.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) colour: Colour,
    pub(super) dash: Dash,
    pub(super) values: Vec<f64>,
    /// How far the values reach within the step.
    pub(super) shade: Option<Vec<f64>>,
}

/// A bar from zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    /// From and to, in seconds of the run.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) value: f64,
    pub(super) colour: Colour,
}

/// A level that should not be passed.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    pub(super) at: f64,
    pub(super) label: String,
    pub(super) colour: Colour,
}

/// One plot over time.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// What the y axis counts; for one site of many its name.
    pub(super) label: String,
    /// Height of the plot in pixels.
    pub(super) height: i32,
    pub(super) y: Axis,
    pub(super) lines: Vec<Line>,
    pub(super) bars: Vec<Bar>,
    /// Low plots have no room for their labels.
    pub(super) limits: Vec<Limit>,
    /// What to say if there is nothing to draw.
    pub(super) nothing: Option<&'static str>,
}

impl Track {
    /// Draws the data.
    pub(super) fn draw(&self, canvas: &mut Canvas, plot: &Plot, window: &Window) {
        for line in &self.lines {
            if let Some(shade) = &line.shade {
                let mut points = corners(plot, window, &line.values);
                points.extend(corners(plot, window, shade).into_iter().rev());
                canvas.band(points, line.colour);
            }
        }
        self.limits(canvas, plot);
        for line in &self.lines {
            canvas.dashed(corners(plot, window, &line.values), line.colour, 2, line.dash);
        }
        self.bars(canvas, plot);
        plot.outline(canvas);
        if let Some(nothing) = self.nothing {
            plot.nothing(canvas, nothing);
        }
    }

    fn bars(&self, canvas: &mut Canvas, plot: &Plot) {
        let zero = plot.y.at(0.0);
        for bar in self.bars.iter().filter(|bar| bar.value != 0.0) {
            let (from, to) = (plot.x.at(bar.from), plot.x.at(bar.to));
            let y = plot.y.at(bar.value);
            // The smallest one is seen, too.
            let y = if y == zero { zero - bar.value.signum() as i32 } else { y };
            canvas.rectangle((from, zero), ((to - 1).max(from + 1), y), bar.colour);
        }
        let (left, right) = plot.x.pixels();
        if !self.bars.is_empty() {
            canvas.line(vec![(left, zero), (right, zero)], crate::report::charts::palette::INK, 1);
        }
    }

    /// Limits as lines with their labels: each where it touches no other.
    fn limits(&self, canvas: &mut Canvas, plot: &Plot) {
        let (left, right) = plot.x.pixels();
        let (mut right_free, mut left_free) = (i32::MAX, i32::MAX);
        let mut limits: Vec<&Limit> = self.limits.iter().collect();
        limits.sort_by(|a, b| a.at.total_cmp(&b.at));
        for limit in limits {
            let y = plot.y.at(limit.at);
            canvas.dashed(vec![(left, y), (right, y)], limit.colour, 1, Dash::Mixed);
            if self.height < 60 {
                continue;
            }
            let look = Look { colour: limit.colour, ..Look::NOTE };
            let label = fit(&limit.label, look, right - left - 12);
            if y <= right_free {
                canvas.text(&label, (right - 4, y - 9), Anchor::Right, look);
                right_free = y - 16;
            } else if y <= left_free && 2 * width(&label, look) < right - left - 24 {
                canvas.text(&label, (left + 6, y - 9), Anchor::Left, look);
                left_free = y - 16;
            }
        }
    }
}

/// Seconds of an instant.
pub(super) fn secs(at: Time) -> f64 {
    (at - Time::ZERO).as_secs_f64()
}

/// The largest of some values, 0 of none.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

/// The corners of the steps: at each change one point before it and one after.
fn corners(plot: &Plot, window: &Window, values: &[f64]) -> Vec<Point> {
    let (from, to, step) = (secs(window.from), secs(window.to), window.step.as_secs_f64());
    let mut points: Vec<Point> = Vec::new();
    for (number, value) in values.iter().enumerate() {
        let (start, end) = (from + step * number as f64, from + step * (number + 1) as f64);
        let y = plot.y.at(*value);
        push(&mut points, (plot.x.at(start), y));
        push(&mut points, (plot.x.at(end.min(to)), y));
    }
    points
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
