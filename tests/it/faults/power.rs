//! Power cuts: after every call that changes something the power may fail, and what was not synced
//! may be there or not. Old or new, whole; and what was reported as done is there.
//!
//! Contents outlive a cut as they were synced last. Names do as their directory was synced last,
//! or as they are now: the one or the other in the directories above an answer, and the one or
//! the other in those of the answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use nix::errno::Errno;

use super::judge::Story;
use super::scenes::{Scene, State, is_in};
use super::tracer::{self, Fault};
use crate::cli::program::Place;

/// A file or directory, whatever it is called; numbers alone are used again.
type Inode = (u64, Option<SystemTime>, Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    File,
    Folder,
}

fn inode(found: &Metadata) -> Inode {
    let kind = if found.is_dir() { Kind::Folder } else { Kind::File };
    (found.ino(), found.created().ok(), kind)
}

/// The names in a directory.
type Names = BTreeMap<String, Inode>;

/// What was synced last.
#[derive(Default)]
struct Disk {
    contents: BTreeMap<Inode, Vec<u8>>,
    names: BTreeMap<Inode, Names>,
}

/// Which names a cut leaves.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// Those above answers as they are now.
    above: bool,
    /// Those in answers as they are now.
    inside: bool,
}

const CUTS: [Cut; 4] = [
    Cut { above: false, inside: false },
    Cut { above: false, inside: true },
    Cut { above: true, inside: false },
    Cut { above: true, inside: true },
];

fn now(folder: &Path) -> BTreeMap<String, (PathBuf, Metadata)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let found = fs::symlink_metadata(entry.path()).ok()?;
            Some((entry.file_name().into_string().ok()?, (entry.path(), found)))
        })
        .collect()
}

impl Disk {
    /// Everything below a directory, synced.
    fn sync_all(&mut self, folder: &Path) {
        self.sync(folder);
        for (path, found) in now(folder).into_values() {
            if found.is_dir() { self.sync_all(&path) } else { self.sync(&path) }
        }
    }

    /// One file or directory, synced.
    fn sync(&mut self, path: &Path) {
        let found = fs::metadata(path).unwrap();
        if found.is_dir() {
            let names = now(path).into_iter().map(|(name, (_, found))| (name, inode(&found)));
            self.names.insert(inode(&found), names.collect());
        } else {
            self.contents.insert(inode(&found), fs::read(path).unwrap());
        }
    }

    /// What is below a directory after a cut. `live`: where each inode has its name now.
    fn after(&self, cut: Cut, root: &Path, scene: &Scene) -> State {
        let mut live = BTreeMap::new();
        walk(root, &mut live);
        let start = inode(&fs::metadata(root).unwrap());
        let mut found = State::new();
        let mut open = vec![(String::new(), start)];
        while let Some((path, folder)) = open.pop() {
            let as_now = if is_above(&path, scene) { cut.above } else { cut.inside };
            let names = if as_now { live.get(&folder) } else { self.names.get(&folder) };
            for (name, inode) in names.into_iter().flatten() {
                let path = format!("{path}/{name}").trim_start_matches('/').to_owned();
                let is_folder = inode.2 == Kind::Folder;
                let content = || self.contents.get(inode).cloned().unwrap_or_default();
                found.insert(path.clone(), (!is_folder).then(content));
                open.extend(is_folder.then_some((path, *inode)));
            }
        }
        found
    }
}

/// Whether a directory holds answers and is none.
fn is_above(path: &str, scene: &Scene) -> bool {
    path.is_empty() || scene.sets.iter().any(|set| *set != path && is_in(set, &[path]))
}

/// The names in every directory below one, as they are now.
fn walk(folder: &Path, found: &mut BTreeMap<Inode, Names>) {
    let entries = now(folder);
    let names = entries.iter().map(|(name, (_, found))| (name.clone(), inode(found))).collect();
    found.insert(inode(&fs::metadata(folder).unwrap()), names);
    for (path, _) in entries.into_values().filter(|(_, found)| found.is_dir()) {
        walk(&path, found);
    }
}

/// Cuts the power at every moment of a command, and runs it again on each state that a cut can
/// leave. Returns the number of these states.
pub fn cut(scene: &'static Scene) -> usize {
    let story = Story::new(scene);
    let (place, left) = states(&story, scene, None);
    for state in &left {
        restore(state, place.path());
        story.goes_on(&place, state, "after a power cut");
    }
    left.len()
}

/// The same where one sync fails, each once: then too all is old or new. Returns their number.
pub fn cut_without_a_sync(scene: &'static Scene) -> usize {
    let story = Story::new(scene);
    let syncs: Vec<usize> = (0..story.calls.len()).filter(|at| story.calls[*at].syncs()).collect();
    for at in &syncs {
        states(&story, scene, Some((*at, Fault::Fails(Errno::EIO))));
    }
    syncs.len()
}

/// The states that a cut can leave, and the place.
fn states(
    story: &Story,
    scene: &'static Scene,
    fault: Option<(usize, Fault)>,
) -> (Place, BTreeSet<State>) {
    let place = scene.place();
    let root = fs::canonicalize(place.path()).unwrap();
    let mut disk = Disk::default();
    disk.sync_all(&root);
    let mut left = BTreeSet::new();
    let traced = tracer::watch(&place, &scene.arguments(), fault, &mut |call, seen| {
        if call.syncs() {
            disk.sync(&seen.open_file(call.descriptor.unwrap()));
        }
        if call.changes() {
            for cut in CUTS {
                let after = disk.after(cut, &root, scene);
                let told = format!("a power cut after {call:?}, {cut:?}");
                story.sets_are_whole(&after, &told);
                story.nothing_else_is_touched(&after, &told);
                left.insert(after);
            }
        }
    });
    let last = disk.after(CUTS[0], &root, scene);
    let there = story.sets_are_whole(&last, "at the end");
    assert!(there || traced.ended.code != Some(0), "what was reported as done is lost");
    left.insert(last);
    (place, left)
}

/// Puts a state on the disk.
fn restore(state: &State, folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
    }
    for (name, content) in state {
        let path = folder.join(name);
        match content {
            None => fs::create_dir(path).unwrap(),
            Some(content) => fs::write(path, content).unwrap(),
        }
    }
}
