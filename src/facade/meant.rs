//! A scenario as several of its readers look at it: its text, as written, as meant, and what was
//! found in it. Only borrowed; the code that read it owns it.

use crate::diagnostic::{Diagnostic, Source};
use crate::model::Model;
use crate::scenario::Document;

/// A scenario that can be simulated.
#[derive(Clone, Copy)]
pub struct Meant<'a> {
    /// The text, for places in it.
    pub source: &'a Source,
    /// As written.
    pub document: &'a Document,
    /// As meant.
    pub model: &'a Model,
}

/// What was found in a scenario.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The text, for places in it.
    pub source: &'a Source,
    /// Every finding, in the order of the text.
    pub findings: &'a [Diagnostic],
}
