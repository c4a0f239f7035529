//! `summary.json`, and the JSON Schema of it.

use crate::measures::{Results, Summary};
use crate::model::Model;
use crate::report::{Provenance, schema};

/// The file: indented, with a final newline.
pub(super) fn render(results: &Results, model: &Model, provenance: &Provenance) -> Vec<u8> {
    provenance.file(&results.summary(model))
}

/// The JSON Schema of `summary.json`.
#[must_use]
pub fn summary_schema() -> serde_json::Value {
    schema::<Summary>()
}
