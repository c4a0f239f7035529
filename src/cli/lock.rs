//! The lock of a checkpoint: one run at a time works on it.
//!
//! The file is only ever locked: it is not truncated, written, or followed where it is a link.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::left::say_left;

/// How often the file may be gone when it is locked. File systems that give files new numbers at
/// each look are accepted as they are.
const ATTEMPTS: usize = 3;

/// A lock that is held; its file goes when this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, which guards `folder`.
    ///
    /// # Errors
    /// [`Failure::World`] if another process holds it, if something else is in its place, or if the
    /// disk refuses.
    pub(super) fn take(path: &Path, folder: &Path) -> Result<Self, Failure> {
        Ok(Self { path: path.to_owned(), _file: take(path, folder)? })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => say_left(&self.path, &error),
            _ => {}
        }
    }
}

fn take(path: &Path, folder: &Path) -> Result<File, Failure> {
    let wrong = |error: io::Error| Failure::disk("cannot use the lock", path, &error);
    let mut file = open(path).map_err(wrong)?;
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(taken(folder)),
            // A run that has just finished may have removed the file between the two calls.
            Ok(()) if !stands_at(&file, path) => file = open(path).map_err(wrong)?,
            // A file system without locks: two runs cannot be distinguished.
            _ => break,
        }
    }
    Ok(file)
}

fn taken(folder: &Path) -> Failure {
    Failure::World(format!(
        "another run is working on {}; wait for it, or choose another place with --out",
        folder.display()
    ))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
    }
    let found = fs::symlink_metadata(path);
    if found.is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is no ordinary file"));
    }
    options.open(path)
}

/// Whether a file is still the one of that name.
fn stands_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
        match (file.metadata(), fs::symlink_metadata(path)) {
            (Ok(held), Ok(found)) => same(held, found),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_neither_truncated_nor_followed() {
        let home = tempfile::tempdir().unwrap();
        let lock = home.path().join(".lock");
        fs::write(&lock, "a note").unwrap();
        drop(take(&lock, home.path()).unwrap());
        assert_eq!(fs::read_to_string(&lock).unwrap(), "a note");

        #[cfg(unix)]
        {
            let (thesis, link) = (home.path().join("thesis"), home.path().join("link"));
            fs::write(&thesis, "years of work").unwrap();
            std::os::unix::fs::symlink(&thesis, &link).unwrap();
            let refused = take(&link, home.path()).unwrap_err().to_string();
            assert_eq!(
                refused,
                format!("cannot use the lock {}: it is no ordinary file", link.display())
            );
            assert_eq!(fs::read_to_string(&thesis).unwrap(), "years of work");
        }
    }

    #[test]
    fn one_holder_at_a_time() {
        let home = tempfile::tempdir().unwrap();
        let lock = home.path().join(".lock");
        let first = take(&lock, home.path()).unwrap();
        let refused = take(&lock, home.path()).unwrap_err().to_string();
        assert!(refused.starts_with("another run is working on "), "{refused}");
        drop(first);
        take(&lock, home.path()).unwrap();
    }
}
