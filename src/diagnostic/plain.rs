//! Foreign texts made harmless for a terminal: titles, cells of a log, names of files. It writes
//! nothing.

use std::borrow::Cow;

/// A text without characters that a terminal obeys or that turn its direction. Control characters
/// are shown by their symbols (ESC as U+241B), others by U+FFFD. Line breaks and tabs stay.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_obeyed) { text.chars().map(shown).collect() } else { text.into() }
}

/// Whether a terminal does something with it, beside ending a line.
#[must_use]
pub fn is_obeyed(letter: char) -> bool {
    let bidi = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(letter, '\u{2028}' | '\u{2029}');
    (letter.is_control() && !matches!(letter, '\n' | '\t')) || bidi || breaks
}

fn shown(letter: char) -> char {
    match letter {
        '\n' | '\t' => letter,
        '\0'..='\x1f' => char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        _ if is_obeyed(letter) => '\u{fffd}',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let cases = [
            ("Büro 1\n\tund 2", "Büro 1\n\tund 2"),
            ("\x1b[2Jgone", "␛[2Jgone"),
            ("a\rb\x07\x7f", "a␍b␇␡"),
            ("\u{9b}31m\u{202e}txt\u{2066}", "\u{fffd}31m\u{fffd}txt\u{fffd}"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected);
        }
    }
}
