//! Arguments of the commands that put variants side by side: `compare`, `sweep`.
//!
//! What they mean is the commands' matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Changes, Common, Replicate};
use crate::scenario::set;

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Replication k of all variants sees the same faults, and every agent draws the same luck, so that
the differences are the variants' own. --precision asks for the half-width of the difference, over
the first variant's value. 100 replications, if nothing is asked for.

Examples:
  switchover compare today.toml tomorrow.toml
  switchover compare year.toml --set application.interaction-workspace.disaster-recovery.timeout=90
  switchover compare a.toml b.toml c.toml --replications 400
  switchover compare a.toml b.toml --precision 2% --max-time 10m")]
pub struct Compare {
    /// The scenarios: the first is compared with each of the others
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Settings: the first scenario with all of them is one more variant
    #[command(flatten)]
    pub changes: Changes,
    /// Where to write [default: results/<name of the first scenario>-compare]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How to simulate and to tell
    #[command(flatten)]
    pub common: Common,
    /// How many replications
    #[command(flatten)]
    pub replicate: Replicate,
}

/// Arguments of `sweep`.
#[derive(Debug, Args)]
#[command(after_help = "\
One --set gives curves, two give a heat map. Every value is compared with the scenario as it is, on
the same faults and the same luck. 100 replications of each, if nothing is asked for.

Examples:
  switchover sweep year.toml --set 'application.interaction-workspace.disaster-recovery.timeout=10..180 step 10'
  switchover sweep year.toml --set 'site.north.login-capacity=10/s,20/s,40/s'
  switchover sweep year.toml --replications 400 \\
    --set 'application.interaction-workspace.disaster-recovery.timeout=20..120 step 20' \\
    --set 'application.interaction-workspace.disaster-recovery.wait-for-sipphone-timeout=10..60 step 10'")]
pub struct Sweep {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// What is set, and to which values: FROM..TO step STEP, or a list; once or twice
    #[arg(
        long = "set",
        value_name = "PATH=RANGE",
        required = true,
        value_parser = set::Sweep::parse
    )]
    pub set: Vec<set::Sweep>,
    /// Where to write [default: results/<name of the scenario>-sweep]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How to simulate and to tell
    #[command(flatten)]
    pub common: Common,
    /// How many replications
    #[command(flatten)]
    pub replicate: Replicate,
}
