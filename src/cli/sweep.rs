//! `sweep`: one or two parameters over a range, each value with the same faults and the same random
//! numbers as today's.
//!
//! It makes the variants and writes the answer, or a shard of it; nothing is estimated here.

use super::args::{AnswerFormat, Sweep};
use super::assumptions;
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment;
use super::failure::{Failure, Outcome};
use super::files;
use super::interrupt;
use super::load::{self, Text, Understood};
use super::origin::Origin;
use super::output::Staging;
use super::remarks;
use super::report;
use super::side_by_side::{self, StudyRequest, Way};
use super::terminal;
use crate::experiment::{Advice, Cost, Grid, SideBySide, Study, closed_forms};
use crate::facade::ranges::{self as grid, Variants};
use crate::facade::{reach, remarks as found};
use crate::model::Model;
use crate::report::charts::sweep_chart;
use crate::report::sweep::{self, SWEEP_FILES};
use crate::report::{Assumption, Provenance};
use crate::scenario::set::Sweep as Range;

/// Sweeps.
pub(super) fn run(asked: &Sweep) -> Outcome {
    along(asked, &Way::asked(&asked.shards)?)
}

/// Sweeps over what is made here or elsewhere, or makes a shard.
pub(super) fn along(asked: &Sweep, way: &Way) -> Outcome {
    if asked.set.len() > 2 {
        return Err(Failure::Usage("a sweep has one parameter or two".to_owned()));
    }
    let text = Text::read(&asked.file)?;
    let ranges = side_by_side::in_full(&text, &asked.set, asked.common.quiet)?;
    let points = Points::study(&text, &ranges, asked)?;
    let seed = asked.common.seed.unwrap_or(points.today.resolved.model.seed);
    let seeded = |understood: &Understood| Model { seed, ..understood.resolved.model.clone() };
    let today = seeded(&points.today);
    let models: Vec<Model> = points.all.iter().map(seeded).collect();
    let variants = Variants::new(&today, &models);
    let other_seed = asked.common.seed.filter(|seed| *seed != points.today.resolved.model.seed);
    let wanted = asked.replicate.apply(&today)?;
    let plan = SideBySide::new(&wanted.experiment, wanted.range);
    let study = Study::new(variants.models.clone(), today.seed);
    let shown = |failure| load::shown(failure, |variant| points.of(&variants, variant));
    let origins = points.origins();
    let asked_for = StudyRequest { command: "sweep", files: 1, ranges: &ranges, seed, other_seed };
    let replicate = (&asked.replicate, &today.experiment);
    if let Way::Shard(shard) = way {
        let of = (&origins[..], &[text.pack(&text.file())?][..]);
        let made = asked_for.make_shard(shard, of, replicate, (&study, &plan), &asked.common);
        return made.map_err(shown);
    }
    let name = format!("{}-sweep", today.name);
    let out = Variant::of_ranges(&ranges, other_seed).folder(&name, asked.out.as_ref());
    let out = Destination::look(out, files::is_ours)?;
    let (how, to) = ((way, wanted.experiment.max_time), (out.path(), &asked.common));
    let gathered = side_by_side::gather(&study, &plan, how, &points.read, to);
    let (sides, store) = gathered.map_err(shown)?;
    let mut advice = points.advice.clone();
    grid::settle(&mut advice, &ranges, variants.models.len() == 1);
    let exceeded = variants.exceeded(&sides.gathered);
    found::add_exceeded(&mut advice, exceeded.0, exceeded.1);
    let provenance = asked_for.provenance(&origins, replicate, &sides);
    let parameters = grid::parameters(&ranges, &variants.at, &advice);
    let level = (plan.level, sides.ended);
    let of = (&sides.gathered[..], &variants.models[..]);
    let made = Grid::new(parameters, of, &variants.at, level, &interrupt::is_asked);
    let Some(made) = made else { return Err(store.give_up(Failure::Interrupted)) };
    let closed_forms = closed_forms(&sides.gathered[0], &today);
    let grid = Grid { advice, closed_forms, ..made };
    let assumptions = assumptions::of(&points.today.source, &points.today.resolved);
    side_by_side::put(store, out.path(), |staging| {
        write(&grid, &provenance, &assumptions, staging)?;
        asked.common.extras.add(staging)
    })?;
    tell(asked, &grid, &provenance, &today, &out)
}

/// Today's scenario and every point, with what was found in them.
struct Points {
    today: Understood,
    all: Vec<Understood>,
    advice: Advice,
    read: Cost,
}

impl Points {
    /// Studies them; findings are shown once each, with the points that they concern.
    fn study(text: &Text<'_>, ranges: &[Range], asked: &Sweep) -> Result<Self, Failure> {
        let settings = side_by_side::combinations(ranges)?;
        let number = settings.len() + 1;
        let read = side_by_side::afford(number, number * text.length(), &asked.common)?;
        let today = text.study(&[])?;
        let studies = settings.iter().map(|settings| text.study(settings));
        let studies = studies.collect::<Result<Vec<_>, _>>()?;
        let mut advice = grid::advice(ranges, &settings);
        let how = (asked.common.allow_errors, asked.common.quiet);
        remarks::gather(&today, &studies, &mut advice, how)?;
        let written: Vec<_> = studies.iter().map(|study| study.written.clone()).collect();
        let understood = |study: load::Study| study.understood().ok_or(Failure::Findings);
        let today = understood(today)?;
        let all = studies.into_iter().map(understood).collect::<Result<Vec<_>, _>>()?;
        let pairs = all.iter().zip(&written).map(|(one, written)| (one.meant(), &written[..]));
        advice.changes = reach::changes(today.meant(), pairs);
        Ok(Self { today, all, advice, read })
    }

    /// What today's scenario and the points were made of.
    fn origins(&self) -> Vec<Origin> {
        [&self.today].into_iter().chain(&self.all).map(|one| one.origin.clone()).collect()
    }

    /// The scenario of a variant.
    fn of(&self, variants: &Variants<'_>, variant: usize) -> Option<&Understood> {
        match variants.at.iter().position(|own| *own == variant) {
            Some(point) => self.all.get(point),
            None => Some(&self.today),
        }
    }
}

fn write(
    grid: &Grid,
    provenance: &Provenance,
    assumptions: &[Assumption],
    staging: &Staging,
) -> Outcome {
    for file in &SWEEP_FILES {
        staging.write(file.name, &(file.render)(grid, provenance))?;
    }
    let (name, chart) = sweep_chart(grid);
    files::write_chart(staging, name, &chart, provenance)?;
    files::write_grounds(staging, provenance, assumptions)
}

fn tell(
    asked: &Sweep,
    grid: &Grid,
    provenance: &Provenance,
    today: &Model,
    out: &Destination,
) -> Outcome {
    match asked.common.format {
        AnswerFormat::Json => terminal::print_json(&sweep::json(grid), provenance)?,
        AnswerFormat::Markdown => report::print_markdown(out.path())?,
        AnswerFormat::Text if asked.common.quiet => {}
        AnswerFormat::Text => {
            let text = sweep::text(grid, today, terminal::screen());
            terminal::print_answer(&text, provenance)?;
        }
    }
    out.say(experiment::RESULTS, provenance, asked.common.quiet);
    Ok(())
}
