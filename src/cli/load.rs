//! A scenario from the disk: read, decoded, checked, resolved, and what was found on the way.

use std::fs;
use std::path::Path;

use super::failure::{self, Failure};
use super::terminal;
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::measures::names::Names;
use crate::resolve::Resolved;
use crate::scenario::{self, Document, DrOff, Files};

/// A scenario file and everything that was found in it.
#[derive(Debug)]
pub struct Study {
    /// The text, for showing findings.
    pub source: Source,
    /// As written; `None` if it is not TOML.
    document: Option<Document>,
    /// As meant, with what the product would do; `None` if the language was not understood.
    resolved: Option<(Resolved, DrOff)>,
    /// Every finding, in the order of the text.
    pub findings: Vec<Diagnostic>,
}

/// A scenario that can be simulated, perhaps not as it was intended.
#[derive(Debug)]
pub struct Understood {
    /// The text, for places in it.
    pub source: Source,
    /// As meant: where the configuration has errors, what the product would do.
    pub resolved: Resolved,
    /// For whom errors leave disaster recovery off.
    pub off: DrOff,
    /// As written.
    pub document: Document,
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
    let Examined { diagnostics, resolved, off } = checks::examine(&loaded, &Names);
    let resolved = resolved.map(|resolved| (resolved, off));
    Ok(Study { source, document: loaded.document, resolved, findings: diagnostics })
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

/// What a command needs that simulates: the scenario, unless its errors forbid it. Findings are
/// talk here, and go to standard error; `quiet` keeps to errors.
///
/// # Errors
/// [`Failure::World`] if it cannot be read, [`Failure::Findings`] if errors forbid to go on.
pub fn understood(path: &Path, allow_errors: bool, quiet: bool) -> Result<Understood, Failure> {
    let study = study(path)?;
    let errors = study.count(Severity::Error);
    let mildest = if quiet { Severity::Error } else { Severity::Warning };
    if errors > 0 || !quiet {
        let text = study.text(mildest);
        if !text.is_empty() {
            terminal::say(text.trim_end());
        }
    }
    let tally = format!("{}: {}", path.display(), study.tally());
    let (Some(document), Some((resolved, off))) = (study.document, study.resolved) else {
        return refuse(&tally);
    };
    if errors > 0 && !allow_errors {
        return refuse(&format!(
            "{tally}; --allow-errors simulates what the product would do instead"
        ));
    }
    let understood = Understood { source: study.source, resolved, off, document };
    if errors > 0 {
        terminal::say(&format!("{tally}; {}", understood.instead()));
    }
    Ok(understood)
}

fn refuse<T>(text: &str) -> Result<T, Failure> {
    terminal::say(&format!("error: {text}"));
    Err(Failure::Findings)
}

impl Understood {
    /// What is simulated in place of a faulty configuration.
    fn instead(&self) -> String {
        let classes = self.document.classes();
        let named = |index: &usize| classes.get(*index).map(|class| class.describe());
        let everywhere: Vec<String> = self.off.agents.iter().filter_map(named).collect();
        let connections = self.off.connections.iter().filter_map(|(index, kind)| {
            Some(format!("the {} connection of {}", kind.name(), named(index)?))
        });
        let all: Vec<String> = everywhere.into_iter().chain(connections).collect();
        let defaults = "unusable values count as their defaults";
        if all.is_empty() {
            format!("simulated all the same: {defaults}")
        } else {
            format!(
                "simulated all the same: no disaster recovery for {}; {defaults}",
                all.join(", ")
            )
        }
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
