//! The command line as typed: names, help, examples. What it means is each command's matter.

mod experiment;
mod extras;
mod fit;
mod headroom;
mod changes;
mod common;
mod report;
mod serve;
mod side_by_side;
mod simulate;
mod study;
mod tools;

pub use changes::Changes;
pub use common::Common;
pub use experiment::{Merge, Replay, Replicate};
pub use extras::Extras;
pub use fit::{
    FirstUpTimeArg, Fit, Kind, OpenArg, OverlapsArg, RESAMPLES, RowsArg, SEED, ZeroLengthsArg,
};
pub use headroom::Headroom;
pub use report::Report;
pub use serve::Serve;
pub use side_by_side::{Compare, Sweep};
pub use simulate::{Explain, Run};
pub use study::{Check, Show};
pub use tools::{Completions, Init, Man, Measures, Options, Schema, SchemaOf};

use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::failure::EXIT_CODES;
use crate::cli::terminal::Color;

/// Simulates failover in a contact centre: who is out of service, when, how long and why.
///
/// A scenario file describes sites, server pairs, networks, agents and their options (with the names
/// that the product uses), and the faults. The same file, seed and version always give the same
/// result.
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
    /// Check a scenario and report all mistakes, each with line, cause and help
    Check(Check),
    /// Simulate a scenario, once or many times, and write tables and charts
    Run(Run),
    /// Compare scenarios, or one scenario with changed settings, under identical faults and random draws
    Compare(Compare),
    /// Vary one or two parameters over a range and compare the results
    Sweep(Sweep),
    /// Find how small a capacity may be, or how large a group of agents, while a measure keeps its bound
    Headroom(Headroom),
    /// Run a single replication of an experiment in detail
    Replay(Replay),
    /// Merge the parts of an experiment that ran in several processes
    Merge(Merge),
    /// Write one HTML page about results: answer, charts, tables, assumptions
    Report(Report),
    /// Open a scenario on a local page, where timeouts are moved and the answer moves with them
    Serve(Serve),
    /// Print the timeline of one agent as sentences
    Explain(Explain),
    /// Show the effective settings of each agent group, and where each was set
    Show(Show),
    /// Explain an option, or list all options
    Options(Options),
    /// List what can be measured, with unit and meaning
    Measures(Measures),
    /// Write a commented starter scenario
    Init(Init),
    /// Print a JSON Schema, for editors and programs
    Schema(Schema),
    /// Print the completion script of a shell
    Completions(Completions),
    /// Print the manual page, or write all manual pages
    Man(Man),
    /// Fit probability distributions to a log of outages, for a random fault
    Fit(Fit),
}

/// How the answer of a simulation is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For tickets and wikis.
    Markdown,
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
