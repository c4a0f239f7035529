//! Several answers side by side: for each the same measure as a square with its interval, one row
//! below the other.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::palette;
use super::plot::{LEFT, WIDTH, fit, head};
use super::record::{Record, with_ends};
use super::ticks;
use crate::model::Unit;
use crate::report::numbers::value_beside;
use crate::statistics::Interval;

/// Height of a row.
const ROW: i32 = 34;

/// Where the values are drawn.
const PANE: (i32, i32) = (330, WIDTH - 150);

/// One answer.
#[derive(Clone, Debug)]
pub(in crate::report) struct Dot {
    pub(in crate::report) name: String,
    pub(in crate::report) value: f64,
    /// The ends of its interval, if it has one.
    pub(in crate::report) interval: Option<(f64, f64)>,
}

impl Dot {
    /// Its value in words, in the unit of the largest beside it.
    pub(in crate::report) fn label(&self, largest: f64, unit: Unit) -> String {
        let error = self.interval.map(|(low, high)| Interval { low, high }.half_width(self.value));
        value_beside(largest, self.value, error, unit)
    }
}

/// What is drawn.
pub(in crate::report) struct Dots<'a> {
    pub(in crate::report) title: String,
    pub(in crate::report) note: String,
    pub(in crate::report) axis: String,
    pub(in crate::report) unit: Unit,
    pub(in crate::report) dots: &'a [Dot],
}

/// The chart as SVG.
pub(in crate::report) fn dots_chart(all: &Dots<'_>) -> String {
    let top = 96;
    let bottom = top + ROW * all.dots.len() as i32;
    Canvas::render((WIDTH as u32, (bottom + 48) as u32), |canvas| {
        head(canvas, &all.title, &all.note, &[]);
        let x = axis(all).over(PANE.0, PANE.1);
        for (at, _) in x.ticks() {
            canvas.grid((x.at(*at), top), (x.at(*at), bottom));
        }
        x.label(canvas, bottom + 16);
        canvas.text(&all.axis, (PANE.1, bottom + 34), Anchor::Right, Look::NOTE);
        for (y, dot) in (0..).map(|row| top + ROW * row + ROW / 2).zip(all.dots) {
            row(canvas, dot, &x, y);
            let label = dot.label(largest(all.dots), all.unit);
            canvas.hint(&format!("{}: {label}", dot.name));
            let end = x.at(dot.interval.map_or(dot.value, |(_, high)| high));
            let label = fit(&label, Look::NOTE, WIDTH - end - 24);
            canvas.text(&label, (end + 12, y), Anchor::Left, Look::NOTE);
        }
        canvas.line(vec![(PANE.0, top), (PANE.0, bottom), (PANE.1, bottom)], palette::INK, 1);
        canvas.record(record(all));
    })
}

/// What is drawn in numbers.
fn record(all: &Dots<'_>) -> Record {
    let row = |(number, dot): (u32, &Dot)| {
        let ends = dot.interval.map(|(low, high)| [low, high]);
        let [low, high] = [0, 1].map(|end| ends.map(|ends| ends[end]));
        vec![Some(f64::from(number)), Some(dot.value), low, high]
    };
    Record {
        columns: with_ends(&all.axis, all.unit).to_vec(),
        names: all.dots.iter().map(|dot| dot.name.clone()).collect(),
        rows: (0..).zip(all.dots).map(row).collect(),
        ..Record::default()
    }
}

fn row(canvas: &mut Canvas, dot: &Dot, x: &Axis, y: i32) {
    canvas.name(&dot.name, (LEFT, y), Anchor::Left, PANE.0 - LEFT - 12);
    let at = x.at(dot.value);
    if let Some((low, high)) = dot.interval {
        canvas.line(vec![(x.at(low), y), (x.at(high), y)], palette::BLUE, 2);
    }
    canvas.rectangle((at - 4, y - 4), (at + 4, y + 4), palette::BLUE);
}

/// The largest value.
fn largest(dots: &[Dot]) -> f64 {
    dots.iter().map(|dot| dot.value.abs()).fold(0.0, f64::max)
}

/// Space for every interval; from 0 where that does not squeeze the values together.
fn axis(all: &Dots<'_>) -> Axis {
    let ends = all.dots.iter().flat_map(|dot| {
        let (low, high) = dot.interval.unwrap_or((dot.value, dot.value));
        [low, high, dot.value]
    });
    let (low, high) = ends
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    let room = if high > low { (high - low) * 0.06 } else { high.abs().max(1.0) * 0.5 };
    let low = if low >= 0.0 && low < 0.5 * high { 0.0 } else { low - room };
    let high = high + room;
    Axis::linear(low, high, ticks::values_beside(largest(all.dots), (low, high), 5, all.unit))
}
