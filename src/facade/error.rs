//! What can go wrong, each with what is needed to fix it.

use std::path::PathBuf;

use super::finding::Finding;

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read.
    #[error("cannot read {}: {why}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// The error text of the system.
        why: String,
    },
    /// A setting means nothing, or a measure or number does not exist.
    #[error("{0}")]
    Usage(String),
    /// The scenario has errors.
    #[error("{}", told(.0))]
    Findings(Vec<Finding>),
    /// A run would never end (S021).
    #[error("{0}")]
    Endless(Box<Finding>),
    /// The caller stopped it.
    #[error("stopped")]
    Stopped,
    /// Parts of a job are missing or broken, or are of something else.
    #[error("{0}")]
    Parts(String),
    /// The system provides no threads.
    #[error("cannot start threads: {0}")]
    Threads(String),
}

fn told(findings: &[Finding]) -> String {
    let errors: Vec<String> = findings.iter().map(ToString::to_string).collect();
    errors.join("\n\n")
}
