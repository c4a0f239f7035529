//! The arguments of `headroom`, as typed. What they mean is the command's matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Changes, Common};
use crate::scenario::set::Vary;

/// Arguments of `headroom`.
#[derive(Debug, Args)]
#[command(after_help = "\
What is wanted is the smallest value (of a capacity, a spread) or the largest (a number of agents) at \
which the measure still keeps its bound; which of the two is found out. Every value is simulated under \
the same faults and random draws. With several --vary, each is varied alone.

A measure of which less is better must be at most the bound, another at least; NAME<=BOUND and \
NAME>=BOUND say it. Without a range, values from an eighth to eight times the scenario's are searched. \
Default: 100 replications of each value.

Examples:
  switchover headroom year.toml --target outages.duration_s.p95=2m \\
    --vary site.south.login-capacity
  switchover headroom year.toml --target availability=99.95% \\
    --vary 'agent-group.sales.agents=500..5000 step 50' --fault 'site lost'
  switchover headroom year.toml \\
    --target 'sites.south.login_queue_longest<=200' \\
    --vary site.south.login-capacity=5/s..80/s \\
    --vary site.north.login-capacity")]
pub struct Headroom {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The measure and the bound that it must keep: 2m, 95%, 200
    #[arg(long, value_name = "MEASURE=BOUND")]
    pub target: String,
    /// What is varied, and between which values: PATH, PATH=LOW..HIGH, PATH=LOW..HIGH step STEP
    /// (repeatable)
    #[arg(long, value_name = "PATH[=RANGE]", required = true, value_parser = Vary::parse)]
    pub vary: Vec<Vary>,
    /// Let only this fault or drain of the scenario strike (repeatable)
    #[arg(long = "fault", value_name = "NAME")]
    pub faults: Vec<String>,
    /// Changes of the scenario
    #[command(flatten)]
    pub changes: Changes,
    /// Output directory [default: results/<name of the scenario>-headroom-<what is varied>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How to simulate and to print
    #[command(flatten)]
    pub common: Common,
    /// Number of replications of each value: N; or the range from A to B-1: A..B
    #[arg(long, value_name = "N", help_heading = "Replications")]
    pub replications: Option<String>,
    /// Make replications of the scenario as it is until the interval of the measure is within so much of
    /// it, and as many of each value: 5%
    #[arg(
        long,
        value_name = "SHARE",
        help_heading = "Replications",
        conflicts_with = "replications"
    )]
    pub precision: Option<String>,
    /// Confidence level of all intervals [default: 95%]
    #[arg(long, value_name = "LEVEL", help_heading = "Replications")]
    pub confidence: Option<String>,
}
