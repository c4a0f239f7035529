//! `init`: a commented starter scenario, on standard output or in a file, never over an existing
//! one unless asked to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::Init;
use super::durable::{PendingFile, Readers};
use super::failure::{Failure, Outcome};
use super::terminal;

/// The starter scenario.
pub(super) const STARTER: &str = include_str!("starter.toml");

/// Where the starter goes by default.
const DEFAULT: &str = "scenario.toml";

/// The argument for standard output; a file of that name is `./-`.
const STDOUT: &str = "-";

/// Writes the starter. On standard output nothing else is written, so that it may be piped.
pub(super) fn run(asked: &Init) -> Outcome {
    let path = match &asked.path {
        None => PathBuf::from(DEFAULT),
        Some(path) if path.as_os_str() == STDOUT => return terminal::print(STARTER),
        Some(path) if path.is_dir() => path.join(DEFAULT),
        Some(path) => path.clone(),
    };
    if asked.force {
        replace(&path)?
    } else {
        create(&path)?
    }
    let shown = path.display().to_string();
    // Only a NUL cannot be quoted, and no path holds one.
    let word = shlex::try_quote(&shown).unwrap_or_default();
    terminal::say(&format!(
        "{shown} is written; next:\n  switchover run {word}\n  switchover explain {word} --agent anna"
    ));
    Ok(())
}

/// Writes a new file, whole or not at all.
fn create(path: &Path) -> Outcome {
    starter(path).and_then(|file| file.place_new(path)).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::World(format!(
            "{} exists and is left as it is; --force replaces it",
            path.display()
        )),
        _ => Failure::disk("cannot write", path, &error),
    })
}

/// Puts a complete file in the place of an existing one, or of the one that a link leads to.
fn replace(path: &Path) -> Outcome {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let path = path.display();
        return Err(Failure::World(format!("{path} is no ordinary file and is left as it is")));
    }
    let written = starter(path).and_then(|file| file.place(path));
    written.map_err(|error| Failure::disk("cannot write", path, &error))
}

/// The starter under a hidden name, on its way to `path`.
fn starter(path: &Path) -> io::Result<PendingFile> {
    PendingFile::whole(path, &[STARTER.as_bytes()], Readers::All)
}
