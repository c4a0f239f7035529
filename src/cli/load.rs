//! A scenario from the disk: read, decoded, checked, resolved, and what was found on the way.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::args::Common;
use super::assumptions;
use super::endless;
use super::failure::{self, Failure, Outcome};
use super::findings::Shown;
use super::intake;
use super::origin::Origin;
use super::terminal;
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::experiment::EndlessVariant;
use crate::measures::names::Names;
use crate::model::Model;
use crate::report::{self, Input};
use crate::resolve::Resolved;
use crate::scenario::set::{self, Changed, Setting, Written};
use crate::scenario::{self, Document, DrOff, Files};

/// What stands for standard input; a file of that name is `./-`.
const DASH: &str = "-";

/// What standard input is called.
pub const STDIN: &str = "stdin";

/// A scenario file and everything that was found in it.
#[derive(Debug)]
pub struct Study {
    /// The text, for showing findings.
    pub source: Source,
    /// What --set wrote into it.
    pub written: Vec<Written>,
    /// What it was made of.
    pub origin: Origin,
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
    /// What it was made of.
    pub origin: Origin,
}

/// The text of a scenario, read once and studied as often as there are variants of it.
#[derive(Debug)]
pub struct Text<'p> {
    path: &'p Path,
    name: String,
    bytes: Vec<u8>,
}

/// Reads and studies a scenario file, or standard input, with settings written into its text.
///
/// # Errors
/// [`Failure::World`] if it cannot be read, [`Failure::Usage`] if a setting leads nowhere or to an
/// option that the product does not know; mistakes in the text are findings.
pub fn study(path: &Path, settings: &[Setting]) -> Result<Study, Failure> {
    Text::read(path)?.study(settings)
}

/// Whether a path stands for standard input.
#[must_use]
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == DASH
}

impl<'p> Text<'p> {
    /// Reads a scenario file, or standard input.
    ///
    /// # Errors
    /// [`Failure::World`] if it cannot be read.
    pub fn read(path: &'p Path) -> Result<Self, Failure> {
        let wrong = |error: io::Error| Failure::disk("cannot read", path, &error);
        if is_stdin(path) {
            let bytes = intake::bounded(io::stdin().lock(), intake::MOST).map_err(wrong)?;
            return Ok(Self { path, name: STDIN.to_owned(), bytes });
        }
        let bytes = intake::read(path, true).map_err(wrong)?;
        Ok(Self { path, name: path.to_string_lossy().into_owned(), bytes })
    }

    /// A text that is not on the disk as it is; data files are looked for beside `path`.
    #[must_use]
    pub fn edited(path: &'p Path, name: &str, text: &str) -> Self {
        Self { path, name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    /// Number of its bytes.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Studies it with settings written into it.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a setting leads nowhere, or to an option that the product does not
    /// know; mistakes in the text are findings.
    pub fn study(&self, settings: &[Setting]) -> Result<Study, Failure> {
        let Changed { text, written } = self.changed(settings)?;
        let bytes = if written.is_empty() { &self.bytes } else { text.as_bytes() };
        let with = if written.is_empty() { "" } else { " (with --set)" };
        let source = Source::from_bytes(format!("{}{with}", self.name), bytes);
        let beside = Beside { scenario: self.path, read: RefCell::default() };
        let loaded = scenario::load(&self.name, bytes, &beside);
        let unknown = loaded.document.as_ref().and_then(|read| set::unknown(read, &written));
        if let Some(wrong) = unknown {
            return Err(Failure::Usage(format!("--set {wrong}")));
        }
        let Examined { diagnostics, resolved, off } = checks::examine(&loaded, &Names);
        let resolved = resolved.map(|resolved| (resolved, off));
        let origin = Origin {
            input: Input::new(&self.file(), &self.bytes, &beside.read.into_inner()),
            settings: written.iter().map(|one| one.setting.clone()).collect(),
            seed: None,
            errors: diagnostics.iter().any(Diagnostic::is_error),
            assumptions: Vec::new(),
        };
        let document = loaded.document;
        Ok(Study { source, written, origin, document, resolved, findings: diagnostics })
    }

    /// As [`understood`], of a text that was read.
    ///
    /// # Errors
    /// As [`understood`].
    pub fn understood(
        &self,
        settings: &[Setting],
        how: (bool, bool),
    ) -> Result<Understood, Failure> {
        allowed(self.study(settings)?, self.path, how)
    }

    /// Its name without its directory.
    fn file(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The full path that a path means in it.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a short one means nothing, or more than one thing.
    pub fn full(&self, path: &set::Path) -> Result<set::Path, Failure> {
        self.full_of("--set", path)
    }

    /// The same of a path that stands behind another option.
    ///
    /// # Errors
    /// As [`Text::full`].
    pub fn full_of(&self, option: &str, path: &set::Path) -> Result<set::Path, Failure> {
        let Ok(text) = std::str::from_utf8(&self.bytes) else { return Ok(path.clone()) };
        set::full(text, path).map_err(|wrong| Failure::Usage(format!("{option} {path}: {wrong}")))
    }

    /// Every path that a setting may have in it; none if it is no TOML.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        std::str::from_utf8(&self.bytes).map(set::paths).unwrap_or_default()
    }

    /// The text with settings written into it. What is no text stays as it is: that is a finding.
    fn changed(&self, settings: &[Setting]) -> Result<Changed, Failure> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) if !settings.is_empty() => {
                set::apply(text, settings).map_err(|wrong| Failure::Usage(format!("--set {wrong}")))
            }
            _ => Ok(Changed { text: String::new(), written: Vec::new() }),
        }
    }
}

