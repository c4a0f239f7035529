//! `summary.json`, and the JSON Schema of it.

use crate::measures::{Results, Summary};
use crate::model::Model;

/// The file: indented, with a final newline.
pub(super) fn render(results: &Results, model: &Model) -> Vec<u8> {
    // Plain structs with text keys: there is nothing in them that could fail to serialise.
    let mut bytes = serde_json::to_vec_pretty(&results.summary(model)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The JSON Schema of `summary.json`.
#[must_use]
pub fn summary_schema() -> serde_json::Value {
    schemars::schema_for!(Summary).to_value()
}
