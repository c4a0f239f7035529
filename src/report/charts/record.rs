//! The values that a chart was drawn from, beside the drawing: what data tables, values under a pointer
//! and switches of single series are made of.
//!
//! A chart carries its records as the `metadata` of its SVG. They are made from the same values as the
//! lines and bars, and never read back from pixels.

use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::report) enum Counts {
    /// A plain number.
    #[default]
    Number,
    /// Seconds.
    Seconds,
    /// Seconds of the run, counted from [`Across::zero`].
    Moment,
    /// Seconds of all agents together.
    AgentSeconds,
    /// A share from 0 to 1.
    Share,
}

impl From<crate::model::Unit> for Counts {
    fn from(unit: crate::model::Unit) -> Self {
        use crate::model::Unit;
        match unit {
            Unit::Time => Self::Seconds,
            Unit::AgentTime => Self::AgentSeconds,
            Unit::Count => Self::Number,
            Unit::Share => Self::Share,
        }
    }
}

/// Where the values of the first column are in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::report) struct Across {
    /// Left, top, right and bottom of the plot, in pixels of the chart.
    pub(in crate::report) place: [i32; 4],
    /// The values at the left and at the right.
    pub(in crate::report) ends: [f64; 2],
    /// Equal steps are equal factors.
    pub(in crate::report) log: bool,
    /// The moment that the chart calls 0.
    pub(in crate::report) zero: f64,
}

/// One series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::report) struct Column {
    pub(in crate::report) name: String,
    pub(in crate::report) counts: Counts,
    /// The elements of the drawing that show it, counted from the first after the paper.
    pub(in crate::report) parts: Vec<usize>,
}

impl Column {
    /// A series that no element shows alone.
    pub(in crate::report) fn new(name: impl Into<String>, counts: impl Into<Counts>) -> Self {
        Self { name: name.into(), counts: counts.into(), parts: Vec::new() }
    }

    /// The same with the elements that show it.
    pub(in crate::report) fn shown_by(self, parts: impl IntoIterator<Item = usize>) -> Self {
        Self { parts: parts.into_iter().collect(), ..self }
    }
}

/// A value with the ends of its interval, as three columns.
pub(in crate::report) fn with_ends(name: &str, counts: impl Into<Counts>) -> [Column; 3] {
    let counts = counts.into();
    [name.to_owned(), "from".to_owned(), "to".to_owned()].map(|name| Column::new(name, counts))
}

/// The values of one plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::report) struct Record {
    /// What the plot shows, where a chart has several.
    pub(in crate::report) title: String,
    /// The first column: its name, and what it counts.
    pub(in crate::report) first: String,
    pub(in crate::report) counts: Counts,
    /// Where it is drawn; `None`: rows are by name.
    pub(in crate::report) across: Option<Across>,
    pub(in crate::report) columns: Vec<Column>,
    /// What each row is called, where rows are by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) names: Vec<String>,
    /// The first column, then the others; ordered by the first where that is drawn.
    pub(in crate::report) rows: Vec<Vec<Option<f64>>>,
    /// What was left out, in words; empty: nothing.
    pub(in crate::report) left_out: String,
}

/// The series of a chart that single elements show, by name.
pub(in crate::report) fn series(records: &[Record]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let columns = records.iter().flat_map(|record| &record.columns);
    for column in columns.filter(|column| !column.parts.is_empty()) {
        if !names.contains(&column.name.as_str()) {
            names.push(&column.name);
        }
    }
    names
}

/// Most rows of all records of a chart.
const ROWS: usize = 140;

/// Fewest rows that a record keeps.
const FEWEST: usize = 12;

/// What is said of rows that repeat.
const REPEATS: &str = "rows that repeat the one before are left out";

/// Which row of several is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Keep {
    /// The last of them.
    Last,
    /// The least of every column.
    Least,
    /// The most of every column.
    Most,
}

