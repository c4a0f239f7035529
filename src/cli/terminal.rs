//! Standard output for data, standard error for talk; colours only where they are wanted.
//!
//! Texts come in with ANSI colours or without; the streams strip them where the reader is no
//! terminal, where `NO_COLOR` is set or `--color never` was given.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use anstream::ColorChoice;
use clap::ValueEnum;
use serde::Serialize;

use super::failure::{Failure, Outcome};
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
/// It does not fail: what the program found out, and so its exit code, does not depend on
/// whether somebody could read it. What was lost is asked for at the end, from [`lost`].
pub fn print(text: &str) -> Outcome {
    let mut lost = LOST.lock().unwrap_or_else(PoisonError::into_inner);
    if lost.is_none() {
        let mut out = anstream::stdout().lock();
        *lost = out.write_all(text.as_bytes()).and_then(|()| out.flush()).err();
    }
    Ok(())
}

/// How standard output failed, if it did. A reader that has left is no failure.
pub fn lost() -> Outcome {
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    lost.map_or(Ok(()), |error| Failure::stdout(&error))
}

/// Writes an answer to standard output as indented JSON, with where it comes from.
pub fn print_json(answer: &impl Serialize, provenance: &Provenance) -> Outcome {
    print_data(&Stamped { provenance, answer })
}

/// Writes an answer to standard output as text, with where it comes from below it.
pub fn print_answer(text: &str, provenance: &Provenance) -> Outcome {
    print(&format!("{text}{}", provenance.below(screen().width)))
}

/// Writes data that comes from the program alone to standard output as indented JSON.
pub fn print_data(data: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(data);
    let text = text.map_err(|error| Failure::World(format!("cannot write JSON: {error}")))?;
    print(&format!("{text}\n"))
}

/// Writes talk to standard error; if nobody can hear it, so be it.
pub fn say(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// The screen that tables are laid out for: as wide as `COLUMNS` says, else as the terminal is, else
/// 80 characters. What is piped so does not depend on the terminal.
#[must_use]
pub fn screen() -> Screen {
    let wished = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let wished = wished.filter(|width| WIDTHS.contains(width));
    let own = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
    let width = wished.or_else(own).filter(|width| *width > 0);
    Screen { colour: true, width: width.unwrap_or(Screen::PLAIN.width) }
}

/// Whether a progress bar would be seen by a person.
#[must_use]
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}
