//! A directory of shards: what they are shards of, the scenarios in packs, and a part for each shard.
//!
//! The first process writes what they are shards of; all others compare. Each file is written under
//! another name and renamed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::durable::{self, PendingFile, Readers};
use super::failure::{Failure, Outcome};
use crate::experiment::cut::Cut;
use crate::experiment::part::BUILD;
use crate::facade::intake;
use crate::facade::pack::Pack;

/// The file that says what the shards are shards of.
const STUDY: &str = "study.json";

/// Ending of the name of a part in such a directory.
const ENDING: &str = ".part";

/// How a part begins.
const BEGINS: &[u8; 15] = b"{\"switchover\":\"";

/// Why the shards of a directory are others.
const CHANGED: &str = "they are of another scenario, or of this one before it was changed";

/// What shards are shards of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Whole {
    /// Version of the program.
    pub switchover: String,
    /// Fingerprint of its sources.
    pub build: String,
    /// The words of the command that makes the whole, behind the name of the program.
    pub arguments: Vec<String>,
    /// Number of scenario files.
    pub scenarios: usize,
    /// First replication.
    pub first: u64,
    /// Number of replications.
    pub replications: u64,
    /// Number of variants.
    pub variants: usize,
    /// Number of shards.
    pub shards: u64,
}

impl Whole {
    /// The whole of a command.
    #[must_use]
    pub(super) fn new(arguments: &[String], scenarios: usize, cut: &Cut) -> Self {
        Self {
            switchover: env!("CARGO_PKG_VERSION").to_owned(),
            build: BUILD.to_owned(),
            arguments: arguments.to_vec(),
            scenarios,
            first: cut.replications.start,
            replications: cut.replications.end - cut.replications.start,
            variants: cut.variants,
            shards: cut.shards,
        }
    }

    /// The whole that a directory says it is of; `None` if it says nothing.
    ///
    /// # Errors
    /// [`Failure::World`] if it cannot be read, or is nothing of the kind.
    pub(super) fn of(folder: &Path) -> Result<Option<Self>, Failure> {
        let path = folder.join(STUDY);
        let Some(bytes) = bytes_at(&path)? else { return Ok(None) };
        let wrong = |error| Failure::World(format!("cannot use {}: {error}", path.display()));
        let whole: Self = serde_json::from_slice(&bytes).map_err(wrong)?;
        if whole.shards == 0 || whole.variants == 0 || whole.replications == 0 {
            let why = "it says that there is nothing";
            return Err(Failure::World(format!("cannot use {}: {why}", path.display())));
        }
        Ok(Some(whole))
    }

    /// How it is cut.
    #[must_use]
    pub(super) const fn cut(&self) -> Cut {
        let (first, variants, shards) = (self.first, self.variants, self.shards);
        let replications = first..first.saturating_add(self.replications);
        Cut { replications, variants, shards }
    }

    /// Makes a directory one of shards of this whole, if it is not already.
    ///
    /// # Errors
    /// [`Failure::Usage`] if it is one of shards of something else; [`Failure::World`] if the disk refuses.
    pub(super) fn settle(&self, folder: &Path, packs: &[Pack]) -> Outcome {
        if let Some(why) = Self::of(folder)?.and_then(|other| self.differs(&other)) {
            return Err(foreign(folder, &why));
        }
        for (number, pack) in packs.iter().enumerate() {
            let path = pack_at(folder, number);
            put(&path, &pack.bytes(), || foreign(folder, CHANGED))?;
        }
        // Texts and numbers only: there is nothing in them that could fail to serialise.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        put(&folder.join(STUDY), &bytes, || foreign(folder, "another command has just begun there"))
    }

