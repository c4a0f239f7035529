//! `man`: manual pages, made from the same texts as `--help`.

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory;

use super::args::{Arguments, Man};
use super::failure::{Failure, Outcome};
use super::terminal;

/// Prints the main page, or writes one page per command.
pub fn run(asked: &Man) -> Outcome {
    let command = Arguments::command();
    match &asked.dir {
        Some(folder) => write_all(command, folder),
        None => print_main(command),
    }
}

fn print_main(command: clap::Command) -> Outcome {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::World(format!("cannot write the manual page: {error}")))?;
    terminal::print(&String::from_utf8_lossy(&page))
}

fn write_all(command: clap::Command, folder: &Path) -> Outcome {
    let written: io::Result<()> =
        fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.map_err(|error| Failure::disk("cannot write man pages to", folder, &error))?;
    terminal::say(&format!("man pages are in {}", folder.display()));
    Ok(())
}
