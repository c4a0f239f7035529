//! Comparing a text with a committed file, word for word; `BLESS=1` rewrites the file instead.

use std::path::{Path, PathBuf};

/// A path below the root of the project.
pub fn root(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Compares `actual` with the file at `relative`; returns what differs, if anything does.
pub fn differs(relative: &str, actual: &str) -> Option<String> {
    let path = root(relative);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, actual).expect("a blessed file can be written");
        return None;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    (expected != actual)
        .then(|| format!("{relative} differs (BLESS=1 rewrites it); it should be:\n{actual}"))
}
