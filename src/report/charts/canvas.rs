//! A sheet of SVG with pixel coordinates: lines, areas, texts.
//!
//! It knows nothing of data. Drawing to a string cannot fail, so no method returns an error.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::palette;

/// Pixels, from the top left.
pub(super) type Point = (i32, i32);

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The point is its left end.
    Left,
    /// The point is its middle.
    Middle,
    /// The point is its right end.
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Height of the font in pixels.
    pub(super) size: i32,
    pub(super) colour: RGBColor,
    pub(super) bold: bool,
}

impl Look {
    /// Ordinary text: axis labels, legends.
    pub(super) const PLAIN: Self = Self { size: 13, colour: palette::INK, bold: false };
    /// Notes.
    pub(super) const NOTE: Self = Self { size: 12, colour: palette::FAINT, bold: false };
    /// The title.
    pub(super) const TITLE: Self = Self { size: 18, colour: palette::INK, bold: true };
}

/// The sheet.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl Canvas<'_> {
    /// Draws on an empty sheet of a size and gives the SVG.
    pub(super) fn render(size: (u32, u32), draw: impl FnOnce(&mut Canvas)) -> String {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            let _ = area.fill(&palette::PAPER);
            let mut canvas = Canvas { area };
            draw(&mut canvas);
            let _ = canvas.area.present();
        }
        svg
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: Vec<Point>, colour: RGBColor, width: u32) {
        let _ = self.area.draw(&PathElement::new(points, colour.stroke_width(width)));
    }

    /// A filled rectangle from one corner to the other.
    pub(super) fn rectangle(&mut self, from: Point, to: Point, colour: RGBAColor) {
        let _ = self.area.draw(&Rectangle::new([from, to], colour.filled()));
    }

    /// A filled area within points.
    pub(super) fn area(&mut self, points: Vec<Point>, colour: RGBAColor) {
        let _ = self.area.draw(&Polygon::new(points, colour.filled()));
    }

    /// A translucent area, as legends show it.
    pub(super) fn band(&mut self, points: Vec<Point>, colour: RGBColor) {
        self.area(points, colour.mix(0.25));
    }

    /// A text, vertically centred on its point.
    pub(super) fn text(&mut self, text: &str, at: Point, anchor: Anchor, look: Look) {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        // The SVG backend divides the size by 1.24.
        let size = f64::from(look.size) * 1.24;
        let style = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::SansSerif, size, style);
        let style =
            TextStyle::from(font).color(&look.colour).pos(Pos::new(horizontal, VPos::Center));
        let _ = self.area.draw(&Text::new(text.to_owned(), at, style));
    }
}

/// About how many pixels wide a text is; rather too many than too few.
pub(super) fn width(text: &str, look: Look) -> i32 {
    let thousandths: i32 = text.chars().map(advance).sum();
    let bold = if look.bold { 108 } else { 100 };
    thousandths * look.size * bold / 100_000 + 1
}

/// Advance of a character in thousandths of the font size.
fn advance(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' => 320,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '-' | '/' | '"' => 400,
        'm' | 'w' | 'M' | 'W' | '%' => 920,
        'A'..='Z' => 720,
        _ if letter.is_ascii() => 620,
        _ => 1_000,
    }
}
