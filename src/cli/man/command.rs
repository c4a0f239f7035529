//! The page of a command, in section 1: what `--help` says, examples, exit status, files,
//! environment, other pages.

use clap::Command;
use clap_mangen::Man;

use crate::cli::failure::{EXIT_CODES, Failure};

use super::roff::{OPENING, entry, escaped, section, verbatim};

/// Files and directories that the commands read and write.
const FILES: [(&str, &str); 5] = [
    ("scenario.toml", "A scenario, described in switchover-scenario(5); any other name will do."),
    ("results/NAME/", "Results of the scenario NAME, if --out does not name another directory."),
    (
        "results/NAME/provenance.json",
        "What those results were made from, and the command that makes them again.",
    ),
    (
        "results/NAME.checkpoint/",
        "Finished replications of an interrupted experiment; the same command continues from them.",
    ),
    (
        ".switchover-*",
        "Incomplete results beside the output directory, left by a power cut or kill -9. They may be deleted.",
    ),
];

/// Variables that the commands read.
const ENVIRONMENT: [(&str, &str); 3] = [
    (
        "COLUMNS",
        "Width of tables and help, in characters. Default: that of the terminal, 80 in a pipe.",
    ),
    ("NO_COLOR", "If it is set and not empty, --color auto means never."),
    ("CLICOLOR_FORCE", "If it is set and not 0, --color auto means always."),
];

/// The page of `command`; `main` is the whole command line.
pub(super) fn page(command: &Command, main: &Command) -> Result<String, Failure> {
    let mut out = rendered(command, Man::render_title)?;
    out.push_str(OPENING);
    out += &rendered(command, Man::render_name_section)?;
    out += &rendered(command, Man::render_synopsis_section)?;
    out += &rendered(command, Man::render_description_section)?;
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (notes, examples) = help.split_once("Examples:\n").unwrap_or(("", &help));
    for paragraph in notes.split("\n\n").filter(|text| !text.trim().is_empty()) {
        out += &format!(".PP\n{}\n", escaped(paragraph));
    }
    out += &rendered(command, Man::render_options_section)?;
    if command.has_subcommands() {
        out += &rendered(command, Man::render_subcommands_section)?;
        out += &section("Examples", &main_examples(main));
    } else {
        out += &section("Examples", &verbatim(examples.lines().map(unindented)));
    }
    out += &section("Exit status", &exit_codes());
    out += &section("Files", &entries(&FILES));
    out += &section("Environment", &entries(&ENVIRONMENT));
    Ok(out + &section("See also", &see_also(command, main)))
}

/// One of clap's own sections.
fn rendered(
    command: &Command,
    part: fn(&Man, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let source = format!("switchover {}", env!("CARGO_PKG_VERSION"));
    let done = part(&Man::new(command.clone()).source(source), &mut bytes);
    done.map_err(|error| Failure::World(format!("cannot write the manual page: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unindented(line: &str) -> &str {
    line.strip_prefix("  ").unwrap_or(line)
}

/// The first example of every command.
fn main_examples(main: &Command) -> String {
    let firsts: Vec<String> = main.get_subcommands().filter_map(first_example).collect();
    verbatim(firsts.iter().map(String::as_str))
}

fn first_example(command: &Command) -> Option<String> {
    let help = command.get_after_help()?.to_string();
    let (_, examples) = help.split_once("Examples:\n")?;
    examples.lines().next().map(|line| unindented(line).to_owned())
}

fn exit_codes() -> String {
    let rows = EXIT_CODES.lines().skip(1).filter_map(|line| line.trim().split_once(' '));
    rows.map(|(code, meaning)| entry(code, &escaped(meaning.trim()))).collect()
}

fn entries(all: &[(&str, &str)]) -> String {
    all.iter().map(|(name, meaning)| entry(name, &escaped(meaning))).collect()
}

/// The other pages.
fn see_also(command: &Command, main: &Command) -> String {
    let name = |command: &Command| {
        command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
    };
    let own = name(command);
    let pages = std::iter::once(main).chain(main.get_subcommands()).map(name);
    let pages = pages.filter(|page| *page != own).map(|page| (page, 1));
    let all = pages.chain([("switchover-scenario".to_owned(), 5)]);
    let all: Vec<String> =
        all.map(|(page, part)| format!("\\fB{}\\fR({part})", escaped(&page))).collect();
    all.join(",\n") + "\n"
}
