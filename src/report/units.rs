//! Units of times: which one suits a value. They know no digits.

use crate::model::Unit;

/// Units of time in seconds, largest first, each used from this many seconds on.
const TIMES: [(f64, f64, &str); 5] = [
    (3.0 * 86_400.0, 86_400.0, " d"),
    (3.0 * 3_600.0, 3_600.0, " h"),
    (3.0 * 60.0, 60.0, " min"),
    (1.0, 1.0, " s"),
    (0.0, 0.001, " ms"),
];

/// Units of the time of all agents added up, as in [`TIMES`].
pub(super) const AGENT_TIMES: [(f64, f64, &str); 3] =
    [(3_600.0, 3_600.0, " agent-hours"), (60.0, 60.0, " agent-min"), (0.0, 1.0, " agent-s")];

/// The unit that a value is written in: how much one of it is, and its name behind a number.
pub(super) fn one_of(value: f64, unit: Unit) -> (f64, &'static str) {
    let size = value.abs();
    let listed = |all: &[(f64, f64, &'static str)], least: &'static str| {
        let found = all.iter().find(|(from, ..)| size >= *from && size > 0.0);
        found.map_or((1.0, least), |(_, one, suffix)| (*one, *suffix))
    };
    match unit {
        Unit::Count => (1.0, ""),
        Unit::Share => (0.01, " %"),
        Unit::Time => listed(&TIMES, " s"),
        Unit::AgentTime => listed(&AGENT_TIMES, " agent-s"),
    }
}
