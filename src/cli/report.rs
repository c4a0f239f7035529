//! `report`: reads directories of results and writes one page about them; and the same page as a file
//! of a set of results that is being written.
//!
//! What the page says is made in `report::page`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::args::Report;
use super::durable::{self, Aside};
use super::failure::{Failure, Outcome};
use super::intake;
use super::output::Staging;
use super::terminal;
use crate::report::page::{Folder, GENERATOR, REPORT_FILE, Refused, is_read, page};

/// How many bytes of a file are looked at to see whether it is a report.
const HEAD: u64 = 256;

/// Reads, makes the page, writes it.
pub fn run(asked: &Report) -> Outcome {
    let out = match (&asked.out, &asked.dirs[..]) {
        (Some(out), _) => out.clone(),
        (None, [only]) => only.join(REPORT_FILE),
        (None, _) => PathBuf::from(REPORT_FILE),
    };
    let folders = asked.dirs.iter().map(|dir| read(dir, &dir.to_string_lossy()));
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    let bytes = page(&folders).map_err(refused)?;
    may_be_replaced(&out, asked.force)?;
    write(&out, &bytes).map_err(|error| Failure::disk("cannot write", &out, &error))?;
    if !asked.quiet {
        terminal::say(&format!("the report is in {}", out.display()));
    }
    Ok(())
}

/// Adds the page to a set of results, made from the files that are in it so far.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub fn add(staging: &Staging) -> Outcome {
    let folder = read(staging.folder(), "these results")?;
    staging.write(REPORT_FILE, &page(&[folder]).map_err(refused)?)
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

/// Whether the page may go there: nothing is there, an older report, or it is forced.
fn may_be_replaced(out: &Path, force: bool) -> Outcome {
    let shown = out.display();
    match fs::metadata(out) {
        Err(_) => Ok(()),
        Ok(found) if !found.is_file() => {
            Err(Failure::World(format!("{shown} is no ordinary file and is left as it is")))
        }
        Ok(_) if force || is_report(out) => Ok(()),
        Ok(_) => Err(Failure::World(format!(
            "{shown} exists and is no report of this program; --force replaces it"
        ))),
    }
}

/// Whether a file is a report: its head names the generator.
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(GENERATOR)
}

/// Writes a file whole or not at all; where a link leads to, not over the link.
fn write(out: &Path, bytes: &[u8]) -> io::Result<()> {
    let out = &fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let mut file = Aside::create(durable::above(out), durable::HIDDEN)?;
    file.append(bytes)?;
    file.allow_reading()?;
    file.place(out)
}
