//! A scenario from the disk: read, decoded, checked, resolved, and what was found on the way.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::args::Common;
use super::failure::{self, Failure};
use super::terminal;
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Severity, Source, TextSpan};
use crate::measures::names::Names;
use crate::model::Model;
use crate::resolve::Resolved;
use crate::scenario::set::{self, Setting};
use crate::scenario::{self, Document, DrOff, Files};

/// What stands for standard input; a file of that name is `./-`.
const STDIN: &str = "-";

/// A scenario file and everything that was found in it.
#[derive(Debug)]
pub struct Study {
    /// The text, for showing findings.
    pub source: Source,
    /// The keys in it that --set wrote.
    written: Vec<TextSpan>,
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

/// Reads and studies a scenario file, or standard input, with settings written into its text.
///
/// # Errors
/// [`Failure::World`] if it cannot be read, [`Failure::Usage`] if a setting leads nowhere; mistakes
/// in the text are findings.
pub fn study(path: &Path, settings: &[Setting]) -> Result<Study, Failure> {
    let (name, bytes) = read(path)?;
    let (bytes, written) = changed(bytes, settings)?;
    let shown = if written.is_empty() { name.clone() } else { format!("{name} (with --set)") };
    let source = Source::from_bytes(shown, &bytes);
    let loaded = scenario::load(&name, &bytes, &Beside(path));
    let Examined { diagnostics, resolved, off } = checks::examine(&loaded, &Names);
    let resolved = resolved.map(|resolved| (resolved, off));
    Ok(Study { source, written, document: loaded.document, resolved, findings: diagnostics })
}

/// The name of a scenario file and what is in it.
fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let wrong = |error: io::Error| Failure::disk("cannot read", path, &error);
    if path.as_os_str() == STDIN {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(wrong)?;
        return Ok(("stdin".to_owned(), bytes));
    }
    Ok((path.to_string_lossy().into_owned(), fs::read(path).map_err(wrong)?))
}

/// The bytes of a scenario with settings written into them, and where. What is no text stays as it
/// is: that is a finding.
fn changed(bytes: Vec<u8>, settings: &[Setting]) -> Result<(Vec<u8>, Vec<TextSpan>), Failure> {
    match std::str::from_utf8(&bytes) {
        Ok(text) if !settings.is_empty() => {
            let changed = set::apply(text, settings);
            let changed = changed.map_err(|wrong| Failure::Usage(format!("--set {wrong}")))?;
            Ok((changed.text.into_bytes(), changed.written))
        }
        _ => Ok((bytes, Vec::new())),
    }
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
        let shown: String =
            shown.map(|finding| format!("{}\n\n", finding.render(&self.source, true))).collect();
        if shown.is_empty() { shown } else { shown + &self.note() }
    }

    /// The lines that --set wrote; the lines behind them may have moved.
    fn note(&self) -> String {
        if self.written.is_empty() {
            return String::new();
        }
        let lines = self.written.iter().map(|span| self.source.position(span.start).line);
        let lines: BTreeSet<usize> = lines.collect();
        let shown = lines.iter().map(|line| format!("{line:5} | {}\n", self.source.line(*line)));
        format!("note: written by --set:\n{}\n", shown.collect::<String>())
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
/// As [`study`]; [`Failure::Findings`] if errors forbid to go on.
pub fn understood(
    path: &Path,
    settings: &[Setting],
    allow_errors: bool,
    quiet: bool,
) -> Result<Understood, Failure> {
    let study = study(path, settings)?;
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

/// The scenario that a command simulates, with the seed that it asks for.
///
/// # Errors
/// As [`understood`].
pub fn model(path: &Path, settings: &[Setting], common: &Common) -> Result<Model, Failure> {
    let understood = understood(path, settings, common.allow_errors, common.quiet)?;
    let model = understood.resolved.model;
    Ok(Model { seed: common.seed.unwrap_or(model.seed), ..model })
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
