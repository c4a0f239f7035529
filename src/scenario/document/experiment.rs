//! The experiment and the thresholds as written. Measures are names here, not yet looked up.

use super::Spanned;
use crate::diagnostic::TextSpan;
use crate::model::Unit;
use crate::scenario::units::Fraction;
use crate::time::Span;

/// A duration, a bare number or a percentage.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// In seconds, as a number, or as a share from 0 to 1.
    pub amount: f64,
    /// Which of the three.
    pub unit: Unit,
    /// As written, without quotes.
    pub written: String,
}

/// `[experiment]`.
#[derive(Clone, Debug, Default)]
pub struct Experiment {
    /// Exact number of replications.
    pub replications: Option<Spanned<u32>>,
    /// Half-width over value.
    pub precision: Option<Spanned<Fraction>>,
    /// Half-width.
    pub absolute_precision: Option<Spanned<Quantity>>,
    /// The measures that must become precise.
    pub measures: Option<Spanned<Vec<Spanned<String>>>>,
    /// Level of intervals.
    pub confidence: Option<Spanned<Fraction>>,
    /// Most replications.
    pub max_replications: Option<Spanned<u32>>,
    /// Longest time on the wall clock.
    pub max_time: Option<Spanned<Span>>,
}

/// `[[threshold]]`.
#[derive(Clone, Debug)]
pub struct Threshold {
    /// The measure.
    pub measure: Option<Spanned<String>>,
    /// `at-most`.
    pub at_most: Option<Spanned<Quantity>>,
    /// `at-least`.
    pub at_least: Option<Spanned<Quantity>>,
    /// The header.
    pub span: TextSpan,
}

impl Threshold {
    /// The value of the bound, whichever side it is.
    #[must_use]
    pub fn limit(&self) -> Option<&Spanned<Quantity>> {
        self.at_most.as_ref().or(self.at_least.as_ref())
    }
}
