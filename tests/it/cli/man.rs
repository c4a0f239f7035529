//! Manual pages: the sections that people expect, examples that can be copied, every key of the
//! language. That `groff` reads them without a warning is looked at by hand.

use clap::CommandFactory;
use switchover::cli::Arguments;

use super::program::Place;

/// The sections at the end of every page of a command.
const SECTIONS: [&str; 5] =
    [".SH EXAMPLES", ".SH EXIT STATUS", ".SH FILES", ".SH ENVIRONMENT", ".SH SEE ALSO"];

/// What a terminal shows of a line of roff.
fn shown(roff: &str) -> String {
    let pairs = [("\\-", "-"), ("\\(aq", "'"), ("\\(dq", "\""), ("\\(ga", "`"), ("\\(ti", "~")];
    let plain = pairs.iter().fold(roff.to_owned(), |text, (from, to)| text.replace(from, to));
    plain.replace("\\&", "").replace("\\e", "\\")
}

#[test]
fn all_pages_are_written_and_end_with_the_expected_sections() {
    let place = Place::new();
    let ended = place.run(&["man", "pages"]).expect(0);
    assert!(ended.out.is_empty(), "the pages are files: {ended:?}");
    let commands = Arguments::command();
    let names = commands.get_subcommands().map(|one| format!("switchover-{}", one.get_name()));
    for name in names.chain(["switchover".to_owned()]) {
        let page = place.read(&format!("pages/man1/{name}.1"));
        let at: Vec<usize> = page
            .match_indices(".SH ")
            .filter(|(at, _)| SECTIONS.iter().any(|section| page[*at..].starts_with(section)))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(at.len(), SECTIONS.len(), "{name}: {page}");
        assert!(!page.contains(".SH EXTRA"), "{name}");
        assert!(page.contains("\n.nh\n"), "{name}: nothing is hyphenated");
        let itself = format!("\\fB{}\\fR(", name.replace('-', "\\-"));
        assert!(!page[at[4]..].contains(&itself), "{name} refers to itself");
    }
    assert!(place.read("pages/man5/switchover-scenario.5").starts_with(".TH "));
}

#[test]
fn examples_stand_in_a_page_as_in_help() {
    let place = Place::new();
    place.run(&["man", "pages"]).expect(0);
    for command in Arguments::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (_, examples) = help.split_once("Examples:\n").expect("examples");
        let page = shown(&place.read(&format!("pages/man1/switchover-{}.1", command.get_name())));
        let lines: Vec<&str> = examples.lines().map(|line| &line[2..]).collect();
        assert!(page.contains(&format!(".nf\n{}\n.fi", lines.join("\n"))), "{page}");
    }
}

#[test]
fn the_page_of_the_language_has_an_entry_for_every_key() {
    let page = shown(&Place::new().run(&["man", "--language"]).expect(0).out);
    let mut keys = 0;
    let reference = switchover::scenario::reference();
    for line in reference.lines().filter(|line| line.starts_with("| `") && line.contains(" | ")) {
        let name = line[3..].split('`').next().expect("a name");
        assert!(page.contains(&format!(".TP\n\\fB{name}\\fR")), "{name}");
        keys += 1;
    }
    assert!(keys > 100, "{keys}");
    assert!(!page.contains("\n|") && !page.contains("```") && !page.contains("**"));
}
