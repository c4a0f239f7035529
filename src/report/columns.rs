//! A column of a large table: its name and what it holds. The headers of CSV files are made of it, and the
//! types in workbooks and Parquet files.

use crate::model::Model;

/// What the cells of a column are. A cell without a value is empty, whatever its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text: a name, a state.
    Text,
    /// Seconds, a share, a mean.
    Number,
    /// How many there are, a whole number.
    Count,
    /// `true` or `false`.
    Flag,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name in the header.
    pub(super) name: &'static str,
    /// What its cells are.
    pub(super) holds: Holds,
    /// It is there only where some agent has a shift.
    pub(super) of_shifts: bool,
}

impl Column {
    /// Whether a scenario has it.
    pub(super) fn is_in(&self, model: &Model) -> bool {
        !self.of_shifts || !model.shifts.is_empty()
    }

    /// The same column, only where some agent has a shift.
    pub(super) const fn of_shifts(self) -> Self {
        Self { of_shifts: true, ..self }
    }
}

/// What the names of columns of local time end with: they are there where the scenario has a calendar.
pub(super) const LOCAL: &str = "_local";

/// A column of texts.
pub(super) const fn text(name: &'static str) -> Column {
    Column { name, holds: Holds::Text, of_shifts: false }
}

/// A column of seconds, shares, means.
pub(super) const fn number(name: &'static str) -> Column {
    Column { name, holds: Holds::Number, of_shifts: false }
}

/// A column of whole numbers.
pub(super) const fn count(name: &'static str) -> Column {
    Column { name, holds: Holds::Count, of_shifts: false }
}

/// A column of `true` and `false`.
pub(super) const fn flag(name: &'static str) -> Column {
    Column { name, holds: Holds::Flag, of_shifts: false }
}

/// A column of time for each cause of downtime, in the order of [`Cause::ALL`](crate::trace::Cause::ALL).
pub(super) const CAUSES: [Column; 8] = [
    number("off_s"),
    number("undetected_s"),
    number("no_site_s"),
    number("restoring_s"),
    number("switching_s"),
    number("reconnecting_s"),
    number("phone_s"),
    number("not_ready_s"),
];

/// Groups of columns, one behind the other.
pub(super) const fn joined<const N: usize>(groups: &[&[Column]]) -> [Column; N] {
    let mut all = [text(""); N];
    let (mut at, mut group) = (0, 0);
    while group < groups.len() {
        let mut own = 0;
        while own < groups[group].len() {
            all[at] = groups[group][own];
            (at, own) = (at + 1, own + 1);
        }
        group += 1;
    }
    assert!(at == N, "there are as many columns as that");
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Cause;

    #[test]
    fn every_cause_has_its_column() {
        let names = Cause::ALL.map(|cause| format!("{}_s", cause.name().replace('-', "_")));
        assert_eq!(CAUSES.map(|column| column.name.to_owned()), names);
    }
}
