//! `headroom`: how small a capacity may be, or how large a group of agents, while a measure keeps
//! its bound; each value with the same faults and the same random numbers as today's.
//!
//! It makes the values that the search asks for and writes the answer; what is tried and what follows is
//! the experiment's matter.

mod points;

use std::time::Instant;

use points::Points;

use super::args::{AnswerFormat, Headroom as Asked, Replicate};
use super::budget;
use super::checkpoint::Checkpoint;
use super::command_line::{CommandLine, Made};
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment::RESULTS;
use super::failure::{Failure, Outcome};
use super::files;
use super::load::{self, Text, Understood};
use super::output::Staging;
use super::pool::pool;
use super::report;
use super::terminal;
use crate::experiment::{
    Advice, Answered, Cost, Ended, Headroom, Plan, SideBySide, Study, Tried, search,
};
use crate::facade::varied::Varied;
use crate::facade::{reach, remarks, target};
use crate::model::{Experiment, Model, Threshold};
use crate::report::charts::{HEADROOM_BARS, headroom_bars, headroom_chart, headroom_file};
use crate::report::headroom::{self, HEADROOM_FILES};
use crate::report::{Assumption, Provenance};
use crate::scenario::set::Vary;

/// Finds it.
pub(super) fn run(asked: &Asked) -> Outcome {
    let text = Text::read(&asked.file)?;
    let how = (asked.common.allow_errors, asked.common.quiet);
    let mut today = text.understood(&asked.changes.set, how)?;
    let own = today.resolved.model.seed;
    today.origin.reseed(asked.common.seed, &mut today.resolved.model.seed);
    let model = &today.resolved.model;
    let target = target::read("--target", &asked.target, model).map_err(Failure::Usage)?;
    target::check_faults("--fault", &asked.faults, model).map_err(Failure::Usage)?;
    let name = format!("{}-headroom", model.name);
    let varied = varied(&asked.vary, &text, &today, asked.common.quiet)?;
    let other_seed = asked.common.seed.filter(|seed| *seed != own);
    let out = variant(asked, &varied, other_seed).folder(&name, asked.out.as_ref());
    let out = Destination::look(out, files::is_ours)?;
    let (experiment, replicate) = replications(asked, &target, model)?;
    let precise = Plan::new(&experiment.0, &[], experiment.1.clone());
    let precise = Some(precise).filter(|_| asked.precision.is_some());
    let fixed = Experiment { precision: None, ..experiment.0 };
    let plan = SideBySide::new(&fixed, experiment.1);
    let number = plan.range.end - plan.range.start;
    if let Some(note) = target::zero(&target, number).filter(|_| !asked.common.quiet) {
        terminal::say(&note);
    }
    let mut points = Points {
        text: &text,
        settings: &asked.changes.set,
        seed: model.seed,
        faults: &asked.faults,
        target: target.clone(),
        plan,
        precise,
        pool: pool(asked.common.threads)?,
        folder: Checkpoint::beside(out.path()),
        allow_errors: asked.common.allow_errors,
        quiet: asked.common.quiet,
        known: Vec::new(),
        endless: None,
        parked: Vec::new(),
        began: Instant::now(),
        expected: 1 + varied.iter().map(Varied::expected).sum::<u64>(),
    };
    points.adapt(&mut today);
    afford(&points, &varied, &today, (&out, asked))?;
    let found = find(&mut points, &varied, &today)?;
    let points = with_an_end(points, &found)?;
    let range = &points.plan.range;
    let made = Made::new(range.start, found.replications, Ended::Complete);
    let again = CommandLine::of("headroom", &today.origin).value("--target", Some(&asked.target));
    let again = varied.iter().fold(again, |own, one| own.value("--vary", Some(one.vary.text())));
    let again = asked.faults.iter().fold(again, |own, name| own.value("--fault", Some(name)));
    let again = again.replicated(&replicate, &today.resolved.model.experiment, made);
    let provenance = again.on(&today.origin, today.resolved.model.seed, made.replications);
    put(points, &out, |staging| {
        write(&found, &provenance, &today.origin.assumptions, staging)?;
        asked.common.extras.add(staging)
    })?;
    tell(asked, &found, &provenance, (&today.resolved.model, &out))?;
    verdict(&found)
}

