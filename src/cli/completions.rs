//! `completions`: the completion script of a shell, on standard output.

use clap_complete::env::Shells;

use super::args::Completions;
use super::complete::VARIABLE;
use super::failure::{Failure, Outcome};
use super::terminal;

/// The name of the program, in the script and as the script calls it.
const NAME: &str = "switchover";

/// Prints the script.
pub(super) fn run(asked: &Completions) -> Outcome {
    let shell = asked.shell.to_string();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(&shell) else {
        return Err(Failure::Usage(format!("no completion script is known for `{shell}`")));
    };
    let mut script = Vec::new();
    let written = completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script);
    written.map_err(|error| Failure::World(format!("cannot make the script: {error}")))?;
    terminal::print(&String::from_utf8_lossy(&script))
}
