//! `compare`: a first scenario against others, or against itself with settings, with the same
//! faults and common random numbers.
//!
//! It reads the scenarios and writes the answer, or a shard of it; what is better is the experiment's matter.

use std::path::Path;

use super::args::{AnswerFormat, Compare};
use super::assumptions;
use super::default_out::Variant;
use super::destination::Destination;
use super::experiment;
use super::failure::{Failure, Outcome};
use super::files;
use super::interrupt;
use super::load::{self, STDIN, Text, Understood};
use super::origin::Origin;
use super::output::Staging;
use super::remarks;
use super::report;
use super::side_by_side::{self, StudyRequest, Way};
use super::terminal;
use crate::experiment::{
    Advice, Comparison, Cost, SideBySide, Study, closed_forms as theory, exceeded,
};
use crate::facade::pack::Pack;
use crate::facade::{reach, remarks as found};
use crate::model::Model;
use crate::report::charts::{VARIANTS_CHART, paired_chart, paired_file, variants_chart};
use crate::report::compare::{self, COMPARISON_FILES};
use crate::report::{
    ASSUMPTIONS_FILE, Assumption, CALLS_FILE, Provenance, assumptions_of_variants,
};
use crate::scenario::set::{Setting, Sweep as Range};

/// Compares.
pub(super) fn run(asked: &Compare) -> Outcome {
    along(asked, &Way::asked(&asked.shards)?)
}

/// Compares what is made here or elsewhere, or makes a shard.
pub(super) fn along(asked: &Compare, way: &Way) -> Outcome {
    let Variants { names, texts, mut scenarios, ranges, mut advice, read } =
        Variants::study(asked)?;
    let own = scenarios[0].resolved.model.seed;
    let (seed, other_seed) =
        (asked.common.seed.unwrap_or(own), asked.common.seed.filter(|seed| *seed != own));
    scenarios.iter_mut().for_each(|scenario| scenario.resolved.model.seed = seed);
    let models: Vec<&Model> = scenarios.iter().map(|scenario| &scenario.resolved.model).collect();
    let first = models[0];
    let wanted = asked.replicate.apply(first)?;
    let plan = SideBySide::new(&wanted.experiment, wanted.range);
    let study = Study::new(models.clone(), seed).with_calls();
    let origins = named_origins(&scenarios, &names[..texts.len()]);
    let variants =
        StudyRequest { command: "compare", files: texts.len(), ranges: &ranges, seed, other_seed };
    let replicate = (&asked.replicate, &first.experiment);
    let shown = |failure| load::shown(failure, |variant| scenarios.get(variant));
    if let Way::Shard(shard) = way {
        let of = (&origins[..], &packs(&texts, &names)?[..]);
        let made = variants.make_shard(shard, of, replicate, (&study, &plan), &asked.common);
        return made.map_err(shown);
    }
    let variant = Variant::of_ranges(&ranges, other_seed).with_others(&names[1..texts.len()]);
    let out = variant.folder(&format!("{}-compare", first.name), asked.out.as_ref());
    let out = Destination::look(out, files::is_ours)?;
    let how = (way, wanted.experiment.max_time);
    let gathered = side_by_side::gather(&study, &plan, how, &read, (out.path(), &asked.common));
    let (sides, store) = gathered.map_err(shown)?;
    let each = sides.gathered.iter().zip(&models);
    let mut found = each.map(|(gathered, model)| exceeded(gathered, model));
    let first_found = found.next().unwrap_or_default();
    found::add_exceeded(&mut advice, first_found, found.collect());
    let provenance = variants.provenance(&origins, replicate, &sides);
    let comparison = Comparison::new(names, (sides, &models), plan.level, &interrupt::is_asked);
    let Some(comparison) = comparison else { return Err(store.give_up(Failure::Interrupted)) };
    let closed_forms = models.iter().zip(&comparison.gathered);
    let closed_forms = closed_forms.map(|(model, found)| theory(found, model)).collect();
    let comparison = Comparison { advice, closed_forms, ..comparison }.with_calls(&study);
    let grounds = scenarios.iter().map(|one| assumptions::of(&one.source, &one.resolved));
    let grounds: Vec<_> = grounds.collect();
    side_by_side::put(store, out.path(), |staging| {
        write(&comparison, &provenance, &grounds, staging)?;
        if let Some(calls) = compare::calls(&comparison, &models) {
            staging.write(CALLS_FILE.name, &calls)?;
        }
        asked.common.extras.add(staging)
    })?;
    tell(asked, &comparison, &provenance, first, &out)
}

/// The files in packs, under the names that distinguish them.
fn packs(texts: &[Text<'_>], names: &[String]) -> Result<Vec<Pack>, Failure> {
    let named = texts.iter().zip(names);
    let packed = named.map(|(text, name)| {
        let stdin = load::is_stdin(Path::new(name));
        text.pack(if stdin { STDIN } else { name })
    });
    packed.collect()
}

/// The variants, what each is called, and what was found in them.
struct Variants<'a> {
    names: Vec<String>,
    /// Of the files.
    texts: Vec<Text<'a>>,
    scenarios: Vec<Understood>,
    /// The settings of the variants that come after the files.
    ranges: Vec<Range>,
    advice: Advice,
    read: Cost,
}

