//! A set of output files, written whole or not at all.
//!
//! Files go into a hidden directory beside the target, each synced to the disk; the last step puts
//! that directory in the target's place in one rename (an exchange, where the system has it, if
//! the target holds an older set). An interruption, a kill or a full disk before it leaves the old
//! set; afterwards there is the new one. Only files of an older set are ever deleted, by name. It
//! knows nothing of what is written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::durable;
use super::exchange;
use super::failure::{Failure, Outcome};
use super::folders::{HiddenFolder, NewFolders};
use super::interrupt;
use super::target::{self, Ours};
use super::terminal;

/// A set of files on its way to a directory.
#[derive(Debug)]
pub struct Staging {
    // Dropped in this order.
    folder: HiddenFolder,
    parents: NewFolders,
    target: PathBuf,
    ours: Ours,
}

impl Staging {
    /// Begins a set of files that will be at `target`.
    ///
    /// # Errors
    /// [`Failure::World`] if `target` is no directory, holds anything that is not `ours`, or
    /// nothing can be created beside it.
    pub fn open(target: &Path, ours: Ours) -> Result<Self, Failure> {
        let target = target::absolute(target)?;
        target::holds_older_set(&target, ours)?;
        let parent = target.parent().unwrap_or(&target).to_owned();
        let parents = NewFolders::create(&parent)
            .map_err(|error| Failure::disk("cannot create", &parent, &error))?;
        let folder = HiddenFolder::create(&parent, durable::HIDDEN)
            .map_err(|error| Failure::disk("cannot create files in", &parent, &error))?;
        Ok(Self { folder, parents, target, ours })
    }

    /// The directory in which the files are until they are put in place.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Begins one file of the set.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub fn create(&self, name: &str) -> Result<StagedFile, Failure> {
        let shown = self.target.join(name);
        let file = File::create(self.folder.path().join(name))
            .map_err(|error| Failure::disk("cannot write", &shown, &error))?;
        Ok(StagedFile { writer: BufWriter::with_capacity(1 << 16, file), shown })
    }

    /// Writes one file of the set, whole.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub fn write(&self, name: &str, content: &[u8]) -> Outcome {
        let mut file = self.create(name)?;
        file.append(content)?;
        file.close()
    }

    /// Puts the set in place. What is at the target is checked once more: a file that came there
    /// since [`Staging::open`] and is not ours is not replaced either.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, or the target holds something else by now;
    /// [`Failure::Interrupted`]. The old set is then still in place, unless only the new name
    /// could not be made durable.
    pub fn commit(self) -> Outcome {
        interrupt::check()?;
        // Also while the older set goes.
        let _writing = interrupt::begin_writing();
        let wrong =
            |error: io::Error| Failure::disk("cannot put the results in", &self.target, &error);
        durable::sync_folder(self.folder.path()).map_err(wrong)?;
        let replaces = target::holds_older_set(&self.target, self.ours)?;
        if replaces {
            exchange::exchange(self.folder.path(), &self.target).map_err(wrong)?;
        } else {
            place(self.folder.path(), &self.target).map_err(wrong)?;
        }
        self.parents.keep();
        let old = self.folder.keep();
        // The old set goes when the new one outlives a power cut, not before.
        let synced = durable::sync_folder(durable::above(&self.target));
        if replaces && synced.is_ok() {
            target::clear(&old, &self.target, self.ours)
                .iter()
                .for_each(|left| terminal::say(left));
        } else if replaces {
            terminal::say(&format!("the older results are in {}", old.display()));
        }
        synced.map_err(wrong)
    }
}

/// A file of a set, while it is written.
#[derive(Debug)]
pub struct StagedFile {
    writer: BufWriter<File>,
    shown: PathBuf,
}

