//! Arguments of the commands that put variants side by side: `compare`, `sweep`.
//!
//! What they mean is the commands' matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Common, Replicate, Shards};
use crate::scenario::set;

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Replication k has the same faults and the same random draws of each agent in all variants, so the \
differences come from the variants alone. --precision applies to the half-width of the difference, \
relative to the first variant's value. Default: 100 replications.

Examples:
  switchover compare today.toml tomorrow.toml
  switchover compare year.toml \\
    --set application.interaction-workspace.disaster-recovery.timeout=90
  switchover compare year.toml \\
    --set application.interaction-workspace.disaster-recovery.timeout=30,90
  switchover compare a.toml b.toml c.toml --replications 400
  switchover compare a.toml b.toml --precision 2% --max-time 10m")]
pub struct Compare {
    /// The scenarios; each of the others is compared with the first
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Settings: the first scenario with them is one more variant; a list of values or a range
    /// makes a variant of each (repeatable: every combination)
    #[arg(long = "set", value_name = "PATH=VALUES", value_parser = set::Sweep::parse)]
    pub set: Vec<set::Sweep>,
    /// Output directory [default: results/<name of the first scenario>-compare-<what differs>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How to simulate and to print
    #[command(flatten)]
    pub common: Common,
    /// How many replications
    #[command(flatten)]
    pub replicate: Replicate,
    /// Which shard
    #[command(flatten)]
    pub shards: Shards,
}

/// Arguments of `sweep`.
#[derive(Debug, Args)]
#[command(after_help = "\
One --set gives curves, two give a heat map. Every point is compared with the unchanged scenario, \
under the same faults and random draws. Default: 100 replications of each point.

Examples:
  switchover sweep year.toml --set 'desktop.detection=5..30 step 5'
  switchover sweep year.toml --set 'site.north.login-capacity=10/s,20/s,40/s'
  switchover sweep year.toml \\
    --set application.interaction-workspace.disaster-recovery.timeout=30,60,90
  switchover sweep year.toml --replications 400 \\
    --set 'desktop.detection=5..30 step 5' \\
    --set application.interaction-workspace.disaster-recovery.timeout=30,60,90")]
pub struct Sweep {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The setting and its values: FROM..TO step STEP, or a list (once or twice)
    #[arg(
        long = "set",
        value_name = "PATH=RANGE",
        required = true,
        value_parser = set::Sweep::parse
    )]
    pub set: Vec<set::Sweep>,
    /// Output directory [default: results/<name of the scenario>-sweep-<what is set>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How to simulate and to print
    #[command(flatten)]
    pub common: Common,
    /// How many replications
    #[command(flatten)]
    pub replicate: Replicate,
    /// Which shard
    #[command(flatten)]
    pub shards: Shards,
}
