//! What an interrupted experiment leaves: a directory of parts next to its results, so that the
//! same command goes on from there.
//!
//! Each part is written under another name and renamed, so a process that is killed at any moment
//! leaves complete parts only. A part of another scenario, seed or version is refused. It knows
//! nothing of statistics.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::durable::{self, HIDDEN, PendingFile, Readers};
use super::failure::{Failure, Outcome};
use super::folders::NewFolders;
use super::interrupt;
use super::left::say_left;
use super::lock::Lock;
use crate::experiment::cut;
use crate::experiment::part::{self, Header};
use crate::experiment::{ReplicationSamples, Study};
use crate::facade::stored::Stored;

/// Ending of a part's name.
const ENDING: &str = ".jsonl";
/// Held by the process that works on the checkpoint.
const LOCK: &str = ".lock";
/// A part is saved when it has grown to this many bytes ...
const LARGE: usize = 8 << 20;
/// ... or this long after the one before.
const OFTEN: Duration = Duration::from_secs(2);

/// A checkpoint, open.
#[derive(Debug)]
pub(super) struct Checkpoint<'s> {
    study: &'s Study<'s>,
    folder: PathBuf,
    known: Vec<Known>,
    reading: Option<Stored>,
    /// First replication that no part holds.
    next: u64,
    lines: Vec<u8>,
    /// Replications in `lines`.
    held: u64,
    since: Instant,
    // Dropped in this order.
    lock: Lock,
    _made: NewFolders,
}

/// A part on the disk.
#[derive(Clone, Debug)]
struct Known {
    path: PathBuf,
    range: Range<u64>,
}

impl<'s> Checkpoint<'s> {
    /// The directory of the checkpoint of results at `target`.
    #[must_use]
    pub(super) fn beside(target: &Path) -> PathBuf {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".checkpoint");
        target.with_file_name(name)
    }

    /// Opens the checkpoint in `folder`, or begins one; replications count from `first`.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, another process works on it, or it belongs to
    /// another experiment.
    pub(super) fn open(study: &'s Study<'s>, folder: PathBuf, first: u64) -> Result<Self, Failure> {
        check_names(&folder)?;
        let made = NewFolders::create(&folder)
            .map_err(|error| Failure::disk("cannot create", &folder, &error))?;
        let lock = Lock::take(&folder.join(LOCK), &folder)?;
        let known = known(study, &folder)?;
        let next = contiguous(&known, first, &folder)?;
        Ok(Self {
            study,
            folder,
            known,
            reading: None,
            next,
            lines: Vec::new(),
            held: 0,
            since: Instant::now(),
            lock,
            _made: made,
        })
    }

    /// Number of replications that are there.
    #[must_use]
    pub(super) fn held(&self) -> u64 {
        self.saved() + self.held
    }

    /// Number of those that are on the disk.
    #[must_use]
    pub(super) fn saved(&self) -> u64 {
        self.known.iter().map(|part| part.range.end - part.range.start).sum()
    }

    /// Where it is.
    #[must_use]
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A replication, if it is there; they must be asked for in order.
    ///
    /// # Errors
    /// [`Failure::World`] if a part cannot be read.
    pub(super) fn recall(
        &mut self,
        replication: u64,
    ) -> Result<Option<ReplicationSamples>, Failure> {
        let holds = |part: &&Known| part.range.contains(&replication);
        let Some(part) = self.known.iter().find(holds) else { return Ok(None) };
        let here = self.reading.as_ref().is_some_and(|reading| reading.path() == part.path);
        if !here {
            self.reading = Some(Stored::open(&part.path, self.study)?);
        }
        let Some(reading) = &mut self.reading else { return Ok(None) };
        Ok(Some(reading.samples(replication, self.study)?))
    }

    /// Keeps the line of a new replication; they come in order.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub(super) fn keep(&mut self, line: &[u8]) -> Outcome {
        self.lines.extend_from_slice(line);
        self.held += 1;
        if self.lines.len() >= LARGE || self.since.elapsed() >= OFTEN {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Saves what is held, as a part of its own.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub(super) fn flush(&mut self) -> Outcome {
        self.since = Instant::now();
        if self.held == 0 {
            return Ok(());
        }
        let range = self.next..self.next + self.held;
        let path = self.folder.join(format!("part-{:012}{ENDING}", range.start));
        let header = part::header_line(&Header::new(self.study, &range));
        let put = durable::replace(&path, &[&header, &self.lines], Readers::Owner);
        put.map_err(|error| Failure::disk("cannot write", &path, &error))?;
        (self.next, self.held) = (range.end, 0);
        self.lines.clear();
        self.known.push(Known { path, range });
        Ok(())
    }

    /// Writes the replications of a range as one part.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub(super) fn write_part(&mut self, target: &Path, range: &Range<u64>) -> Outcome {
        self.flush()?;
        self.reading = None;
        let folder = durable::above(target);
        let wrong = |error: io::Error| Failure::disk("cannot write", target, &error);
        let made = NewFolders::create(folder).map_err(wrong)?;
        let mut file = PendingFile::create(folder, HIDDEN).map_err(wrong)?;
        file.append(&part::header_line(&Header::new(self.study, range))).map_err(wrong)?;
        for replication in range.clone() {
            let Some(samples) = self.recall(replication)? else { break };
            file.append(&part::samples_line(&samples)).map_err(wrong)?;
            interrupt::check()?;
        }
        file.place(target).map_err(wrong)?;
        made.keep();
        Ok(())
    }

    /// Removes it: everything in it is in the results now.
    pub(super) fn remove(self) {
        self.into_parked().remove();
    }

    /// Saves what is held and leaves it, still locked.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub(super) fn park(mut self) -> Result<Parked, Failure> {
        self.flush()?;
        Ok(self.into_parked())
    }

    fn into_parked(self) -> Parked {
        let Self { folder, known, lock, _made, .. } = self;
        let parts = known.into_iter().map(|part| part.path).collect();
        Parked { folder, parts, lock, _made }
    }
}

