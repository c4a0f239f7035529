//! The whole way from a loaded scenario to what may be run: resolve, check, resolve again without
//! the disaster recovery that errors cost. It makes no finding of its own.

use super::check;
use crate::diagnostic::{self, Diagnostic};
use crate::resolve::{Resolved, resolve};
use crate::scenario::{DrOff, Loaded, MeasureNames, check_measures};

/// A scenario with everything that was found in it.
#[derive(Clone, Debug)]
pub struct Examined {
    /// Every finding, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What the product would do: with errors of the configuration, disaster recovery is off where
    /// they cost it and defaults are used for unusable values. `None` after a mistake of the
    /// language.
    pub resolved: Option<Resolved>,
    /// The agents for whom disaster recovery is off because of an error.
    pub off: DrOff,
}

impl Examined {
    /// Whether a run is refused, unless errors are allowed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Examines a loaded scenario. `measures` knows the measures that it may name.
#[must_use]
pub fn examine(loaded: &Loaded, measures: &dyn MeasureNames) -> Examined {
    let mut diagnostics = loaded.diagnostics.clone();
    let mut resolved = None;
    let mut off = DrOff::default();
    if let Some(document) = &loaded.document {
        let (intended, mistakes) = resolve(document, &off);
        diagnostics.extend(mistakes);
        let findings = check(document, intended.as_ref().map(|intended| &intended.model));
        diagnostics.extend(findings.diagnostics);
        off = findings.off;
        resolved = if off == DrOff::default() { intended } else { resolve(document, &off).0 };
        let unknown = check_measures(document, measures);
        resolved = resolved.filter(|_| unknown.is_empty());
        diagnostics.extend(unknown);
    }
    diagnostic::sort(&mut diagnostics);
    Examined { diagnostics, resolved, off }
}
