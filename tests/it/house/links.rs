//! Forgotten files: every link of the documents points at something.

use super::source::{self, Source};

/// The targets of the links and pictures of a Markdown text, with their line numbers.
fn links(file: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in file.text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            let target = line[at + 2..].split([')', '#', ' ']).next().unwrap_or("");
            found.push((number + 1, target.to_owned()));
        }
    }
    found
}

#[test]
fn every_link_of_the_documents_points_at_a_file() {
    let mut findings = Vec::new();
    let mut documents = source::below("README.md", &[".md"]);
    for folder in ["docs", "scenarios", "results", "benches"] {
        documents.extend(source::below(folder, &[".md"]));
    }
    for file in documents {
        let folder = source::root().join(&file.path);
        for (number, target) in links(&file) {
            let elsewhere =
                target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !folder.parent().unwrap().join(&target).exists() {
                findings.push(format!("{}:{number}: {target}", file.path));
            }
        }
    }
    source::none(&findings, "every link points at an existing file");
}

/// The paths into the code that a page writes in backticks: `room::file::Name`.
fn code_paths(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    let letters = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
    spans.filter(|span| span.contains("::") && span.chars().all(letters)).collect()
}

/// Whether there is such a room, and in its files, or as one of them, each further name.
fn is_in_the_code(path: &str, files: &[Source]) -> bool {
    let mut names = path.split("::");
    let room = names.next().unwrap_or("");
    let own: Vec<&Source> = files.iter().filter(|file| file.room() == Some(room)).collect();
    let defines = |file: &Source, name: &str| {
        ["struct", "enum", "trait", "type", "fn", "mod"]
            .iter()
            .any(|word| file.text.contains(&format!("{word} {name}")))
    };
    !own.is_empty() && names.all(|name| own.iter().any(|file| defines(file, name)))
}

#[test]
fn the_architecture_names_what_is_in_the_code() {
    let files = source::below("src", &[".rs"]);
    let page = source::below("docs/architecture.md", &[".md"]);
    let paths: Vec<&str> = page.iter().flat_map(|page| code_paths(&page.text)).collect();
    assert!(paths.len() > 10, "{paths:?}");
    let missing = paths.into_iter().filter(|path| !is_in_the_code(path, &files));
    let findings: Vec<String> = missing.map(str::to_owned).collect();
    source::none(&findings, "what the page names exists");
}
