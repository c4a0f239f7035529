//! Shifts as meant: when agents are on duty in a run.

use crate::time::Span;

use super::hours::Hours;

/// A shift of some agents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// As written.
    pub text: String,
    /// When it is on.
    pub hours: Hours,
    /// Each agent arrives this much after its start at most, by a uniform draw.
    pub spread: Span,
}
