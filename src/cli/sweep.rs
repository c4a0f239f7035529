//! `sweep`: one or two parameters over a range, each value on the same faults and the same luck as
//! today's.
//!
//! It makes the variants and writes the answer; nothing is estimated here.

use std::path::Path;

use super::args::{Format, Sweep};
use super::experiment;
use super::failure::{Failure, Outcome};
use super::files;
use super::load;
use super::output::{self, Staging};
use super::side_by_side;
use super::terminal;
use crate::experiment::{Grid, Parameter, SideBySide, Study, fingerprint};
use crate::model::Model;
use crate::report::charts::sweep_chart;
use crate::report::sweep::{self, SWEEP_FILES};
use crate::scenario::set::{Setting, Sweep as Range};

/// Most points of a sweep.
const MOST: usize = 1_000;

/// Sweeps.
pub fn run(asked: &Sweep) -> Outcome {
    let points = points(&asked.set)?;
    let today = load::model(&asked.file, &[], &asked.common)?;
    let mut models = Vec::new();
    for settings in &points {
        let point = load::understood(&asked.file, settings, asked.common.allow_errors, true)?;
        models.push(Model { seed: today.seed, ..point.resolved.model });
    }
    let variants = Variants::new(&today, &models);
    let name = format!("{}-sweep", today.name);
    let out = asked.out.clone().unwrap_or_else(|| Path::new("results").join(name));
    output::check(&out, files::is_ours)?;
    let wanted = asked.replicate.apply(&today)?;
    let plan = SideBySide::new(&wanted.experiment, wanted.range);
    let study = Study::new(variants.models.clone(), today.seed);
    let limit = wanted.experiment.max_time;
    let (sides, desk) = side_by_side::gather(&study, &plan, limit, (&out, &asked.common))?;
    let parameters = parameters(&asked.set, &variants.at);
    let how = (plan.level, sides.ended);
    let grid = Grid::new(parameters, &sides.gathered, &variants.at, how);
    side_by_side::put(desk, &out, |staging| write(&grid, staging))?;
    tell(asked, &grid, &today, &out)
}

/// The settings of every point, the last parameter changing fastest.
fn points(ranges: &[Range]) -> Result<Vec<Vec<Setting>>, Failure> {
    if ranges.len() > 2 {
        return Err(Failure::Usage("a sweep has one parameter or two".to_owned()));
    }
    let mut all: Vec<Vec<Setting>> = vec![Vec::new()];
    for range in ranges {
        let longer = |settings: &Vec<Setting>| {
            let each = range.settings().into_iter();
            each.map(|own| settings.iter().cloned().chain([own]).collect()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    if all.len() > MOST {
        let number = all.len();
        return Err(Failure::Usage(format!("the sweep has {number} points; {MOST} is the most")));
    }
    Ok(all)
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
}

/// The parameters, with today's value where a point is today's scenario.
fn parameters(ranges: &[Range], at: &[usize]) -> Vec<Parameter> {
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
            }
        })
        .collect();
    found.reverse();
    found
}

fn write(grid: &Grid, staging: &Staging) -> Outcome {
    for file in &SWEEP_FILES {
        staging.write(file.name, &(file.render)(grid))?;
    }
    let (name, chart) = sweep_chart(grid);
    staging.write(name, chart.as_bytes())
}

fn tell(asked: &Sweep, grid: &Grid, today: &Model, out: &Path) -> Outcome {
    let title = if today.title.is_empty() { &today.name } else { &today.title };
    match asked.common.format {
        Format::Json => terminal::print_json(&sweep::json(grid))?,
        Format::Text if asked.common.quiet => {}
        Format::Text => terminal::print(&sweep::text(grid, title, terminal::screen()))?,
    }
    experiment::say_where(out, asked.common.quiet);
    Ok(())
}
