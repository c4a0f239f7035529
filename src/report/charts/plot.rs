//! The frame that all charts share: title, notes, legend, axes and grid.

use plotters::style::{Color, RGBColor};

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look, width};
use super::palette;

/// Width of every chart.
pub(super) const WIDTH: i32 = 960;

/// Margin to the right of the plot.
const RIGHT: i32 = 28;

/// An entry of a legend.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) colour: RGBColor,
    /// A translucent block instead of a line.
    pub(super) band: bool,
}

impl Entry {
    pub(super) fn line(label: impl Into<String>, colour: RGBColor) -> Self {
        Self { label: label.into(), colour, band: false }
    }

    pub(super) fn band(label: impl Into<String>, colour: RGBColor) -> Self {
        Self { label: label.into(), colour, band: true }
    }
}

/// Writes title, note and legend; returns the height that they take.
pub(super) fn head(canvas: &mut Canvas, title: &str, note: &str, legend: &[Entry]) -> i32 {
    canvas.text(&clipped(title, Look::TITLE), (20, 26), Anchor::Left, Look::TITLE);
    canvas.text(&clipped(note, Look::NOTE), (20, 48), Anchor::Left, Look::NOTE);
    let (mut x, mut y) = (20, 72);
    for entry in legend {
        let label = clipped(&entry.label, Look::PLAIN);
        let wide = 26 + width(&label, Look::PLAIN) + 22;
        if x > 20 && x + wide > WIDTH - 20 {
            (x, y) = (20, y + 20);
        }
        swatch(canvas, (x, y), entry);
        canvas.text(&label, (x + 26, y), Anchor::Left, Look::PLAIN);
        x += wide;
    }
    if legend.is_empty() { 60 } else { y + 12 }
}

fn swatch(canvas: &mut Canvas, (x, y): (i32, i32), entry: &Entry) {
    if entry.band {
        canvas.rectangle((x, y - 7), (x + 20, y + 7), entry.colour.mix(0.3));
    } else {
        canvas.rectangle((x, y - 2), (x + 20, y + 2), entry.colour.mix(1.0));
    }
}

/// A text cut to the width of the chart.
fn clipped(text: &str, look: Look) -> String {
    fit(text, look, WIDTH - 66)
}

/// A text cut to a width.
pub(super) fn fit(text: &str, look: Look, room: i32) -> String {
    if width(text, look) <= room {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while !short.is_empty() && width(&short, look) + look.size > room {
        short.pop();
    }
    format!("{}...", short.trim_end())
}

/// A rectangle with axes in which data are drawn.
pub(super) struct Plot {
    pub(super) x: Axis,
    pub(super) y: Axis,
}

impl Plot {
    /// Lays axes out between two heights and draws grid, ticks and labels, which say where an axis
    /// is logarithmic. The label of the y axis stands above it, so that nothing is written sideways.
    pub(super) fn new(
        canvas: &mut Canvas,
        room: (i32, i32),
        x: (Axis, &str),
        y: (Axis, &str),
    ) -> Self {
        Self::from_left(canvas, 60, room, x, y)
    }

    /// The same with the y axis at `least` pixels from the left at least, so that plots under each
    /// other are aligned.
    pub(super) fn from_left(
        canvas: &mut Canvas,
        least: i32,
        (top, bottom): (i32, i32),
        (x, x_label): (Axis, &str),
        (y, y_label): (Axis, &str),
    ) -> Self {
        let widest = y.ticks().iter().map(|(_, label)| width(label, Look::PLAIN)).max();
        let left = (20 + widest.unwrap_or(0) + 10).max(least);
        let plot = Self { x: x.over(left, WIDTH - RIGHT), y: y.over(bottom - 44, top + 40) };
        canvas.text(&plot.y.titled(y_label), (20, top + 8), Anchor::Left, Look::NOTE);
        plot.horizontal(canvas);
        plot.vertical(canvas);
        let x_label = plot.x.titled(x_label);
        canvas.text(&x_label, (WIDTH - RIGHT, bottom - 8), Anchor::Right, Look::NOTE);
        plot
    }

    fn horizontal(&self, canvas: &mut Canvas) {
        let (left, right) = self.x.pixels();
        for (value, label) in self.y.ticks() {
            let y = self.y.at(*value);
            canvas.line(vec![(left, y), (right, y)], palette::GRID, 1);
            canvas.text(label, (left - 8, y), Anchor::Right, Look::PLAIN);
        }
    }

    /// Ticks of the x axis; labels that would touch the one before are left out.
    fn vertical(&self, canvas: &mut Canvas) {
        let (bottom, top) = self.y.pixels();
        let mut free = i32::MIN;
        for (value, label) in self.x.ticks() {
            let x = self.x.at(*value);
            canvas.line(vec![(x, bottom), (x, top)], palette::GRID, 1);
            canvas.line(vec![(x, bottom), (x, bottom + 5)], palette::INK, 1);
            let half = width(label, Look::PLAIN) / 2;
            if x - half >= free {
                let x = x.min(WIDTH - 4 - half);
                canvas.text(label, (x, bottom + 16), Anchor::Middle, Look::PLAIN);
                free = x + half + 8;
            }
        }
    }

    /// The lines at the foot and at the left, drawn over the data.
    pub(super) fn outline(&self, canvas: &mut Canvas) {
        let ((left, right), (bottom, top)) = (self.x.pixels(), self.y.pixels());
        canvas.line(vec![(left, top), (left, bottom), (right, bottom)], palette::INK, 1);
    }

    /// Says, between the lines of the grid, that there is nothing to draw.
    pub(super) fn nothing(&self, canvas: &mut Canvas, text: &str) {
        let ((left, right), (bottom, top)) = (self.x.pixels(), self.y.pixels());
        let look = Look { size: 16, ..Look::NOTE };
        canvas.text(text, ((left + right) / 2, (bottom + 2 * top) / 3), Anchor::Middle, look);
    }
}
