//! The page of the command line shows what `--help` says, word for word, and leaves nothing out.
//! `BLESS=1` writes the help into the page anew.

use clap::CommandFactory;
use switchover::cli::Arguments;

use super::program::Place;
use crate::bless;

const PAGE: &str = "docs/cli.md";

/// Opens a block of help: the rest of the line is the command to run.
const OPENING: &str = "```text switchover ";

/// The page with every block of help filled in.
fn filled(page: &str) -> String {
    let place = Place::new();
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(command) = line.strip_prefix(OPENING) {
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let help = place.run(&arguments).expect(0).out;
            let tidy: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
            out.push_str(&tidy.join("\n"));
            out.push_str("\n```\n");
            lines.by_ref().find(|line| *line == "```");
        }
    }
    out
}

#[test]
fn the_page_says_what_help_says() {
    let page = std::fs::read_to_string(bless::root(PAGE)).unwrap();
    assert_eq!(bless::differs(PAGE, &filled(&page)), None);
}

#[test]
fn the_page_shows_every_command() {
    let page = std::fs::read_to_string(bless::root(PAGE)).unwrap();
    for command in Arguments::command().get_subcommands() {
        let block = format!("{OPENING}{} --help", command.get_name());
        assert!(page.lines().any(|line| line == block), "{block}");
    }
}
