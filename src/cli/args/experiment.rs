//! Arguments of experiments: how many replications, until when; and the commands that go with them.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Changes, Common, Format};

/// How many replications, the same for all commands that replicate.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Replications")]
pub struct Replicate {
    /// Make so many replications, or those from A up to B, excluded: N or A..B
    #[arg(long, value_name = "N", conflicts_with_all = ["precision", "absolute_precision"])]
    pub replications: Option<String>,
    /// Replicate until the half-width of the interval is so small a part of the value: 5%
    #[arg(long, value_name = "SHARE")]
    pub precision: Option<String>,
    /// ... or until it is so small itself, in the unit of the measure: 30s, 0.5, 0.1%
    #[arg(long, value_name = "HALF-WIDTH")]
    pub absolute_precision: Option<String>,
    /// What must become precise; may be repeated [default: downtime_s.total]
    #[arg(long = "measure", value_name = "NAME")]
    pub measures: Vec<String>,
    /// Confidence level of all intervals [default: 95%]
    #[arg(long, value_name = "LEVEL")]
    pub confidence: Option<String>,
    /// Never more replications than so many [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_replications: Option<u32>,
    /// Begin no replication after so long a time: 10m
    #[arg(long, value_name = "DURATION")]
    pub max_time: Option<String>,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
A replication comes out bit for bit as it was in the experiment. Without --agent, its tables, its
trace and its charts are written; with --agent, the story of that agent in it is told.

Examples:
  switchover replay year.toml --replication 17
  switchover replay year.toml --replication 17 --agent sales-4 --at 12d
  switchover replay year.toml --replication 17 --set application.interaction-workspace.disaster-recovery.timeout=20")]
pub struct Replay {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// Which replication, from 0
    #[arg(long, value_name = "K")]
    pub replication: u64,
    /// Tell the story of this agent in it
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Only the trouble around this time since the start: "10m15s", or seconds
    #[arg(long, value_name = "TIME", requires = "agent")]
    pub at: Option<String>,
    /// Where to write [default: results/<name of the scenario>-replication-<K>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "agent")]
    pub out: Option<PathBuf>,
    /// Leave out trace.csv
    #[arg(long)]
    pub no_trace: bool,
    /// Leave out the tables with a row per agent, outage or move
    #[arg(long)]
    pub no_rows: bool,
    /// How to simulate and to tell
    #[command(flatten)]
    pub common: Common,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Parts come from `run --replications A..B --part FILE`. Merged, they give the very bytes that one
run of all their replications gives. Gaps are refused, and so are replications that two parts
tell differently.

Examples:
  switchover run year.toml --replications 0..200 --part one.part
  switchover run year.toml --replications 200..400 --part two.part
  switchover merge year.toml one.part two.part --out results/year")]
pub struct Merge {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// The parts, in any order
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub parts: Vec<PathBuf>,
    /// Where to write [default: results/<name of the scenario>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Take this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Confidence level of all intervals [default: 95%]
    #[arg(long, value_name = "LEVEL")]
    pub confidence: Option<String>,
    /// Simulate in spite of errors: what the product would do instead
    #[arg(long)]
    pub allow_errors: bool,
    /// How to print the estimates: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Say nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}
