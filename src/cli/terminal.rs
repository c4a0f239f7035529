//! Standard output for data, standard error for messages; colours only where they are wanted.
//!
//! Texts come in with ANSI colours or without; the streams strip them where the reader is no
//! terminal, where `NO_COLOR` is set or `--color never` was given.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use anstream::ColorChoice;
use clap::ValueEnum;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use crate::diagnostic::{is_obeyed, plain};
use crate::report::{Provenance, Screen, Stamped};

/// Widths that `COLUMNS` may ask for.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=1_000;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes this the choice of both streams.
    pub fn apply(self) {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

/// What first went wrong with standard output; after it nothing more is written there.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// Writes data to standard output.
///
/// It does not fail: what the program found out, and so its exit code, does not depend on whether
/// the output could be read. What was lost is asked for at the end, from [`lost`].
pub(super) fn print(text: &str) -> Outcome {
    let mut lost = LOST.lock().unwrap_or_else(PoisonError::into_inner);
    if lost.is_none() {
        let mut out = anstream::stdout().lock();
        *lost = out.write_all(coloured(text).as_bytes()).and_then(|()| out.flush()).err();
    }
    Ok(())
}

/// How standard output failed, if it did. A reader that has left is no failure.
pub(super) fn lost() -> Outcome {
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    lost.map_or(Ok(()), |error| Failure::stdout(&error))
}

/// Writes an answer to standard output as indented JSON, with where it comes from.
pub(super) fn print_json(answer: &impl Serialize, provenance: &Provenance) -> Outcome {
    print_data(&Stamped::new(provenance, answer))
}

/// Writes an answer to standard output as text, with where it comes from below it.
pub(super) fn print_answer(text: &str, provenance: &Provenance) -> Outcome {
    print(&format!("{text}{}", provenance.below(screen().width)))
}

/// Writes data that comes from the program alone to standard output as indented JSON.
pub(super) fn print_data(data: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(data);
    let text = text.map_err(|error| Failure::World(format!("cannot write JSON: {error}")))?;
    print(&format!("{}\n", escaped(&text)))
}

/// JSON in which what a terminal obeys is written as an escape, which means the same.
fn escaped(json: &str) -> Cow<'_, str> {
    let obeyed = |letter: char| letter >= '\x7f' && is_obeyed(letter);
    if !json.contains(obeyed) {
        return json.into();
    }
    let escape = |letter: char| match letter {
        letter if obeyed(letter) => format!("\\u{:04x}", letter as u32),
        letter => letter.to_string(),
    };
    json.chars().map(escape).collect()
}

/// A text whose only control sequences are colours and weights; the rest is shown, not obeyed.
fn coloured(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\x1b[") {
        let (before, sequence) = rest.split_at(at);
        out += &plain(before);
        let digits = sequence[2..].bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
        let end = 2 + digits;
        if sequence[end..].starts_with('m') && is_colour(&sequence[2..end]) {
            out += &sequence[..=end];
            rest = &sequence[end + 1..];
        } else {
            out += &plain("\x1b");
            rest = &sequence[1..];
        }
    }
    out + &plain(rest)
}

/// Whether the numbers of a sequence are those of weights and colours; hiding is not among them.
fn is_colour(numbers: &str) -> bool {
    let mut numbers = numbers.split(';').map(|number| number.parse().unwrap_or(0_u8));
    while let Some(number) = numbers.next() {
        match number {
            0..=4 | 22..=24 | 30..=37 | 39 | 90..=97 => {}
            38 => return numbers.next() == Some(5),
            _ => return false,
        }
    }
    true
}

/// Writes a message to standard error; a failure to write it is ignored.
pub(super) fn say(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{}", coloured(text));
}

/// The screen that tables are laid out for: as wide as `COLUMNS` says, else as the terminal is, else
/// 80 characters. What is piped so does not depend on the terminal.
#[must_use]
pub(super) fn screen() -> Screen {
    let wished = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let wished = wished.filter(|width| WIDTHS.contains(width));
    let own = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
    let width = wished.or_else(own).filter(|width| *width > 0);
    Screen { colour: true, width: width.unwrap_or(Screen::PLAIN.width) }
}

/// Whether a progress bar would be seen by a person.
#[must_use]
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_pass_and_nothing_else_does() {
        let cases = [
            ("\x1b[1m\x1b[38;5;9merror\x1b[0m: x", "\x1b[1m\x1b[38;5;9merror\x1b[0m: x"),
            ("\x1b[2J\x1b]0;title\x07", "␛[2J␛]0;title␇"),
            ("\x1b[8mhidden\x1b", "␛[8mhidden␛"),
            ("\u{9b}2J", "\u{fffd}2J"),
        ];
        for (text, expected) in cases {
            assert_eq!(coloured(text), expected);
        }
    }

    #[test]
    fn json_means_the_same_and_holds_nothing_to_obey() {
        let json = serde_json::to_string("a\u{9b}b\u{202e}\x1b").unwrap();
        assert_eq!(escaped(&json), "\"a\\u009bb\\u202e\\u001b\"");
        let back: String = serde_json::from_str(&escaped(&json)).unwrap();
        assert_eq!(back, "a\u{9b}b\u{202e}\x1b");
    }
}
