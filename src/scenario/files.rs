//! How a scenario gets its data files: the code that loads it provides them. Nothing here touches a
//! disk.

/// Gives the bytes of a file that a scenario names.
pub trait Files {
    /// The bytes of `path`, relative to the scenario file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in a few words.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// No file at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no files can be read here".to_owned())
    }
}
