//! Forbidden words: unfinished work, answers that panic, the place where this was made.

use super::source;

/// Written in two parts, so that this file does not find itself.
const UNFINISHED: [(&str, &str); 5] =
    [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("to", "do!("), ("unimple", "mented!(")];

/// Paths of the machine on which this was written.
const PLACES: [(&str, &str); 4] =
    [("/wo", "rk/"), ("../sha", "red"), ("/ho", "me/"), ("/ro", "ot/")];

/// Every text file that people read.
fn texts() -> Vec<source::Source> {
    let mut files = source::rust();
    for folder in [
        "docs",
        "scenarios",
        "README.md",
        ".ci/run",
        "Cargo.toml",
        "clippy.toml",
        "fuzz/fuzz_targets",
        "python/src",
        "python/switchover",
        "python/tests",
        "python/Cargo.toml",
        "python/pyproject.toml",
    ] {
        files.extend(source::below(folder, &[".md", ".toml", ".rs", "run", ".py", ".pyi"]));
    }
    files
}

fn findings_of(words: &[(&str, &str)]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in texts() {
        for (number, line) in file.text.lines().enumerate() {
            let held = words.iter().map(|(head, tail)| format!("{head}{tail}"));
            for word in held.filter(|word| line.contains(word.as_str())) {
                findings.push(format!("{}:{}: {word}", file.path, number + 1));
            }
        }
    }
    findings
}

#[test]
fn nothing_is_left_unfinished() {
    source::none(&findings_of(&UNFINISHED), "unfinished work is not committed");
}

#[test]
fn nothing_names_the_place_where_it_was_made() {
    source::none(&findings_of(&PLACES), "the project stands alone");
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        for (number, line) in file.code() {
            if line.contains(".unwrap()") || line.contains(".expect(\"\")") {
                findings.push(format!("{}:{number}", file.path));
            }
        }
    }
    source::none(
        &findings,
        "no unwrap() in the crate: an error, or expect with the reason why it holds",
    );
}
