//! `schema`: the JSON Schema of the scenario file or of an answer, on standard output.

use super::args::{Schema, SchemaOf};
use super::failure::Outcome;
use super::terminal;
use crate::report;
use crate::scenario;

/// Prints the schema.
pub(super) fn run(asked: &Schema) -> Outcome {
    let schema = match asked.of {
        SchemaOf::Scenario => scenario::schema(),
        SchemaOf::Summary => report::summary_schema(),
        SchemaOf::Experiment => report::experiment::experiment_schema(),
        SchemaOf::Compare => report::compare::comparison_schema(),
        SchemaOf::Fit => report::fit::fit_schema(),
        SchemaOf::Headroom => report::headroom::headroom_schema(),
        SchemaOf::Sweep => report::sweep::sweep_schema(),
    };
    terminal::print(&format!("{schema:#}\n"))
}
