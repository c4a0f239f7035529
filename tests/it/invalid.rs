//! `scenarios/invalid/`: one scenario per diagnostic, beside the exact words in which it is told (logs of
//! outages: see the tests of `fit`).

use std::collections::BTreeSet;
use std::path::Path;

use switchover::checks::{self, Examined};
use switchover::diagnostic::Source;
use switchover::explain;
use switchover::measures::names::Names;
use switchover::scenario::{self, Files};

use crate::bless::{differs, root};

pub const FOLDER: &str = "scenarios/invalid";

/// Data files beside the scenarios.
struct Beside;

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(root(FOLDER).join(path)).map_err(|_| "no such file".to_owned())
    }
}

/// The scenario files, sorted.
fn files() -> Vec<String> {
    files_ending(".toml")
}

/// The files of the folder with an ending, sorted.
pub fn files_ending(ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root(FOLDER)).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|n| n.ends_with(ending))
        .collect();
    names.sort();
    names
}

/// The code that a file is about: `V01.toml`, `S004-unknown-key.toml`.
pub fn code_of(file: &str) -> &str {
    file.split(['-', '.']).next().expect("a name")
}

fn examined(file: &str) -> (Source, Examined) {
    let bytes = std::fs::read(root(FOLDER).join(file)).expect("the file is there");
    let name = format!("{FOLDER}/{file}");
    let loaded = scenario::load(&name, &bytes, &Beside);
    let source = Source::from_bytes(name, &bytes).with(&loaded.attached);
    (source, checks::examine(&loaded, &Names))
}

fn rendered(source: &Source, examined: &Examined) -> String {
    let all = examined.diagnostics.iter().map(|diagnostic| diagnostic.render(source, false));
    all.map(|text| text.trim_end().to_owned() + "\n").collect::<Vec<_>>().join("\n")
}

#[test]
fn every_mistake_is_told_word_for_word() {
    let told = files().into_iter().filter_map(|file| {
        let (source, examined) = examined(&file);
        let beside = Path::new(FOLDER).join(&file).with_extension("txt");
        differs(&beside.to_string_lossy(), &rendered(&source, &examined))
    });
    let findings: Vec<String> = told.collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_file_raises_its_own_code_and_no_other_of_its_severity_or_worse() {
    for file in files() {
        let (_, examined) = examined(&file);
        let own = code_of(&file);
        let found = examined.diagnostics.iter().find(|d| d.code == own);
        let severity = found.unwrap_or_else(|| panic!("{file} does not raise {own}")).severity;
        let others = examined.diagnostics.iter().filter(|d| d.code != own);
        let worse: Vec<_> = others.filter(|d| d.severity <= severity).map(|d| d.code).collect();
        assert!(worse.is_empty(), "{file} raises {worse:?} too");
    }
}

#[test]
fn every_code_has_a_file_and_every_file_an_explained_code() {
    let logs = files_ending(".csv").into_iter().filter(|file| file.starts_with('L'));
    let shown = files().into_iter().chain(logs);
    let shown: BTreeSet<String> = shown.map(|file| code_of(&file).to_owned()).collect();
    let explained: BTreeSet<String> = explain::all().map(|entry| entry.code.to_owned()).collect();
    assert_eq!(shown, explained);
}

#[test]
fn the_page_of_diagnostics_is_in_step() {
    assert_eq!(differs("docs/diagnostics.md", &explain::page()), None);
}

#[test]
fn every_code_in_the_sources_is_explained() {
    let explained: BTreeSet<&str> = explain::all().map(|entry| entry.code).collect();
    for file in walk("src/scenario").into_iter().chain(walk("src/resolve")) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for (at, _) in text.match_indices("\"S0") {
            let code = &text[at + 1..at + 5];
            assert!(explained.contains(code), "{}: {code}", file.display());
        }
    }
}

fn walk(folder: &str) -> Vec<std::path::PathBuf> {
    let (mut open, mut found) = (vec![root(folder)], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else {
            found.push(path);
        }
    }
    found
}

/// With disaster recovery on, an agent has a peer exactly if no error says otherwise.
#[test]
fn errors_of_the_configuration_cost_what_they_say() {
    for file in files().into_iter().filter(|file| file.starts_with('V')) {
        let bytes = std::fs::read(root(FOLDER).join(&file)).expect("the file is there");
        let loaded = scenario::load(&file, &bytes, &Beside);
        let examined = checks::examine(&loaded, &Names);
        let document = loaded.document.expect("it is TOML");
        let model = examined.resolved.unwrap_or_else(|| panic!("{file} is not resolved")).model;
        for (number, class) in document.classes().iter().enumerate() {
            let on = class.effective("disaster-recovery.enabled").is_true();
            let peer = model.profiles[model.cohorts[number].profile.index()].peer;
            let expected = on && !examined.off.agents.contains(&number);
            assert_eq!(peer.is_some(), expected, "{file}: {}", class.describe());
        }
    }
}