impl<'a> Variants<'a> {
    /// The files, then the first with every combination of the settings. Findings are shown once
    /// each, with the variants that they concern.
    fn study(asked: &'a Compare) -> Result<Self, Failure> {
        if asked.files.iter().filter(|path| load::is_stdin(path)).count() > 1 {
            let help = "name a file for the others";
            return Err(Failure::Usage(format!("standard input can be read once only: {help}")));
        }
        let texts = asked.files.iter().map(|path| Text::read(path));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        let mut names = names(&texts);
        let studies = texts.iter().map(|text| text.study(&[]));
        let mut studies = studies.collect::<Result<Vec<_>, _>>()?;
        let ranges = side_by_side::in_full(&texts[0], &asked.set, asked.common.quiet)?;
        let set = match ranges.is_empty() {
            true => Vec::new(),
            false => side_by_side::combinations(&ranges)?,
        };
        let bytes = texts.iter().map(Text::length).sum::<usize>() + set.len() * texts[0].length();
        let read = side_by_side::afford(texts.len() + set.len(), bytes, &asked.common)?;
        for settings in set {
            let shown: Vec<&str> = settings.iter().map(Setting::text).collect();
            names.push(format!("{} with {}", names[0], shown.join(", ")));
            studies.push(texts[0].study(&settings)?);
        }
        if studies.len() < 2 {
            let help = "name another scenario, or change this one with --set";
            return Err(Failure::Usage(format!("there is nothing to compare with: {help}")));
        }
        let labels = names.iter().skip(1).cloned().collect();
        let mut advice = Advice { labels, ..Advice::default() };
        let how = (asked.common.allow_errors, asked.common.quiet);
        remarks::gather(&studies[0], &studies[1..], &mut advice, how)?;
        let written: Vec<_> = studies.iter().map(|study| study.written.clone()).collect();
        let understood = |study: load::Study| study.understood().ok_or(Failure::Findings);
        let scenarios = studies.into_iter().map(understood).collect::<Result<Vec<_>, _>>()?;
        let set = scenarios.iter().zip(&written).skip(texts.len());
        let set = set.map(|(scenario, written)| (scenario.meant(), &written[..]));
        advice.changes = reach::changes(scenarios[0].meant(), set);
        Ok(Self { names, texts, scenarios, ranges, advice, read })
    }
}

/// What the variants were made of: files by the names that distinguish them, then the first file
/// with its settings.
fn named_origins(scenarios: &[Understood], names: &[String]) -> Vec<Origin> {
    let all = scenarios.iter().map(|scenario| scenario.origin.clone());
    let named = all.zip(names.iter().chain(std::iter::repeat(&names[0])));
    let named = named.map(|(origin, name)| {
        let name = if origin.input.file == STDIN { STDIN } else { name };
        Origin { input: origin.input.named(name), ..origin }
    });
    named.collect()
}

/// The names of the files, with their folders only where they are needed to distinguish them.
fn names(texts: &[Text<'_>]) -> Vec<String> {
    let short = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let once = |name: &dyn Fn(&Text<'_>) -> String, own: &Text<'_>| {
        let own = name(own);
        Some(own.clone()).filter(|_| texts.iter().filter(|text| name(text) == own).count() == 1)
    };
    let file = |text: &Text<'_>| short(text.typed());
    let typed = |text: &Text<'_>| text.typed().display().to_string();
    let named = |text: &Text<'_>| once(&file, text).or_else(|| once(&typed, text));
    let all = texts.iter();
    all.map(|text| named(text).unwrap_or_else(|| text.path().display().to_string())).collect()
}

fn write(
    comparison: &Comparison,
    provenance: &Provenance,
    assumptions: &[Vec<Assumption>],
    staging: &Staging,
) -> Outcome {
    for file in &COMPARISON_FILES {
        staging.write(file.name, &(file.render)(comparison, provenance))?;
    }
    for other in 1..comparison.names.len() {
        let chart = paired_chart(comparison, other);
        files::write_chart(staging, &paired_file(other), &chart, provenance)?;
    }
    if let Some(chart) = variants_chart(comparison) {
        files::write_chart(staging, VARIANTS_CHART, &chart, provenance)?;
    }
    staging.write(ASSUMPTIONS_FILE, &assumptions_of_variants(assumptions))?;
    files::write_sidecar(staging, provenance)
}

fn tell(
    asked: &Compare,
    comparison: &Comparison,
    provenance: &Provenance,
    model: &Model,
    out: &Destination,
) -> Outcome {
    match asked.common.format {
        AnswerFormat::Json => terminal::print_json(&compare::json(comparison), provenance)?,
        AnswerFormat::Markdown => report::print_markdown(out.path())?,
        AnswerFormat::Text if asked.common.quiet => {}
        AnswerFormat::Text => {
            let text = compare::text(comparison, model, terminal::screen());
            terminal::print_answer(&text, provenance)?;
        }
    }
    out.say(experiment::RESULTS, provenance, asked.common.quiet);
    Ok(())
}
