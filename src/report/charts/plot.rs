//! The frame that all charts share: title, notes, legend, axes and grid.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look, width};
use super::hatch::Hatch;
use super::palette::{self, Colour, Dash, Fill};
use super::record::Across;

pub(super) use super::canvas::WIDTH;
pub(super) use super::lettering::{fit, fit_name};

/// Where everything begins.
pub(super) const LEFT: i32 = 20;

/// Margin to the right of the plot.
const RIGHT: i32 = 28;

/// From the foot of an area to its x axis.
const BELOW: i32 = 44;

/// From the top of an area to its plot.
const ABOVE: i32 = 40;

/// What an entry of a legend shows.
#[derive(Clone, Copy, Debug)]
enum Swatch {
    Line(Dash),
    /// A translucent block.
    Band,
    /// A block with a pattern, as of bars.
    Block(Hatch),
    /// A block with an edge.
    Edged(Fill, Option<(Colour, Dash)>),
    /// The ground and the edges of a fault's band.
    Fault,
}

/// An entry of a legend.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    label: String,
    colour: Colour,
    swatch: Swatch,
}

impl Entry {
    pub(super) fn line(label: impl Into<String>, colour: Colour) -> Self {
        Self::dashed(label, colour, Dash::Solid)
    }

    pub(super) fn dashed(label: impl Into<String>, colour: Colour, dash: Dash) -> Self {
        Self { label: label.into(), colour, swatch: Swatch::Line(dash) }
    }

    pub(super) fn band(label: impl Into<String>, colour: Colour) -> Self {
        Self { label: label.into(), colour, swatch: Swatch::Band }
    }

    pub(super) fn block(label: impl Into<String>, colour: Colour, hatch: Hatch) -> Self {
        Self { label: label.into(), colour, swatch: Swatch::Block(hatch) }
    }

    pub(super) fn edged(
        label: impl Into<String>,
        (fill, edge): (Fill, Option<(Colour, Dash)>),
    ) -> Self {
        Self { label: label.into(), colour: fill.colour, swatch: Swatch::Edged(fill, edge) }
    }

    pub(super) fn fault(label: impl Into<String>) -> Self {
        Self { label: label.into(), colour: palette::FAULT_EDGE, swatch: Swatch::Fault }
    }

    /// Its label.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// Its label, if need be cut.
    fn short(&self) -> String {
        fit_name(&self.label, Look::PLAIN, 420)
    }

    fn draw(&self, canvas: &mut Canvas, (x, y): (i32, i32)) {
        match self.swatch {
            Swatch::Line(dash) => {
                canvas.dashed(vec![(x, y), (x + 26, y)], self.colour, 3, dash);
            }
            Swatch::Band => {
                let corners = [(x, y - 7), (x + 26, y - 7), (x + 26, y + 7), (x, y + 7)];
                canvas.band(corners.to_vec(), self.colour);
            }
            Swatch::Block(hatch) => {
                let corners = ((x, y - 8), (x + 26, y + 8));
                canvas.rectangle(corners.0, corners.1, self.colour);
                hatch.draw(canvas, corners.0, corners.1);
            }
            Swatch::Edged(fill, edge) => {
                canvas.rectangle((x, y - 6), (x + 26, y + 6), fill);
                edge.into_iter().for_each(|(colour, dash)| canvas.edge(colour, dash));
            }
            Swatch::Fault => fault_ground(canvas, (x, x + 26), (y - 7, y + 7)),
        }
    }
}

/// The band of a fault: its ground, and an edge where it begins and where it ends.
pub(super) fn fault_ground(canvas: &mut Canvas, ends: (i32, i32), upright: (i32, i32)) {
    cut_fault_ground(canvas, ends, [false; 2], upright);
}

/// The same of a fault that may begin before what is shown, or go on behind it: there it has no edge.
pub(super) fn cut_fault_ground(
    canvas: &mut Canvas,
    (from, to): (i32, i32),
    is_cut: [bool; 2],
    (top, bottom): (i32, i32),
) {
    canvas.rectangle((from, top), (to, bottom), palette::FAULT);
    canvas.mark(super::canvas::Class::Fault);
    for (x, _) in [from, to].into_iter().zip(is_cut).filter(|(_, is_cut)| !is_cut) {
        canvas.dashed(vec![(x, top), (x, bottom)], palette::FAULT_EDGE, 1, Dash::Short);
    }
}

/// Writes title, note and legend, and describes the chart with them; returns the height that they
/// take.
pub(super) fn head(canvas: &mut Canvas, title: &str, note: &str, legend: &[Entry]) -> i32 {
    let labels: Vec<&str> = legend.iter().map(|entry| entry.label.as_str()).collect();
    let drawn = if labels.is_empty() { String::new() } else { " Drawn: ".to_owned() };
    canvas.describe(title, &format!("{note}{drawn}{}", labels.join(", ")));
    canvas.text(&clipped(title, Look::TITLE), (LEFT, 26), Anchor::Left, Look::TITLE);
    canvas.text(&clipped(note, Look::NOTE), (LEFT, 48), Anchor::Left, Look::NOTE);
    for (entry, (x, y)) in legend.iter().zip(places(legend)) {
        entry.draw(canvas, (x, y));
        canvas.text(&entry.short(), (x + 32, y), Anchor::Left, Look::PLAIN);
    }
    head_height(legend)
}

