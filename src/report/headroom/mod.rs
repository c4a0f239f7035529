//! Head-room as files, sentences and text. One file of source per format.
//!
//! It searches nothing; it renders a [`Headroom`].

mod beyond;
mod json;
mod remark;
mod sentences;
mod tables;
mod text;

pub use json::headroom_schema;
pub use text::text;

pub(in crate::report) use sentences::{headline, title};

use crate::experiment::Headroom;
use crate::report::Provenance;

/// A file made from head-room.
#[derive(Clone, Copy, Debug)]
pub struct HeadroomFile {
    /// File name.
    pub name: &'static str,
    /// Its contents.
    pub render: fn(&Headroom, &Provenance) -> Vec<u8>,
}

/// The table of the values that were tried.
pub(in crate::report) const HEADROOM_VALUES: &str = "headroom-values.csv";

/// The files of head-room in addition to its charts.
pub const HEADROOM_FILES: [HeadroomFile; 3] = [
    HeadroomFile { name: "headroom.json", render: json::render },
    HeadroomFile { name: "headroom.csv", render: |found, _| tables::answers(found) },
    HeadroomFile { name: HEADROOM_VALUES, render: |found, _| tables::values(found) },
];

/// What `headroom.json` holds, for printing it.
#[must_use]
pub fn json(headroom: &Headroom) -> impl serde::Serialize {
    json::summary(headroom)
}
