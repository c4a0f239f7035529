//! How texts look and about how wide they are, without asking any font.

use super::palette::{self, Colour};

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Height of the font in pixels.
    pub(super) size: i32,
    pub(super) colour: Colour,
    pub(super) bold: bool,
}

impl Look {
    /// Ordinary text: axis labels, legends.
    pub(super) const PLAIN: Self = Self { size: 13, colour: palette::INK, bold: false };
    /// Notes.
    pub(super) const NOTE: Self = Self { size: 12, colour: palette::FAINT, bold: false };
    /// The title.
    pub(super) const TITLE: Self = Self { size: 18, colour: palette::INK, bold: true };
    /// The line at the foot.
    pub(super) const FOOT: Self = Self { size: 11, colour: palette::FAINT, bold: false };
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
