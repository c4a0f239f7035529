//! The repository's files as the inspections see them: paths, lines, code without comments.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file of the repository.
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// The room (top-level module) that a file under `src` belongs to.
    pub fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let first = inside.split('/').next()?;
        Some(first.strip_suffix(".rs").unwrap_or(first))
    }

    /// The lines outside the test module that closes the file, numbered from 1, without comments.
    pub fn code(&self) -> Vec<(usize, String)> {
        if self.path.ends_with("/tests.rs") {
            return Vec::new();
        }
        let lines = self.text.lines().enumerate();
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .map(|(number, line)| (number + 1, without_comment(line).to_owned()))
            .collect()
    }
}

/// The part of a line before `//`, unless the slashes stand in a text (`"https://..."`).
fn without_comment(line: &str) -> &str {
    match line.find("//") {
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => &line[..at],
        _ => line,
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` (or the file of that name) with one of the endings, sorted by path.
pub fn below(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let wanted = |path: &PathBuf| {
        let name = path.to_string_lossy();
        endings.iter().any(|ending| name.ends_with(ending))
    };
    found.into_iter().filter(wanted).map(|path| read(&path)).collect()
}

/// Every Rust file of the repository.
pub fn rust() -> Vec<Source> {
    ["src", "tests", "benches"].iter().flat_map(|folder| below(folder, &[".rs"])).collect()
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
    } else if let Ok(entries) = fs::read_dir(path) {
        for entry in entries {
            walk(&entry.unwrap().path(), found);
        }
    }
}

fn read(path: &Path) -> Source {
    let inside = path.strip_prefix(root()).unwrap();
    let name = inside.to_string_lossy().replace('\\', "/");
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    // One scenario is no UTF-8 on purpose.
    Source { path: name, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Fails with every finding, one per line.
pub fn none(findings: &[String], law: &str) {
    assert!(findings.is_empty(), "{law}:\n  {}", findings.join("\n  "));
}
