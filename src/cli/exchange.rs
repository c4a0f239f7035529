//! Two directories change places. In one step on Linux and macOS; elsewhere, or on a file system
//! that cannot, in two renames, between which the old set exists under the hidden name only.

use std::io;
use std::path::Path;

/// Puts `new` in the place of `old`, and `old` in the place of `new`.
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::INVAL) => {}
            Err(error) => return Err(error.into()),
        }
    }
    in_two_steps(new, old)
}

fn in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = new.with_extension("old");
    std::fs::rename(old, &aside)?;
    if let Err(error) = std::fs::rename(new, old) {
        std::fs::rename(&aside, old)?;
        return Err(error);
    }
    std::fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_exchange_two_directories() {
        for swap in [exchange, in_two_steps] {
            let folder = tempfile::tempdir().unwrap();
            let (new, old) = (folder.path().join(".n"), folder.path().join("o"));
            for (path, text) in [(&new, "new"), (&old, "old")] {
                std::fs::create_dir(path).unwrap();
                std::fs::write(path.join("f"), text).unwrap();
            }
            swap(&new, &old).unwrap();
            assert_eq!(std::fs::read_to_string(old.join("f")).unwrap(), "new");
            assert_eq!(std::fs::read_to_string(new.join("f")).unwrap(), "old");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}
