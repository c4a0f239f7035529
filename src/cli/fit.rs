//! `fit`: reads a log of outages, fits laws to it, and writes what a scenario needs of them.

use std::fs;
use std::path::Path;

use super::args::{FirstUpTimeArg, Fit, Format, Kind, OverlapsArg, ZeroLengthsArg};
use super::failure::{Failure, Outcome};
use super::interrupt;
use super::output::{self, Staging};
use super::terminal;
use crate::diagnostic::{Source, did_you_mean};
use crate::fit::{
    self, Fault, FirstUpTime, Fitted, Log, Mistakes, Observed, Overlaps, Policies, Resampling, Set,
    Side, Style, ZeroLengths,
};
use crate::report::fit::{Telling, bootstrap_csv, fit_json, ranking_csv, text};
use crate::time::Time;

/// The files that `fit` writes.
const FILES: [&str; 7] = [
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
pub fn run(asked: &Fit) -> Outcome {
    let out = asked
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(format!("{}-fit", stem(&asked.file))));
    output::check(&out, is_ours)?;
    let (source, log) = read(&asked.file)?;
    let policies = policies(asked, &log)?;
    let observed = fit::observe(&log, &policies).map_err(|found| refused(&source, &found))?;
    if observed.cycles.is_empty() {
        return Err(Failure::Usage("no outage begins within the observation".to_owned()));
    }
    let repair = side(asked, Kind::Repair, &observed)?;
    let failure = side(asked, Kind::Failure, &observed)?;
    let resampled = resample(asked, &observed, [&failure, &repair].map(chosen))?;
    let carried = bootstrap_csv(&resampled.sets);
    let name = asked.component.clone().unwrap_or_else(|| stem(&asked.file));
    let fault = fit::fault_text(&Fault {
        name: &name,
        target: asked.target.as_deref(),
        failure: failure.as_ref().map(|side| &side.chosen().law).map_err(|why| *why),
        repair: repair.as_ref().map(|side| &side.chosen().law).map_err(|why| *why),
        uncertainty: carried.is_some().then_some("bootstrap.csv"),
    });
    let telling = Telling {
        log: &asked.file.to_string_lossy(),
        unused: &log.unused,
        style: log.style,
        policies,
        observed: &observed,
        repair: repair.as_ref().map_err(|why| *why),
        failure: failure.as_ref().map_err(|why| *why),
        sets: &resampled.sets,
        seed: asked.seed,
        replaced: resampled.replaced,
        fault: &fault,
    };
    write(&out, &telling, carried)?;
    tell(asked, &telling)?;
    if !asked.quiet {
        terminal::say(&format!("the fit is in {}", out.display()));
    }
    Ok(())
}

/// The file name without folder and extension.
fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(|| "log".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

fn read(file: &Path) -> Result<(Source, Log), Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::disk("cannot read", file, &error))?;
    let source = Source::from_bytes(file.to_string_lossy(), &bytes);
    let log = fit::read(&bytes).map_err(|found| refused(&source, &found))?;
    Ok((source, log))
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
    let from = asked.from.as_deref().map(|text| instant("--from", text, log.style)).transpose()?;
    let until =
        asked.until.as_deref().map(|text| instant("--until", text, log.style)).transpose()?;
    if from.zip(until.or(Some(log.last()))).is_some_and(|(from, until)| from >= until) {
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
        first_up_time,
        from,
        until,
        component: asked.component.as_deref().map(|name| component(log, name)).transpose()?,
    })
}

fn instant(option: &str, text: &str, style: Style) -> Result<Time, Failure> {
    let wrong = |wrong: String| Failure::Usage(format!("{option} {text}: {wrong}"));
    match fit::instant(text).map_err(wrong)? {
        (at, own) if own == style => Ok(at),
        (_, Style::Dates) => Err(wrong("the log writes times as seconds".to_owned())),
        (_, Style::Seconds) => Err(wrong("the log writes times as dates".to_owned())),
    }
}

fn component(log: &Log, name: &str) -> Result<usize, Failure> {
    let found = log.components.iter().position(|known| known == name);
    found.ok_or_else(|| {
        let help = match did_you_mean(name, log.components.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", log.components.len()),
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

fn write(out: &Path, telling: &Telling<'_>, bootstrap: Option<Vec<u8>>) -> Outcome {
    let staging = Staging::open(out, is_ours)?;
    let json = serde_json::to_string_pretty(&fit_json(telling));
    let json = json.map_err(|error| Failure::World(format!("cannot write JSON: {error}")))?;
    staging.write("fit.json", format!("{json}\n").as_bytes())?;
    staging.write("fit.csv", &ranking_csv(telling))?;
    for (file, chart) in telling.charts() {
        staging.write(file, chart.as_bytes())?;
    }
    for (file, lengths) in telling.lengths() {
        staging.write(file, &lengths)?;
    }
    if let Some(rows) = bootstrap {
        staging.write("bootstrap.csv", &rows)?;
    }
    staging.commit()
}

fn tell(asked: &Fit, telling: &Telling<'_>) -> Outcome {
    match asked.format {
        Format::Json => terminal::print_json(&fit_json(telling)),
        Format::Text if asked.quiet => Ok(()),
        Format::Text => terminal::print(&text(telling)),
    }
}
