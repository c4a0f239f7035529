//! A search for the value of a setting at which a measure stops keeping its bound, and its answer.

use std::ops::ControlFlow;

use rayon::ThreadPool;
use serde_json::Value;

use super::drawn::{self, Drawn};
use super::error::Error;
use super::numbers::numbers;
use super::progress::{self, Ended, Progress, ProgressListener};
use super::reach;
use super::remarks;
use super::replications::Replications;
use super::scenario::Scenario;
use super::target;
use super::understood::Understood;
use super::varied::Varied;
use crate::closed_form::ClosedForms;
use crate::experiment::{
    Answered, Gathered, Headroom, Measured, OpenEnd, Plan, SideBySide, Study, Tried, closed_forms,
    complete, fingerprint, search,
};
use crate::model::{Model, Threshold};
use crate::report::{Screen, headroom};
use crate::scenario::set::{Setting, Vary};
use crate::statistics::Estimate;

/// How far settings may go while a measure keeps its bound.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Searched {
    /// How many replications each value has.
    pub replications: usize,
    /// Confidence level of all intervals, between 0 and 1.
    pub level: f64,
    /// A chart for each setting.
    pub charts: Vec<Drawn>,
    json: Value,
    text: String,
}

impl Searched {
    fn of(found: &Headroom, today: &Model) -> Self {
        let title = today.heading();
        Self {
            replications: found.replications,
            level: found.level,
            charts: drawn::of_headroom(found),
            json: numbers(headroom::json(found)),
            text: headroom::text(found, title, Screen::PLAIN),
        }
    }

