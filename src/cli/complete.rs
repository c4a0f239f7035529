//! What the shell proposes while a command line is typed: options, paths for `--set`, measures,
//! codes, and the agents of the scenario that the line names.
//!
//! The script of `completions` calls the program itself, so proposals are never older than the
//! program. A file that cannot be read or understood proposes nothing: its errors are not reported
//! here.

use std::ffi::OsStr;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::args::Arguments;
use super::load::{self, Text};
use crate::measures::{self, names};
use crate::model::{AgentId, Model};
use crate::scenario::explained;
use crate::{explain, options};

/// The variable by which a shell's script says for which shell it asks.
pub(super) const VARIABLE: &str = "SWITCHOVER_COMPLETE";

/// Most agents that are proposed: a shell shows them all at once.
const MOST: usize = 200;

/// Answers a shell's script, and ends the process; does nothing where no script asks.
pub(super) fn answer() {
    CompleteEnv::with_factory(command).var(VARIABLE).complete();
}

/// The command line with what is proposed for its values.
fn command() -> Command {
    let propose = |arg: Arg| match arg.get_id().as_str() {
        "set" => arg.add(ArgValueCompleter::new(settings)),
        "vary" => arg.add(ArgValueCompleter::new(settings)),
        "agent" => arg.add(ArgValueCompleter::new(agents)),
        "measures" | "word" => arg.add(ArgValueCompleter::new(measures)),
        "explain" => arg.add(ArgValueCandidates::new(codes)),
        "option" => arg.add(ArgValueCandidates::new(options)),
        _ => arg,
    };
    Arguments::command().mut_subcommands(|command| command.mut_args(propose))
}

/// Names of options and of other keys.
fn options() -> Vec<CompletionCandidate> {
    let options = options::all().map(|entry| described(entry.name, entry.meaning));
    options.chain(explained::all().map(|key| described(key.name(), &key.meaning()))).collect()
}

/// Codes of diagnostics.
fn codes() -> Vec<CompletionCandidate> {
    explain::all().map(|one| described(one.code, one.means)).collect()
}

/// Names of measures: those of the scenario on the line, else all that there can be.
fn measures(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let all: Vec<_> = match named_file(understood) {
        Some(model) => {
            let all = measures::measures(&model).into_iter();
            all.map(|one| (one.name, one.gauge.doc)).collect()
        }
        None => names::catalogue().map(|one| (one.name.to_owned(), one.meaning)).collect(),
    };
    let fitting = all.iter().filter(|(name, _)| name.starts_with(typed));
    fitting.map(|(name, meaning)| described(name, meaning)).collect()
}

/// Paths for `--set`, up to their `=`.
fn settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str().filter(|typed| !typed.contains('=')) else {
        return Vec::new();
    };
    let paths = named_file(|path| Some(Text::read(path).ok()?.paths())).unwrap_or_default();
    let fitting = paths.into_iter().filter(|path| path.starts_with(typed));
    fitting.map(|path| CompletionCandidate::new(path + "=")).collect()
}

/// Agents of the scenario on the line.
fn agents(typed: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(model)) = (typed.to_str(), named_file(understood)) else {
        return Vec::new();
    };
    let names = (0..model.agents()).map(|agent| model.agent_name(AgentId(agent)));
    let fitting = names.filter(|name| name.starts_with(typed)).take(MOST);
    fitting.map(CompletionCandidate::new).collect()
}

fn understood(path: &Path) -> Option<Model> {
    let study = load::study(path, &[]).ok()?;
    Some(study.understood()?.resolved.model)
}

/// What `make` returns for the first file on the line for which it returns anything.
fn named_file<T>(make: impl Fn(&Path) -> Option<T>) -> Option<T> {
    let words = std::env::args_os().skip(1);
    let mut files = words.filter(|word| Path::new(word).is_file());
    files.find_map(|file| make(Path::new(&file)))
}

fn described(name: &str, meaning: &str) -> CompletionCandidate {
    CompletionCandidate::new(name).help(Some(meaning.to_owned().into()))
}
