//! `sweep`: one or two parameters over a range, each value on the same faults and the same luck as
//! today's.
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
use super::reach;
use super::remarks;
use super::report;
use super::side_by_side::{self, Asked, Way};
use super::terminal;
use crate::experiment::{
    Advice, Cost, Exceeded, Gathered, Grid, InForce, Parameter, SideBySide, Study, closed_forms,
    exceeded, fingerprint, short,
};
use crate::model::Model;
use crate::options;
use crate::report::charts::sweep_chart;
use crate::report::sweep::{self, SWEEP_FILES};
use crate::report::{Assumption, Provenance};
use crate::scenario::set::{self, Setting, Sweep as Range, SweepValue};

/// Sweeps.
pub fn run(asked: &Sweep) -> Outcome {
    along(asked, &Way::asked(&asked.shards)?)
}

/// Sweeps over what is made here or elsewhere, or makes a shard.
pub fn along(asked: &Sweep, way: &Way) -> Outcome {
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
    let asked_for = Asked { command: "sweep", files: 1, ranges: &ranges, seed, other_seed };
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
    let (sides, desk) = gathered.map_err(shown)?;
    let mut advice = points.advice.clone();
    settle(&mut advice, &ranges, variants.models.len() == 1);
    let exceeded = variants.exceeded(&sides.gathered);
    remarks::add_exceeded(&mut advice, exceeded.0, exceeded.1);
    let provenance = asked_for.provenance(&origins, replicate, &sides);
    let parameters = parameters(&ranges, &variants.at, &advice);
    let level = (plan.level, sides.ended);
    let grid = Grid::new(parameters, &sides.gathered, &variants.at, level, &interrupt::is_asked);
    let Some(grid) = grid else { return Err(desk.give_up(Failure::Interrupted)) };
    let closed_forms = closed_forms(&sides.gathered[0], &today);
    let grid = Grid { advice, closed_forms, ..grid };
    let assumptions = assumptions::of(&points.today.source, &points.today.resolved);
    side_by_side::put(desk, out.path(), |staging| {
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
        let names: Vec<String> =
            ranges.iter().map(|range| short(&range.path.to_string())).collect();
        let labels = settings.iter().map(|settings| {
            let values: Vec<&str> = settings.iter().map(Setting::value).collect();
            if values.len() == 1 {
                values[0].to_owned()
            } else {
                format!("({})", values.join(", "))
            }
        });
        let mut advice = Advice {
            what: if names.len() == 1 {
                names[0].clone()
            } else {
                format!("({})", names.join(", "))
            },
            labels: labels.collect(),
            ..Advice::default()
        };
        let how = (asked.common.allow_errors, asked.common.quiet);
        remarks::gather(&today, &studies, &mut advice, how)?;
        let written: Vec<_> = studies.iter().map(|study| study.written.clone()).collect();
        let understood = |study: load::Study| study.understood().ok_or(Failure::Findings);
        let today = understood(today)?;
        let all = studies.into_iter().map(understood).collect::<Result<Vec<_>, _>>()?;
        advice.changes = reach::changes(&today, all.iter().zip(&written));
        Ok(Self { today, all, advice, read })
    }

    /// What today's scenario and the points were made of.
    fn origins(&self) -> Vec<Origin> {
        [&self.today].into_iter().chain(&self.all).map(|one| one.origin.clone()).collect()
    }

    /// The scenario that stands for a variant.
    fn of(&self, variants: &Variants<'_>, variant: usize) -> Option<&Understood> {
        match variants.at.iter().position(|own| *own == variant) {
            Some(point) => self.all.get(point),
            None => Some(&self.today),
        }
    }
}

/// Where all points are today's scenario, a setting whose values differ changes nothing.
fn settle(advice: &mut Advice, ranges: &[Range], same: bool) {
    for (change, range) in advice.changes.iter_mut().zip(ranges).filter(|_| same) {
        let today = |one: &InForce| range.values.iter().all(|value| value.text == one.value);
        if !change.idle && !change.in_force.iter().any(today) {
            change.idle = true;
            change.instead = "nothing that is simulated here depends on it".to_owned();
        }
    }
}

/// Today's scenario, then every point's that differs from those before it.
struct Variants<'m> {
    models: Vec<&'m Model>,
    /// Which of `models` stands at each point.
    at: Vec<usize>,
}

impl<'m> Variants<'m> {
    fn new(today: &'m Model, points: &'m [Model]) -> Self {
        let (mut models, mut prints) = (vec![today], vec![fingerprint(today)]);
        let mut at = Vec::new();
        for point in points {
            let print = fingerprint(point);
            let known = prints.iter().position(|other| *other == print);
            at.push(known.unwrap_or(models.len()));
            if known.is_none() {
                models.push(point);
                prints.push(print);
            }
        }
        Self { models, at }
    }

    /// The capacities that were exceeded today and at each point.
    fn exceeded(&self, gathered: &[Gathered<'_>]) -> (Vec<Exceeded>, Vec<Vec<Exceeded>>) {
        let each = gathered.iter().zip(&self.models);
        let all: Vec<_> = each.map(|(gathered, model)| exceeded(gathered, model)).collect();
        (all[0].clone(), self.at.iter().map(|variant| all[*variant].clone()).collect())
    }
}

/// The parameters, with today's value where a point is today's scenario.
fn parameters(ranges: &[Range], at: &[usize], advice: &Advice) -> Vec<Parameter> {
    let mut today = at.iter().position(|variant| *variant == 0);
    let mut found: Vec<Parameter> = ranges
        .iter()
        .rev()
        .map(|range| {
            let own = today.map(|point| point % range.values.len());
            today = today.map(|point| point / range.values.len());
            let numbers = range.values.iter().map(|value| value.number).collect();
            Parameter {
                path: range.path.to_string(),
                values: range.values.iter().map(|value| value.text.clone()).collect(),
                numbers,
                today: own,
                unit: unit(&range.path.to_string(), &range.values),
                in_force: None,
            }
        })
        .collect();
    found.reverse();
    for ((parameter, change), range) in found.iter_mut().zip(&advice.changes).zip(ranges) {
        let [only] = &change.in_force[..] else { continue };
        parameter.in_force = range.unit.and_then(|unit| set::number(&only.value, unit));
        if change.idle {
            parameter.today = parameter.values.iter().position(|value| *value == only.value);
        }
    }
    found
}

/// The unit of bare numbers of an option; nothing where the values carry a unit of their own.
fn unit(path: &str, values: &[SweepValue]) -> &'static str {
    let bare = |value: &SweepValue| value.text.trim_matches('"').parse::<f64>().is_ok();
    if values.iter().any(bare) { options::unit_of(path) } else { "" }
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
    let title = if today.title.is_empty() { &today.name } else { &today.title };
    match asked.common.format {
        AnswerFormat::Json => terminal::print_json(&sweep::json(grid), provenance)?,
        AnswerFormat::Markdown => report::print_markdown(out.path())?,
        AnswerFormat::Text if asked.common.quiet => {}
        AnswerFormat::Text => {
            let text = sweep::text(grid, title, terminal::screen());
            terminal::print_answer(&text, provenance)?;
        }
    }
    out.say(experiment::RESULTS, provenance, asked.common.quiet);
    Ok(())
}
