//! Floors: a room uses only rooms declared before it in `lib.rs`, files of one room import each
//! other without cycles, and the outside world ends at the roof.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{self, Source};

/// The rooms, ground first, as `lib.rs` declares them.
fn rooms() -> Vec<String> {
    let lib = &source::below("src/lib.rs", &[".rs"])[0];
    let lines = lib.text.lines();
    lines
        .filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod ")))
        .map(|rest| rest.trim_end_matches(';').to_owned())
        .collect()
}

/// The names that follow `crate::` in a text: `crate::a::b`, `crate::{a, b::c}`.
fn named_after(prefix: &str, text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        let rest = &text[at + prefix.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(heads_of_list(list));
        } else {
            found.insert(word(rest));
        }
    }
    found
}

/// The first word of each item of a use list, up to its closing brace.
fn heads_of_list(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut fresh) = (0, Vec::new(), true);
    for (at, letter) in list.char_indices() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && !letter.is_whitespace() => {
                heads.push(word(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_room_uses_only_rooms_declared_before_it() {
    let rooms = rooms();
    let floor = |room: &str| rooms.iter().position(|name| name == room);
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        let Some(own) = file.room().filter(|room| !["lib", "main"].contains(room)) else {
            continue;
        };
        let Some(own_floor) = floor(own) else {
            findings.push(format!("{}: not declared in lib.rs", file.path));
            continue;
        };
        for used in named_after("crate::", &file.text) {
            match floor(&used) {
                Some(other) if other > own_floor => {
                    findings.push(format!("{}: {own} may not know {used}", file.path));
                }
                _ => {}
            }
        }
    }
    source::none(&findings, "a room uses only rooms declared before it in lib.rs");
}

#[test]
fn nobody_leaves_a_room_by_the_back_door() {
    let climbs = concat!("super", "::", "super");
    let offenders = source::below("src", &[".rs"]).into_iter().filter(|f| f.text.contains(climbs));
    let findings: Vec<String> = offenders.map(|file| file.path).collect();
    source::none(&findings, "other rooms are reached through crate::, so that floors can be seen");
}

/// For every file and folder of a room: the files and folders beside it that it names, or a file in it does, through
/// `super::` or by the path from the crate.
fn siblings(files: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let parts = |file: &Source| -> Vec<String> {
        file.path.trim_end_matches(".rs").split('/').map(str::to_owned).collect()
    };
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, depth) in
        files.iter().flat_map(|file| (2..parts(file).len()).map(move |n| (file, n)))
    {
        let parts = parts(file);
        let (folder, own) = (&parts[..depth], &parts[depth]);
        if own == "mod" {
            continue;
        }
        let code: String = file.code().into_iter().map(|(_, line)| line + "\n").collect();
        let mut named = named_after(&format!("crate::{}::", folder[1..].join("::")), &code);
        if depth + 1 == parts.len() {
            named.extend(named_after("super::", &code));
        }
        let path = |name: &str| format!("{}/{name}", folder.join("/"));
        let others = named.iter().filter(|name| *name != own).map(|name| path(name));
        edges.entry(path(own)).or_default().extend(others);
    }
    let known: BTreeSet<String> = edges.keys().cloned().collect();
    edges.values_mut().for_each(|named| named.retain(|other| known.contains(other)));
    edges
}

#[test]
fn files_of_a_room_import_each_other_without_cycles() {
    let edges = siblings(&source::below("src", &[".rs"]));
    let mut findings = Vec::new();
    for start in edges.keys() {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = edges[start].iter().collect();
        while let Some(file) = open.pop() {
            if reached.insert(file.clone()) {
                open.extend(edges.get(file).into_iter().flatten());
            }
        }
        if reached.contains(start) {
            findings.push(format!("{start} imports itself through others"));
        }
    }
    source::none(&findings, "no import cycles");
}

/// What the library's door may do: it reads files.
const READING: [&str; 2] = ["std::fs", "File::"];

#[test]
fn only_the_roof_touches_the_outside_world() {
    let outside = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "stdout",
        "stderr",
        "SystemTime",
        "Instant::",
        "time::Instant",
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
        "dbg!",
        "File::",
    ];
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        if matches!(file.room(), Some("cli" | "main")) {
            continue;
        }
        let reads = file.room() == Some("facade");
        for (number, line) in file.code() {
            let outside = outside.iter().filter(|word| !(reads && READING.contains(word)));
            for word in outside.filter(|word| mentions(&line, word)) {
                findings.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    source::none(&findings, "only cli touches disk, environment, clock and terminal");
}

/// Whether a line names a thing as a whole word.
fn mentions(line: &str, thing: &str) -> bool {
    line.match_indices(thing).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn the_parser_of_imports_sees_lists_and_paths() {
    let text = "use crate::time::Span;\nuse crate::{model::{A, B}, trace, world::C as D};\n";
    let found: Vec<String> = named_after("crate::", text).into_iter().collect();
    assert_eq!(found, ["model", "time", "trace", "world"]);
}
