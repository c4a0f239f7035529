//! Arguments of the commands that read a scenario without simulating it: `check`, `show`, `pack`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Changes, Format};

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover check scenario.toml
  switchover check scenario.toml --strict
  switchover check scenario.toml --set fault.link-cut.for=5m
  switchover check scenario.toml --format json | jq -r '.findings[].code'
  switchover check --explain V26")]
pub struct Check {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath, required_unless_present = "explain")]
    pub file: Option<PathBuf>,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// Explain a code: what it means, why it matters and how to fix it
    #[arg(long, value_name = "CODE", conflicts_with_all = ["file", "strict", "format", "set"])]
    pub explain: Option<String>,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Output format: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover show scenario.toml
  switchover show scenario.toml --agent anna
  switchover show scenario.toml --set policy.restore-when=immediate
  switchover show scenario.toml --format json")]
pub struct Show {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Changes of it
    #[command(flatten)]
    pub changes: Changes,
    /// Only the settings of this agent
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Output format: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `pack`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every command but `serve` reads the file in place of the scenario, with the same answer. It needs no \
directory: copy it to wherever a shard is made.

Examples:
  switchover pack year.toml
  switchover pack year.toml --out - | ssh worker 'cat > year.pack'
  switchover run year.pack --replications 400")]
pub struct Pack {
    /// The scenario file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The file to write, or - for standard output [default: the scenario's name with .pack]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Pack it although there are errors
    #[arg(long)]
    pub allow_errors: bool,
    /// Print errors only
    #[arg(long, short)]
    pub quiet: bool,
}