impl Study {
    /// Number of findings of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The findings that are shown, of those of one severity or worse.
    #[must_use]
    pub fn shown(&self, mildest: Severity) -> Shown<'_> {
        Shown::of(&self.findings, mildest)
    }

    /// The findings as people read them, those of one severity or worse.
    #[must_use]
    pub fn text(&self, mildest: Severity) -> String {
        let shown = self.shown(mildest).findings.into_iter();
        let shown: String =
            shown.map(|finding| format!("{}\n\n", finding.render(&self.source, true))).collect();
        if shown.is_empty() { shown } else { shown + &self.note() }
    }

    /// The lines that --set wrote; the lines behind them may have moved.
    fn note(&self) -> String {
        if self.written.is_empty() {
            return String::new();
        }
        let lines = self.written.iter().map(|one| self.source.position(one.key.start).line);
        let lines: BTreeSet<usize> = lines.collect();
        let shown = lines.iter().map(|line| format!("{line:5} | {}\n", self.source.line(*line)));
        format!("note: written by --set:\n{}\n", shown.collect::<String>())
    }

    /// Says on standard error which full paths short ones were taken as.
    pub fn say_taken(&self) {
        for one in &self.written {
            if let Some(short) = &one.short {
                terminal::say(&format!("note: --set {short} is taken as {}", one.setting.path()));
            }
        }
    }

    /// The scenario as meant; `None` if the language was not understood.
    #[must_use]
    pub fn understood(self) -> Option<Understood> {
        let (resolved, off) = self.resolved?;
        let (source, origin) = (self.source, self.origin);
        Some(Understood { source, resolved, off, document: self.document?, origin })
    }

    /// How many findings there are, in words, and how many of one severity or worse are not shown.
    #[must_use]
    pub fn tally(&self, mildest: Severity) -> String {
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
        if parts.is_empty() {
            "nothing to object to".to_owned()
        } else {
            parts.join(", ") + &self.shown(mildest).rest()
        }
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
    Text::read(path)?.understood(settings, (allow_errors, quiet))
}

/// The scenario of a study, unless its errors forbid it; findings are shown.
fn allowed(
    study: Study,
    path: &Path,
    (allow_errors, quiet): (bool, bool),
) -> Result<Understood, Failure> {
    if !quiet {
        study.say_taken();
    }
    let errors = study.count(Severity::Error);
    let mildest = if quiet { Severity::Error } else { Severity::Warning };
    if errors > 0 || !quiet {
        let text = study.text(mildest);
        if !text.is_empty() {
            terminal::say(text.trim_end());
        }
    }
    let tally = format!("{}: {}", path.display(), study.tally(mildest));
    let Some(mut understood) = study.understood() else {
        return refuse(&tally);
    };
    if errors > 0 && !allow_errors {
        return refuse(&format!(
            "{tally}; --allow-errors simulates what the product would do instead"
        ));
    }
    if errors > 0 {
        terminal::say(&format!("{tally}; {}", understood.instead()));
    }
    understood.origin.assumptions = assumptions::of(&understood.source, &understood.resolved);
    Ok(understood)
}

/// Lets a command simulate a scenario with the seed that it asks for, given as meant and with what
/// it was made of. An agent without end is shown in its text.
///
/// # Errors
/// As [`understood`], and those of the command.
pub fn simulated(
    path: &Path,
    settings: &[Setting],
    common: &Common,
    command: impl FnOnce(&Model, &Origin) -> Outcome,
) -> Outcome {
    let mut scenario = understood(path, settings, common.allow_errors, common.quiet)?;
    scenario.origin.reseed(common.seed, &mut scenario.resolved.model.seed);
    let outcome = command(&scenario.resolved.model, &scenario.origin);
    outcome.map_err(|failure| shown(failure, |_| Some(&scenario)))
}

/// Shows what ended a simulation, if it is a finding; `variant` gives the scenario of a variant.
#[must_use]
pub fn shown<'u>(failure: Failure, variant: impl Fn(usize) -> Option<&'u Understood>) -> Failure {
    let Failure::Endless(EndlessVariant { variant: number, found }) = failure else {
        return failure;
    };
    let Some(scenario) = variant(number) else { return failure };
    let finding = endless::finding(&found, &scenario.document, &scenario.resolved.model);
    terminal::say(&finding.render(&scenario.source, true));
    Failure::Findings
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

/// The files beside a scenario, and the digests of those that were read.
struct Beside<'p> {
    scenario: &'p Path,
    read: RefCell<BTreeMap<String, String>>,
}

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let folder = self.scenario.parent().unwrap_or(Path::new(""));
        let bytes = intake::read(&folder.join(path), false);
        let bytes = bytes.map_err(|error| failure::plain(&error))?;
        self.read.borrow_mut().insert(path.to_owned(), report::digest(&bytes));
        Ok(bytes)
    }
}
