//! A log of outages from its text: columns by name, every row with its place, every mistake noted.
//! What overlapping or open outages mean is decided elsewhere.

use std::collections::BTreeMap;

use super::cells::{self, Cell, Record};
use super::mistakes::{self, Mistakes};
use super::times::{self, Style};
use crate::diagnostic::TextSpan;
use crate::time::{Span, Time};

/// One outage as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Position in [`Log::components`].
    pub component: usize,
    /// Start.
    pub start: Time,
    /// End; `None`: still down.
    pub end: Option<Time>,
    /// Where the row stands.
    pub span: TextSpan,
}

/// A log as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Names of the components, in the order of their first rows; one without a name if the log
    /// has no such column.
    pub components: Vec<String>,
    /// The outages, in the order of the text; none ends before it begins.
    pub rows: Vec<Row>,
    /// Columns that are not used.
    pub unused: Vec<String>,
    /// How instants are written.
    pub style: Style,
}

/// Where the columns stand.
struct Columns {
    component: Option<usize>,
    start: usize,
    end: usize,
    /// Whether `end` is a duration.
    lasts: bool,
    number: usize,
}

/// Reads a log.
///
/// # Errors
/// Every mistake in it.
pub fn read(bytes: &[u8]) -> Result<Log, Mistakes> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(wrong) => return Err(mistakes::not_utf8(wrong.valid_up_to()).into()),
    };
    let records = cells::records(text).map_err(mistakes::open_quote)?;
    let Some((header, rows)) = records.split_first().filter(|(_, rows)| !rows.is_empty()) else {
        return Err(mistakes::no_rows(TextSpan::new(0, text.len().min(1))).into());
    };
    let columns = columns(header)?;
    let unused = unused(header, &columns);
    let found = Mistakes::default();
    let mut reader =
        Reader { columns, components: Vec::new(), known: BTreeMap::new(), first: None, found };
    let rows: Vec<Row> = rows.iter().filter_map(|record| reader.row(record)).collect();
    if !reader.found.is_empty() {
        return Err(reader.found);
    }
    let style = reader.first.map_or(Style::Dates, |(style, _)| style);
    Ok(Log { components: reader.components, rows, unused, style })
}

fn columns(header: &Record) -> Result<Columns, Mistakes> {
    let mut found = Mistakes::default();
    let mut position = |name: &str| {
        let mut all = header.iter().enumerate().filter(|(_, cell)| is(cell, name));
        let first = all.next()?;
        if let Some(second) = all.next() {
            let twice = mistakes::column_twice((name, first.1.span), (name, second.1.span));
            found.push(twice);
        }
        Some(first.0)
    };
    let (component, start) = (position("component"), position("start"));
    let (end, lasts) = (position("end"), position("duration"));
    let names: Vec<&str> = header.iter().map(|cell| cell.text.as_str()).collect();
    let whole = row_span(header);
    if start.is_none() {
        found.push(mistakes::missing_column("start", whole, &names));
    }
    match (end, lasts) {
        (None, None) => found.push(mistakes::missing_column("end or duration", whole, &names)),
        (Some(end), Some(lasts)) => found.push(mistakes::column_twice(
            ("end", header[end].span),
            ("duration", header[lasts].span),
        )),
        _ => {}
    }
    match (start, end.or(lasts)) {
        (Some(start), Some(either)) if found.is_empty() => Ok(Columns {
            component,
            start,
            end: either,
            lasts: end.is_none(),
            number: header.len(),
        }),
        _ => Err(found),
    }
}

fn is(cell: &Cell, name: &str) -> bool {
    cell.text.eq_ignore_ascii_case(name)
}

fn unused(header: &Record, columns: &Columns) -> Vec<String> {
    let used = [columns.component, Some(columns.start), Some(columns.end)];
    let rest = header.iter().enumerate().filter(|(index, _)| !used.contains(&Some(*index)));
    rest.map(|(_, cell)| cell.text.clone()).collect()
}

fn row_span(record: &Record) -> TextSpan {
    let start = record.first().map_or(0, |cell| cell.span.start);
    TextSpan::new(start, record.last().map_or(start, |cell| cell.span.end))
}

/// What is known while rows go by.
struct Reader {
    columns: Columns,
    components: Vec<String>,
    known: BTreeMap<String, usize>,
    first: Option<(Style, TextSpan)>,
    found: Mistakes,
}

impl Reader {
    fn row(&mut self, record: &Record) -> Option<Row> {
        let span = row_span(record);
        if record.len() != self.columns.number {
            self.found.push(mistakes::ragged(span, record.len(), self.columns.number));
            return None;
        }
        let (start_cell, end_cell) = (&record[self.columns.start], &record[self.columns.end]);
        let start = self.instant("start", start_cell);
        let end = match (end_cell.text.is_empty(), self.columns.lasts) {
            (true, _) => Some(None),
            (false, true) => self.lasting(start, end_cell).map(Some),
            (false, false) => self.instant("end", end_cell).map(Some),
        };
        let (start, end) = (start?, end?);
        if end.is_some_and(|end| end < start) {
            self.found.push(mistakes::backwards(start_cell.span, end_cell.span));
        }
        let name = self.columns.component.map_or("", |index| record[index].text.as_str());
        Some(Row { component: self.component(name.to_owned()), start, end, span })
    }

    fn component(&mut self, name: String) -> usize {
        *self.known.entry(name).or_insert_with_key(|name| {
            self.components.push(name.clone());
            self.components.len() - 1
        })
    }

    fn instant(&mut self, column: &str, cell: &Cell) -> Option<Time> {
        match times::instant(&cell.text) {
            Ok((at, style)) => {
                let (first, span) = *self.first.get_or_insert((style, cell.span));
                if first != style {
                    self.found.push(mistakes::mixed_times(cell.span, span));
                }
                Some(at)
            }
            Err(wrong) => {
                let wrong = if cell.text.is_empty() { "it is empty".to_owned() } else { wrong };
                self.found.push(mistakes::bad_time(column, cell.span, &wrong));
                None
            }
        }
    }

    /// The end of an outage from its length.
    fn lasting(&mut self, start: Option<Time>, cell: &Cell) -> Option<Time> {
        match times::length(&cell.text) {
            Ok(length) => start.map(|start| start + length),
            Err(wrong) => {
                self.found.push(mistakes::bad_time("duration", cell.span, &wrong));
                None
            }
        }
    }
}

impl Log {
    /// The last instant that the log knows of.
    #[must_use]
    pub fn last(&self) -> Time {
        let ends = self.rows.iter().map(|row| row.end.map_or(row.start, |end| end.max(row.start)));
        ends.max().unwrap_or(Time::ZERO)
    }

    /// The smallest unit that the log writes: the largest of minute, second, millisecond,
    /// microsecond and nanosecond of which every instant is a multiple.
    #[must_use]
    pub fn resolution(&self) -> Span {
        let units = [60_000_000_000, 1_000_000_000, 1_000_000, 1_000].map(Span);
        let whole = |unit: &Span| {
            let mut instants = self.rows.iter().flat_map(|row| [Some(row.start), row.end]);
            instants.all(|at| at.is_none_or(|at| at.0 % unit.0 == 0))
        };
        units.into_iter().find(whole).unwrap_or(Span(1))
    }
}