/// All settings that are varied; says which full paths short ones are taken as.
fn varied(
    asked: &[Vary],
    text: &Text<'_>,
    today: &Understood,
    quiet: bool,
) -> Result<Vec<Varied>, Failure> {
    let mut all: Vec<Varied> = Vec::new();
    for vary in asked {
        let path = text.full_of("--vary", &vary.path)?;
        if path != vary.path && !quiet {
            terminal::say(&format!("note: --vary {} is taken as {path}", vary.path));
        }
        if all.iter().any(|one| one.vary.path == path) {
            return Err(Failure::Usage(format!("--vary {path} is there twice")));
        }
        let one = Varied::new("--vary ", vary.clone().of(path), today.meant());
        all.push(one.map_err(Failure::Usage)?);
    }
    Ok(all)
}

/// What makes the answer differ from others about the scenario.
fn variant(asked: &Asked, varied: &[Varied], seed: Option<u64>) -> Variant {
    let words = varied.iter().map(|one| one.vary.path.parts().last().cloned().unwrap_or_default());
    let texts = varied.iter().map(|one| one.vary.text());
    let others = asked.faults.iter().cloned().chain([asked.target.clone()]);
    Variant::with(&asked.changes.set, seed).and(words.collect(), others.chain(texts).collect())
}

/// How many replications each value has: the scenario's number, or that of the command line; the
/// same arguments as other commands have them.
type Wanted = (Experiment, Option<std::ops::Range<u64>>);

fn replications(
    asked: &Asked,
    target: &Threshold,
    model: &Model,
) -> Result<(Wanted, Replicate), Failure> {
    let replicate = Replicate {
        replications: asked.replications.clone(),
        precision: asked.precision.clone(),
        confidence: asked.confidence.clone(),
        ..Replicate::default()
    };
    let wanted = replicate.apply(model)?;
    // Every value has the same replications, whatever they show; what the scenario wants to be precise
    // is another matter.
    let precision = wanted.experiment.precision.filter(|_| asked.precision.is_some());
    let measures = vec![target.measure.clone()];
    let own = Experiment { precision, absolute: None, measures, ..wanted.experiment };
    Ok(((own, wanted.range), replicate))
}

/// What it takes, asked before anything is simulated: the end of each range that costs more
/// represents all of its values.
fn afford(
    points: &Points<'_>,
    varied: &[Varied],
    today: &Understood,
    (out, asked): (&Destination, &Asked),
) -> Outcome {
    let threads = points.pool.current_num_threads();
    let cost = |model: &Model| {
        let study = Study::new(vec![model], points.seed).of_measures();
        Cost::of_experiment(&study, &points.plan.range, threads)
    };
    let mut all = cost(&today.resolved.model);
    for one in varied {
        let last = one.values.count() - 1;
        for (end, times) in [(0, 0.0), (last, one.expected() as f64)] {
            let variant = points.variant(&one.vary.setting(&one.values, end))?;
            let own = cost(&variant.understood.resolved.model);
            all.memory = all.memory.max(own.memory);
            all.disk += own.disk * times;
            all.time_s += own.time_s * times;
        }
    }
    if points.precise.is_some() {
        // How many replications there will be is not known, and it can be interrupted.
        all.time_s = 0.0;
    }
    budget::check(&all, out.path(), asked.common.asking())
}

/// Searches for every setting that is varied.
fn find(
    points: &mut Points<'_>,
    varied: &[Varied],
    today: &Understood,
) -> Result<Headroom, Failure> {
    if points.folder.is_dir() && !points.quiet {
        let folder = points.folder.display();
        terminal::say(&format!("going on after what is finished in {folder}"));
    }
    points.settle_replications(today)?;
    let own = points.estimate(today, "today")?;
    let answers = varied.iter().map(|one| answer(points, one, today));
    let answers = answers.collect::<Result<_, _>>()?;
    Ok(Headroom {
        target: points.target.clone(),
        faults: points.faults.to_vec(),
        today: own,
        closed_forms: points.known.first().and_then(|known| known.forms.clone()),
        replications: (points.plan.range.end - points.plan.range.start) as usize,
        level: points.plan.level,
        answers,
    })
}

