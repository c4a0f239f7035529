//! `fit`: reads a log of outages, fits laws to it, and writes what a scenario needs of them.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::args::Format;
use super::failure::{Failure, Outcome};
use super::interrupt;
use super::output::{self, Staging};
use super::terminal;
use crate::diagnostic::{Source, did_you_mean};
use crate::fit::{
    self, Family, Fault, FirstUpTime, Fitted, Log, Mistakes, Observed, Overlaps, Policies,
    Resampling, Set, Side, Style, ZeroLengths,
};
use crate::report::fit::{Telling, bootstrap_csv, fit_json, ranking_csv, text};
use crate::time::Time;

/// What overlapping outages of one component are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OverlapsArg {
    /// A mistake.
    #[default]
    Refuse,
    /// One outage.
    Merge,
}

/// What outages without length are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ZeroLengthsArg {
    /// A mistake.
    #[default]
    Refuse,
    /// Outages of the smallest unit that the log writes.
    Smallest,
}

/// What a component's time from --from to its first outage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FirstUpTimeArg {
    /// The rest of an up time: left out.
    #[default]
    LeaveOut,
    /// A whole up time.
    Whole,
}

/// Arguments of `fit`.
#[derive(Debug, Args)]
#[command(after_help = "\
The log is a CSV file with a header: start, and end or duration; component, if there are several.
Times are dates (UTC without an offset) or seconds. An empty end: still down.

Examples:
  switchover fit outages.csv
  switchover fit outages.csv --overlaps merge --from 2025-01-01 --until 2026-01-01
  switchover fit outages.csv --component wan-7 --target '{ path = { from = \"hq\", to = \"X\" } }'
  switchover fit outages.csv --law repair=weibull --law failure=exponential
  switchover fit outages.csv --format json --quiet | jq .repair.parameters")]
pub struct Fit {
    /// The log
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where to write [default: results/<name of the log>-fit]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Only the outages of this component
    #[arg(long, value_name = "NAME")]
    pub component: Option<String>,
    /// Outages of one component that overlap or touch: refuse, or merge into one
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub overlaps: OverlapsArg,
    /// Outages that end when they begin: refuse, or smallest (unit that the log writes)
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub zero_lengths: ZeroLengthsArg,
    /// Start of the observation, as the log writes times
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// End of the observation [default: the last instant of the log]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Time from --from to a component's first outage: leave-out, or whole (new at --from)
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub first_up_time: FirstUpTimeArg,
    /// Take this law instead of the best: repair=NAME or failure=NAME
    #[arg(long = "law", value_name = "TIME=NAME", value_parser = law)]
    pub laws: Vec<(Kind, Family)>,
    /// What the fault hits, for the table to paste: "host h1", or '{ path = { ... } }'
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// Number of resamples behind the intervals; 0: none
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub bootstrap: u32,
    /// Seed of the resamples
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Say nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// One of the two times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Time to repair.
    Repair,
    /// Time to failure.
    Failure,
}

fn law(text: &str) -> Result<(Kind, Family), String> {
    let (kind, name) = text.split_once('=').ok_or("write repair=NAME or failure=NAME")?;
    let kind = match kind {
        "repair" => Kind::Repair,
        "failure" => Kind::Failure,
        _ => return Err("write repair=NAME or failure=NAME".to_owned()),
    };
    let names: Vec<&str> = Family::ALL.map(Family::name).to_vec();
    let family = Family::named(name);
    family.map(|family| (kind, family)).ok_or_else(|| format!("the laws are {}", names.join(", ")))
}

/// The files that `fit` writes.
const FILES: [&str; 5] =
    ["fit.json", "fit.csv", "fit-repair.svg", "fit-failure.svg", "bootstrap.csv"];

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
