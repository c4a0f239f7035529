//! An experiment as files and as text for a terminal. One file of source per format.
//!
//! It estimates nothing; it renders an [`Answer`] and returns bytes.

pub(in crate::report) mod calls;
mod estimates;
mod json;
mod junit;
mod tables;
mod text;

pub use estimates::has_rates;
pub(in crate::report) use json::ended;
pub use json::experiment_schema;
pub use junit::{JUNIT_NAME, junit};
pub use text::{progress, text};

use crate::experiment::Answer;
use crate::model::Model;
use crate::report::{CALLS_FILE, PLANNER_FILE, Provenance, planner};

/// A file made from an experiment.
#[derive(Clone, Copy, Debug)]
pub struct ExperimentFile {
    /// File name.
    pub name: &'static str,
    /// Its contents.
    pub render: fn(&Answer, &Model, &Provenance) -> Vec<u8>,
}

/// The files that every experiment writes beside its charts.
pub const EXPERIMENT_FILES: [ExperimentFile; 4] = [
    ExperimentFile { name: "experiment.json", render: json::render },
    ExperimentFile {
        name: "estimates.csv",
        render: |answer, model, _| tables::estimates(answer, model),
    },
    ExperimentFile {
        name: "replications.csv",
        render: |answer, model, _| tables::replications(answer, model),
    },
    ExperimentFile {
        name: PLANNER_FILE,
        render: |answer, model, _| planner::of_answer(answer, model),
    },
];

/// The file that an experiment writes besides where there are queues of calls.
pub const CALLS_OF_EXPERIMENT: ExperimentFile = ExperimentFile {
    name: CALLS_FILE.name,
    render: |answer, model, _| calls::table(answer, model),
};

/// What `experiment.json` holds, for printing it.
#[must_use]
pub fn json(answer: &Answer, model: &Model) -> impl serde::Serialize {
    json::summary(answer, model)
}
