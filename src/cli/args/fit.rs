//! The arguments of `fit`, as typed. What they mean is the command's matter.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::Format;
use crate::fit::{Family, Role};

/// Number of resamples unless another is asked for.
pub(crate) const RESAMPLES: u32 = 200;

/// Their seed unless another is asked for.
pub(crate) const SEED: u64 = 1;

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

/// What outages without an end are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OpenArg {
    /// Still down at the end of the observation.
    #[default]
    Censor,
    /// A failure whose repair is unknown.
    Drop,
}

/// What a row of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowsArg {
    /// One outage.
    Outages,
    /// One change of state.
    Transitions,
    /// One look at the state.
    Samples,
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
The log is a CSV file with a header. A row is one outage (start, and end or duration_minutes), one \
change of state (time, state) or one look at the state (time, up); component, if there are several. \
Times are dates (UTC without an offset) or seconds. An empty end: still down.

Examples:
  switchover fit outages.csv
  switchover fit tickets.csv \\
    --columns start=opened,end=closed,component=circuit
  switchover fit tickets.csv \\
    --date-format '%d.%m.%Y %H:%M' --time-zone Europe/Berlin
  switchover fit outages.csv --overlaps merge \\
    --from 2025-01-01 --until 2026-01-01
  switchover fit outages.csv --component wan-7 \\
    --target '{ path = { from = \"hq\", to = \"X\" } }'
  switchover fit outages.csv --law repair=weibull --law failure=exponential
  switchover fit outages.csv --format json --quiet | jq .repair.parameters")]
pub struct Fit {
    /// The log, a CSV file
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Output directory [default: results/<name of the log>-fit; with --component, a directory of
    /// its own beside it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Only the outages of this component
    #[arg(long, value_name = "NAME")]
    pub component: Option<String>,
    /// Columns by meaning: start=NAME,end=NAME; component, duration, time, state, up
    #[arg(long, value_name = "WHAT=NAME", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<(Role, String)>,
    /// What a row is: outages, transitions or samples [default: as the header says]
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true)]
    pub rows: Option<RowsArg>,
    /// How dates are written, as for strptime: "%d.%m.%Y %H:%M" [default: ISO 8601]
    #[arg(long, value_name = "FORMAT")]
    pub date_format: Option<String>,
    /// Time zone of dates without an offset, by its IANA name [default: UTC]
    #[arg(long, value_name = "NAME")]
    pub time_zone: Option<String>,
    /// Outages of one component that overlap or touch: refuse, or merge into one
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub overlaps: OverlapsArg,
    /// Outages that end when they begin: refuse, or smallest (unit that the log writes)
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub zero_lengths: ZeroLengthsArg,
    /// Outages without an end: censor (still down at the end), or drop (repair unknown)
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub open: OpenArg,
    /// Start of the observation, as the log writes times
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// End of the observation [default: the last instant of the log]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Time from --from to a component's first outage: leave-out, or whole (new at --from)
    #[arg(long, value_enum, default_value_t, value_name = "HOW", hide_possible_values = true)]
    pub first_up_time: FirstUpTimeArg,
    /// Use this distribution instead of the best: repair=NAME or failure=NAME
    #[arg(long = "law", value_name = "TIME=NAME", value_parser = law)]
    pub laws: Vec<(Kind, Family)>,
    /// What the fault hits, for the table to paste: "host h1", or '{ path = { ... } }'
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// Number of resamples behind the intervals; 0: none
    #[arg(long, value_name = "N", default_value_t = RESAMPLES, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub bootstrap: u32,
    /// Seed of the resamples
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub seed: u64,
    /// Output format: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Print only the answer and the [[fault]]
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

fn column(text: &str) -> Result<(Role, String), String> {
    let help = || format!("write WHAT=NAME; WHAT is one of {}", Role::names().join(", "));
    let (role, name) = text.split_once('=').ok_or_else(help)?;
    let role = Role::named(role.trim()).ok_or_else(help)?;
    Ok((role, name.trim().to_owned()))
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
