//! Arguments of the commands that simulate: `run`, `explain`. What they mean is the commands' matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Changes, Common, Format, Replicate, Shards};

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
The directory is written completely or not at all. An older result in it is replaced; a directory \
that contains anything else is not touched.

Examples:
  switchover run scenario.toml
  switchover run scenario.toml --out /tmp/answer --seed 7
  switchover run scenario.toml \\
    --set application.interaction-workspace.disaster-recovery.timeout=90
  switchover run scenario.toml --trace
  switchover run big.toml --no-rows --threads 2
  switchover run year.toml --replications 400
  switchover run year.toml --precision 5% --max-time 10m
  switchover run year.toml --replications 100000 --shard 0/100 --parts parts
  switchover run scenario.toml --format json --quiet | jq .downtime_s.by_cause")]
pub struct Run {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// Output directory [default: results/<name of the scenario>; with --set or another seed, a
    /// directory of its own beside it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Also write trace.csv: everything that happened to every agent
    #[arg(long)]
    pub trace: bool,
    /// Do not write the tables with a row per agent, outage or move
    #[arg(long)]
    pub no_rows: bool,
    /// How to simulate and to print
    #[command(flatten)]
    pub common: Common,
    /// How many replications
    #[command(flatten)]
    pub replicate: Replicate,
    /// Also write the thresholds to a file as JUnit XML, for build servers
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["part", "parts"])]
    pub junit: Option<PathBuf>,
    /// Write the replications to a file for `merge`, instead of the results
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        requires = "replications",
        conflicts_with_all = ["out", "report", "xlsx", "parquet", "parts"],
        help_heading = "Replications"
    )]
    pub part: Option<PathBuf>,
    /// Which shard
    #[command(flatten)]
    pub shards: Shards,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover explain scenario.toml --agent anna
  switchover explain scenario.toml --agent sales-17 --at 10m15s
  switchover explain scenario.toml --agent anna --at 903
  switchover explain scenario.toml --agent anna --set 'fault.\"link cut\".for=5m'")]
pub struct Explain {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// The agent: a Person's name, or GROUP-NUMBER
    #[arg(long, value_name = "NAME")]
    pub agent: String,
    /// Only the outage at this time since the start, "10m15s" or seconds; or local time, "Mon 10:00", where the scenario has a calendar
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Use this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Simulate although there are errors: what the product would do then
    #[arg(long)]
    pub allow_errors: bool,
    /// Start although the estimate of memory, disk or time is above the limit
    #[arg(long)]
    pub force: bool,
    /// Output format: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}
