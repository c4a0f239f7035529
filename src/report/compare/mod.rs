//! A comparison as files and text. One file of source per format.
//!
//! It compares nothing; it renders a [`Comparison`].

mod json;
mod overview;
mod side_by_side;
mod tables;
mod text;

pub use json::comparison_schema;
pub(super) use overview::letters;
pub use text::text;

use crate::experiment::Comparison;
use crate::model::Model;
use crate::report::Provenance;
use crate::report::experiment::calls;

/// A file made from a comparison.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonFile {
    /// File name.
    pub name: &'static str,
    /// Its contents.
    pub render: fn(&Comparison, &Provenance) -> Vec<u8>,
}

/// The files of a comparison beside its charts.
pub const COMPARISON_FILES: [ComparisonFile; 3] = [
    ComparisonFile { name: "compare.json", render: json::render },
    ComparisonFile { name: "compare.csv", render: |comparison, _| tables::measures(comparison) },
    ComparisonFile {
        name: "differences.csv",
        render: |comparison, _| tables::differences(comparison),
    },
];

/// Calls by queue and interval of a comparison of these models; `None`: there are no calls in any.
#[must_use]
pub fn calls(comparison: &Comparison, models: &[&Model]) -> Option<Vec<u8>> {
    calls::compared(comparison, models)
}

/// What `compare.json` holds, for printing it.
#[must_use]
pub fn json(comparison: &Comparison) -> impl serde::Serialize {
    json::summary(comparison)
}
