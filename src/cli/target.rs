//! The directory that a set of output files is put at: whether it may be replaced, and what is
//! cleared away afterwards.
//!
//! A file is ours by its name; nothing else is ever replaced or deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::failure::{Failure, Outcome};
use crate::facade::intake::plain;

/// Whether a file of that name may be replaced: one that this program writes.
pub(super) type Ours = fn(&str) -> bool;

/// Whether a set may be put at `target`, to be asked before work is spent on it.
///
/// # Errors
/// [`Failure::World`] if `target` is no directory, or holds anything that is not `ours`.
pub(super) fn check(target: &Path, ours: Ours) -> Outcome {
    holds_older_set(&absolute(target)?, ours).map(|_| ())
}

/// The target without symbolic links, so that a rename replaces the directory and not the link.
pub(super) fn absolute(target: &Path) -> Result<PathBuf, Failure> {
    let found = fs::canonicalize(target);
    if found.is_err() && fs::symlink_metadata(target).is_ok_and(|found| found.is_symlink()) {
        let shown = target.display();
        return Err(Failure::World(format!(
            "cannot use {shown}: it is a link that leads nowhere; choose another with --out"
        )));
    }
    let found = found.or_else(|_| std::path::absolute(target));
    found.map_err(|error| Failure::disk("cannot find", target, &error))
}

/// Whether the target holds an older set (else it is missing or empty).
pub(super) fn holds_older_set(target: &Path, ours: Ours) -> Result<bool, Failure> {
    let entries = match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failure::disk("cannot use", target, &error)),
        Ok(entries) => entries,
    };
    let mut replaces = false;
    for entry in entries {
        let entry = entry.map_err(|error| Failure::disk("cannot read", target, &error))?;
        if !is_ours(&entry, ours) {
            return Err(foreign(target, &entry.file_name().to_string_lossy()));
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

/// Removes an older set that the exchange has moved away. A file that does not belong to it came at
/// the last moment: it is moved to the new set. Returns what must be said.
pub(super) fn clear(old: &Path, target: &Path, ours: Ours) -> Vec<String> {
    let mut said = Vec::new();
    let stays = |path: &Path, error: &io::Error| {
        format!("{} could not be removed: {}", path.display(), plain(error))
    };
    for entry in fs::read_dir(old).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if is_ours(&entry, ours) {
            said.extend(fs::remove_file(&path).err().map(|error| stays(&path, &error)));
        } else if !target.join(&name).exists() && fs::rename(&path, target.join(&name)).is_ok() {
            let name = name.to_string_lossy();
            said.push(format!(
                "{name} is no result of this program; it stays in the new {}",
                target.display()
            ));
        }
    }
    said.extend(fs::remove_dir(old).err().map(|error| stays(old, &error)));
    said
}

/// Whether an entry of a directory is a file that this program writes.
fn is_ours(entry: &fs::DirEntry, ours: Ours) -> bool {
    let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
    is_file && ours(&entry.file_name().to_string_lossy())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn ours(name: &str) -> bool {
        name == "a.txt"
    }

    /// The names in a directory, sorted.
    pub(crate) fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_came_between_the_last_look_and_the_exchange_moves_to_the_new_set() {
        let home = tempfile::tempdir().unwrap();
        let (old, target) = (home.path().join(".old"), home.path().join("results"));
        for folder in [&old, &target] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a.txt"), "1").unwrap();
        }
        fs::write(old.join("note.md"), "mine").unwrap();
        let said = clear(&old, &target, ours);
        let shown = target.display();
        let expected = format!("note.md is no result of this program; it stays in the new {shown}");
        assert_eq!(said, [expected]);
        assert_eq!(names(home.path()), ["results"]);
        assert_eq!(fs::read_to_string(target.join("note.md")).unwrap(), "mine");
    }

    #[test]
    fn what_cannot_move_to_the_new_set_stays_and_is_named() {
        let home = tempfile::tempdir().unwrap();
        let (old, target) = (home.path().join(".old"), home.path().join("results"));
        for folder in [&old, &target] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("note.md"), folder.to_str().unwrap()).unwrap();
        }
        let said = clear(&old, &target, ours);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with(&format!("{} could not be removed: ", old.display())));
        assert_eq!(fs::read_to_string(old.join("note.md")).unwrap(), old.to_str().unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_refused_before_any_work() {
        let home = tempfile::tempdir().unwrap();
        let link = home.path().join("link");
        std::os::unix::fs::symlink(home.path().join("gone"), &link).unwrap();
        let refused = check(&link, ours).unwrap_err().to_string();
        let shown = link.display();
        let expected = "it is a link that leads nowhere; choose another with --out";
        assert_eq!(refused, format!("cannot use {shown}: {expected}"));
    }
}