/// What was made, unless no run has an end at any value: then nothing of it is of use.
fn with_an_end<'p>(mut points: Points<'p>, found: &Headroom) -> Result<Points<'p>, Failure> {
    let Some(told) = points.endless.take().filter(|_| found.is_endless()) else {
        return Ok(points);
    };
    points.finish();
    terminal::say(&told);
    Err(Failure::Findings)
}

/// Searches for one setting, the others as they are.
fn answer(
    points: &mut Points<'_>,
    varied: &Varied,
    today: &Understood,
) -> Result<Answered, Failure> {
    let Varied { vary, values, .. } = varied;
    let own = varied.own();
    let mut variants = Vec::new();
    let bound = points.target.bound;
    let found = search(&values.first_tries(own), bound, |position| {
        let setting = vary.setting(values, position);
        let variant = points.variant(&setting)?;
        let measured = points.estimate(&variant.understood, setting.text())?;
        let same = Points::is_same(&variant.understood, today);
        if variants.len() < 2 {
            variants.push(variant);
        }
        Ok::<_, Failure>(Tried { position, measured, same })
    });
    let (tried, finding) = found?;
    let pairs = variants.iter().map(|variant| (variant.understood.meant(), &variant.written[..]));
    let change = reach::changes(today.meant(), pairs).into_iter().next().unwrap_or_default();
    let advice = advice(points, varied, &tried)?;
    Ok(varied.answered(tried, finding, (change, advice)))
}

/// What `check` finds at values that were tried, and not in the scenario as it is.
fn advice(points: &Points<'_>, varied: &Varied, tried: &[Tried]) -> Result<Advice, Failure> {
    let Varied { vary, values, .. } = varied;
    let mut advice = varied.advice(tried);
    let settings = tried.iter().map(|one| vary.setting(values, one.position));
    let studies = settings.map(|setting| points.study(&[setting]));
    let studies = studies.collect::<Result<Vec<_>, _>>()?;
    let seen: Vec<_> = studies.iter().map(load::Study::seen).collect();
    remarks::add_new(points.study(&[])?.seen(), &seen, &mut advice);
    Ok(advice)
}

/// Puts the files in place; then nothing need be kept any more.
fn put(points: Points<'_>, out: &Destination, write: impl FnOnce(&Staging) -> Outcome) -> Outcome {
    let staging = Staging::open(out.path(), files::is_ours);
    let done = staging.and_then(|staging| write(&staging).and_then(|()| staging.commit()));
    done.map_err(|failure| points.kept(failure))?;
    points.finish();
    Ok(())
}

fn write(
    found: &Headroom,
    provenance: &Provenance,
    assumptions: &[Assumption],
    staging: &Staging,
) -> Outcome {
    for file in &HEADROOM_FILES {
        staging.write(file.name, &(file.render)(found, provenance))?;
    }
    for (number, answer) in found.answers.iter().enumerate() {
        let chart = headroom_chart(found, answer);
        files::write_chart(staging, &headroom_file(number), &chart, provenance)?;
    }
    if let Some(bars) = headroom_bars(found) {
        files::write_chart(staging, HEADROOM_BARS, &bars, provenance)?;
    }
    files::write_grounds(staging, provenance, assumptions)
}

fn tell(
    asked: &Asked,
    found: &Headroom,
    provenance: &Provenance,
    (model, out): (&Model, &Destination),
) -> Outcome {
    let title = model.heading();
    match asked.common.format {
        AnswerFormat::Json => terminal::print_json(&headroom::json(found), provenance)?,
        AnswerFormat::Markdown => report::print_markdown(out.path())?,
        AnswerFormat::Text if asked.common.quiet => {}
        AnswerFormat::Text => {
            let text = headroom::text(found, title, terminal::screen());
            terminal::print_answer(&text, provenance)?;
        }
    }
    out.say(RESULTS, provenance, asked.common.quiet);
    Ok(())
}

/// The exit code says whether there is an answer.
fn verdict(found: &Headroom) -> Outcome {
    let never = found.answers.iter().filter(|answer| found.is_broken(answer)).count();
    let open = found.answers.iter().filter(|answer| found.is_undecided(answer)).count();
    match (never, open) {
        (0, 0) => Ok(()),
        _ => Err(Failure::Headroom { never, open, all: found.answers.len() }),
    }
}
