//! A part on the disk, read replication by replication in their order.
//!
//! It checks that the part belongs to the experiment; it writes nothing.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Split};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::experiment::part::{Header, PartError};
use crate::experiment::{Study, Turn};

/// A part, open for reading.
#[derive(Debug)]
pub struct Stored {
    header: Header,
    lines: Split<BufReader<File>>,
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
        let mut lines = BufReader::new(file).split(b'\n');
        let first = next_line(&mut lines, path)?.unwrap_or_default();
        let header = Header::read(&first, study).map_err(|error| refused(path, &error))?;
        let mut stored = Self { header, lines, path: path.to_owned(), line: 1 };
        stored.ends_in_time()?;
        Ok(stored)
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
        let mut text = Vec::new();
        while self.line < wanted {
            text = next_line(&mut self.lines, &self.path)?.unwrap_or_default();
            self.line += 1;
        }
        let turn = self.header.turn(wanted, &text, study);
        let turn = turn.map_err(|error| refused(&self.path, &error))?;
        self.ends_in_time()?;
        Ok(turn)
    }

    /// Behind the last replication nothing may follow: the header may not hide any.
    fn ends_in_time(&mut self) -> Result<(), Failure> {
        let last = self.line > self.header.count;
        if last && next_line(&mut self.lines, &self.path)?.is_some() {
            return Err(refused(&self.path, &PartError::Longer(self.header.count)));
        }
        Ok(())
    }
}

/// The next line; `None` at the end of the file.
fn next_line(lines: &mut Split<BufReader<File>>, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    lines.next().transpose().map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::disk("cannot read", path, error)
}

fn refused(path: &Path, error: &PartError) -> Failure {
    Failure::World(format!("cannot use {}: {error}", path.display()))
}
