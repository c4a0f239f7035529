//! `report`: reads directories of results and writes one page about them; and the same page as a file
//! of a set of results that is being written.
//!
//! What the page says is made in `report::page`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::Report;
use super::failure::{Failure, Outcome};
use super::output::Staging;
use super::single::Single;
use super::terminal;
use crate::facade::intake;
use crate::report::page::{Folder, GENERATOR, REPORT_FILE, Refused, is_read, markdown, page};

/// The page as a file.
const PAGE: Single = Single { mark: GENERATOR, what: "report", help: "--force replaces it" };

/// Reads, makes the page, writes it.
pub(super) fn run(asked: &Report) -> Outcome {
    let out = match (&asked.out, &asked.dirs[..]) {
        (Some(out), _) => out.clone(),
        (None, [only]) => only.join(REPORT_FILE),
        (None, _) => PathBuf::from(REPORT_FILE),
    };
    let folders = asked.dirs.iter().map(|dir| read(dir, &dir.to_string_lossy()));
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    let bytes = page(&folders).map_err(refused)?;
    PAGE.write(&out, &bytes, asked.force)?;
    if !asked.quiet {
        terminal::say(&format!("the report is in {}", out.display()));
    }
    Ok(())
}

/// Adds the page to a set of results, made from the files that are in it so far.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn add(staging: &Staging) -> Outcome {
    let folder = read(staging.folder(), "these results")?;
    staging.write(REPORT_FILE, &page(&[folder]).map_err(refused)?)
}

/// Prints the answer of a directory of results as Markdown.
///
/// # Errors
/// [`Failure::World`] if a file cannot be read or understood.
pub(super) fn print_markdown(dir: &Path) -> Outcome {
    let folder = read(dir, &dir.to_string_lossy())?;
    terminal::print(&markdown(&folder).map_err(refused)?)
}

fn refused(why: Refused) -> Failure {
    Failure::World(why.to_string())
}

/// The files of a directory that a report is made from.
fn read(dir: &Path, name: &str) -> Result<Folder, Failure> {
    let wrong = |path: &Path, error: &io::Error| Failure::disk("cannot read", path, error);
    let mut folder = Folder { name: name.to_owned(), ..Folder::default() };
    for entry in fs::read_dir(dir).map_err(|error| wrong(dir, &error))? {
        let entry = entry.map_err(|error| wrong(dir, &error))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if !is_read(&name) {
            continue;
        }
        let length = entry.metadata().map_or(0, |found| found.len());
        if name.ends_with(".csv") && length > intake::MOST {
            let most = intake::MOST >> 20;
            terminal::say(&format!(
                "{} is larger than {most} MiB and is left out of the report",
                path.display()
            ));
            continue;
        }
        let bytes = intake::read(&path, false).map_err(|error| wrong(&path, &error))?;
        folder.files.insert(name, bytes);
    }
    Ok(folder)
}
