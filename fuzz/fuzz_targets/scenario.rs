//! No bytes make the way from a file to a model panic: load, resolve, check, render every finding.
//! It does not run a simulation. `cargo fuzz run scenario fuzz/corpus/scenario scenarios`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use switchover::checks;
use switchover::diagnostic::{Diagnostic, Source};
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, NoFiles, load};

fuzz_target!(|bytes: &[u8]| {
    let source = Source::from_bytes("fuzz.toml", bytes);
    let loaded = load("fuzz.toml", bytes, &NoFiles);
    let mut found = loaded.diagnostics;
    if let Some(document) = loaded.document.filter(|document| document.complete) {
        let (resolved, more) = resolve(&document, &DrOff::default());
        found.extend(more);
        let model = resolved.as_ref().map(|resolved| &resolved.model);
        assert!(model.is_some() || found.iter().any(Diagnostic::is_error));
        let findings = checks::check(&document, model);
        let _ = resolve(&document, &findings.off);
        found.extend(findings.diagnostics);
    }
    for diagnostic in &found {
        let _ = diagnostic.render(&source, false);
        let _ = diagnostic.to_json(&source);
    }
});
