//! `fit`: reads a log of outages, fits laws to it, and writes what a scenario needs of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::{
    FirstUpTimeArg, Fit, Format, Kind, OpenArg, OverlapsArg, RowsArg, ZeroLengthsArg,
};
use super::command_line::CommandLine;
use super::default_out::Variant;
use super::destination::Destination;
use super::failure::{Failure, Outcome};
use super::files;
use super::interrupt;
use super::output::Staging;
use super::terminal;
use crate::diagnostic::{Source, did_you_mean};
use crate::facade::intake;
use crate::fit::{
    self, Clock, Direct, Fault, FirstUpTime, Fitted, Log, Mistakes, Observed, Open, Overlaps,
    Policies, Reading, Resampling, Rows, Set, Side, Style, ZeroLengths,
};
use crate::report::fit::{FitReport, bootstrap_csv, brief, fit_json, ranking_csv, text};
use crate::report::{Input, PROVENANCE_FILE, Provenance};
use crate::time::Time;

/// The files that `fit` writes.
const FILES: [&str; 8] = [
    PROVENANCE_FILE,
    "fit.json",
    "fit.csv",
    "fit-repair.svg",
    "fit-failure.svg",
    "repair-lengths.csv",
    "failure-lengths.csv",
    "bootstrap.csv",
];

fn is_ours(name: &str) -> bool {
    FILES.contains(&name)
}

/// Fits and writes.
pub(super) fn run(asked: &Fit) -> Outcome {
    let variant = Variant::of_component(asked.component.as_deref());
    let out = variant.folder(&format!("{}-fit", stem(&asked.file)), asked.out.as_ref());
    let destination = Destination::look(out.clone(), is_ours)?;
    let (source, log, input) = read(asked)?;
    let policies = policies(asked, &log)?;
    let observed = fit::observe(&log, &policies).map_err(|found| refused(&source, &found))?;
    if observed.cycles.is_empty() {
        return Err(Failure::Usage("no outage begins within the observation".to_owned()));
    }
    let repair = side(asked, Kind::Repair, &observed)?;
    let failure = side(asked, Kind::Failure, &observed)?;
    let resampled = resample(asked, &observed, [&failure, &repair].map(chosen))?;
    let [failure, repair] = [&failure, &repair].map(|side| side.as_ref().map_err(|why| *why));
    let laws = [failure, repair].map(|side| side.map(|side| &side.chosen().law));
    let [failure_law, repair_law] = laws;
    let carried = bootstrap_csv(&resampled.sets);
    let folder = slashed(&out);
    let sets_file = format!("{folder}/bootstrap.csv");
    let fault = fit::fault_text(&Fault {
        name: &asked.component.clone().unwrap_or_else(|| stem(&asked.file)),
        target: asked.target.as_deref(),
        failure: failure_law,
        repair: repair_law,
        uncertainty: carried.is_some().then_some((&sets_file, resampled.sets.len())),
    });
    let sets = (&resampled.sets[..], asked.seed);
    let telling = FitReport {
        name: &file_name(&asked.file),
        log: &log,
        policies,
        observed: &observed,
        repair,
        failure,
        sets: &resampled.sets,
        seed: asked.seed,
        replaced: resampled.replaced,
        folder: &folder,
        direct: &Direct::of(&observed, failure_law.ok().zip(repair_law.ok()), sets),
        fault: &fault,
    };
    let again = CommandLine::fit(asked, &input);
    let provenance = again.provenance(&[input], Some(asked.seed));
    write(&out, &telling, &provenance, carried)?;
    tell(asked, &telling, &provenance)?;
    destination.say("the fit is", &provenance, asked.quiet);
    Ok(())
}

