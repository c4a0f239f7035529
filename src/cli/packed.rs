//! `pack`: a scenario and the data files that it names, in one file.

use std::path::{Path, PathBuf};

use super::args::Pack;
use super::failure::Outcome;
use super::load::{self, Text};
use super::single::Single;
use super::terminal;
use crate::facade::pack::MARK;

/// The argument for standard output; a file of that name is `./-`.
const STDOUT: &str = "-";

const PACK: Single =
    Single { mark: MARK, what: "pack", help: "remove it, or name another with --out" };

/// Packs.
pub(super) fn run(asked: &Pack) -> Outcome {
    let text = Text::read(&asked.file)?;
    // To be studied is to read the data files.
    text.understood(&[], (asked.allow_errors, asked.quiet))?;
    let bytes = text.pack(&text.file())?.bytes();
    let out = match &asked.out {
        Some(out) if out.as_os_str() == STDOUT => {
            return terminal::print(&String::from_utf8_lossy(&bytes));
        }
        Some(out) => out.clone(),
        None if load::is_stdin(&asked.file) => PathBuf::from("scenario.pack"),
        None => Path::new(&text.file()).with_extension("pack"),
    };
    PACK.write(&out, &bytes, false)?;
    if !asked.quiet {
        terminal::say(&format!("{} is written", out.display()));
    }
    Ok(())
}
