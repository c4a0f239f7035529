//! Files that people hand in, read up to a stated size: one that never ends is an error, not the
//! end of memory.
//!
//! Ordinary files, pipes and standard input are read; directories and devices are not.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Most bytes of a scenario, of a data file that it names, or of a log: 64 MiB.
pub const MOST: u64 = 64 << 20;

/// Opens a file for reading. `pipes`: a pipe will do as well.
///
/// # Errors
/// Those of the system, and what the path is if it cannot be read.
pub fn open(path: &Path, pipes: bool) -> io::Result<File> {
    // Before it is opened: to open a pipe is to wait for its writer.
    let wrong = |kind: std::fs::FileType| {
        // Of a directory the system says so when it is read.
        if kind.is_file() || kind.is_dir() || (pipes && is_pipe(kind)) {
            Ok(())
        } else {
            Err(io::Error::other("it is no ordinary file"))
        }
    };
    wrong(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    wrong(file.metadata()?.file_type())?;
    Ok(file)
}

/// The bytes of a file.
///
/// # Errors
/// As [`open`]; that it is too large.
pub fn read(path: &Path, pipes: bool) -> io::Result<Vec<u8>> {
    bounded(open(path, pipes)?, MOST)
}

/// All bytes of a stream, if there are no more than `most`.
///
/// # Errors
/// Those of the system; that it is too large.
pub fn bounded(stream: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let most = most >> 20;
        return Err(io::Error::other(format!(
            "it is larger than {most} MiB, the most that is read"
        )));
    }
    Ok(bytes)
}

/// A data file beside a scenario, or out of its pack and from nowhere else.
///
/// # Errors
/// Why there is none, in words.
pub fn beside(
    folder: &Path,
    packed: Option<&BTreeMap<String, String>>,
    path: &str,
) -> Result<Vec<u8>, String> {
    if let Some(packed) = packed {
        let text = packed.get(path).ok_or_else(|| "it is not in the pack".to_owned())?;
        return Ok(text.clone().into_bytes());
    }
    read(&folder.join(path), false).map_err(|error| plain(&error))
}

/// The system's own error text without its number.
#[must_use]
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// A pipe, a socket, or a terminal that is used as one.
fn is_pipe(kind: std::fs::FileType) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        kind.is_fifo() || kind.is_socket()
    }
    #[cfg(not(unix))]
    {
        let _ = kind;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_read_up_to_its_bound_and_no_further() {
        assert_eq!(bounded(&b"abc"[..], 3).unwrap(), b"abc");
        let refused = bounded(io::repeat(0), 2 << 20).unwrap_err().to_string();
        assert_eq!(refused, "it is larger than 2 MiB, the most that is read");
    }

    #[test]
    fn a_directory_is_nothing_to_read() {
        let home = tempfile::tempdir().unwrap();
        let refused = read(home.path(), true).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::IsADirectory);
    }
}