    /// The numbers of `headroom.json`.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.json
    }

    /// What the program prints of it, in lines of 80 characters without colours.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Scenario {
    /// How small a capacity may be, or how large a group of agents, while a measure keeps its
    /// bound: `target` is `MEASURE=BOUND`, what is varied `PATH` or `PATH=LOW..HIGH`. If `faults`
    /// names some, only those occur.
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Usage`] for a target, a path, a range or a fault that
    /// is not valid.
    pub fn headroom(
        &self,
        target: &str,
        vary: &[&str],
        faults: &[&str],
        replications: &Replications,
    ) -> Result<Searched, Error> {
        let told = &mut |_| ControlFlow::Continue(());
        self.headroom_while(target, vary, faults, (replications, told))
    }

    /// The same; `told` is called again and again with the number of replications of all values
    /// done, and may end it.
    ///
    /// # Errors
    /// As [`Scenario::headroom`]; [`Error::Stopped`].
    pub fn headroom_while(
        &self,
        target: &str,
        vary: &[&str],
        faults: &[&str],
        (replications, told): (&Replications, ProgressListener<'_>),
    ) -> Result<Searched, Error> {
        searched(self, &Question { target, vary, faults }, replications, told)
    }
}

/// What is asked.
struct Question<'a> {
    /// `MEASURE=BOUND`, `MEASURE<=BOUND` or `MEASURE>=BOUND`.
    target: &'a str,
    /// What is varied: `PATH`, `PATH=LOW..HIGH`, `PATH=LOW..HIGH step STEP`.
    vary: &'a [&'a str],
    /// The only faults that occur; empty: all.
    faults: &'a [&'a str],
}

/// Searches.
fn searched(
    scenario: &Scenario,
    question: &Question<'_>,
    replications: &Replications,
    told: ProgressListener<'_>,
) -> Result<Searched, Error> {
    if question.vary.is_empty() {
        return Err(Error::Usage("nothing is varied".to_owned()));
    }
    let mut today = scenario.understood(&[])?;
    let target = target::read("target", question.target, &today.model).map_err(Error::Usage)?;
    let faults: Vec<String> = question.faults.iter().map(|name| (*name).to_owned()).collect();
    target::check_faults("fault", &faults, &today.model).map_err(Error::Usage)?;
    let varied = varied(scenario, question.vary, &today)?;
    let (precise, plan) = replications.of_values(&today.model, &target.measure)?;
    target::let_strike(&faults, &mut today.model);
    let pool = progress::pool(replications.threads())?;
    let known = Vec::new();
    let mut work =
        Work { scenario, faults, target, plan, pool, told, done: 0, known, endless: None };
    work.settle_replications(precise.as_ref(), &today)?;
    let own = work.estimate(&today)?;
    let answers = varied.iter().map(|one| work.answer(one, &today));
    let answers = answers.collect::<Result<_, _>>()?;
    let found = Headroom {
        replications: (work.plan.range.end - work.plan.range.start) as usize,
        level: work.plan.level,
        target: work.target,
        faults: work.faults,
        today: own,
        closed_forms: work.known.first().and_then(|known| known.forms.clone()),
        answers,
    };
    match work.endless {
        Some(error) if found.is_endless() => Err(error),
        _ => Ok(Searched::of(&found, &today.model)),
    }
}

/// The settings that are varied.
fn varied(scenario: &Scenario, asked: &[&str], today: &Understood) -> Result<Vec<Varied>, Error> {
    let mut all: Vec<Varied> = Vec::new();
    for text in asked {
        let vary = Vary::parse(text).map_err(Error::Usage)?;
        let path = scenario.full(&vary.path)?;
        if all.iter().any(|one| one.vary.path == path) {
            return Err(Error::Usage(format!("{path} is varied twice")));
        }
        all.push(Varied::new("", vary.of(path), today.meant()).map_err(Error::Usage)?);
    }
    Ok(all)
}

/// The values that the search asks for.
struct Work<'a> {
    scenario: &'a Scenario,
    faults: Vec<String>,
    target: Threshold,
    plan: SideBySide,
    pool: ThreadPool,
    told: ProgressListener<'a>,
    /// Replications, of all values.
    done: u64,
    known: Vec<Known>,
    /// The first run that has no end.
    endless: Option<Error>,
}

/// A value that was tried; another value that simulates the same need not be.
struct Known {
    fingerprint: String,
    measured: Measured,
    /// The closed forms of the first, the scenario as it is.
    forms: Option<ClosedForms>,
}

impl Work<'_> {
    /// Makes replications of the scenario as it is until the measure is precise enough: each value
    /// gets this many.
    fn settle_replications(
        &mut self,
        precise: Option<&Plan>,
        today: &Understood,
    ) -> Result<(), Error> {
        let Some(plan) = precise else { return Ok(()) };
        let study = Study::new(vec![&today.model], today.model.seed).of_measures();
        let mut progress = Progress::after(&self.pool, &mut *self.told, self.done);
        let made = plan.run(&study, &self.pool, &mut progress);
        self.done = progress.done();
        let made = made.map_err(|ended| of(today, ended))?;
        self.plan.range = plan.range.start..plan.range.start + made.gathered.count() as u64;
        self.know(&made.gathered, &today.model);
        Ok(())
    }

    fn know(&mut self, gathered: &Gathered<'_>, model: &Model) -> Measured {
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
        self.known.push(Known { fingerprint: fingerprint(model), measured, forms });
        measured
    }

    /// The measure in a variant.
    fn estimate(&mut self, variant: &Understood) -> Result<Measured, Error> {
        let print = fingerprint(&variant.model);
        if let Some(known) = self.known.iter().find(|known| known.fingerprint == print) {
            return Ok(known.measured);
        }
        let study = Study::new(vec![&variant.model], variant.model.seed).of_measures();
        let mut progress = Progress::after(&self.pool, &mut *self.told, self.done);
        let sides = self.plan.run(&study, &self.pool, &mut progress);
        self.done = progress.done();
        match sides {
            Ok(sides) => Ok(self.know(&sides.gathered[0], &variant.model)),
            Err(Ended::Endless(_, found)) => {
                self.endless.get_or_insert_with(|| variant.endless(&found));
                let measured = Measured::endless(self.plan.level);
                self.known.push(Known { fingerprint: print, measured, forms: None });
                Ok(measured)
            }
            Err(ended) => Err(of(variant, ended)),
        }
    }

    /// Searches for one setting, the others as they are.
    fn answer(&mut self, varied: &Varied, today: &Understood) -> Result<Answered, Error> {
        let own = varied.own();
        let mut variants: Vec<(u64, Understood)> = Vec::new();
        let tries = varied.values.first_tries(own);
        let (tried, finding) = search(&tries, self.target.bound, |position| {
            let setting = varied.vary.setting(&varied.values, position);
            let variant = self.variant(&setting)?;
            let measured = self.estimate(&variant)?;
            let same = fingerprint(&variant.model) == fingerprint(&today.model);
            variants.push((position, variant));
            Ok::<_, Error>(Tried { position, measured, same })
        })?;
        let pairs = variants.iter().take(2).map(|(_, variant)| {
            let last = variant.written.len().saturating_sub(1);
            (variant.meant(), &variant.written[last..])
        });
        let change = reach::changes(today.meant(), pairs).into_iter().next().unwrap_or_default();
        let mut advice = varied.advice(&tried);
        // As the values that were tried: in rising order.
        variants.sort_unstable_by_key(|(position, _)| *position);
        let seen: Vec<_> = variants.iter().map(|(_, variant)| variant.seen()).collect();
        remarks::add_new(today.seen(), &seen, &mut advice);
        Ok(varied.answered(tried, finding, (change, advice)))
    }

    /// The scenario with one more setting.
    fn variant(&self, setting: &Setting) -> Result<Understood, Error> {
        let mut variant = self.scenario.understood(std::slice::from_ref(setting))?;
        target::let_strike(&self.faults, &mut variant.model);
        Ok(variant)
    }
}

fn of(variant: &Understood, ended: Ended) -> Error {
    match ended {
        Ended::Stopped => Error::Stopped,
        Ended::Endless(_, found) => variant.endless(&found),
        Ended::Broken(why) => Error::Parts(why),
    }
}
