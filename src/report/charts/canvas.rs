//! A sheet of SVG with pixel coordinates: lines, areas, texts, a title and a description for those
//! who cannot see it, and a line at the foot that says where it comes from.
//!
//! It knows nothing of data. Drawing to a string cannot fail, so no method returns an error.

use svg::node::element::Element;
use svg::node::{Node, Text};

use super::lettering::{fit, fit_name};
use super::palette::{self, Colour, Dash, Fill};
use super::record::Record;

pub(super) use super::lettering::{Look, width};

/// Width of every chart.
pub(super) const WIDTH: i32 = 960;

/// Pixels, from the top left.
pub(super) type Point = (i32, i32);

/// Height of the strip at the foot, below the height that a chart asks for.
const FOOT: u32 = 20;

/// What is drawn for its own sake and what only helps to read it: the class of its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Grid lines: fainter than lines of data on purpose.
    Grid,
    /// The ground of a fault's band.
    Fault,
    /// A translucent area beside a line: an interval, extremes.
    Shade,
    /// The pattern of a block.
    Hatch,
}

impl Class {
    const fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Fault => "fault",
            Self::Shade => "shade",
            Self::Hatch => "hatch",
        }
    }
}

/// The position of a text relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The point is its left end.
    Left,
    /// The point is its middle.
    Middle,
    /// The point is its right end.
    Right,
}

/// The sheet.
pub(super) struct Canvas {
    /// Title and description, first of all.
    words: [String; 2],
    drawn: Vec<Element>,
    records: Vec<Record>,
}

impl Canvas {
    /// Draws on an empty sheet of a size, with a strip for [`stamped`] below it, and gives the SVG.
    pub(super) fn render((width, height): (u32, u32), draw: impl FnOnce(&mut Self)) -> String {
        let mut canvas = Self { words: Default::default(), drawn: Vec::new(), records: Vec::new() };
        draw(&mut canvas);
        let height = height + FOOT;
        let mut sheet = svg::Document::new()
            .set("viewBox", (0, 0, width, height))
            .set("width", width)
            .set("height", height)
            .set("role", "img")
            .set("font-family", "sans-serif");
        let words = ["title", "desc"].into_iter().zip(&canvas.words);
        words.for_each(|(tag, words)| sheet.append(holding(Element::new(tag), words)));
        if let Some(records) = canvas.metadata() {
            sheet.append(holding(Element::new("metadata"), &records));
        }
        sheet.append(
            Element::new("rect")
                .with("width", width)
                .with("height", height)
                .with("fill", palette::PAPER),
        );
        canvas.drawn.into_iter().for_each(|element| sheet.append(element));
        sheet.append(foot_text("", height as i32 - 7));
        let mut text = sheet.to_string();
        text.push('\n');
        text
    }

    /// Keeps the values that a plot was drawn from.
    pub(super) fn record(&mut self, record: Record) {
        if !record.rows.is_empty() {
            self.records.push(record.rounded());
        }
    }

    /// The values of all plots, if there are any.
    fn metadata(&self) -> Option<String> {
        let known = (!self.records.is_empty()).then_some(&self.records)?;
        serde_json::to_string(known).ok()
    }

    /// What the chart is called and what it shows, for readers of screens.
    pub(super) fn describe(&mut self, title: &str, description: &str) {
        self.words = [title, description].map(clean);
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: Vec<Point>, colour: Colour, width: u32) {
        self.dashed(points, colour, width, Dash::Solid);
    }

    /// A line through points, broken into dashes.
    pub(super) fn dashed(&mut self, points: Vec<Point>, colour: Colour, width: u32, dash: Dash) {
        let mut line = Element::new("polyline")
            .with("fill", "none")
            .with("stroke", colour)
            .with("stroke-width", width)
            .with("points", listed(&points));
        if let Some(pattern) = dash.pattern() {
            line.assign("stroke-dasharray", pattern);
        }
        self.drawn.push(line);
    }

    /// A thin line of the grid.
    pub(super) fn grid(&mut self, from: Point, to: Point) {
        self.line(vec![from, to], palette::GRID, 1);
        self.mark(Class::Grid);
    }

    /// A filled rectangle from one corner to the other.
    pub(super) fn rectangle(&mut self, from: Point, to: Point, fill: impl Into<Fill>) {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        let rectangle = Element::new("rect")
            .with("x", left)
            .with("y", top)
            .with("width", right - left)
            .with("height", bottom - top);
        self.drawn.push(filled(rectangle, fill.into()));
    }

    /// Gives what was drawn last an edge.
    pub(super) fn edge(&mut self, colour: Colour, dash: Dash) {
        if let Some(last) = self.drawn.last_mut() {
            last.assign("stroke", colour.to_string());
            dash.pattern().into_iter().for_each(|pattern| last.assign("stroke-dasharray", pattern));
        }
    }