/// A checkpoint that is neither read nor written, with its replications, until all that the command
/// makes of them is in place.
#[derive(Debug)]
pub(super) struct Parked {
    folder: PathBuf,
    /// In the order of their replications.
    parts: Vec<PathBuf>,
    // Dropped in this order.
    lock: Lock,
    _made: NewFolders,
}

impl Parked {
    /// Removes it, from the last part backwards, so that a kill in that time leaves parts that can
    /// be continued. Names what has to stay.
    pub(super) fn remove(self) {
        for part in self.parts.iter().rev() {
            if let Err(error) = fs::remove_file(part) {
                return say_left(part, &error);
            }
        }
        drop(self.lock);
        if let Err(error) = fs::remove_dir(&self.folder) {
            say_left(&self.folder, &error);
        }
    }
}

/// Fails if a directory holds anything that no checkpoint holds: it is left as it is.
fn check_names(folder: &Path) -> Outcome {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries,
    };
    let wrong = |error: io::Error| Failure::disk("cannot read", folder, &error);
    for entry in entries.map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = name == LOCK || name.starts_with(HIDDEN) || name.ends_with(ENDING);
        if !known || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            return Err(Failure::World(format!(
                "will not use {} as a checkpoint: it holds {name}",
                folder.display()
            )));
        }
    }
    Ok(())
}

/// The parts in a directory, by their first replication; what a killed run left half-written is
/// removed.
fn known(study: &Study, folder: &Path) -> Result<Vec<Known>, Failure> {
    let wrong = |error: std::io::Error| Failure::disk("cannot read", folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(HIDDEN) {
            let _ = fs::remove_file(&path);
        } else if name.ends_with(ENDING) {
            let part = Stored::open(&path, study).map_err(|why| elsewhere(why.into(), folder))?;
            let range = part.range();
            if part.is_pooled() || part.items() != cut::items(&range, study.models().len()) {
                let path = path.display();
                let why = "it is a shard, and no part of a checkpoint";
                return Err(Failure::World(format!("cannot use {path}: {why}")));
            }
            found.push(Known { path, range });
        }
    }
    found.sort_by_key(|part| part.range.start);
    Ok(found)
}

/// What to do about a checkpoint that this program did not write.
fn elsewhere(failure: Failure, folder: &Path) -> Failure {
    match failure {
        Failure::World(text) => Failure::World(format!(
            "{text}; to begin anew, remove {} or choose another place with --out",
            folder.display()
        )),
        other => other,
    }
}

/// The first replication that no part holds.
fn contiguous(known: &[Known], first: u64, folder: &Path) -> Result<u64, Failure> {
    let mut next = first;
    for part in known {
        if part.range.start != next {
            return Err(Failure::World(format!(
                "cannot use {}: a part begins with replication {}, not {next}",
                folder.display(),
                part.range.start
            )));
        }
        next = part.range.end;
    }
    Ok(next)
}
