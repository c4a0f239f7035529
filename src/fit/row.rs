//! One outage as a log writes it. It does not know how it was read.

use crate::diagnostic::TextSpan;
use crate::time::Time;

/// One outage as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Position of the component in the log.
    pub component: usize,
    /// Start.
    pub start: Time,
    /// End; `None`: still down.
    pub end: Option<Time>,
    /// Where the row is.
    pub span: TextSpan,
}
