//! A scenario from the disk, ready for a command: studied, its findings shown.

use std::path::Path;

use super::args::Common;
use super::assumptions;
use super::failure::{Failure, Outcome};
use super::origin::Origin;
pub(super) use super::study::{Study, Understood};
use super::terminal;
pub(super) use super::text::{STDIN, Text, is_stdin};
use crate::diagnostic::Severity;
use crate::experiment::EndlessVariant;
use crate::facade::endless;
use crate::limits::Endless;
use crate::model::Model;
use crate::scenario::set::Setting;

/// Reads and studies a scenario file, or standard input, with settings written into its text.
///
/// # Errors
/// [`Failure::World`] if it cannot be read, [`Failure::Usage`] if a setting leads nowhere or to an
/// option that the product does not know; mistakes in the text are findings.
pub(super) fn study(path: &Path, settings: &[Setting]) -> Result<Study, Failure> {
    Text::read(path)?.study(settings)
}

/// What a command needs that simulates: the scenario, unless its errors forbid it. Findings are
/// messages here, and go to standard error; `quiet` keeps to errors.
///
/// # Errors
/// As [`study`]; [`Failure::Findings`] if errors forbid to go on.
pub(super) fn understood(
    path: &Path,
    settings: &[Setting],
    allow_errors: bool,
    quiet: bool,
) -> Result<Understood, Failure> {
    Text::read(path)?.understood(settings, (allow_errors, quiet))
}

/// The scenario of a study, unless its errors forbid it; findings are shown.
fn allowed(
    study: Study,
    path: &Path,
    (allow_errors, quiet): (bool, bool),
) -> Result<Understood, Failure> {
    if !quiet {
        study.say_taken();
    }
    let errors = study.count(Severity::Error);
    let mildest = if quiet { Severity::Error } else { Severity::Warning };
    if errors > 0 || !quiet {
        let text = study.text(mildest);
        if !text.is_empty() {
            terminal::say(text.trim_end());
        }
    }
    let tally = format!("{}: {}", path.display(), study.tally(mildest));
    let Some(mut understood) = study.understood() else {
        return refuse(&tally);
    };
    if errors > 0 && !allow_errors {
        return refuse(&format!(
            "{tally}; --allow-errors simulates what the product would do instead"
        ));
    }
    if errors > 0 {
        terminal::say(&format!("{tally}; {}", understood.instead()));
    }
    understood.origin.assumptions = assumptions::of(&understood.source, &understood.resolved);
    Ok(understood)
}

/// Lets a command simulate a scenario with the seed that it asks for, given as meant and with what
/// it was made of. An agent without end is shown in its text.
///
/// # Errors
/// As [`understood`], and those of the command.
pub(super) fn simulated(
    path: &Path,
    settings: &[Setting],
    common: &Common,
    command: impl FnOnce(&Model, &Origin) -> Outcome,
) -> Outcome {
    Text::read(path)?.simulated(settings, common, command)
}

/// Shows what ended a simulation, if it is a finding; `variant` gives the scenario of a variant.
#[must_use]
pub(super) fn shown<'u>(
    failure: Failure,
    variant: impl Fn(usize) -> Option<&'u Understood>,
) -> Failure {
    let Failure::Endless(EndlessVariant { variant: number, found }) = failure else {
        return failure;
    };
    let Some(scenario) = variant(number) else { return failure };
    terminal::say(&told(&found, scenario));
    Failure::Findings
}

/// What is said of a run of a scenario that has no end.
#[must_use]
pub(super) fn told(found: &Endless, scenario: &Understood) -> String {
    let finding = endless::finding(found, &scenario.document, &scenario.resolved.model);
    finding.render(&scenario.source, true)
}

fn refuse<T>(text: &str) -> Result<T, Failure> {
    terminal::say(&format!("error: {text}"));
    Err(Failure::Findings)
}

impl Text<'_> {
    /// As [`understood`], of a text that was read.
    ///
    /// # Errors
    /// As [`understood`].
    pub(super) fn understood(
        &self,
        settings: &[Setting],
        how: (bool, bool),
    ) -> Result<Understood, Failure> {
        allowed(self.study(settings)?, self.path(), how)
    }

    /// As [`simulated`], of a text that was read.
    ///
    /// # Errors
    /// As [`simulated`].
    pub(super) fn simulated(
        &self,
        settings: &[Setting],
        common: &Common,
        command: impl FnOnce(&Model, &Origin) -> Outcome,
    ) -> Outcome {
        let mut scenario = self.understood(settings, (common.allow_errors, common.quiet))?;
        scenario.origin.reseed(common.seed, &mut scenario.resolved.model.seed);
        let outcome = command(&scenario.resolved.model, &scenario.origin);
        outcome.map_err(|failure| shown(failure, |_| Some(&scenario)))
    }
}
