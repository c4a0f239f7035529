//! A sweep as files and text. One file of source per format.
//!
//! It computes nothing; it renders a [`Grid`].

mod json;
mod points;
mod table;
mod text;

pub use json::sweep_schema;
pub use text::text;

use crate::experiment::Grid;
use crate::report::Provenance;

/// A file made from a sweep.
#[derive(Clone, Copy, Debug)]
pub struct SweepFile {
    /// File name.
    pub name: &'static str,
    /// Its contents.
    pub render: fn(&Grid, &Provenance) -> Vec<u8>,
}

/// The files of a sweep beside its charts.
pub const SWEEP_FILES: [SweepFile; 2] = [
    SweepFile { name: "sweep.json", render: json::render },
    SweepFile { name: "sweep.csv", render: |grid, _| table::render(grid) },
];

/// What `sweep.json` holds, for printing it.
#[must_use]
pub fn json(grid: &Grid) -> impl serde::Serialize {
    json::summary(grid)
}
