//! `completions`: the completion script of a shell, on standard output.

use clap::CommandFactory;

use super::args::{Arguments, Completions};
use super::failure::Outcome;
use super::terminal;

/// Prints the script.
pub fn run(asked: &Completions) -> Outcome {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut command, "switchover", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}
