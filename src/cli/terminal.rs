//! Standard output for data, standard error for talk; colours only where they are wanted.
//!
//! Texts come in with ANSI colours or without; the streams strip them where the reader is no
//! terminal, where `NO_COLOR` is set or `--color never` was given.

use std::io::{self, IsTerminal, Write};

use anstream::ColorChoice;
use clap::ValueEnum;
use serde::Serialize;

use super::failure::{Failure, Outcome};

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

/// Writes data to standard output. A closed pipe is [`Failure::BrokenPipe`].
pub fn print(text: &str) -> Outcome {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::stdout(&error))
}

/// Writes data to standard output as indented JSON.
pub fn print_json(data: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(data);
    let text = text.map_err(|error| Failure::World(format!("cannot write JSON: {error}")))?;
    print(&format!("{text}\n"))
}

/// Writes talk to standard error; if nobody can hear it, so be it.
pub fn say(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// Whether a progress bar would be seen by a person.
#[must_use]
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}
