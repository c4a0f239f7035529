//! The examples of `--help` can be copied, on a terminal of 80 columns too.

use clap::CommandFactory;
use switchover::cli::Arguments;

use super::program::{Ended, Place};

/// The examples of a command as they were written; empty: it has none.
fn examples(command: &clap::Command) -> Vec<String> {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let lines = text.lines().skip_while(|line| *line != "Examples:").skip(1);
    lines.map(str::to_owned).collect()
}

#[test]
fn every_command_has_examples_that_help_prints_unchanged_at_80_columns() {
    let place = Place::new();
    for command in Arguments::command().get_subcommands() {
        let examples = examples(command);
        assert!(!examples.is_empty(), "{}", command.get_name());
        let mut run = place.command(&[command.get_name(), "--help"]);
        let help = Ended::of(run.env("COLUMNS", "80")).expect(0).out;
        assert!(help.trim_end().ends_with(&examples.join("\n")), "{help}");
    }
}

#[test]
fn examples_break_only_after_a_backslash_and_never_inside_quotes() {
    for command in Arguments::command().get_subcommands() {
        for line in examples(command) {
            let continued = line.starts_with("    ");
            assert!(continued || line.starts_with("  switchover "), "{line}");
            assert!(line.matches('\'').count().is_multiple_of(2), "{line}");
        }
        let lines = examples(command);
        for pair in lines.windows(2) {
            assert_eq!(pair[0].ends_with(" \\"), pair[1].starts_with("    "), "{}", pair[1]);
        }
    }
}
