//! `man`: manual pages, made from the same texts as `--help` and the page of the scenario language.

mod command;
mod language;
mod roff;

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::args::{Arguments, Man};
use super::failure::{Failure, Outcome};
use super::terminal;

/// Prints a page, or writes all of them below a directory.
pub fn run(asked: &Man) -> Outcome {
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
    pages.iter().try_for_each(|(path, page)| write(path, page))?;
    terminal::say(&format!("man pages are in {}", folder.display()));
    Ok(())
}

fn write(path: &PathBuf, page: &str) -> Outcome {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = folder.and_then(|()| fs::write(path, page));
    written.map_err(|error| Failure::disk("cannot write", path, &error))
}
