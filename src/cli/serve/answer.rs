//! The answer to a text: its findings, one run at once, then more replications while nothing changes.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::folder;
use super::page_store::{Live, Refresh};
use super::talk::Talk;
use crate::cli::args::Replicate;
use crate::cli::command_line::{CommandLine, Made};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::load::{Study, Understood};
use crate::cli::once::once;
use crate::cli::{assumptions, budget, pool, run};
use crate::diagnostic::{JsonDiagnostic, Severity};
use crate::experiment::{Answer, Cost, Gathered, Plan, Watch, Written};
use crate::facade::endless;
use crate::model::Model;
use crate::report::experiment::json as experiment_json;
use crate::report::explorer::{Slider, progress, sliders, title};
use crate::report::page::fragment;
use crate::report::{Provenance, Stamped};
use crate::scenario::set::{self, Path, Setting, dials};

/// The precision of a scenario that asks for none, as it is typed.
const PRECISION: &str = "5%";

/// Most replications of a scenario that asks for none.
const MOST: u32 = 1_000;

/// What the page asks.
#[derive(Debug, Deserialize)]
pub(super) struct PageRequest {
    /// The text of the scenario.
    pub text: String,
    /// Paths and values to write into it.
    #[serde(default)]
    pub set: Vec<(String, String)>,
}

/// What is said of a text before anything is simulated.
#[derive(Serialize)]
struct Checked {
    /// The text, with what was set.
    text: String,
    /// The name that findings in it have.
    file: String,
    findings: Vec<JsonDiagnostic>,
    /// How many more there are.
    left_out: usize,
    /// How many there are, in words.
    tally: String,
    /// Whether it can be simulated.
    sound: bool,
    /// Whether there are sliders; else the text is no TOML.
    understood: bool,
    dials: Vec<Slider>,
    sliders: String,
}

/// Checks a text, simulates it once, then many times; says each as soon as it is there. Returns the
/// last sentence about the replications.
///
/// # Errors
/// [`Failure::Interrupted`] if something newer was asked; [`Failure::Usage`], [`Failure::World`] if
/// it cannot be done.
pub(super) fn answer(talk: &Talk, asked: &PageRequest) -> Result<String, Failure> {
    let text = changed(asked)?;
    let study = talk.session().text(&text).study(&[])?;
    say_checked(talk, &study, text);
    let Some(scenario) = sound(study) else { return Ok(String::new()) };
    let told = simulate(talk, &scenario);
    told.or_else(|failure| found(talk, &scenario, failure))
}

/// The text with everything written into it that was moved.
fn changed(asked: &PageRequest) -> Result<String, Failure> {
    let setting = |(path, value): &(String, String)| {
        Path::parse(path).map(|path| Setting::new(path, value)).map_err(Failure::Usage)
    };
    let settings = asked.set.iter().map(setting).collect::<Result<Vec<_>, _>>()?;
    set::apply(&asked.text, &settings).map(|changed| changed.text).map_err(Failure::Usage)
}

fn say_checked(talk: &Talk, study: &Study, text: String) {
    let shown = study.shown(Severity::Info);
    let own = dials(&text);
    let understood = !own.is_empty();
    let (dials, sliders) = sliders(&own, &talk.session().today);
    let checked = Checked {
        text,
        file: study.source.name().to_owned(),
        findings: shown.findings.into_iter().map(|one| one.to_json(&study.source)).collect(),
        left_out: shown.left_out,
        tally: study.tally(Severity::Info),
        sound: study.count(Severity::Error) == 0,
        understood,
        dials,
        sliders,
    };
    talk.say("checked", &checked);
}

/// A scenario without errors, with what it takes for granted.
#[must_use]
pub(super) fn sound(study: Study) -> Option<Understood> {
    if study.count(Severity::Error) > 0 {
        return None;
    }
    let mut scenario = study.understood()?;
    scenario.origin.assumptions = assumptions::of(&scenario.source, &scenario.resolved);
    Some(scenario)
}

/// What does not end is a finding like others; every other failure stays one.
fn found(talk: &Talk, scenario: &Understood, failure: Failure) -> Result<String, Failure> {
    let Failure::Endless(found) = failure else { return Err(failure) };
    let finding = endless::finding(&found.found, &scenario.document, &scenario.resolved.model);
    let tally = format!("{}: there is no answer", endless::said(&found.found));
    let findings = vec![finding.to_json(&scenario.source)];
    talk.say("finding", &json!({ "findings": findings, "tally": tally }));
    Ok(tally)
}

