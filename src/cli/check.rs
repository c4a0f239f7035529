//! `check`: every mistake of a scenario at once, or what a code means.

use std::path::Path;

use serde::Serialize;

use super::args::{Check, Format};
use super::command_line::CommandLine;
use super::failure::{Failure, Outcome};
use super::load::{self, Study};
use super::terminal;
use crate::diagnostic::{JsonDiagnostic, Severity};
use crate::explain;
use crate::facade::shown::Shown;
use crate::report::Provenance;

/// Checks a file, or explains a code.
pub(super) fn run(asked: &Check) -> Outcome {
    match (&asked.explain, &asked.file) {
        (Some(code), _) => meaning(code),
        (None, Some(file)) => check(file, asked),
        (None, None) => Ok(()),
    }
}

fn check(file: &Path, asked: &Check) -> Outcome {
    let study = load::study(file, &asked.changes.set)?;
    study.say_taken();
    match asked.format {
        Format::Text => {
            let findings = study.text(Severity::Info);
            let tally = study.tally(Severity::Info);
            terminal::print(&format!("{findings}{}: {tally}\n", file.display()))?;
        }
        Format::Json => terminal::print_json(&Findings::of(&study), &provenance(&study))?,
    }
    let bad =
        study.count(Severity::Error) > 0 || (asked.strict && study.count(Severity::Warning) > 0);
    if bad { Err(Failure::Findings) } else { Ok(()) }
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Findings {
    findings: Vec<JsonDiagnostic>,
    /// How many more there are.
    left_out: usize,
}

impl Findings {
    fn of(study: &Study) -> Self {
        let Shown { findings, left_out } = study.shown(Severity::Info);
        let each = findings.into_iter().map(|finding| finding.to_json(&study.source));
        Self { findings: each.collect(), left_out }
    }
}

fn provenance(study: &Study) -> Provenance {
    let origin = &study.origin;
    let again = CommandLine::new("check", origin.inputs()).set(origin.texts());
    Provenance { settings: origin.texts(), ..again.provenance(origin.inputs(), None) }
}

/// What a code means, why it matters and how to fix it.
fn meaning(code: &str) -> Outcome {
    match explain::explain(code) {
        Some(text) => terminal::print(&text),
        None => {
            let near = explain::nearest(code).map(|near| format!("did you mean {near}? "));
            let (near, ranges) = (near.unwrap_or_default(), explain::ranges());
            Err(Failure::Usage(format!("there is no code `{code}`; {near}There are {ranges}")))
        }
    }
}
