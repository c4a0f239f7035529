//! Names that are kept after a power cut: a file is on the disk when it was synced, its name when
//! the directory was.
//!
//! File systems that cannot sync a directory say so, and are taken as they are; every other error
//! is the caller's.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, PersistError};

use super::interrupt::{self, Writing};
use super::left::say_left;

/// Beginning of the names of what is not whole yet.
pub(super) const HIDDEN: &str = ".switchover-";

/// Makes the names in a directory durable.
///
/// # Errors
/// Those of the system, but not that the file system cannot do it.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(error) if cannot_sync(&error) => Ok(()),
        synced => synced,
    }
}

fn cannot_sync(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

/// The directory that holds a path.
#[must_use]
pub(super) fn above(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Who may read a file that is written in the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner alone.
    Owner,
    /// All users, as an ordinary file.
    All,
    /// Those who might read the file that is there.
    AsBefore,
}

/// Writes a file whole or not at all, in the place of what is there.
///
/// # Errors
/// As [`PendingFile::place`].
pub(super) fn replace(target: &Path, pieces: &[&[u8]], readers: Readers) -> io::Result<()> {
    PendingFile::whole(target, pieces, readers)?.place(target)
}

/// A file under a hidden name, on its way to its own; it goes when this is dropped. An interruption
/// waits for that.
#[derive(Debug)]
pub(super) struct PendingFile(Option<NamedTempFile>, Writing);

impl PendingFile {
    /// Begins a file that will be in `folder`.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn create(folder: &Path, prefix: &str) -> io::Result<Self> {
        let writing = interrupt::begin_writing();
        tempfile::Builder::new()
            .prefix(prefix)
            .tempfile_in(folder)
            .map(|file| Self(Some(file), writing))
    }

    /// Writes some more.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn append(&mut self, content: &[u8]) -> io::Result<()> {
        self.file()?.write_all(content)
    }

    /// A whole file on its way to `target`.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn whole(target: &Path, pieces: &[&[u8]], readers: Readers) -> io::Result<Self> {
        let mut file = Self::create(above(target), HIDDEN)?;
        pieces.iter().try_for_each(|piece| file.append(piece))?;
        match readers {
            Readers::Owner => {}
            Readers::All => file.allow_reading()?,
            Readers::AsBefore => {
                let permissions = fs::metadata(target)?.permissions();
                file.file()?.as_file().set_permissions(permissions)?;
            }
        }
        Ok(file)
    }

    /// Lets others read it; until then it is its owner's alone.
    fn allow_reading(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            self.file()?.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        Ok(())
    }

    /// Puts the file at `target`, in the place of what was there: contents first, then the name.
    ///
    /// # Errors
    /// Those of the system; unless only the name could not be made durable, nothing has changed
    /// at `target`.
    pub(super) fn place(self, target: &Path) -> io::Result<()> {
        self.rename(target, |file| file.persist(target))
    }

    /// The same where nothing may be yet.
    ///
    /// # Errors
    /// As [`PendingFile::place`]; [`io::ErrorKind::AlreadyExists`].
    pub(super) fn place_new(self, target: &Path) -> io::Result<()> {
        self.rename(target, |file| file.persist_noclobber(target))
    }

    fn rename(
        mut self,
        target: &Path,
        persist: impl FnOnce(NamedTempFile) -> Result<File, PersistError>,
    ) -> io::Result<()> {
        self.file()?.as_file().sync_all()?;
        let Some(file) = self.0.take() else { return Err(gone()) };
        if let Err(failed) = persist(file) {
            self.0 = Some(failed.file);
            return Err(failed.error);
        }
        sync_folder(above(target))
    }

    fn file(&mut self) -> io::Result<&mut NamedTempFile> {
        self.0.as_mut().ok_or_else(gone)
    }
}

/// The file has its place already.
fn gone() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        let Some(file) = self.0.take() else { return };
        let path = file.path().to_owned();
        if let Err(error) = file.close() {
            say_left(&path, &error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_at_its_place_whole_and_nothing_hidden_is_left() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().to_owned();
        let target = folder.join("f");
        fs::write(&target, "old").unwrap();
        let aside = PendingFile::whole(&target, &[b"ne", b"w"], Readers::All).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
        aside.place(&target).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn readers_are_those_that_were_asked_for() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("f");
        let mode = || fs::metadata(&target).unwrap().permissions().mode() & 0o777;
        replace(&target, &[], Readers::Owner).unwrap();
        assert_eq!(mode(), 0o600);
        replace(&target, &[], Readers::All).unwrap();
        assert_eq!(mode(), 0o644);
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&target, &[], Readers::AsBefore).unwrap();
        assert_eq!(mode(), 0o640);
    }

    #[test]
    fn a_path_without_a_folder_is_in_this_one() {
        assert_eq!(above(Path::new("f")), Path::new("."));
        assert_eq!(above(Path::new("a/f")), Path::new("a"));
    }
}
