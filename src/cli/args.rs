//! The command line as typed: names, help, examples. What it means is each command's matter.

mod fit;

pub use fit::{FirstUpTimeArg, Fit, Kind, OverlapsArg, ZeroLengthsArg};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::failure::EXIT_CODES;
use super::terminal::Color;

/// What one outage does to your agents, second by second and cause by cause.
///
/// A scenario file describes sites, server pairs, networks, agents and their options in the words
/// of the product, and what breaks when. switchover simulates it, always with the same answer for
/// the same file, seed and version.
#[derive(Debug, Parser)]
#[command(
    name = "switchover",
    version,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = EXIT_CODES,
)]
pub struct Arguments {
    /// When to use colours: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: Color,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a scenario: every mistake at once, each with its place, cause and help
    Check(Check),
    /// Simulate a scenario and write tables and charts
    Run(Run),
    /// Tell the story of one agent, in plain sentences with times
    Explain(Explain),
    /// Show what holds for whom, and where it was set
    Show(Show),
    /// Tell what an option means, or list them all
    Options(Options),
    /// Write a commented starter scenario
    Init(Init),
    /// Print a JSON Schema, for editors and programs
    Schema(Schema),
    /// Print the completion script of a shell
    Completions(Completions),
    /// Print the manual page, or write one per command
    Man(Man),
    /// Fit laws to a log of outages, for a random fault
    Fit(Fit),
}

/// How data is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover check scenario.toml
  switchover check scenario.toml --strict
  switchover check scenario.toml --format json | jq -r '.[].code'
  switchover check --explain V26")]
pub struct Check {
    /// The scenario file
    #[arg(value_hint = ValueHint::FilePath, required_unless_present = "explain")]
    pub file: Option<PathBuf>,
    /// Tell what a code means, why it matters and how to mend it
    #[arg(long, value_name = "CODE", conflicts_with_all = ["file", "strict", "format"])]
    pub explain: Option<String>,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
The directory is written whole or not at all. An older result in it is replaced; a directory with
anything else in it is left alone.

Examples:
  switchover run scenario.toml
  switchover run scenario.toml --out /tmp/answer --seed 7
  switchover run scenario.toml --trace
  switchover run big.toml --no-rows --threads 2
  switchover run scenario.toml --format json --quiet | jq .downtime_s.by_cause")]
pub struct Run {
    /// The scenario file
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where to write [default: results/<name of the scenario>]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Take this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Also write trace.csv: everything that happened to every agent
    #[arg(long)]
    pub trace: bool,
    /// Leave out the tables with a row per agent, outage or move
    #[arg(long)]
    pub no_rows: bool,
    /// Simulate in spite of errors: what the product would do instead
    #[arg(long)]
    pub allow_errors: bool,
    /// Number of threads; the result does not depend on it [default: as many as there are]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// How to print the summary: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Say nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover explain scenario.toml --agent anna
  switchover explain scenario.toml --agent sales-17 --at 10m15s
  switchover explain scenario.toml --agent anna --at 903")]
pub struct Explain {
    /// The scenario file
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The agent: a Person's name, or GROUP-NUMBER
    #[arg(long, value_name = "NAME")]
    pub agent: String,
    /// Only the trouble around this time since the start: "10m15s", or seconds
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Take this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Simulate in spite of errors: what the product would do instead
    #[arg(long)]
    pub allow_errors: bool,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover show scenario.toml
  switchover show scenario.toml --agent anna
  switchover show scenario.toml --format json")]
pub struct Show {
    /// The scenario file
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only what holds for this agent
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover init
  switchover init centre.toml")]
pub struct Init {
    /// The file to write, or a directory for it [default: scenario.toml]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub path: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long)]
    pub force: bool,
}

/// What a schema can be of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The scenario file, for completion in editors.
    #[default]
    Scenario,
    /// summary.json.
    Summary,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover schema > scenario.schema.json
  switchover schema summary")]
pub struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
}

/// Arguments of `options`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover options
  switchover options disaster-recovery.timeout
  switchover options --format json | jq '.[].name'")]
pub struct Options {
    /// The option's exact name
    pub name: Option<String>,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover completions bash > ~/.local/share/bash-completion/completions/switchover
  switchover completions zsh > ~/.zfunc/_switchover")]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover man | man -l -
  switchover man ~/.local/share/man/man1")]
pub struct Man {
    /// Write one page per command into this directory; without it, the main page is printed
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}
