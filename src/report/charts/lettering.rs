//! How texts look and about how wide they are, without asking any font.

use super::palette::{self, Colour};

/// Left, right, top and bottom, in pixels.
pub(super) type Area = [i32; 4];

/// Half the height of a note.
pub(super) const HALF: i32 = 7;

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
    pixels(text.chars().map(advance).sum(), look)
}

/// The pixels of this many thousandths of the font size.
fn pixels(thousandths: i64, look: Look) -> i32 {
    let bold = if look.bold { 108 } else { 100 };
    let pixels = thousandths.saturating_mul(i64::from(look.size) * bold) / 100_000 + 1;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// Advance of a character in thousandths of the font size.
fn advance(letter: char) -> i64 {
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
    let mut thousandths = 0;
    let fits = text.char_indices().take_while(|(_, letter)| {
        thousandths += advance(*letter);
        pixels(thousandths, look) + look.size <= room
    });
    let end = fits.last().map_or(0, |(at, letter)| at + letter.len_utf8());
    format!("{}...", text[..end].trim_end())
}

/// A name cut to a width, in the middle: names that differ often do so at the end.
pub(super) fn fit_name(name: &str, look: Look, room: i32) -> String {
    if width(name, look) <= room {
        return name.to_owned();
    }
    let half = |letters: &mut dyn Iterator<Item = char>| {
        let mut thousandths = 0;
        let fits = letters.take_while(|letter| {
            thousandths += advance(*letter);
            2 * pixels(thousandths, look) + look.size <= room
        });
        fits.collect::<Vec<char>>()
    };
    let head: String = half(&mut name.chars()).into_iter().collect();
    let tail: String = half(&mut name.chars().rev()).into_iter().rev().collect();
    format!("{}...{}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_length_is_cut_to_the_room() {
        assert_eq!(fit("a short one", Look::PLAIN, 200), "a short one");
        let cut = fit("a longer one than fits", Look::PLAIN, 100);
        assert_eq!(cut, "a longer one...");
        let names = ["7", "14"].map(|n| format!("outage of the whole building number {n}"));
        let cut = names.each_ref().map(|name| fit_name(name, Look::PLAIN, 200));
        assert_eq!(cut, ["outage of the...ing number 7", "outage of the...ng number 14"]);
        assert_eq!(fit_name("a short one", Look::PLAIN, 200), "a short one");
        assert!(cut.iter().all(|name| width(name, Look::PLAIN) <= 200));
        let long = "x".repeat(10_000_000);
        assert_eq!(width(&long, Look::TITLE), 120_528_001);
        assert!(width(&fit(&long, Look::TITLE, 900), Look::TITLE) <= 900);
        assert_eq!(width(&long.repeat(20), Look::TITLE), i32::MAX);
    }
}
