//! The values that a search asks for: a scenario for each, its replications, the estimate of the measure.
//! What is finished stays in checkpoints until the answer is written.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::ThreadPool;

use crate::cli::checkpoint::Parked;
use crate::cli::checkpointed::CheckpointedStore;
use crate::cli::failure::Failure;
use crate::cli::left::say_left;
use crate::cli::load::{self, Study as Studied, Text, Understood};
use crate::cli::terminal;
use crate::closed_form::ClosedForms;
use crate::diagnostic::Severity;
use crate::experiment::{
    EndlessVariant, Gathered, Measured, OpenEnd, Plan, SideBySide, Study, closed_forms, complete,
    fingerprint,
};
use crate::facade::target;
use crate::model::{Model, Threshold};
use crate::scenario::set::{Setting, Written};
use crate::statistics::Estimate;

/// Makes estimates of one measure in variants of one scenario.
pub(super) struct Points<'t> {
    pub text: &'t Text<'t>,
    /// What is set in all of them.
    pub settings: &'t [Setting],
    pub seed: u64,
    /// The only faults that occur; empty: all.
    pub faults: &'t [String],
    pub target: Threshold,
    pub plan: SideBySide,
    /// How many replications there are, if the scenario as it is decides that.
    pub precise: Option<Plan>,
    pub pool: ThreadPool,
    /// Where checkpoints are.
    pub folder: PathBuf,
    /// Simulate although there are errors; say nothing but errors.
    pub allow_errors: bool,
    pub quiet: bool,
    pub known: Vec<Known>,
    /// What is said of the first run that has no end.
    pub endless: Option<String>,
    pub parked: Vec<Parked>,
    pub began: Instant,
    /// About how many there will be.
    pub expected: u64,
}

/// A variant that was made.
#[derive(Clone, Debug)]
pub(super) struct Known {
    fingerprint: String,
    measured: Measured,
    /// What theory says of the first, the scenario as it is.
    pub forms: Option<ClosedForms>,
}

/// Why `--precision` cannot decide how many replications there are.
const UNDECIDED: &str = "error: with --precision the scenario as it is decides how many replications \
                         each value has, and a run of it has no end; give --replications instead";

/// A scenario with one more setting.
pub(super) struct Variant {
    /// As meant, with the seed and the faults that are asked for.
    pub understood: Understood,
    /// What was set.
    pub written: Vec<Written>,
}

