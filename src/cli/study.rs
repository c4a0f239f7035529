//! A scenario that was studied: what it means, and everything that was found in it.
//!
//! It reads nothing; [`super::text`] makes it.

use std::collections::BTreeSet;

use super::origin::Origin;
use super::terminal;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::facade::meant::{Meant, Seen};
use crate::facade::shown::Shown;
use crate::resolve::Resolved;
use crate::scenario::set::Written;
use crate::scenario::{Document, DrOff};

/// A scenario file and everything that was found in it.
#[derive(Debug)]
pub(super) struct Study {
    /// The text, for showing findings.
    pub source: Source,
    /// What --set wrote into it.
    pub written: Vec<Written>,
    /// What it was made of.
    pub origin: Origin,
    /// As written; `None` if it is not TOML.
    pub document: Option<Document>,
    /// As meant, with what the product would do; `None` if the language was not understood.
    pub resolved: Option<(Resolved, DrOff)>,
    /// Every finding, in the order of the text.
    pub findings: Vec<Diagnostic>,
}

/// A scenario that can be simulated, perhaps not as it was intended.
#[derive(Debug)]
pub(super) struct Understood {
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

impl Study {
    /// Number of findings of one severity.
    #[must_use]
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// What was found in it.
    #[must_use]
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen { source: &self.source, findings: &self.findings }
    }

    /// The findings that are shown, of those of one severity or worse.
    #[must_use]
    pub(super) fn shown(&self, mildest: Severity) -> Shown<'_> {
        Shown::of(&self.findings, mildest)
    }

    /// The findings as people read them, those of one severity or worse.
    #[must_use]
    pub(super) fn text(&self, mildest: Severity) -> String {
        self.text_varied(mildest, 0)
    }

    /// The same where the last `varied` settings are values of what `--vary` varies.
    #[must_use]
    pub(super) fn text_varied(&self, mildest: Severity, varied: usize) -> String {
        let shown = self.shown(mildest).findings.into_iter();
        let shown: String =
            shown.map(|finding| format!("{}\n\n", finding.render(&self.source, true))).collect();
        if shown.is_empty() { shown } else { shown + &self.notes(varied) }
    }

    /// The lines that --set and --vary wrote; the lines behind them may have moved.
    fn notes(&self, varied: usize) -> String {
        let (set, varied) = self.written.split_at(self.written.len().saturating_sub(varied));
        self.note("--set", set) + &self.note("--vary", varied)
    }

    fn note(&self, by: &str, written: &[Written]) -> String {
        if written.is_empty() {
            return String::new();
        }
        let lines = written.iter().map(|one| self.source.position(one.key.start).line);
        let lines: BTreeSet<usize> = lines.collect();
        let shown = lines.iter().map(|line| format!("{line:5} | {}\n", self.source.line(*line)));
        format!("note: written by {by}:\n{}\n", shown.collect::<String>())
    }

    /// Says on standard error which full paths short ones were taken as.
    pub(super) fn say_taken(&self) {
        for one in &self.written {
            if let Some(short) = &one.short {
                terminal::say(&format!("note: --set {short} is taken as {}", one.setting.path()));
            }
        }
    }

    /// The scenario as meant; `None` if the language was not understood.
    #[must_use]
    pub(super) fn understood(self) -> Option<Understood> {
        let (resolved, off) = self.resolved?;
        let (source, origin) = (self.source, self.origin);
        Some(Understood { source, resolved, off, document: self.document?, origin })
    }

    /// How many findings there are, in words, and how many of one severity or worse are not shown.
    #[must_use]
    pub(super) fn tally(&self, mildest: Severity) -> String {
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

impl Understood {
    /// The scenario as others look at it.
    #[must_use]
    pub(super) const fn meant(&self) -> Meant<'_> {
        Meant { source: &self.source, document: &self.document, model: &self.resolved.model }
    }

    /// What is simulated in place of a faulty configuration.
    #[must_use]
    pub(super) fn instead(&self) -> String {
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
