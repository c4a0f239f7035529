//! A set of output files, written whole or not at all.
//!
//! Files go into a hidden directory beside the target, each synced to the disk; the last step puts
//! that directory in the target's place in one rename (an exchange, where the system has it, if
//! the target holds an older set). Whoever is interrupted, killed or runs out of space before it
//! leaves the old set, afterwards there is the new one. It knows nothing of what is written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::exchange;
use super::failure::{Failure, Outcome};
use super::interrupt::{self, Writing};

/// Tells whether a file of that name may be replaced: one that this program writes.
pub type Ours = fn(&str) -> bool;

/// A set of files on its way to a directory.
#[derive(Debug)]
pub struct Staging {
    // Dropped in this order: the files are cleared up before an interruption may end the program.
    folder: TempDir,
    parents: NewParents,
    _writing: Writing,
    target: PathBuf,
    replaces: bool,
}

impl Staging {
    /// Begins a set of files that will stand at `target`.
    ///
    /// # Errors
    /// [`Failure::World`] if `target` is no directory, holds anything that is not `ours`, or
    /// nothing can be created beside it.
    pub fn open(target: &Path, ours: Ours) -> Result<Self, Failure> {
        let target = absolute(target)?;
        let replaces = may_replace(&target, ours)?;
        let writing = interrupt::begin_writing();
        let parent = target.parent().unwrap_or(&target).to_owned();
        let parents = NewParents::create(&parent)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".switchover-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let folder = builder
            .tempdir_in(&parent)
            .map_err(|error| Failure::disk("cannot create files in", &parent, &error))?;
        Ok(Self { folder, parents, _writing: writing, target, replaces })
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

    /// Puts the set in place.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`]; the old set is then still
    /// in place.
    pub fn commit(self) -> Outcome {
        interrupt::check()?;
        sync_folder(self.folder.path());
        let placed = if self.replaces {
            exchange::exchange(self.folder.path(), &self.target)
        } else {
            place(self.folder.path(), &self.target)
        };
        placed.map_err(|error| Failure::disk("cannot put the results in", &self.target, &error))?;
        self.parents.keep();
        sync_folder(self.target.parent().unwrap_or(&self.target));
        Ok(())
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

/// Whether a set may be put at `target`, to be asked before work is spent on it.
///
/// # Errors
/// [`Failure::World`] if `target` is no directory, or holds anything that is not `ours`.
pub fn check(target: &Path, ours: Ours) -> Outcome {
    may_replace(&absolute(target)?, ours).map(|_| ())
}

/// The target without symbolic links, so that a rename replaces the directory and not the link.
fn absolute(target: &Path) -> Result<PathBuf, Failure> {
    let found = fs::canonicalize(target).or_else(|_| std::path::absolute(target));
    found.map_err(|error| Failure::disk("cannot find", target, &error))
}

/// Whether the target holds an older set (else it is missing or empty).
fn may_replace(target: &Path, ours: Ours) -> Result<bool, Failure> {
    let entries = match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failure::disk("cannot use", target, &error)),
        Ok(entries) => entries,
    };
    let mut replaces = false;
    for entry in entries {
        let entry = entry.map_err(|error| Failure::disk("cannot read", target, &error))?;
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !ours(&name.to_string_lossy()) {
            return Err(foreign(target, &name.to_string_lossy()));
        }
        replaces = true;
    }
    let here = std::env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(target)) {
        let shown = target.display();
        return Err(Failure::World(format!(
            "cannot replace {shown}: it is the current directory; choose another with --out"
        )));
    }
    Ok(replaces)
}

fn foreign(target: &Path, name: &str) -> Failure {
    Failure::World(format!(
        "will not replace {}: it holds {name}, which is not a result of this program; \
         choose another directory with --out",
        target.display()
    ))
}

/// Puts a directory where there is none, or an empty one.
fn place(folder: &Path, target: &Path) -> io::Result<()> {
    if cfg!(windows) && target.is_dir() {
        fs::remove_dir(target)?;
    }
    fs::rename(folder, target)
}

/// Makes the names in a directory durable, where the system can.
fn sync_folder(folder: &Path) {
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
}

/// Directories created on the way to the target; removed again unless the set is put in place.
#[derive(Debug)]
struct NewParents(Vec<PathBuf>);

impl NewParents {
    fn create(parent: &Path) -> Result<Self, Failure> {
        let missing = parent.ancestors().take_while(|path| !path.exists());
        let created = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(parent)
            .map_err(|error| Failure::disk("cannot create", parent, &error))?;
        Ok(created)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewParents {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = fs::remove_dir(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(name: &str) -> bool {
        name == "a.txt" || name == "b.txt"
    }

    fn write(staging: &Staging, name: &str, text: &str) -> Outcome {
        staging.write(name, text.as_bytes())
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
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
