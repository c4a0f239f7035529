//! Every shipped scenario resolves without any finding of the language; the data files beside them.

use std::fs;

use switchover::diagnostic::Source;
use switchover::model::Model;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, load};

use crate::bless::root;

/// The data files that shipped scenarios name.
pub struct Beside;

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(root("scenarios").join(path)).map_err(|error| error.to_string())
    }
}

/// The model of a shipped scenario.
pub fn model(file: &str) -> Model {
    let bytes = fs::read(root("scenarios").join(file)).expect("a shipped scenario");
    let source = Source::from_bytes(file, &bytes);
    let loaded = load(file, &bytes, &Beside);
    let show = |found: &[switchover::diagnostic::Diagnostic]| {
        found.iter().map(|d| d.render(&source, false)).collect::<Vec<_>>().join("\n\n")
    };
    assert_eq!(show(&loaded.diagnostics), "", "{file}");
    let document = loaded.document.expect("a document");
    let (resolved, found) = resolve(&document, &DrOff::default());
    assert_eq!(show(&found), "", "{file}");
    resolved.expect("a model").model
}

#[test]
fn every_shipped_scenario_resolves() {
    let mut seen = 0;
    for entry in fs::read_dir(root("scenarios")).expect("the scenarios") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            assert_eq!(model(&name).name, name.trim_end_matches(".toml"));
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen} scenarios");
}

/// A warning of a shipped scenario is its point, and its first comment says so.
#[test]
fn warnings_are_explained_where_they_are_raised() {
    for entry in fs::read_dir(root("scenarios")).expect("the scenarios") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            let bytes = fs::read(root("scenarios").join(&name)).expect("a shipped scenario");
            explained(&name, &bytes);
        }
    }
    let starter = fs::read(root("src/cli/starter.toml")).expect("the starter");
    explained("starter.toml", &starter);
}

fn explained(name: &str, bytes: &[u8]) {
    let loaded = load(name, bytes, &Beside);
    let text = String::from_utf8_lossy(bytes);
    let comment: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    let comment = comment.join("\n");
    for found in
        switchover::checks::examine(&loaded, &switchover::measures::names::Names).diagnostics
    {
        let quiet = found.severity == switchover::diagnostic::Severity::Info;
        assert!(quiet || comment.contains(found.code), "{name}: {} {}", found.code, found.message);
    }
}
