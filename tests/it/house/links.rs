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
