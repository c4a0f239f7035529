//! Names what a command has to leave behind although it is not needed.

use std::io;
use std::path::Path;

use super::terminal;
use crate::facade::intake::plain;

/// Says that something stays, and why.
pub(super) fn say_left(path: &Path, error: &io::Error) {
    let path = path.display();
    terminal::say(&format!("{path} is left behind and may be deleted: {}", plain(error)));
}
