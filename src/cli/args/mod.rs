//! The command line as typed: names, help, examples. What it means is each command's matter.

mod experiment;
mod extras;
mod fit;
mod headroom;
mod changes;
mod common;
mod report;
mod serve;
mod shards;
mod side_by_side;
mod simulate;
mod study;
mod tools;

pub(super) use changes::Changes;
pub(super) use common::Common;
pub(super) use experiment::{Merge, Replay, Replicate};
pub(super) use extras::Extras;
pub(super) use fit::{
    FirstUpTimeArg, Fit, Kind, OpenArg, OverlapsArg, RESAMPLES, RowsArg, SEED, ZeroLengthsArg,
};
pub(super) use headroom::Headroom;
pub(super) use report::Report;
pub(super) use serve::Serve;
pub(super) use shards::Shards;
pub(super) use side_by_side::{Compare, Sweep};
pub(super) use simulate::{Explain, Run};
pub(super) use study::{Check, Pack, Show};
pub(super) use tools::{Completions, Init, Man, Measures, Options, Schema, SchemaOf};

use std::ffi::OsString;

use clap::{ArgMatches, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

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

/// The words of a command line, the program's name first, as typed. What begins with a minus behind an
/// option is its value, so that the option itself says what it takes; but no path is named so, and a
/// forgotten one is not the next option.
///
/// # Errors
/// What is wrong with them; help and version are such "errors" too.
pub(super) fn matches(
    words: impl IntoIterator<Item = OsString>,
) -> Result<ArgMatches, clap::Error> {
    let negative = |command: clap::Command| {
        command.mut_args(|arg| {
            let value = !arg.is_positional() && arg.get_action().takes_values();
            let path = arg.get_value_hint() != ValueHint::Unknown;
            match (value, path) {
                (true, false) => arg.allow_hyphen_values(true),
                (true, true) => arg.allow_negative_numbers(true),
                (false, _) => arg,
            }
        })
    };
    Arguments::command().mut_subcommands(negative).try_get_matches_from(words)
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a scenario and report its mistakes, each with line, cause and help
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
    /// Write a scenario and the data files that it names into one file
    Pack(Pack),
    /// Write one HTML page about results: answer, charts, tables, assumptions
    Report(Report),
    /// Open a scenario on a local page, where timeouts are moved and the answer moves with them
    Serve(Serve),
    /// Print the timeline of one agent as sentences
    Explain(Explain),
    /// Show the effective settings of each agent group, and where each was set
    Show(Show),
    /// Explain an option or a key of the scenario, or list them all
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
