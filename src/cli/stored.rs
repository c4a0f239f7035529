//! A part on the disk, read replication by replication in their order.
//!
//! It checks that the part belongs to the experiment; it writes nothing.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Lines};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::experiment::Study;
use crate::experiment::part::{Header, PartError, Turn};

/// A part, open for reading.
#[derive(Debug)]
pub struct Stored {
    header: Header,
    lines: Lines<BufReader<File>>,
    path: PathBuf,
    /// Number of the line read last.
    line: u64,
}

impl Stored {
    /// Opens a part and reads its header.
    ///
    /// # Errors
    /// [`Failure::World`] if it cannot be read or does not belong to the experiment.
    pub fn open(path: &Path, study: &Study) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let mut lines = BufReader::new(file).lines();
        let first = next_line(&mut lines, path)?;
        let header = Header::read(&first, study).map_err(|error| refused(path, &error))?;
        Ok(Self { header, lines, path: path.to_owned(), line: 1 })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The replications that it holds.
    #[must_use]
    pub const fn range(&self) -> Range<u64> {
        self.header.range()
    }

    /// A replication in it; those before it are passed over, and cannot be had any more.
    ///
    /// # Errors
    /// [`Failure::World`] if it cannot be read, or is not whole.
    pub fn turn(&mut self, replication: u64, study: &Study) -> Result<Turn, Failure> {
        let wanted = replication - self.header.from + 2;
        let mut text = String::new();
        while self.line < wanted {
            text = next_line(&mut self.lines, &self.path)?;
            self.line += 1;
        }
        self.header.turn(wanted, &text, study).map_err(|error| refused(&self.path, &error))
    }
}

/// The next line; empty at the end of the file.
fn next_line(lines: &mut Lines<BufReader<File>>, path: &Path) -> Result<String, Failure> {
    let line = lines.next().transpose().map_err(|error| unreadable(path, &error))?;
    Ok(line.unwrap_or_default())
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::disk("cannot read", path, error)
}

fn refused(path: &Path, error: &PartError) -> Failure {
    Failure::World(format!("cannot use {}: {error}", path.display()))
}