    /// A filled area within points.
    pub(super) fn area(&mut self, points: Vec<Point>, fill: impl Into<Fill>) {
        let area = Element::new("polygon").with("points", listed(&points));
        self.drawn.push(filled(area, fill.into()));
    }

    /// A translucent area, as legends show it.
    pub(super) fn band(&mut self, points: Vec<Point>, colour: Colour) {
        self.area(points, colour.mix(0.25));
        self.mark(Class::Shade);
    }

    /// Says of what was drawn last that it only helps to read the chart.
    pub(super) fn mark(&mut self, class: Class) {
        if let Some(last) = self.drawn.last_mut() {
            last.assign("class", class.name());
        }
    }

    /// Says something of what was drawn last where a pointer rests on it.
    pub(super) fn hint(&mut self, text: &str) {
        if let Some(last) = self.drawn.last_mut() {
            last.append(holding(Element::new("title"), text));
        }
    }

    /// A name cut to a width: the full name is shown where the pointer rests on it.
    pub(super) fn name(&mut self, name: &str, at: Point, anchor: Anchor, room: i32) {
        let shown = fit_name(name, Look::PLAIN, room);
        self.text(&shown, at, anchor, Look::PLAIN);
        if shown != name {
            self.hint(name);
        }
    }

    /// Notes something at what was drawn last, for a script.
    pub(super) fn note(&mut self, name: &str, value: &str) {
        self.note_since(self.drawn.len().saturating_sub(1), name, value);
    }

    /// The same at everything that was drawn after a number of things.
    pub(super) fn note_since(&mut self, drawn: usize, name: &str, value: &str) {
        self.drawn[drawn..].iter_mut().for_each(|element| element.assign(name, value));
    }

    /// How many things were drawn.
    pub(super) fn drawn(&self) -> usize {
        self.drawn.len()
    }

    /// A text, vertically centred on its point.
    pub(super) fn text(&mut self, text: &str, at: Point, anchor: Anchor, look: Look) {
        self.drawn.push(written(text, at, anchor, look));
    }
}

/// The same chart with a line at its foot: scenario, version, settings.
///
/// It is cut to the width of the sheet.
#[must_use]
pub fn stamped(svg: &str, line: &str) -> String {
    let empty = "></text>\n</svg>\n";
    let Some(sheet) = svg.strip_suffix(empty) else { return svg.to_owned() };
    let line = fit(&clean(line), Look::FOOT, WIDTH - 40);
    format!("{sheet}>{}</text>\n</svg>\n", Text::new(line))
}

fn foot_text(line: &str, y: i32) -> Element {
    written(line, (20, y - 4), Anchor::Left, Look::FOOT).with("class", "foot")
}

fn written(text: &str, (x, y): Point, anchor: Anchor, look: Look) -> Element {
    let mut element = Element::new("text")
        .with("x", x)
        // From the middle of the letters to the line that they are on.
        .with("y", y + look.size * 35 / 100)
        .with("font-size", look.size)
        .with("fill", look.colour);
    match anchor {
        Anchor::Left => {}
        Anchor::Middle => element.assign("text-anchor", "middle"),
        Anchor::Right => element.assign("text-anchor", "end"),
    }
    if look.bold {
        element.assign("font-weight", "bold");
    }
    holding(element, &clean(text))
}

/// An element around a text.
fn holding(mut element: Element, text: &str) -> Element {
    element.append(Text::new(clean(text)));
    element
}

fn filled(mut element: Element, fill: Fill) -> Element {
    element.assign("fill", fill.colour.to_string());
    if fill.opacity < 1.0 {
        element.assign("fill-opacity", fill.opacity);
    }
    element
}

/// Points, as SVG wants them.
fn listed(points: &[Point]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

/// A text without characters that XML cannot hold.
fn clean(text: &str) -> String {
    let foreign = |letter: char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if foreign(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Attributes one after the other.
trait With {
    fn with(self, name: &str, value: impl ToString) -> Self;
}

impl With for Element {
    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.assign(name, value.to_string());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_the_foot_is_filled_in_once() {
        let svg = Canvas::render((100, 50), |canvas| {
            canvas.describe("a <b> & \"c\"", "what\u{1}is drawn");
            canvas.text("R&D \u{7}", (1, 2), Anchor::Left, Look::PLAIN);
        });
        assert!(svg.contains("<title>a &lt;b&gt; &amp; \"c\"</title>"), "{svg}");
        assert!(svg.contains("<desc>what\u{fffd}is drawn</desc>"), "{svg}");
        assert!(svg.contains("R&amp;D \u{fffd}</text>"));
        let stamped = stamped(&svg, "R&D, seed <1>");
        assert!(stamped.ends_with(">R&amp;D, seed &lt;1&gt;</text>\n</svg>\n"), "{stamped}");
        assert_eq!(super::stamped(&stamped, "again"), stamped);
    }
}
