//! The report on the text as it is: the page that `run --report` writes, as bytes. Its files are
//! made in a temporary directory that is removed at once.

use super::answer::{made, provenance_of_answer, provenance_of_run, sound};
use super::talk::Talk;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::load::Understood;
use crate::cli::once::once;
use crate::cli::output::Staging;
use crate::cli::{files, report, run, telling};
use crate::experiment::Study;
use crate::report::page::REPORT_FILE;

/// The report on a text.
///
/// # Errors
/// [`Failure::Usage`] if the text has errors; [`Failure::World`] if the disk refuses;
/// [`Failure::Interrupted`] if something newer was asked.
pub(super) fn export(talk: &Talk, text: &str) -> Result<Vec<u8>, Failure> {
    let errors = || Failure::Usage("the scenario has errors: there is no report".to_owned());
    let scenario = sound(talk.session().text(text).study(&[])?).ok_or_else(errors)?;
    let home = tempfile::tempdir();
    let home =
        home.map_err(|error| Failure::disk("cannot write in", &std::env::temp_dir(), &error))?;
    let staging = Staging::open(&home.path().join("report"), files::is_ours)?;
    match run::asks_for_more(&scenario.resolved.model) {
        true => write_many(talk, &scenario, &staging)?,
        false => write_one(talk, &scenario, &staging)?,
    }
    report::add(&staging)?;
    let path = staging.folder().join(REPORT_FILE);
    std::fs::read(&path).map_err(|error| Failure::disk("cannot read", &path, &error))
}

fn write_one(talk: &Talk, scenario: &Understood, staging: &Staging) -> Outcome {
    let model = &scenario.resolved.model;
    let results = once(model, 0, (talk.session().threads(), true), &|| talk.is_unwanted())?;
    let provenance = provenance_of_run(scenario);
    files::write_results(staging, &results, model, &provenance, &scenario.origin.assumptions)
}

fn write_many(talk: &Talk, scenario: &Understood, staging: &Staging) -> Outcome {
    let model = &scenario.resolved.model;
    let study = Study::new(vec![model], model.seed);
    let answer = made(talk, model, &study, None)?;
    let provenance = provenance_of_answer(scenario, &answer);
    files::write_answer(staging, &answer, model, &provenance, &scenario.origin.assumptions)?;
    telling::add(staging, &answer, model, (&scenario.origin, true))
}
