//! What the page on experiments shows is what its commands print.

use super::program::{Ended, Place};

/// A command of the page, and the lines shown below it.
struct Shown {
    command: String,
    lines: Vec<String>,
}

/// The blocks of a page in their order: kind, text, and whether nothing stands between it and the one before.
fn blocks(page: &str) -> Vec<(&str, &str, bool)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((before, block)) = rest.split_once("```") {
        let (kind, block) = block.split_once('\n').unwrap();
        let (text, after) = block.split_once("```").unwrap();
        found.push((kind, text, before.trim().is_empty()));
        rest = after;
    }
    found
}

/// Words apart by one blank each: where a line is broken does not matter.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every command on a shipped scenario with what is shown below it; with the first also the replications that a later
/// section names.
fn shown(page: &str) -> Vec<Shown> {
    let blocks = blocks(page);
    let mut found: Vec<Shown> = blocks
        .windows(2)
        .filter(|pair| pair[0].0 == "sh" && pair[1].0 == "text" && pair[1].2)
        .map(|pair| Shown {
            command: words(&pair[0].1.replace("\\\n", " ")),
            lines: lines(pair[1].1),
        })
        .filter(|shown| shown.command.contains(" scenarios/"))
        .collect();
    let texts = blocks.iter().filter(|(kind, ..)| *kind == "text").flat_map(|block| lines(block.1));
    found[0].lines.extend(texts.filter(|line| line.starts_with("Notable replications")));
    found
}

fn lines(text: &str) -> Vec<String> {
    let told = |line: &String| !line.is_empty() && !line.chars().all(|c| c == '-');
    text.lines().map(words).filter(told).collect()
}

fn run(place: &Place, command: &str) -> Ended {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/");
    let command = command.replace(" scenarios/", &format!(" {root}"));
    let words: Vec<&str> = command.split(' ').skip(1).chain(["--out", "answer"]).collect();
    place.run(&words)
}

#[test]
fn the_page_on_experiments_shows_what_its_commands_print() {
    let page = include_str!("../../../docs/experiments.md");
    let mut compared = 0;
    for Shown { command, lines } in shown(page).into_iter().filter(|shown| !shown.lines.is_empty())
    {
        let place = Place::in_memory();
        let ended = run(&place, &command);
        let printed = words(&format!("{} {}", ended.out, ended.err));
        for line in &lines {
            assert!(printed.contains(line), "{command}\ndoes not print\n{line}\nbut\n{printed}");
        }
        compared += lines.len();
    }
    assert!(compared > 20, "{compared} lines");
}