    /// Fails if another directory holds shards of something else than this one, whose whole this is.
    ///
    /// # Errors
    /// [`Failure::Usage`]; [`Failure::World`] if it cannot be read.
    pub(super) fn check_other(&self, folder: &Path, other: &Path) -> Outcome {
        let Some(found) = Self::of(other)? else { return Err(silent(other)) };
        let mut why = self.differs(&found);
        for number in 0..self.scenarios {
            let same = bytes_at(&pack_at(folder, number))? == bytes_at(&pack_at(other, number))?;
            why = why.or((!same).then(|| CHANGED.to_owned()));
        }
        let Some(why) = why else { return Ok(()) };
        let (folder, other) = (folder.display(), other.display());
        Err(Failure::Usage(format!("{other} holds other shards than {folder}: {why}")))
    }

    /// What makes another whole another, in words.
    fn differs(&self, other: &Self) -> Option<String> {
        let command = |whole: &Self| whole.arguments.join(" ");
        if (&other.switchover, &other.build) != (&self.switchover, &self.build) {
            Some("another version or build of the program made them".to_owned())
        } else if other.arguments != self.arguments {
            Some(format!("they are of `{}`, not of `{}`", command(other), command(self)))
        } else if other.shards != self.shards {
            Some(format!("there are {} of them, not {}", other.shards, self.shards))
        } else {
            (other != self).then(|| CHANGED.to_owned())
        }
    }
}

/// A directory does not say what it holds shards of.
#[must_use]
pub(super) fn silent(folder: &Path) -> Failure {
    let help = "name the scenario before it";
    Failure::Usage(format!("{} does not say what it is of; {help}", folder.display()))
}

/// Whose shards a directory holds is not known to this command.
fn foreign(folder: &Path, why: &str) -> Failure {
    let folder = folder.display();
    Failure::Usage(format!("{folder} holds other shards: {why}; name another --parts"))
}

/// Writes a file that all tasks write alike, unless it is there.
fn put(path: &Path, bytes: &[u8], other: impl FnOnce() -> Failure) -> Outcome {
    let wrong = |error: io::Error| Failure::disk("cannot write", path, &error);
    let known = bytes_at(path)?;
    let known = match known {
        Some(known) => known,
        None => {
            match PendingFile::whole(path, &[bytes], Readers::All).map_err(wrong)?.place_new(path) {
                Ok(()) => return Ok(()),
                // Another task was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    bytes_at(path)?.unwrap_or_default()
                }
                // A file system that cannot do that; the others write the same bytes.
                Err(_) => return durable::replace(path, &[bytes], Readers::All).map_err(wrong),
            }
        }
    };
    if known == bytes { Ok(()) } else { Err(other()) }
}

fn bytes_at(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match intake::read(path, false) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::disk("cannot read", path, &error)),
    }
}

/// The pack of a scenario in a directory of shards, from 0.
#[must_use]
pub(super) fn pack_at(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("scenario-{}.pack", number + 1))
}

/// Whether a file is the one that says what a directory holds shards of.
#[must_use]
pub(super) fn is_study(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == STUDY) && path.is_file()
}

/// Whether a file is in a directory of shards and no shard: what a shell writes out with them.
#[must_use]
pub(super) fn is_beside(path: &Path) -> bool {
    let is_pack = || path.extension().is_some_and(|ending| ending == "pack");
    is_study(path) || is_pack() && path.is_file() && is_study(&path.with_file_name(STUDY))
}

/// Whether a file is a part in a directory that says what it holds shards of.
#[must_use]
pub(super) fn is_shard(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| ending == "part");
    is_study(&path.with_file_name(STUDY)) && (named || is_part(path))
}

/// Whether a file begins as a part does.
#[must_use]
pub(super) fn is_part(path: &Path) -> bool {
    let mut first = [0; BEGINS.len()];
    let read =
        fs::File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut first));
    read.is_ok() && first == *BEGINS
}

/// The part of a shard in its directory. Names are as long as that of the last.
#[must_use]
pub(super) fn part_at(folder: &Path, index: u64, count: u64) -> PathBuf {
    let digits = (count - 1).to_string().len();
    folder.join(format!("shard-{index:0digits$}-of-{count}{ENDING}"))
}

/// All parts in a directory, sorted by their names.
///
/// # Errors
/// [`Failure::World`] if it cannot be read.
pub(super) fn all_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let wrong = |error: io::Error| Failure::disk("cannot read", folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
