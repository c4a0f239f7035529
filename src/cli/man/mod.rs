//! `man`: manual pages, made from the same texts as `--help` and the page of the scenario language.

mod command;
mod language;
mod roff;

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory;

use super::args::{Arguments, Man};
use super::durable::{self, Readers};
use super::failure::{Failure, Outcome};
use super::folders::NewFolders;
use super::interrupt;
use super::terminal;
use crate::facade::intake;

/// Prints a page, or writes all of them below a directory.
pub(super) fn run(asked: &Man) -> Outcome {
    match &asked.dir {
        Some(folder) => write_all(folder),
        None if asked.language => terminal::print(&language::page()),
        None => terminal::print(&command::page(&built(), &built())?),
    }
}

/// The command line with everything that clap adds to it.
fn built() -> clap::Command {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    command
}

/// Writes `man1/switchover.1`, a page per command beside it, and `man5/switchover-scenario.5`.
fn write_all(folder: &Path) -> Outcome {
    let main = built();
    let mut pages = vec![(folder.join("man5/switchover-scenario.5"), language::page())];
    for one in std::iter::once(&main).chain(main.get_subcommands()) {
        let name = one.get_display_name().unwrap_or_else(|| one.get_name());
        pages.push((folder.join(format!("man1/{name}.1")), command::page(one, &main)?));
    }
    pages.iter().try_for_each(|(path, _)| check_place(path))?;
    // Between two pages as well, an interruption waits until it is said which are there.
    let _writing = interrupt::begin_writing();
    for (done, (path, page)) in pages.iter().enumerate() {
        let written = interrupt::check().and_then(|()| write(path, page));
        written.map_err(|failure| unfinished(failure, done, folder))?;
    }
    terminal::say(&format!("man pages are in {}", folder.display()));
    Ok(())
}

/// Fails if something is at `path` that is no page of this program: it is left as it is.
fn check_place(path: &Path) -> Outcome {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::disk("cannot write", path, &error)),
        Ok(found) => found,
    };
    let ours = found.is_file() && {
        let page = intake::read(path, false);
        let page = page.map_err(|error| Failure::disk("cannot read", path, &error))?;
        is_ours(&String::from_utf8_lossy(&page))
    };
    if ours {
        return Ok(());
    }
    Err(Failure::World(format!(
        "{} is no page of this program and is left as it is; name another directory",
        path.display()
    )))
}

/// Whether the title of a page names this program, in any version.
fn is_ours(page: &str) -> bool {
    let title = page.lines().find(|line| line.starts_with(".TH "));
    title
        .is_some_and(|title| title.starts_with(".TH switchover") && title.contains("\"switchover "))
}

/// What is there when the pages are not all written.
fn unfinished(failure: Failure, done: usize, folder: &Path) -> Failure {
    let folder = folder.display();
    let there = match done {
        0 => return failure,
        1 => format!("1 page is written, in {folder}"),
        _ => format!("{done} pages are written, in {folder}"),
    };
    match failure {
        Failure::World(text) => Failure::World(format!("{text}; {there}")),
        Failure::Interrupted => Failure::Kept(format!("interrupted; {there}")),
        other => other,
    }
}

/// Writes a page, whole or not at all.
fn write(path: &Path, page: &str) -> Outcome {
    let folder = durable::above(path);
    let put = || durable::replace(path, &[page.as_bytes()], Readers::All);
    let written = NewFolders::create(folder).and_then(|_made| put());
    written.map_err(|error| Failure::disk("cannot write", path, &error))
}
