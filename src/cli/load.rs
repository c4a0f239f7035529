//! A scenario from the disk: read, decoded, checked, resolved, and what was found on the way.

use std::fs;
use std::path::Path;

use super::failure::{self, Failure};
use crate::checks;
use crate::diagnostic::{self, Diagnostic, Severity, Source};
use crate::scenario::{self, Files};

/// A scenario file and everything that was found in it.
#[derive(Debug)]
pub struct Study {
    /// The text, for showing findings.
    pub source: Source,
    /// Every finding, in the order of the text.
    pub findings: Vec<Diagnostic>,
}

/// Reads and studies a scenario file.
///
/// # Errors
/// [`Failure::World`] if it cannot be read; mistakes in it are findings.
pub fn study(path: &Path) -> Result<Study, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::disk("cannot read", path, &error))?;
    let name = path.to_string_lossy();
    let source = Source::from_bytes(name.as_ref(), &bytes);
    let loaded = scenario::load(&name, &bytes, &Beside(path));
    let mut findings = loaded.diagnostics;
    if let Some(document) = loaded.document.filter(|document| document.complete) {
        findings.extend(checks::check(&document, None).diagnostics);
    }
    diagnostic::sort(&mut findings);
    Ok(Study { source, findings })
}

impl Study {
    /// Number of findings of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The findings as people read them, those of one severity or worse.
    #[must_use]
    pub fn text(&self, mildest: Severity) -> String {
        let shown = self.findings.iter().filter(|finding| finding.severity <= mildest);
        shown.map(|finding| format!("{}\n\n", finding.render(&self.source, true))).collect()
    }

    /// How many findings there are, in words.
    #[must_use]
    pub fn tally(&self) -> String {
        let counted = |severity, one: &str| match self.count(severity) {
            0 => None,
            1 => Some(format!("1 {one}")),
            more => Some(format!("{more} {one}s")),
        };
        let parts: Vec<String> = [
            counted(Severity::Error, "error"),
            counted(Severity::Warning, "warning"),
            counted(Severity::Info, "remark"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { "nothing to object to".to_owned() } else { parts.join(", ") }
    }
}

/// The files beside a scenario.
struct Beside<'p>(&'p Path);

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let folder = self.0.parent().unwrap_or(Path::new(""));
        fs::read(folder.join(path)).map_err(|error| failure::plain(&error))
    }
}
