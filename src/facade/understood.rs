//! A scenario that was read: as written, as meant, what was found in it. Nothing is simulated here.

use super::endless;
use super::error::Error;
use super::finding::Finding;
use super::meant::{Meant, Seen};
use crate::checks::Examined;
use crate::diagnostic::{Diagnostic, Source};
use crate::limits::Endless;
use crate::model::Model;
use crate::scenario::Document;
use crate::scenario::set::{Path, Written};

/// A scenario and everything that was found in it.
pub(crate) struct Examination {
    pub source: Source,
    pub document: Option<Document>,
    pub examined: Examined,
    pub written: Vec<Written>,
}

/// A scenario without errors.
pub(crate) struct Understood {
    pub source: Source,
    pub document: Document,
    pub model: Model,
    pub findings: Vec<Diagnostic>,
    /// What was set in it, and where.
    pub written: Vec<Written>,
}

impl Examination {
    /// All findings as callers see them.
    pub(crate) fn shown(&self) -> Vec<Finding> {
        self.examined.diagnostics.iter().map(|found| Finding::of(found, &self.source)).collect()
    }

    /// As meant.
    ///
    /// # Errors
    /// [`Error::Findings`] if it has errors.
    pub(crate) fn understood(self) -> Result<Understood, Error> {
        let Self { source, document, examined, written } = self;
        let findings = examined.diagnostics;
        let errors = || findings.iter().filter(|found| found.is_error());
        match (examined.resolved, document) {
            (Some(resolved), Some(document)) if errors().next().is_none() => {
                let model = resolved.model;
                Ok(Understood { source, document, model, findings, written })
            }
            _ => {
                let errors = errors().map(|found| Finding::of(found, &source));
                Err(Error::Findings(errors.collect()))
            }
        }
    }
}

impl Understood {
    /// The scenario as others look at it.
    pub(crate) const fn meant(&self) -> Meant<'_> {
        Meant { source: &self.source, document: &self.document, model: &self.model }
    }

    /// What was found in it.
    pub(crate) fn seen(&self) -> Seen<'_> {
        Seen { source: &self.source, findings: &self.findings }
    }

    /// What is set in it and has another value in `first`, or none; but the seed, which is always that of the first.
    pub(crate) fn set_beyond(&self, first: &Self) -> Vec<Written> {
        let last =
            |all: &[Written], path: &Path| all.iter().rposition(|one| one.setting.path() == path);
        let counts = |(at, one): &(usize, &Written)| {
            let path = one.setting.path();
            let known = last(&first.written, path).map(|at| &first.written[at].setting);
            let is_new = known != Some(&one.setting) && path.to_string() != "seed";
            is_new && last(&self.written, path) == Some(*at)
        };
        self.written.iter().enumerate().filter(counts).map(|(_, one)| one.clone()).collect()
    }

    /// A run of it would never end.
    pub(crate) fn endless(&self, found: &Endless) -> Error {
        let finding = endless::finding(found, &self.document, &self.model);
        Error::Endless(Box::new(Finding::of(&finding, &self.source)))
    }
}
