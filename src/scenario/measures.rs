//! Names of measures in a scenario: each must exist, and what is compared with it must be in its
//! unit. Which measures there are is known to a later room, so it is asked for through a trait.

use super::document::{Document, Quantity, Spanned};
use super::mistakes;
use crate::diagnostic::Diagnostic;
use crate::model::{Experiment, Unit};

/// Knows the measures of a run by their names.
pub trait MeasureNames {
    /// What the measure of that name is counted in; `None`: there is none, in this scenario.
    fn unit(&self, document: &Document, name: &str) -> Option<Unit>;

    /// The measure that was probably meant.
    fn nearest(&self, document: &Document, name: &str) -> Option<String>;

    /// Why a measure that there is elsewhere is not in this scenario; `None`: there is none.
    fn why_absent(&self, document: &Document, name: &str) -> Option<&'static str>;
}

/// Unknown measures and bounds in the wrong unit. Nothing is said of a document with mistakes:
/// they may have hidden what a measure is about.
#[must_use]
pub fn check_measures(document: &Document, names: &dyn MeasureNames) -> Vec<Diagnostic> {
    let mut check = Check { document, names, found: Vec::new() };
    if document.complete {
        check.experiment();
        check.thresholds();
    }
    check.found
}

struct Check<'c> {
    document: &'c Document,
    names: &'c dyn MeasureNames,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn experiment(&mut self) {
        let experiment = &self.document.experiment;
        let written = experiment.measures.as_ref().map_or(&[][..], |list| &list.value);
        let mut fits = true;
        for name in written {
            let unit = self.unit(name);
            if let (Some(unit), Some(precision)) = (unit, &experiment.absolute_precision)
                && !unit.fits(precision.value.unit)
                && fits
            {
                fits = false;
                let found = mistakes::wrong_unit("absolute-precision", precision, name, unit);
                self.found.push(found.also(name.span, "this measure"));
            }
        }
        if let (None, Some(precision)) = (&experiment.measures, &experiment.absolute_precision) {
            self.default_measures(precision);
        }
    }

    /// As for written measures, where there is none to point at.
    fn default_measures(&mut self, precision: &Spanned<Quantity>) {
        for value in Experiment::default().measures {
            let name = Spanned { value, span: precision.span };
            let unit = self.names.unit(self.document, &name.value);
            if let Some(unit) = unit.filter(|unit| !unit.fits(precision.value.unit)) {
                let found = mistakes::wrong_unit("absolute-precision", precision, &name, unit);
                let help = format!("write {}, or name `measures` of its unit", unit.written());
                self.found.push(found.help(help));
            }
        }
    }

    fn thresholds(&mut self) {
        for threshold in &self.document.thresholds {
            let Some(name) = &threshold.measure else { continue };
            let Some(unit) = self.unit(name) else { continue };
            let key = if threshold.at_most.is_some() { "at-most" } else { "at-least" };
            if let Some(limit) = threshold.limit().filter(|limit| !limit.value.unit.fits(unit)) {
                let found = mistakes::wrong_unit(key, limit, name, unit);
                self.found.push(found.also(name.span, "this measure"));
            }
        }
    }

    fn unit(&mut self, name: &Spanned<String>) -> Option<Unit> {
        let unit = self.names.unit(self.document, &name.value);
        if unit.is_none() {
            let near = self.names.nearest(self.document, &name.value);
            let why = self.names.why_absent(self.document, &name.value);
            let found = mistakes::unknown_measure(&name.value, name.span, near);
            self.found.push(match why {
                Some(why) => found.help(why),
                None => found,
            });
        }
        unit
    }
}