impl StagedFile {
    /// Writes some more.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub fn append(&mut self, content: &[u8]) -> Outcome {
        // In pieces, so that an interruption need not wait for a slow disk.
        for piece in content.chunks(1 << 20) {
            interrupt::check()?;
            let written = self.writer.write_all(piece);
            written.map_err(|error| Failure::disk("cannot write", &self.shown, &error))?;
        }
        Ok(())
    }

    /// Writes what is left, down to the disk.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub fn close(self) -> Outcome {
        interrupt::check()?;
        let flushed = self.writer.into_inner().map_err(io::IntoInnerError::into_error);
        let synced = flushed.and_then(|file| file.sync_all());
        synced.map_err(|error| Failure::disk("cannot write", &self.shown, &error))
    }
}

/// Puts a directory where there is none, or an empty one.
fn place(folder: &Path, target: &Path) -> io::Result<()> {
    if cfg!(windows) && target.is_dir() {
        fs::remove_dir(target)?;
    }
    fs::rename(folder, target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::target::tests::names;

    fn ours(name: &str) -> bool {
        name == "a.txt" || name == "b.txt"
    }

    fn write(staging: &Staging, name: &str, text: &str) -> Outcome {
        staging.write(name, text.as_bytes())
    }

    #[test]
    fn a_set_appears_whole_and_replaces_the_older_one_whole() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("deep/results");
        let first = Staging::open(&target, ours).unwrap();
        write(&first, "a.txt", "1").unwrap();
        write(&first, "b.txt", "1").unwrap();
        assert!(!target.exists(), "nothing to be seen before the commit");
        first.commit().unwrap();
        assert_eq!(names(&target), ["a.txt", "b.txt"]);

        let second = Staging::open(&target, ours).unwrap();
        write(&second, "a.txt", "2").unwrap();
        assert_eq!(names(&target), ["a.txt", "b.txt"]);
        second.commit().unwrap();
        assert_eq!(names(&target), ["a.txt"], "the older set is gone, file by file");
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "2");
        assert_eq!(names(&home.path().join("deep")), ["results"], "and nothing hidden is left");
    }

    #[test]
    fn an_abandoned_set_leaves_no_trace() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::open(&home.path().join("deep/er/results"), ours).unwrap();
        write(&staging, "a.txt", "1").unwrap();
        drop(staging);
        assert!(names(home.path()).is_empty(), "not even the directories on the way");
    }

    #[test]
    fn what_is_not_ours_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let refused = Staging::open(home.path(), ours).unwrap_err().to_string();
        assert!(refused.contains("it holds thesis.txt"), "{refused}");
        let file = home.path().join("thesis.txt");
        assert!(Staging::open(&file, ours).is_err(), "a file is no directory");
        assert_eq!(names(home.path()), ["thesis.txt"]);
    }

    #[test]
    fn what_came_while_the_set_was_written_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("results");
        let first = Staging::open(&target, ours).unwrap();
        write(&first, "a.txt", "1").unwrap();
        first.commit().unwrap();
        let second = Staging::open(&target, ours).unwrap();
        write(&second, "a.txt", "2").unwrap();
        fs::write(target.join("note.md"), "mine").unwrap();
        let refused = second.commit().unwrap_err().to_string();
        assert!(refused.contains("it holds note.md"), "{refused}");
        assert_eq!(names(home.path()), ["results"], "nothing hidden is left");
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "1", "the old set stands");
        assert_eq!(fs::read_to_string(target.join("note.md")).unwrap(), "mine");
    }

    #[test]
    fn an_empty_directory_is_taken() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("empty");
        fs::create_dir(&target).unwrap();
        let staging = Staging::open(&target, ours).unwrap();
        write(&staging, "a.txt", "1").unwrap();
        staging.commit().unwrap();
        assert_eq!(names(&target), ["a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_directory_stays_a_link() {
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("real"), home.path().join("link"));
        fs::create_dir(&real).unwrap();
        fs::write(real.join("a.txt"), "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let staging = Staging::open(&link, ours).unwrap();
        write(&staging, "b.txt", "new").unwrap();
        staging.commit().unwrap();
        assert_eq!(names(&real), ["b.txt"]);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
