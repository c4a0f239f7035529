//! The command line: one file per command, and the only room that touches disk, environment,
//! clock and terminal. Data goes to standard output, talk to standard error.
//!
//! It decides nothing about failover; it reads a file, calls the rooms below and shows the answer.

mod again;
mod args;
mod assumptions;
mod budget;
mod check;
mod checkpoint;
#[cfg(feature = "parquet")]
mod columnar;
mod compare;
mod complete;
mod completions;
mod default_out;
mod desk;
mod destination;
mod durable;
mod endless;
mod exchange;
mod experiment;
mod explain;
mod extras;
mod failure;
mod files;
mod folders;
mod findings;
mod fit;
mod headroom;
mod init;
mod intake;
mod interrupt;
mod left;
mod load;
mod lock;
mod man;
mod measures;
mod merge;
mod once;
mod options;
mod origin;
mod output;
mod pass;
mod progress;
mod reach;
mod remarks;
mod replay;
mod replicate;
mod report;
mod run;
mod schema;
mod serve;
mod settings;
mod show;
mod single;
mod side_by_side;
mod stored;
mod sweep;
mod target;
mod telling;
mod terminal;
mod waves;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::diagnostic::plain;
pub use args::Arguments;
use args::Command;
use failure::{Failure, Outcome};

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    complete::answer();
    match arguments() {
        Ok(arguments) => ended(dispatch(arguments)),
        // Help and version are such "errors" too, and go to standard output.
        Err(error) => match error.print() {
            Err(broken) if !error.use_stderr() => ended(Failure::stdout(&broken)),
            _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
        },
    }
}

/// The arguments as typed. What begins with a minus behind an option is its value, so that the option
/// itself says what it takes; but no path is named so, and a forgotten one is not the next option.
fn arguments() -> Result<Arguments, clap::Error> {
    let negative = |command: clap::Command| {
        command.mut_args(|arg| {
            let value = !arg.is_positional() && arg.get_action().takes_values();
            let path = arg.get_value_hint() != clap::ValueHint::Unknown;
            match (value, path) {
                (true, false) => arg.allow_hyphen_values(true),
                (true, true) => arg.allow_negative_numbers(true),
                (false, _) => arg,
            }
        })
    };
    let matches = Arguments::command().mut_subcommands(negative).try_get_matches()?;
    if let Some(why) = extras::missing(&matches) {
        return Err(Arguments::command().error(clap::error::ErrorKind::ArgumentConflict, why));
    }
    Arguments::from_arg_matches(&matches)
}

fn dispatch(arguments: Arguments) -> Outcome {
    arguments.color.apply();
    interrupt::listen()?;
    match &arguments.command {
        Command::Completions(asked) => completions::run(asked),
        Command::Check(asked) => check::run(asked),
        Command::Run(asked) => run::run(asked),
        Command::Compare(asked) => compare::run(asked),
        Command::Sweep(asked) => sweep::run(asked),
        Command::Headroom(asked) => headroom::run(asked),
        Command::Replay(asked) => replay::run(asked),
        Command::Merge(asked) => merge::run(asked),
        Command::Explain(asked) => explain::run(asked),
        Command::Show(asked) => show::run(asked),
        Command::Init(asked) => init::run(asked),
        Command::Schema(asked) => schema::run(asked),
        Command::Options(asked) => options::run(asked),
        Command::Measures(asked) => measures::run(asked),
        Command::Man(asked) => man::run(asked),
        Command::Fit(asked) => fit::run(asked),
        Command::Report(asked) => report::run(asked),
        Command::Serve(asked) => serve::run(asked),
    }
}

/// Says how it ended, and gives the exit code. Output that was lost is an error of its own only
/// where the command itself ended well: a verdict stands, read or not.
fn ended(outcome: Outcome) -> ExitCode {
    let all = [terminal::lost(), outcome];
    let mut code = ExitCode::SUCCESS;
    for failure in all.into_iter().filter_map(Result::err) {
        let message = failure.to_string();
        if !message.is_empty() {
            terminal::say(&format!("error: {}", plain(&message)));
        }
        code = failure.code();
    }
    code
}
