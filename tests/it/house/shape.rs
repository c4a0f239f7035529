//! Shape: every file opens by saying what it is, functions and files stay short.

use super::source::{self, Source};

/// Longest function, in lines.
const FUNCTION: usize = 60;
/// Nine functions of ten are at most this long.
const USUAL_FUNCTION: usize = 30;
/// Longest file of the crate, in lines, its unit tests included.
const FILE: usize = 400;

/// The functions of a file with their lengths: by indentation, which rustfmt guarantees.
fn functions(file: &Source) -> Vec<(String, usize)> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closes = |line: &&str| {
            let own = line.len() - line.trim_start().len() == indent;
            own && (line.trim_end() == format!("{}}}", " ".repeat(indent)))
        };
        let whole = line.ends_with(['}', ';']);
        let length = if whole {
            1
        } else {
            let rest = lines[start..].iter().position(closes);
            rest.map_or(1, |rest| rest + 1)
        };
        found.push((format!("{}:{}: {name}", file.path, start + 1), length));
    }
    found
}

/// The name of the function that a line begins, if it begins one.
fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "extern \"C\" "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let mut findings = Vec::new();
    for file in source::rust() {
        let doc = file.text.lines().map_while(|line| line.strip_prefix("//!"));
        let words: usize = doc.map(|line| line.split_whitespace().count()).sum();
        if words < 7 {
            findings.push(format!("{}: {words} words", file.path));
        }
    }
    source::none(&findings, "every file opens (//!) by saying what it is, and what it is not");
}

#[test]
fn functions_are_short() {
    let mut all: Vec<(String, usize)> = source::rust().iter().flat_map(functions).collect();
    let long = all.iter().filter(|(_, lines)| *lines > FUNCTION);
    let findings: Vec<String> =
        long.map(|(name, lines)| format!("{name}: {lines} lines")).collect();
    source::none(&findings, &format!("no function is longer than {FUNCTION} lines"));
    all.sort_by_key(|(_, lines)| *lines);
    let (name, usual) = &all[all.len() * 9 / 10];
    assert!(
        *usual <= USUAL_FUNCTION,
        "nine of ten functions have at most {USUAL_FUNCTION} lines, but {name} has {usual}"
    );
}

#[test]
fn files_are_short() {
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        let lines = file.text.lines().count();
        if lines > FILE {
            findings.push(format!("{}: {lines} lines", file.path));
        }
    }
    source::none(&findings, &format!("no file is longer than {FILE} lines"));
}
