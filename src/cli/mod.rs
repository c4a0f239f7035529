//! The command line: one file per command, and the only room that touches disk, environment, clock
//! and terminal. Data goes to standard output, messages to standard error.
//!
//! It decides nothing about failover; it reads a file, calls the rooms below and shows the answer.

mod command_line;
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
mod checkpointed;
mod destination;
mod durable;
mod exchange;
mod experiment;
mod explain;
mod extras;
mod failure;
mod files;
mod folders;
mod fit;
mod headroom;
mod init;
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
mod packed;
mod parts;
mod pass;
mod planned;
mod pool;
mod progress;
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
mod shard;
mod study;
mod sweep;
mod target;
mod telling;
mod terminal;
mod text;
mod waves;
mod worker;

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

/// The arguments as typed.
fn arguments() -> Result<Arguments, clap::Error> {
    let matches = args::matches(std::env::args_os())?;
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
        Command::Pack(asked) => packed::run(asked),
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
/// where the command itself ended well: a verdict is valid, read or not.
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
