//! One file that is written whole or not at all, and never over a file of another program.
//!
//! It knows what the head of an own file holds; what is written is the caller's matter.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::durable::{self, Readers};
use super::failure::{Failure, Outcome};

/// How many bytes of a file are looked at to see which program wrote it.
const HEAD: u64 = 256;

/// A file that this program writes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Single {
    /// What its first bytes hold.
    pub mark: &'static str,
    /// What it is: "report".
    pub what: &'static str,
    /// What lets it be replaced all the same: "--force replaces it".
    pub help: &'static str,
}

impl Single {
    /// Whether a file may go there: nothing is there, an older one of the same kind, or it is forced.
    ///
    /// # Errors
    /// [`Failure::World`] if something else is there.
    pub(super) fn check(self, out: &Path, force: bool) -> Outcome {
        let shown = out.display();
        match fs::metadata(out) {
            Err(_) => Ok(()),
            Ok(found) if !found.is_file() => {
                Err(Failure::World(format!("{shown} is no ordinary file and is left as it is")))
            }
            Ok(_) if force || self.is_own(out) => Ok(()),
            Ok(_) => Err(Failure::World(format!(
                "{shown} exists and is no {} of this program; {}",
                self.what, self.help
            ))),
        }
    }

    /// Writes it, where a link leads to and not over the link.
    ///
    /// # Errors
    /// As [`Single::check`]; [`Failure::World`] if the disk refuses.
    pub(super) fn write(self, out: &Path, bytes: &[u8], force: bool) -> Outcome {
        self.check(out, force)?;
        let target = &fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
        let put = durable::replace(target, &[bytes], Readers::All);
        put.map_err(|error| Failure::disk("cannot write", out, &error))
    }

    fn is_own(self, path: &Path) -> bool {
        let mut head = Vec::new();
        let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        read.is_ok() && String::from_utf8_lossy(&head).contains(self.mark)
    }
}
