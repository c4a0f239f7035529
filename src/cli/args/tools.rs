//! Arguments of the commands that need no scenario: options, schemas, the starter, the shell.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::Format;

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover init
  switchover init centre.toml
  switchover init - | less")]
pub struct Init {
    /// The file to write, a directory for it, or - for standard output [default: scenario.toml]
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
    /// summary.json, of a single run.
    Summary,
    /// experiment.json, of many replications.
    Experiment,
    /// compare.json.
    Compare,
    /// sweep.json.
    Sweep,
    /// headroom.json.
    Headroom,
    /// fit.json.
    Fit,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover schema > scenario.schema.json
  switchover schema summary")]
pub struct Schema {
    /// Which file the schema describes
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
}

/// Arguments of `options`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover options
  switchover options disaster-recovery.timeout
  switchover options calls.answer-within
  switchover options --format json | jq '.[].name'")]
pub struct Options {
    /// Exact name of an option or a key, or a path to it as for --set
    #[arg(value_name = "NAME")]
    pub option: Option<String>,
    /// Output format: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `measures`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover measures
  switchover measures outage
  switchover measures downtime --format json | jq -r '.[].name'")]
pub struct Measures {
    /// Only those with this word in their name or meaning
    pub word: Option<String>,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchover completions bash \\
    > ~/.local/share/bash-completion/completions/switchover
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
  switchover man --language | man -l -
  switchover man ~/.local/share/man")]
pub struct Man {
    /// Write all pages into man1 and man5 of this directory, instead of printing the main page
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
    /// Print the page of the scenario language, switchover-scenario(5)
    #[arg(long, conflicts_with = "dir")]
    pub language: bool,
}
