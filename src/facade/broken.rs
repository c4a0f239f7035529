//! Why parts cannot be read or put together. Here it is only described; the calling code decides
//! what follows.

use std::io;
use std::path::PathBuf;

use super::intake::plain;
use crate::experiment::EndlessVariant;

/// Why parts cannot be put together.
#[derive(Debug)]
#[non_exhaustive]
pub enum Broken {
    /// Some are missing, or they do not fit together.
    Usage(String),
    /// One of them cannot be used.
    World(String),
    /// One of them cannot be read.
    Disk(PathBuf, io::Error),
    /// What is simulated in their place does not end.
    Endless(EndlessVariant),
}

impl Broken {
    /// The reason in words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Usage(text) | Self::World(text) => text.clone(),
            Self::Disk(path, error) => format!("cannot read {}: {}", path.display(), plain(error)),
            Self::Endless(found) => super::endless::said(&found.found),
        }
    }
}

impl From<EndlessVariant> for Broken {
    fn from(found: EndlessVariant) -> Self {
        Self::Endless(found)
    }
}