impl Points<'_> {
    /// The scenario with some more settings, examined.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a setting leads nowhere.
    pub(super) fn study(&self, more: &[Setting]) -> Result<Studied, Failure> {
        let settings: Vec<Setting> = self.settings.iter().chain(more).cloned().collect();
        self.text.study(&settings)
    }

    /// Makes replications of the scenario as it is until the measure is precise enough: each value
    /// gets this many.
    ///
    /// # Errors
    /// As [`Points::estimate`].
    pub(super) fn settle_replications(&mut self, today: &Understood) -> Result<(), Failure> {
        let Some(plan) = self.precise.take() else { return Ok(()) };
        let model = &today.resolved.model;
        let print = fingerprint(model);
        let study = Study::new(vec![model], self.seed).of_measures();
        let target = self.folder.join(&print);
        let how = (&self.pool, self.quiet);
        let store = CheckpointedStore::beside(&study, &target, &plan.range, None, how)?;
        let mut store = store.telling(" today".to_owned(), 0.0);
        let made = match plan.run(&study, &self.pool, &mut store) {
            Ok(made) => made,
            Err(failure) => {
                let is_endless = matches!(failure, Failure::Endless(_));
                let failure = load::shown(store.give_up(failure), |_| Some(today));
                if is_endless {
                    terminal::say(UNDECIDED);
                }
                return Err(self.kept(failure));
            }
        };
        self.parked.push(store.park()?);
        self.plan.range = plan.range.start..plan.range.start + made.gathered.count() as u64;
        self.know(print, &made.gathered, model);
        Ok(())
    }

    /// The measure in a variant that was made, which need not be made again.
    fn know(&mut self, fingerprint: String, gathered: &Gathered, model: &Model) -> Measured {
        let level = self.plan.level;
        let measured = match gathered.measure_named(&self.target.measure) {
            Some(measure) => {
                let (estimate, _) = complete(gathered, measure, level, model.input_sets());
                let open = OpenEnd::behind(gathered, measure, level);
                Measured::of(estimate).with_open(open)
            }
            None => Measured::of(Estimate::too_few(None, level, 0)),
        };
        let is_first = self.known.is_empty();
        let forms = is_first.then(|| closed_forms(gathered, model)).flatten();
        self.known.push(Known { fingerprint, measured, forms });
        measured
    }

    /// The scenario with one more setting.
    ///
    /// # Errors
    /// [`Failure::Usage`] if the setting leads nowhere, [`Failure::Findings`] if it makes an error.
    pub(super) fn variant(&self, setting: &Setting) -> Result<Variant, Failure> {
        let study = self.study(std::slice::from_ref(setting))?;
        self.refuse_errors(&study, setting)?;
        let written = study.written.last().cloned().into_iter().collect();
        let mut understood = study.understood().ok_or(Failure::Findings)?;
        self.adapt(&mut understood);
        Ok(Variant { understood, written })
    }

    /// Puts the seed and the faults that are asked for in their places.
    pub(super) fn adapt(&self, understood: &mut Understood) {
        understood.resolved.model.seed = self.seed;
        target::let_strike(self.faults, &mut understood.resolved.model);
    }

    fn refuse_errors(&self, study: &Studied, setting: &Setting) -> Result<(), Failure> {
        if study.count(Severity::Error) == 0 || self.allow_errors {
            return Ok(());
        }
        terminal::say(study.text_varied(Severity::Error, 1).trim_end());
        let help = "give a range without it, such as --vary PATH=LOW..HIGH";
        terminal::say(&format!("error: the scenario has errors with {}; {help}", setting.text()));
        Err(Failure::Findings)
    }

    /// The measure in a variant, called so in the progress; or that a run of it has no end.
    ///
    /// # Errors
    /// [`Failure::Kept`] if interrupted; [`Failure::World`] if the disk refuses.
    pub(super) fn estimate(
        &mut self,
        variant: &Understood,
        what: &str,
    ) -> Result<Measured, Failure> {
        let model = &variant.resolved.model;
        let print = fingerprint(model);
        if let Some(known) = self.known.iter().find(|known| known.fingerprint == print) {
            return Ok(known.measured);
        }
        let study = Study::new(vec![model], self.seed).of_measures();
        let target = self.folder.join(&print);
        let how = (&self.pool, self.quiet);
        let store = CheckpointedStore::beside(&study, &target, &self.plan.range, None, how)?;
        let mut store = store.telling(format!(" {what}"), self.later());
        let sides = match self.plan.run(&study, &self.pool, &mut store) {
            Ok(sides) => sides,
            Err(Failure::Endless(EndlessVariant { found, .. })) => {
                self.parked.push(store.park()?);
                self.endless.get_or_insert_with(|| load::told(&found, variant));
                let measured = Measured::endless(self.plan.level);
                self.known.push(Known { fingerprint: print, measured, forms: None });
                return Ok(measured);
            }
            Err(failure) => return Err(self.kept(store.give_up(failure))),
        };
        self.parked.push(store.park()?);
        Ok(self.know(print, &sides.gathered[0], model))
    }

    /// Whether a variant simulates the same as another.
    pub(super) fn is_same(one: &Understood, other: &Understood) -> bool {
        fingerprint(&one.resolved.model) == fingerprint(&other.resolved.model)
    }

    /// Seconds of the variants that are still to come, at the pace so far.
    fn later(&self) -> f64 {
        let made = self.known.len() as u64;
        let left = self.expected.saturating_sub(made + 1);
        match made {
            0 => 0.0,
            _ => self.began.elapsed().as_secs_f64() / made as f64 * left as f64,
        }
    }

    /// What an interruption leaves, whichever of the checkpoints holds it.
    pub(super) fn kept(&self, failure: Failure) -> Failure {
        let is_kept = !self.parked.is_empty() || matches!(failure, Failure::Kept(_));
        let folder = self.folder.display().to_string();
        match failure {
            Failure::World(text) if is_kept && !text.contains(&folder) => Failure::World(format!(
                "{text}; the finished replications are kept in {folder}, and the same command goes on \
                 from there"
            )),
            Failure::Interrupted | Failure::Kept(_) if is_kept => Failure::Kept(format!(
                "interrupted; the finished replications are kept in {folder}, and the same command \
                 goes on from there"
            )),
            other => other,
        }
    }

    /// All is written: nothing need be kept.
    pub(super) fn finish(self) {
        // The first made the directory around all of them, and takes it away.
        self.parked.into_iter().rev().for_each(Parked::remove);
        remove_if_empty(&self.folder);
    }
}

/// Removes a directory that an earlier, interrupted search made, unless something is in it.
fn remove_if_empty(folder: &Path) {
    let is_empty = std::fs::read_dir(folder).is_ok_and(|mut all| all.next().is_none());
    if let Err(error) = std::fs::remove_dir(folder)
        && is_empty
    {
        say_left(folder, &error);
    }
}
