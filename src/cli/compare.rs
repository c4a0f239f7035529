//! `compare`: a first scenario against others, or against itself with settings, on the same faults
//! and the same luck.
//!
//! It reads the scenarios and writes the answer; what is better is the experiment's matter.

use std::path::{Path, PathBuf};

use super::args::{Compare, Format};
use super::experiment;
use super::failure::{Failure, Outcome};
use super::files;
use super::load::{self, Understood};
use super::output::{self, Staging};
use super::side_by_side;
use super::terminal;
use crate::experiment::{Comparison, SideBySide, Study};
use crate::model::Model;
use crate::report::charts::{paired_chart, paired_file};
use crate::report::compare::{self, COMPARISON_FILES};

/// Compares.
pub fn run(asked: &Compare) -> Outcome {
    let (names, mut scenarios) = variants(asked)?;
    let seed = asked.common.seed.unwrap_or(scenarios[0].resolved.model.seed);
    scenarios.iter_mut().for_each(|scenario| scenario.resolved.model.seed = seed);
    let models: Vec<&Model> = scenarios.iter().map(|scenario| &scenario.resolved.model).collect();
    let first = models[0];
    let name = format!("{}-compare", first.name);
    let out = asked.out.clone().unwrap_or_else(|| Path::new("results").join(name));
    output::check(&out, files::is_ours)?;
    let wanted = asked.replicate.apply(first)?;
    let plan = SideBySide::new(&wanted.experiment, wanted.range);
    let study = Study::new(models.clone(), seed);
    let limit = wanted.experiment.max_time;
    let (sides, desk) = side_by_side::gather(&study, &plan, limit, (&out, &asked.common))?;
    let comparison = Comparison::new(names, sides, plan.level);
    side_by_side::put(desk, &out, |staging| write(&comparison, staging))?;
    tell(asked, &comparison, first, &out)
}

/// The scenarios, and what each is called: the files, then the first with the settings.
fn variants(asked: &Compare) -> Result<(Vec<String>, Vec<Understood>), Failure> {
    let mut names = names(&asked.files);
    let read = |path: &PathBuf, settings: &[_]| {
        load::understood(path, settings, asked.common.allow_errors, asked.common.quiet)
    };
    let mut scenarios =
        asked.files.iter().map(|path| read(path, &[])).collect::<Result<Vec<_>, _>>()?;
    if !asked.changes.set.is_empty() {
        let settings: Vec<&str> = asked.changes.set.iter().map(|setting| setting.text()).collect();
        names.push(format!("{} with {}", names[0], settings.join(", ")));
        scenarios.push(read(&asked.files[0], &asked.changes.set)?);
    }
    if scenarios.len() < 2 {
        return Err(Failure::Usage(
            "there is nothing to compare with: name another scenario, or change this one with --set"
                .to_owned(),
        ));
    }
    Ok((names, scenarios))
}

/// The names of the files, with their folders only where they are needed to tell them apart.
fn names(files: &[PathBuf]) -> Vec<String> {
    let short =
        |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let alone = |name: &String| files.iter().filter(|other| short(other) == *name).count() == 1;
    let named = |path: &PathBuf| Some(short(path)).filter(alone);
    files.iter().map(|path| named(path).unwrap_or_else(|| path.display().to_string())).collect()
}

fn write(comparison: &Comparison, staging: &Staging) -> Outcome {
    for file in &COMPARISON_FILES {
        staging.write(file.name, &(file.render)(comparison))?;
    }
    for other in 1..comparison.names.len() {
        staging.write(&paired_file(other), paired_chart(comparison, other).as_bytes())?;
    }
    Ok(())
}

fn tell(asked: &Compare, comparison: &Comparison, model: &Model, out: &Path) -> Outcome {
    let long = crate::report::experiment::has_rates(model);
    match asked.common.format {
        Format::Json => terminal::print_json(&compare::json(comparison))?,
        Format::Text if asked.common.quiet => {}
        Format::Text => terminal::print(&compare::text(comparison, long, terminal::screen()))?,
    }
    experiment::say_where(out, asked.common.quiet);
    Ok(())
}
