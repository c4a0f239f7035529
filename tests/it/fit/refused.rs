//! `scenarios/invalid/L*.csv`: one log per diagnostic, beside the exact words in which it is told.

use std::path::Path;

use switchover::diagnostic::Source;
use switchover::fit::{Mistakes, Policies, Reading, observe, read};

use crate::bless::{differs, root};
use crate::invalid::{FOLDER, code_of, files_ending};

fn mistakes(bytes: &[u8]) -> Mistakes {
    let understood =
        read(bytes, &Reading::default()).and_then(|log| observe(&log, &Policies::default()));
    understood.expect_err("the log is refused")
}

#[test]
fn every_mistake_in_a_log_is_told_word_for_word() {
    let mut findings = Vec::new();
    for file in files_ending(".csv").into_iter().filter(|file| file.starts_with('L')) {
        let bytes = std::fs::read(root(FOLDER).join(&file)).expect("the file is there");
        let source = Source::from_bytes(format!("{FOLDER}/{file}"), &bytes);
        let found = mistakes(&bytes);
        assert!(found.found.iter().all(|one| one.code == code_of(&file)), "{file}: {found:?}");
        let told = found.found.iter().map(|one| one.render(&source, false).trim_end().to_owned());
        let text = told.collect::<Vec<_>>().join("\n\n") + "\n";
        let beside = Path::new(FOLDER).join(&file).with_extension("txt");
        findings.extend(differs(&beside.to_string_lossy(), &text));
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn many_mistakes_are_counted_beyond_the_first_fifty() {
    let text = format!("start,end\n{}", "soon,later\n".repeat(100));
    let found = mistakes(text.as_bytes());
    assert_eq!((found.found.len(), found.more), (50, 150));
}

#[test]
fn every_mistake_is_told_at_once() {
    let text = "start,end\n100,90\n100,soon\n2025-01-01,\n1\n";
    let codes: Vec<&str> = mistakes(text.as_bytes()).found.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["L009", "L007", "L008", "L006"]);
    // What concerns one row, two rows of one component, and all rows.
    let staged = "component,start,end\na,100,90\nb,200,\nb,300,310\nc,400,500\nc,450,550\n";
    let codes: Vec<&str> = mistakes(staged.as_bytes()).found.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["L009", "L011", "L012"]);
}
