//! Names that outlive a power cut: a file is on the disk when it was synced, its name when the
//! directory was.
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
pub const HIDDEN: &str = ".switchover-";

/// Makes the names in a directory durable.
///
/// # Errors
/// Those of the system, but not that the file system cannot do it.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
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
pub fn above(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file under a hidden name, on its way to its own; it goes when this is dropped. An interruption
/// waits for that.
#[derive(Debug)]
pub struct Aside(Option<NamedTempFile>, Writing);

impl Aside {
    /// Begins a file that will stand in `folder`.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(folder: &Path, prefix: &str) -> io::Result<Self> {
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
    pub fn append(&mut self, content: &[u8]) -> io::Result<()> {
        self.file()?.write_all(content)
    }

    /// Lets others read it, as an ordinary file; until then it is its owner's alone.
    ///
    /// # Errors
    /// Those of the system.
    pub fn allow_reading(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            self.file()?.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        Ok(())
    }

    /// Gives it the permissions of another file.
    ///
    /// # Errors
    /// Those of the system.
    pub fn permit_as(&mut self, other: &Path) -> io::Result<()> {
        let permissions = fs::metadata(other)?.permissions();
        self.file()?.as_file().set_permissions(permissions)
    }

    /// Puts the file at `target`, in the place of what stood there: contents first, then the name.
    ///
    /// # Errors
    /// Those of the system; unless only the name could not be made durable, nothing has changed
    /// at `target`.
    pub fn place(self, target: &Path) -> io::Result<()> {
        self.rename(target, |file| file.persist(target))
    }

    /// The same where nothing may be yet.
    ///
    /// # Errors
    /// As [`Aside::place`]; [`io::ErrorKind::AlreadyExists`].
    pub fn place_new(self, target: &Path) -> io::Result<()> {
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

impl Drop for Aside {
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
        let mut aside = Aside::create(&folder, ".x-").unwrap();
        aside.append(b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
        aside.place(&target).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn a_path_without_a_folder_is_in_this_one() {
        assert_eq!(above(Path::new("f")), Path::new("."));
        assert_eq!(above(Path::new("a/f")), Path::new("a"));
    }
}