fn simulate(talk: &Talk, scenario: &Understood) -> Result<String, Failure> {
    let (model, origin) = (&scenario.resolved.model, &scenario.origin);
    let written = Written { rows: false, trace: false };
    afford(talk, &Cost::of_run(model, talk.session().threads(), written))?;
    let results = once(model, 0, (talk.session().threads(), true), &|| talk.is_unwanted())?;
    talk.check()?;
    let provenance = provenance_of_run(scenario);
    let folder = folder::of_run(&results, model, &provenance, &origin.assumptions);
    let html = fragment(&folder, "one-").map_err(|why| Failure::World(why.to_string()))?;
    let summary = results.summary(model);
    talk.say("run", &json!({ "html": html, "summary": Stamped::new(&provenance, &summary) }));
    talk.check()?;
    replications(talk, scenario)
}

/// Where a single run of a scenario comes from, as `run` says it.
#[must_use]
pub(super) fn provenance_of_run(scenario: &Understood) -> Provenance {
    let once = Some(1).filter(|_| run::asks_for_more(&scenario.resolved.model));
    let again = CommandLine::of("run", &scenario.origin).value("--replications", once);
    again.single(&scenario.origin, scenario.resolved.model.seed, 0)
}

/// More replications, until they are precise enough, as many as asked for, or the time is over; the
/// answer of those that are there is shown now and then.
fn replications(talk: &Talk, scenario: &Understood) -> Result<String, Failure> {
    let model = &scenario.resolved.model;
    let study = crate::experiment::Study::new(vec![model], model.seed);
    let (level, sets) = (model.experiment.confidence, model.input_sets());
    let refresh = |watch: &Watch, gathered: &Gathered<'_>| {
        let answer = Answer::so_far(gathered, watch, level, sets);
        // What cannot be shown now is an error at the end.
        let _ = show(talk, scenario, &answer, true);
    };
    let answer = made(talk, model, &study, Some(&refresh))?;
    show(talk, scenario, &answer, false)?;
    let known = progress(&answer.gathered, answer.level);
    Ok(format!("{known}. Nothing more is being simulated."))
}

/// Shows the answer of replications; `more`: others follow.
fn show(talk: &Talk, scenario: &Understood, answer: &Answer<'_>, more: bool) -> Outcome {
    let model = &scenario.resolved.model;
    let provenance = provenance_of_answer(scenario, answer);
    let folder = folder::of_answer(answer, model, &provenance, &scenario.origin.assumptions);
    let html = fragment(&folder, "several-").map_err(|why| Failure::World(why.to_string()))?;
    let count = answer.gathered.count();
    let title = title(count, more);
    let summary = experiment_json(answer, model);
    let summary = Stamped::new(&provenance, &summary);
    let said = json!({ "title": title, "html": html, "more": more, "summary": summary });
    talk.say("replications", &said);
    Ok(())
}

/// The replications of a scenario.
///
/// # Errors
/// [`Failure::Interrupted`] if no page waits for them, [`Failure::Endless`], [`Failure::Usage`] if
/// they need more than there is.
pub(super) fn made<'s>(
    talk: &Talk,
    model: &Model,
    study: &'s crate::experiment::Study<'s>,
    refresh: Option<Refresh<'_>>,
) -> Result<Answer<'s>, Failure> {
    let mut plan = Plan::new(&model.experiment, &model.thresholds, None);
    if !run::asks_for_more(model) {
        plan.range.end = plan.range.end.min(u64::from(MOST));
    }
    let session = talk.session();
    // The time is the store's matter.
    let cost = Cost::of_experiment_within(study, &plan.range, session.threads(), None);
    afford(talk, &Cost { time_s: 0.0, ..cost })?;
    let pool = pool::pool(session.threads)?;
    let live = Live::new(talk, plan.level);
    let made = plan.run(study, &pool, &mut live.refreshing(refresh))?;
    talk.check()?;
    Ok(Answer::new(made, plan.level, model.input_sets()))
}

/// Where the replications come from; the command makes the same again.
#[must_use]
pub(super) fn provenance_of_answer(scenario: &Understood, answer: &Answer<'_>) -> Provenance {
    let model = &scenario.resolved.model;
    let more = run::asks_for_more(model);
    let precision = Some(PRECISION.to_owned()).filter(|_| !more);
    let max_replications = Some(MOST).filter(|_| !more);
    let asked = Replicate { precision, max_replications, ..Replicate::default() };
    let first = answer.gathered.replications().next().unwrap_or(0);
    let made = Made::new(first, answer.gathered.count(), answer.ended);
    let again =
        CommandLine::of("run", &scenario.origin).replicated(&asked, &model.experiment, made);
    again.on(&scenario.origin, model.seed, made.replications)
}

/// Fails if there is less than it needs.
pub(super) fn afford(talk: &Talk, cost: &Cost) -> Result<(), Failure> {
    match budget::excess(cost, talk.session().path()) {
        Some(figures) => Err(Failure::Usage(figures)),
        None => Ok(()),
    }
}
