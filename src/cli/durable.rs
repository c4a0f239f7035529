//! Names that outlive a power cut: a file is on the disk when it was synced, its name when the
//! directory was.
//!
//! File systems that cannot sync a directory say so, and are taken as they are; every other error
//! is the caller's.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

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

/// Creates a directory and those above it that are missing, each with a durable name.
///
/// # Errors
/// Those of the system.
pub fn create_folders(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.exists()).collect();
    fs::create_dir_all(folder)?;
    missing.iter().try_for_each(|made| sync_folder(above(made)))
}

/// The directory that holds a path.
#[must_use]
pub fn above(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file under a hidden name, on its way to its own.
#[derive(Debug)]
pub struct Aside(tempfile::NamedTempFile);

impl Aside {
    /// Begins a file that will stand in `folder`.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(folder: &Path, prefix: &str) -> io::Result<Self> {
        tempfile::Builder::new().prefix(prefix).tempfile_in(folder).map(Self)
    }

    /// Writes some more.
    ///
    /// # Errors
    /// Those of the system.
    pub fn append(&mut self, content: &[u8]) -> io::Result<()> {
        self.0.write_all(content)
    }

    /// Lets others read it, as an ordinary file; until then it is its owner's alone.
    ///
    /// # Errors
    /// Those of the system.
    pub fn allow_reading(&self) -> io::Result<()> {
        #[cfg(unix)]
        fs::set_permissions(self.0.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        Ok(())
    }

    /// Puts the file at `target`, in the place of what stood there: contents first, then the name.
    ///
    /// # Errors
    /// Those of the system; unless only the name could not be made durable, nothing has changed
    /// at `target`.
    pub fn place(self, target: &Path) -> io::Result<()> {
        self.0.as_file().sync_all()?;
        self.0.persist(target).map_err(|failed| failed.error)?;
        sync_folder(above(target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_at_its_place_whole_and_nothing_hidden_is_left() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        create_folders(&folder).unwrap();
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