impl Record {
    /// Joins neighbours into one row, the same number everywhere, until a chart can hold all of
    /// `records` records, and leaves out rows that repeat the one before.
    pub(in crate::report) fn thinned(mut self, keep: &[Keep], records: usize) -> Self {
        let room = (ROWS / records.max(1)).max(FEWEST);
        let all = self.rows.len();
        let joined = |each: usize| {
            let rows = self.rows.chunks(each).map(|rows| joined(rows, keep));
            let mut rows: Vec<_> = rows.collect();
            rows.dedup_by(|row, before| row[1..] == before[1..]);
            rows
        };
        let fits = (1..=all).map(|each| (each, joined(each))).find(|(_, rows)| rows.len() <= room);
        let Some((each, rows)) = fits else { return self };
        let joins =
            (each > 1).then(|| format!("each row joins {each} drawn values: {}", said(keep)));
        let repeats = (rows.len() < all.div_ceil(each)).then(|| REPEATS.to_owned());
        self.left_out = joins.into_iter().chain(repeats).collect::<Vec<_>>().join("; ");
        self.rows = rows;
        self
    }

    /// Cuts every number to six significant digits, which are more than pixels.
    pub(in crate::report) fn rounded(mut self) -> Self {
        let six = |value: f64| format!("{value:.5e}").parse().unwrap_or(value);
        self.rows.iter_mut().flatten().flatten().for_each(|value| *value = six(*value));
        self
    }
}

/// Some rows as one, at the first's place.
fn joined(rows: &[Vec<Option<f64>>], keep: &[Keep]) -> Vec<Option<f64>> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let column = |at: usize| {
        let known = rows.iter().filter_map(|row| row[at]);
        match keep.get(at - 1).copied().unwrap_or(Keep::Last) {
            Keep::Last => last[at],
            Keep::Least => known.reduce(f64::min),
            Keep::Most => known.reduce(f64::max),
        }
    };
    let place = if keep.iter().all(|keep| *keep == Keep::Last) { last[0] } else { first[0] };
    std::iter::once(place).chain((1..first.len()).map(column)).collect()
}

/// What is kept, in words.
fn said(keep: &[Keep]) -> &'static str {
    match (keep.contains(&Keep::Least), keep.contains(&Keep::Most)) {
        (true, true) => "the least of those in service, the most of the others",
        (true, false) => "the least",
        (false, true) => "the most",
        (false, false) => "the last",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(rows: impl IntoIterator<Item = [f64; 2]>) -> Record {
        let rows = rows.into_iter().map(|[x, y]| vec![Some(x), Some(y)]);
        Record { rows: rows.collect(), ..Record::default() }
    }

    #[test]
    fn rows_that_repeat_are_left_out_and_a_dip_is_never() {
        let steps = record([[0.0, 5.0], [1.0, 5.0], [2.0, 3.0], [3.0, 3.0]]);
        let found = steps.thinned(&[Keep::Least], 1);
        assert_eq!(found.rows, record([[0.0, 5.0], [2.0, 3.0]]).rows);
        assert_eq!(found.left_out, "rows that repeat the one before are left out");
        // 1,000 rows that all differ, one of them a dip.
        let many =
            (0..1_000).map(|n| [f64::from(n), if n == 503 { 1.0 } else { 9.0 + f64::from(n) }]);
        let found = record(many).thinned(&[Keep::Least], 2);
        assert_eq!(found.rows.len(), 67);
        assert!(found.rows.contains(&vec![Some(495.0), Some(1.0)]), "{:?}", found.rows);
        assert_eq!(found.left_out, "each row joins 15 drawn values: the least");
        let few = record([[0.0, 1.0], [1.0, 2.0]]).thinned(&[Keep::Last], 1);
        assert_eq!((few.rows.len(), few.left_out.as_str()), (2, ""));
    }

    /// A long calm behind a steep rise is not joined with the rise.
    #[test]
    fn a_row_holds_no_longer_than_its_values() {
        let rise = (0..1_300).map(|n| [f64::from(n), f64::from(n.min(300))]);
        let found = record(rise).thinned(&[Keep::Least], 1);
        let at = |x: f64| found.rows.iter().rfind(|row| row[0] <= Some(x)).map(|row| row[1]);
        assert_eq!(at(1_200.0), Some(Some(300.0)), "{:?}", found.rows);
        assert_eq!(at(305.0), Some(Some(300.0)));
        assert_eq!(
            found.left_out,
            "each row joins 3 drawn values: the least; rows that repeat the one before are left out"
        );
    }

    #[test]
    fn numbers_have_six_digits() {
        let found = record([[1.0 / 3.0, 123_456_789.0]]).rounded();
        assert_eq!(found.rows, record([[0.333_333, 123_457_000.0]]).rows);
    }
}
