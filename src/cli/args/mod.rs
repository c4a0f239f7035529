//! The command line as typed: names, help, examples. What it means is each command's matter.

mod experiment;
mod fit;
mod changes;
mod common;
mod side_by_side;
mod simulate;
mod study;
mod tools;

pub use changes::Changes;
pub use common::Common;
pub use experiment::{Merge, Replay, Replicate};
pub use fit::{FirstUpTimeArg, Fit, Kind, OverlapsArg, ZeroLengthsArg};
pub use side_by_side::{Compare, Sweep};
pub use simulate::{Explain, Run};
pub use study::{Check, Show};
pub use tools::{Completions, Init, Man, Options, Schema, SchemaOf};

use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::failure::EXIT_CODES;
use crate::cli::terminal::Color;

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
    /// Simulate a scenario, once or many times, and write tables and charts
    Run(Run),
    /// Compare scenarios, or one with itself changed, on the same faults and the same luck
    Compare(Compare),
    /// Take one or two parameters over a range, and see every measure
    Sweep(Sweep),
    /// Show one replication of an experiment alone
    Replay(Replay),
    /// Put parts of an experiment together
    Merge(Merge),
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