/// The file name without folder and extension.
fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(|| "log".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// The file name without folder.
fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path as TOML and every platform take it.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn read(asked: &Fit) -> Result<(Source, Log, Input), Failure> {
    let file = &asked.file;
    let clock = Clock::new(asked.time_zone.as_deref(), asked.date_format.as_deref());
    let clock = clock.map_err(|wrong| {
        let option = if wrong.contains("time zone") { "--time-zone" } else { "--date-format" };
        Failure::Usage(format!("{option}: {wrong}"))
    })?;
    let rows = asked.rows.map(|rows| match rows {
        RowsArg::Outages => Rows::Outages,
        RowsArg::Transitions => Rows::Transitions,
        RowsArg::Samples => Rows::Samples,
    });
    let reading = Reading { columns: asked.columns.clone(), rows, clock };
    let bytes =
        intake::read(file, true).map_err(|error| Failure::disk("cannot read", file, &error))?;
    let source = Source::from_bytes(file.to_string_lossy(), &bytes);
    let log = fit::read(&bytes, &reading).map_err(|found| refused(&source, &found))?;
    Ok((source, log, Input::new(&file_name(file), &bytes, &BTreeMap::new())))
}

/// Shows the mistakes of a log.
fn refused(source: &Source, mistakes: &Mistakes) -> Failure {
    for found in &mistakes.found {
        terminal::say(&format!("{}\n", found.render(source, true)));
    }
    let number = mistakes.found.len() + mistakes.more;
    let more =
        if mistakes.more > 0 { format!(", {} not shown", mistakes.more) } else { String::new() };
    let errors = if number == 1 { "error" } else { "errors" };
    terminal::say(&format!("error: {}: {number} {errors}{more}", source.name()));
    Failure::Findings
}

fn policies(asked: &Fit, log: &Log) -> Result<Policies, Failure> {
    let from = asked.from.as_deref().map(|text| instant("--from", text, log)).transpose()?;
    let until = asked.until.as_deref().map(|text| instant("--until", text, log)).transpose()?;
    if from.zip(until.or(Some(log.last))).is_some_and(|(from, until)| from >= until) {
        return Err(Failure::Usage("the observation ends before it begins".to_owned()));
    }
    let first_up_time = match asked.first_up_time {
        FirstUpTimeArg::LeaveOut => FirstUpTime::LeaveOut,
        FirstUpTimeArg::Whole if from.is_none() => {
            return Err(Failure::Usage("--first-up-time whole needs --from".to_owned()));
        }
        FirstUpTimeArg::Whole => FirstUpTime::Whole,
    };
    Ok(Policies {
        overlaps: match asked.overlaps {
            OverlapsArg::Refuse => Overlaps::Refuse,
            OverlapsArg::Merge => Overlaps::Merge,
        },
        zero_lengths: match asked.zero_lengths {
            ZeroLengthsArg::Refuse => ZeroLengths::Refuse,
            ZeroLengthsArg::Smallest => ZeroLengths::Smallest,
        },
        open: match asked.open {
            OpenArg::Censor => Open::Censor,
            OpenArg::Drop => Open::Drop,
        },
        first_up_time,
        from,
        until,
        component: asked.component.as_deref().map(|name| component(log, name)).transpose()?,
    })
}

/// An instant as the log writes it; ISO 8601 also beside another format.
fn instant(option: &str, text: &str, log: &Log) -> Result<Time, Failure> {
    let wrong = |wrong: String| Failure::Usage(format!("{option} {text}: {wrong}"));
    let plain = log.clock.without_format();
    match log
        .clock
        .instant(text)
        .or_else(|said| plain.instant(text).map_err(|_| said))
        .map_err(wrong)?
    {
        (at, own) if own == log.style => Ok(at),
        (_, Style::Dates) => Err(wrong("the log writes times as seconds".to_owned())),
        (_, Style::Seconds) => Err(wrong("the log writes times as dates".to_owned())),
    }
}

/// Most components that a message names.
const NAMED: usize = 5;

/// The components of a log, or the first of them.
fn those(components: &[String]) -> String {
    let named: Vec<String> =
        components.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let rest = components.len() - named.len();
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("there are {}{rest}", named.join(", "))
}

fn component(log: &Log, name: &str) -> Result<usize, Failure> {
    let found = log.components.iter().position(|known| known == name);
    found.ok_or_else(|| {
        let help = match did_you_mean(name, log.components.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => those(&log.components),
        };
        Failure::Usage(format!("the log has no component `{name}`; {help}"))
    })
}

/// The laws of one of the two times, or why there are none.
fn side(
    asked: &Fit,
    kind: Kind,
    observed: &Observed,
) -> Result<Result<Side, &'static str>, Failure> {
    let wanted = asked.laws.iter().rev().find(|(other, _)| *other == kind);
    let wanted = wanted.map(|(_, family)| *family);
    let sample = match kind {
        Kind::Repair => observed.repairs(),
        Kind::Failure => observed.up_times(),
    };
    match (Side::fit(sample, wanted), wanted) {
        (Err(why), Some(family)) => {
            let time = if kind == Kind::Repair { "repair" } else { "failure" };
            Err(Failure::Usage(format!("--law {time}={}: {why}", family.name())))
        }
        (side, _) => Ok(side),
    }
}

fn chosen<'s>(side: &'s Result<Side, &'static str>) -> Option<&'s Fitted> {
    side.as_ref().ok().map(|side| &side.chosen().law)
}

/// The resamples, and how many had to be replaced.
#[derive(Default)]
struct Resampled {
    sets: Vec<Set>,
    replaced: u64,
}

fn resample(
    asked: &Fit,
    observed: &Observed,
    [failure, repair]: [Option<&Fitted>; 2],
) -> Result<Resampled, Failure> {
    let resampling = Resampling { cycles: &observed.cycles, seed: asked.seed, failure, repair };
    let wanted = asked.bootstrap as usize;
    let mut resampled = Resampled::default();
    let seen = [observed.repairs(), observed.up_times()].map(|sample| sample.exact.len());
    if seen.into_iter().any(|number| number < fit::LEAST) {
        return Ok(resampled);
    }
    // A log on which more than half of the resamples fail is too small for intervals.
    for number in 0..2 * wanted as u64 {
        if resampled.sets.len() == wanted {
            break;
        }
        interrupt::check()?;
        match resampling.set(number) {
            Some(set) => resampled.sets.push(set),
            None => resampled.replaced += 1,
        }
    }
    if resampled.sets.len() < wanted {
        return Ok(Resampled::default());
    }
    Ok(resampled)
}

fn write(
    out: &Path,
    telling: &FitReport<'_>,
    provenance: &Provenance,
    bootstrap: Option<Vec<u8>>,
) -> Outcome {
    let staging = Staging::open(out, is_ours)?;
    staging.write("fit.json", &provenance.file(&fit_json(telling)))?;
    staging.write("fit.csv", &ranking_csv(telling))?;
    for (file, chart) in telling.charts() {
        files::write_chart(&staging, file, &chart, provenance)?;
    }
    for (file, lengths) in telling.lengths() {
        staging.write(file, &lengths)?;
    }
    if let Some(rows) = bootstrap {
        staging.write("bootstrap.csv", &rows)?;
    }
    files::write_sidecar(&staging, provenance)?;
    staging.commit()
}

fn tell(asked: &Fit, telling: &FitReport<'_>, provenance: &Provenance) -> Outcome {
    match asked.format {
        Format::Json => terminal::print_json(&fit_json(telling), provenance),
        Format::Text if asked.quiet => terminal::print(&brief(telling)),
        Format::Text => terminal::print(&text(telling, provenance)),
    }
}
