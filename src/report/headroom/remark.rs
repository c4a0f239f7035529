//! What is remarked of a value that was tried, in place of a measure: that a run has no end there.

use crate::experiment::Measured;

/// The text in place of the measure where a run has no end.
pub(super) const NO_END: &str = "no end (S021)";

/// The remark on the result of a scenario.
pub(super) fn remark(measured: &Measured) -> Option<&'static str> {
    measured.endless.then_some(NO_END)
}
