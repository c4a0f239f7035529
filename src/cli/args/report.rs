//! The arguments of `report`, as typed. What they mean is the command's matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(after_help = "\
The page needs nothing beside it: no network, no other file, no script. It begins with the question, \
the answer and its intervals; charts, tables, assumptions and the command that makes the results \
again follow. Several directories are also put side by side.

Examples:
  switchover report results/site-loss
  switchover report results/year results/year-compare --out year.html
  switchover run scenario.toml --report")]
pub struct Report {
    /// Directories of results of run, replay, merge, compare, sweep or headroom
    #[arg(required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dirs: Vec<PathBuf>,
    /// File to write [default: report.html in DIR; with several, report.html]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Replace an existing file, also if it is no report
    #[arg(long)]
    pub force: bool,
    /// Print errors only
    #[arg(long, short)]
    pub quiet: bool,
}
