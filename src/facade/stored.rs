//! A part on the disk, read replication by replication in their order.
//!
//! It checks that the part belongs to the experiment, and whether a part may be written where
//! something is already; it writes nothing.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::broken::Broken;
use super::intake;
use crate::experiment::cut::Items;
use crate::experiment::part::{Header, PartError};
use crate::experiment::{ReplicationSamples, Study};

/// A first line that is longer is no header: one for each of a thousand variants takes less.
const LONGEST_HEADER: u64 = 1 << 20;

/// A line that is longer is no replication: one of a thousand variants takes less.
const LONGEST: u64 = 1 << 28;

/// Fails if something is at `path` that is no part of an experiment, of this one or another: nothing
/// else is written over.
///
/// # Errors
/// [`Broken`], which says what it is.
pub fn check_place(path: &Path) -> Result<(), Broken> {
    let found = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Broken::Disk(path.to_owned(), error)),
        Ok(found) => found,
    };
    let taken = |what| {
        let path = path.display();
        Err(Broken::World(format!("{path} is {what} and is left as it is; name another --part")))
    };
    if !found.is_file() {
        return taken("no ordinary file");
    }
    let file = File::open(path).map_err(|error| Broken::Disk(path.to_owned(), error))?;
    let mut first = Vec::new();
    let line = BufReader::new(file).take(LONGEST_HEADER).read_until(b'\n', &mut first);
    line.map_err(|error| Broken::Disk(path.to_owned(), error))?;
    if Header::recognise(&first) { Ok(()) } else { taken("no part of an experiment") }
}

/// A part, open for reading.
#[derive(Debug)]
pub struct Stored {
    header: Header,
    lines: BufReader<File>,
    path: PathBuf,
    /// Number of the line read last.
    line: u64,
}

impl Stored {
    /// Opens a part and reads its header.
    ///
    /// # Errors
    /// [`Broken`] if it cannot be read or does not belong to the experiment.
    pub fn open(path: &Path, study: &Study) -> Result<Self, Broken> {
        Self::belonging(path, study)?.map_err(|error| refused(path, &error))
    }

    /// The same; that it does not belong to the experiment is an answer, too.
    ///
    /// # Errors
    /// [`Broken`] if it cannot be read.
    pub fn belonging(path: &Path, study: &Study) -> Result<Result<Self, PartError>, Broken> {
        let file =
            intake::open(path, true).map_err(|error| Broken::Disk(path.to_owned(), error))?;
        let mut lines = BufReader::new(file);
        let first = next_line(&mut lines, path, LONGEST_HEADER)?.unwrap_or_default();
        let header = match Header::read(&first, study) {
            Ok(header) => header,
            Err(error) => return Ok(Err(error)),
        };
        let mut stored = Self { header, lines, path: path.to_owned(), line: 1 };
        stored.ends_in_time()?;
        Ok(Ok(stored))
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

    /// The samples that it holds.
    #[must_use]
    pub fn items(&self) -> Items {
        self.header.items()
    }

    /// Whether its samples cannot be separated.
    #[must_use]
    pub const fn is_pooled(&self) -> bool {
        self.header.pooled
    }

    /// The variants that it holds of a replication in it.
    #[must_use]
    pub fn variants_of(&self, replication: u64) -> Range<usize> {
        self.header.variants_of(replication - self.header.from + 2)
    }

    /// The samples of a replication in it; those before it are passed over, and cannot be read any
    /// more.
    ///
    /// # Errors
    /// [`Broken`] if it cannot be read, or is not whole.
    pub fn samples(
        &mut self,
        replication: u64,
        study: &Study,
    ) -> Result<ReplicationSamples, Broken> {
        let wanted = replication - self.header.from + 2;
        let mut text = Vec::new();
        while self.line < wanted {
            text = next_line(&mut self.lines, &self.path, LONGEST)?.unwrap_or_default();
            self.line += 1;
        }
        let samples = self.header.samples(wanted, &text, study);
        let samples = samples.map_err(|error| refused(&self.path, &error))?;
        self.ends_in_time()?;
        Ok(samples)
    }

    /// Nothing may follow the last replication: the header may not hide any.
    fn ends_in_time(&mut self) -> Result<(), Broken> {
        let last = self.line > self.header.count;
        if last && next_line(&mut self.lines, &self.path, LONGEST)?.is_some() {
            return Err(refused(&self.path, &PartError::Longer(self.header.count)));
        }
        Ok(())
    }
}

/// The next line without its end; `None` at the end of the file. A line that is longer than the
/// longest possible is cut there, so it is no line of a part.
fn next_line(
    lines: &mut BufReader<File>,
    path: &Path,
    longest: u64,
) -> Result<Option<Vec<u8>>, Broken> {
    let mut line = Vec::new();
    let read = lines.take(longest).read_until(b'\n', &mut line);
    read.map_err(|error| Broken::Disk(path.to_owned(), error))?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    Ok(Some(line))
}

/// A part that cannot be used.
pub(super) fn refused(path: &Path, error: &PartError) -> Broken {
    Broken::World(format!("cannot use {}: {error}", path.display()))
}
