//! `schema`: the JSON Schema of the scenario file or of `summary.json`, on standard output.

use super::args::{Schema, SchemaOf};
use super::failure::Outcome;
use super::terminal;
use crate::report;
use crate::scenario;

/// Prints the schema.
pub fn run(asked: &Schema) -> Outcome {
    let schema = match asked.of {
        SchemaOf::Scenario => scenario::schema(),
        SchemaOf::Summary => report::summary_schema(),
    };
    terminal::print(&format!("{schema:#}\n"))
}