/// The height that title, note and legend take.
pub(super) fn head_height(legend: &[Entry]) -> i32 {
    places(legend).last().map_or(60, |(_, y)| y + 12)
}

/// Where the entries of a legend go, row by row.
fn places(legend: &[Entry]) -> Vec<(i32, i32)> {
    let (mut x, mut y) = (LEFT, 72);
    let place = |entry: &Entry| {
        let wide = 32 + width(&entry.short(), Look::PLAIN) + 22;
        if x > LEFT && x + wide > WIDTH - LEFT {
            (x, y) = (LEFT, y + 20);
        }
        x += wide;
        (x - wide, y)
    };
    legend.iter().map(place).collect()
}

/// A text cut to the width of the chart.
fn clipped(text: &str, look: Look) -> String {
    fit(text, look, WIDTH - 2 * LEFT)
}

/// Where a plot goes, labels included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Left end, where the label of the y axis begins.
    pub(super) from: i32,
    /// The y axis: ticks are written to its left.
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
}

impl Room {
    /// The whole width of the sheet, between two heights.
    pub(super) const fn wide(left: i32, (top, bottom): (i32, i32)) -> Self {
        Self { from: LEFT, left, right: WIDTH - RIGHT, top, bottom }
    }
}

/// A rectangle with axes in which data are drawn.
pub(super) struct Plot {
    pub(super) x: Axis,
    pub(super) y: Axis,
}

impl Plot {
    /// Lays axes out between two heights and draws grid, ticks and labels, which say where an axis
    /// is logarithmic. The label of the y axis is above it, so that nothing is written sideways.
    pub(super) fn new(
        canvas: &mut Canvas,
        heights: (i32, i32),
        x: (Axis, &str),
        y: (Axis, &str),
    ) -> Self {
        Self::from_left(canvas, 60, heights, x, y)
    }

    /// The same with the y axis at `least` pixels from the left at least, so that plots under each
    /// other are aligned.
    pub(super) fn from_left(
        canvas: &mut Canvas,
        least: i32,
        heights: (i32, i32),
        x: (Axis, &str),
        y: (Axis, &str),
    ) -> Self {
        let left = (LEFT + gutter(&y.0)).max(least);
        Self::within(canvas, Room::wide(left, heights), x, y)
    }

    /// The same in an area.
    pub(super) fn within(
        canvas: &mut Canvas,
        room: Room,
        (x, x_label): (Axis, &str),
        (y, y_label): (Axis, &str),
    ) -> Self {
        let (top, bottom) = (room.top + ABOVE, room.bottom - BELOW);
        let plot = Self { x: x.over(room.left, room.right), y: y.over(bottom, top) };
        let y_label = fit(&plot.y.titled(y_label), Look::NOTE, room.right - room.from);
        canvas.text(&y_label, (room.from, room.top + 8), Anchor::Left, Look::NOTE);
        plot.horizontal(canvas);
        plot.vertical(canvas);
        let x_label = plot.x.titled(x_label);
        canvas.text(&x_label, (room.right, room.bottom - 8), Anchor::Right, Look::NOTE);
        plot
    }

    /// Where the values of the x axis are, for a record.
    pub(super) fn across(&self) -> Across {
        let ((left, right), (bottom, top)) = (self.x.pixels(), self.y.pixels());
        let (ends, log) = self.x.ends();
        Across { place: [left, top, right, bottom], ends, log, zero: 0.0 }
    }

    /// Lines of the grid and ticks of the y axis.
    pub(super) fn horizontal(&self, canvas: &mut Canvas) {
        let (left, right) = self.x.pixels();
        for (value, label) in self.y.ticks() {
            let y = self.y.at(*value);
            canvas.grid((left, y), (right, y));
            canvas.text(label, (left - 8, y), Anchor::Right, Look::PLAIN);
        }
    }

    /// Lines of the grid at the ticks of the x axis.
    pub(super) fn uprights(&self, canvas: &mut Canvas) {
        let (bottom, top) = self.y.pixels();
        for (value, _) in self.x.ticks() {
            let x = self.x.at(*value);
            canvas.grid((x, bottom), (x, top));
            canvas.line(vec![(x, bottom), (x, bottom + 5)], palette::INK, 1);
        }
    }

    /// The same with the labels of the ticks.
    pub(super) fn vertical(&self, canvas: &mut Canvas) {
        self.uprights(canvas);
        self.x.label(canvas, self.y.pixels().0 + 16);
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

/// The width that the labels of a y axis take.
pub(super) fn gutter(y: &Axis) -> i32 {
    let widest = y.ticks().iter().map(|(_, label)| width(label, Look::PLAIN)).max();
    widest.unwrap_or(0) + 10
}
