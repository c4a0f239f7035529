//! Arguments of experiments: how many replications, until when; and the commands that go with them.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{AnswerFormat, Changes, Common, Extras};

/// How many replications, the same for all commands that replicate.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Replications")]
pub struct Replicate {
    /// Number of replications: N; or the range from A to B-1: A..B
    #[arg(long, value_name = "N", conflicts_with_all = ["precision", "absolute_precision"])]
    pub replications: Option<String>,
    /// Replicate until the half-width of the interval, relative to the value, is at most this: 5%
    #[arg(long, value_name = "SHARE")]
    pub precision: Option<String>,
    /// Replicate until the half-width is at most this, in the unit of the measure: 30s, 0.5, 0.1%
    #[arg(long, value_name = "HALF-WIDTH")]
    pub absolute_precision: Option<String>,
    /// Measure that the precision applies to (repeatable) [default: downtime_s.total]
    #[arg(long = "measure", value_name = "NAME")]
    pub measures: Vec<String>,
    /// Confidence level of all intervals [default: 95%]
    #[arg(long, value_name = "LEVEL")]
    pub confidence: Option<String>,
    /// Maximum number of replications [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_replications: Option<u32>,
    /// Start no new replication after this much time: 10m
    #[arg(long, value_name = "DURATION")]
    pub max_time: Option<String>,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
The replication is exactly the same as in the experiment. Without --agent, its tables, its \
trace and its charts are written; with --agent, the timeline of that agent is printed.

Examples:
  switchover replay year.toml --replication 17
  switchover replay year.toml --replication 17 --agent sales-4 --at 12d
  switchover replay year.toml --replication 17 \\
    --set application.interaction-workspace.disaster-recovery.timeout=20")]
pub struct Replay {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// Number of the replication, from 0
    #[arg(long, value_name = "K")]
    pub replication: u64,
    /// Print the timeline of this agent instead of writing files
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Only the outage at this time since the start, "10m15s" or seconds; or local time, "Mon 10:00", where the scenario has a calendar
    #[arg(long, value_name = "TIME", requires = "agent")]
    pub at: Option<String>,
    /// Output directory [default: results/<name of the scenario>-replication-<K>; with --set or
    /// another seed, a directory of its own beside it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "agent")]
    pub out: Option<PathBuf>,
    /// Do not write trace.csv
    #[arg(long)]
    pub no_trace: bool,
    /// Do not write the tables with a row per agent, outage or move
    #[arg(long)]
    pub no_rows: bool,
    /// How to simulate and to print
    #[command(flatten)]
    pub common: Common,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Parts come from --shard, or from `run --replications A..B --part FILE`. The merged result is byte \
for byte the result of one run with all replications. Directories of shards hold their scenario and \
need no FILE. It is an error if replications are missing, or if two parts disagree about one.

Examples:
  switchover run year.toml --replications 400 --shard 0/2 --parts parts
  switchover run year.toml --replications 400 --shard 1/2 --parts parts
  switchover merge parts --out results/year
  switchover run year.toml --replications 0..200 --part one.part
  switchover run year.toml --replications 200..400 --part two.part
  switchover merge year.toml one.part two.part --out results/year")]
pub struct Merge {
    /// The scenario file; `-` is standard input. Or a directory of shards, alone or with others
    #[arg(value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// The parts, or directories of them, in any order
    #[arg(value_hint = ValueHint::AnyPath)]
    pub parts: Vec<PathBuf>,
    /// Output directory [default: results/<name of the scenario>; with --set or another seed, a
    /// directory of its own beside it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Use this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Confidence level of all intervals [default: 95%]
    #[arg(long, value_name = "LEVEL")]
    pub confidence: Option<String>,
    /// Simulate although there are errors: what the product would do then
    #[arg(long)]
    pub allow_errors: bool,
    /// Start although the estimate of memory, disk or time is above the limit
    #[arg(long)]
    pub force: bool,
    /// Output format: text, json or markdown
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: AnswerFormat,
    /// Also write the thresholds to a file as JUnit XML, for build servers
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub junit: Option<PathBuf>,
    /// What to write beside the results
    #[command(flatten)]
    pub extras: Extras,
    /// Print errors only
    #[arg(long, short)]
    pub quiet: bool,
}
