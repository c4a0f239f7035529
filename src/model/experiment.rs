//! What is asked of many replications: how many, how precise, and the bounds that measures must
//! keep. It knows units, but no measure by its name.

use std::fmt;

use crate::time::Span;

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Time, in seconds; written as a duration.
    Time,
    /// Time of all agents added up, in seconds; written as a duration, shown in agent-hours.
    AgentTime,
    /// A number of things, also per agent and year; written as a bare number.
    Count,
    /// A share of the whole, from 0 to 1; written as a percentage.
    Share,
}

impl Unit {
    /// Whether it is counted in seconds.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::AgentTime)
    }

    /// Whether a quantity written in one unit can be compared with one in the other.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        self == other || (self.is_time() && other.is_time())
    }

    /// How a quantity in this unit is written, with an example.
    #[must_use]
    pub const fn written(self) -> &'static str {
        match self {
            Self::Time | Self::AgentTime => "a duration, such as \"2m\"",
            Self::Count => "a number, such as 5",
            Self::Share => "a percentage, such as \"99.9%\"",
        }
    }

    /// What it is, in a word with its article.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Time | Self::AgentTime => "a duration",
            Self::Count => "a number",
            Self::Share => "a percentage",
        }
    }
}

/// How many replications, and until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Exactly this many; `None`: until precise, if a precision is asked for.
    pub replications: Option<u32>,
    /// Wanted half-width of an interval over its value, between 0 and 1.
    pub precision: Option<f64>,
    /// Or wanted half-width itself, in the base unit of the measures (seconds, number, share).
    pub absolute: Option<f64>,
    /// The measures that must become precise, by name; at least one.
    pub measures: Vec<String>,
    /// Confidence level of all intervals, between 0.5 and 1.
    pub confidence: f64,
    /// Maximum number of replications.
    pub max_replications: u32,
    /// No new replication after this time on the wall clock; `None`: no limit.
    pub max_time: Option<Span>,
}

impl Experiment {
    /// Whether it asks for replications: it says anything that differs from what holds without it.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        *self != Self::default()
    }
}

/// The experiment of a scenario that says nothing of one.
impl Default for Experiment {
    fn default() -> Self {
        Self {
            replications: None,
            precision: None,
            absolute: None,
            measures: vec!["downtime_s.total".to_owned()],
            confidence: 0.95,
            max_replications: 10_000,
            max_time: None,
        }
    }
}

/// The side on which a measure must stay, in its base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Not above this.
    AtMost(f64),
    /// Not below this.
    AtLeast(f64),
}

/// A bound that a measure must keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The measure, by name.
    pub measure: String,
    /// The bound.
    pub bound: Bound,
    /// What the bound and the measure are counted in.
    pub unit: Unit,
    /// The bound's value as the scenario writes it: `2m`, `5`, `99.9%`.
    pub written: String,
}

/// `outages.duration_s.p95 at most 2m`.
impl fmt::Display for Threshold {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.bound {
            Bound::AtMost(_) => "at most",
            Bound::AtLeast(_) => "at least",
        };
        write!(out, "{} {side} {}", self.measure, self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_says_something_of_replications_wants_them() {
        let usual = Experiment::default();
        assert!(!usual.is_wanted());
        assert!(Experiment { confidence: 0.99, ..usual.clone() }.is_wanted());
        assert!(Experiment { replications: Some(3), ..usual }.is_wanted());
    }
}
