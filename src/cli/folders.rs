//! Directories that a command makes on its way: they are removed again unless something was put
//! into them, and what cannot be removed is named.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::durable::{above, sync_folder};
use super::interrupt::{self, Writing};
use super::left::say_left;

/// Directories made by this program, outermost first; those that are empty go when this is dropped.
/// An interruption waits for that.
#[derive(Debug)]
pub(super) struct NewFolders(Vec<PathBuf>, Writing);

impl NewFolders {
    /// Makes a directory and those above it that are missing, each with a durable name.
    ///
    /// # Errors
    /// Those of the system; nothing that was made is left.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        let mut made = Self(Vec::new(), interrupt::begin_writing());
        made.make(folder)?;
        Ok(made)
    }

    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let mut created = fs::create_dir(folder);
        let above = above(folder);
        if created.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            self.make(above)?;
            created = fs::create_dir(folder);
        }
        match created {
            Ok(()) => {
                self.0.push(folder.to_owned());
                sync_folder(above)
            }
            // Whatever the system says of it: it is there.
            Err(_) if folder.is_dir() => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// They stay, whatever is in them.
    pub(super) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut all| all.next().is_none());
        for path in self.0.iter().rev() {
            match fs::remove_dir(path) {
                Err(error) if is_empty(path) => say_left(path, &error),
                _ => {}
            }
        }
    }
}

/// A directory under a hidden name, on its way to its own; it goes with all that is in it when
/// this is dropped. An interruption waits for that.
#[derive(Debug)]
pub(super) struct HiddenFolder(Option<TempDir>, Writing);

impl HiddenFolder {
    /// Begins one in `parent`.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn create(parent: &Path, prefix: &str) -> io::Result<Self> {
        let writing = interrupt::begin_writing();
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        builder.tempdir_in(parent).map(|folder| Self(Some(folder), writing))
    }

    /// Where it is.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        self.0.as_ref().map_or(Path::new(""), TempDir::path)
    }

    /// It stays, or has another name by now.
    #[must_use]
    pub(super) fn keep(mut self) -> PathBuf {
        self.0.take().map(TempDir::keep).unwrap_or_default()
    }
}

impl Drop for HiddenFolder {
    fn drop(&mut self) {
        let Some(folder) = self.0.take() else { return };
        let path = folder.path().to_owned();
        if let Err(error) = folder.close() {
            say_left(&path, &error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_that_stay_empty_go_again_and_no_others() {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("old/new"));
        fs::create_dir(&old).unwrap();
        drop(NewFolders::create(&old).unwrap());
        assert!(old.is_dir(), "it was there before");
        drop(NewFolders::create(&new.join("er")).unwrap());
        assert!(!new.exists());
        let made = NewFolders::create(&new.join("er")).unwrap();
        fs::write(new.join("note"), "mine").unwrap();
        drop(made);
        assert!(new.join("note").exists() && !new.join("er").exists());
        NewFolders::create(&new.join("er")).unwrap().keep();
        assert!(new.join("er").is_dir());
    }

    #[test]
    fn what_is_no_directory_is_in_the_way() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("a"), "").unwrap();
        assert!(NewFolders::create(&home.path().join("a")).is_err());
        assert!(NewFolders::create(&home.path().join("a/b")).is_err());
    }
}
