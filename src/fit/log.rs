//! A log of outages from its text: every row with its place, every mistake noted. What overlapping
//! or open outages mean is decided elsewhere.

use std::collections::BTreeMap;

use super::changes::{self, Look};
use super::columns::{Columns, columns};
use super::mistakes::{self, Form, Mistakes};
use super::roles::{Role, Rows};
use super::row::Row;
use super::times::{self, Clock, Style};
use crate::diagnostic::cells::{self, Cell, Record, row_span};
use crate::diagnostic::{TextSpan, plain};
use crate::time::{Span, Time};

/// How a log is to be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Columns by role, where their names do not say it.
    pub columns: Vec<(Role, String)>,
    /// What a row is; `None`: as the header says.
    pub rows: Option<Rows>,
    /// How dates are read.
    pub clock: Clock,
}

/// A log as written.
#[derive(Clone, Debug)]
pub struct Log {
    /// Names of the components, in the order of their first rows; one without a name if the log
    /// has no such column.
    pub components: Vec<String>,
    /// The outages; none ends before it begins.
    pub rows: Vec<Row>,
    /// What a row is.
    pub kind: Rows,
    /// Number of rows below the header.
    pub lines: usize,
    /// The columns in use: role and name.
    pub used: Vec<(&'static str, String)>,
    /// Columns that are not used.
    pub unused: Vec<String>,
    /// Whether bare numbers of the duration count as seconds because nothing says their unit.
    pub unit_assumed: bool,
    /// How instants are written.
    pub style: Style,
    /// The clock that read them.
    pub clock: Clock,
    /// Of each component the moment of a return that was seen before its first outage.
    pub since: Vec<Option<Time>>,
    /// Median time between two rows of one component, of transitions and samples.
    pub gap: Option<Span>,
    /// The last instant that the log knows of.
    pub last: Time,
    /// Mistakes in single rows, which are not among [`Self::rows`].
    pub found: Mistakes,
}

/// Reads a log.
///
/// # Errors
/// What is wrong with the text as a whole, or with its header; mistakes of single rows are in the log.
pub fn read(bytes: &[u8], reading: &Reading) -> Result<Log, Mistakes> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(wrong) => return Err(mistakes::not_utf8(wrong.valid_up_to()).into()),
    };
    let records = cells::records(text).map_err(mistakes::open_quote)?;
    let Some((header, rows)) = records.split_first().filter(|(_, rows)| !rows.is_empty()) else {
        return Err(mistakes::no_rows(TextSpan::new(0, text.len().min(1))).into());
    };
    let columns = columns(header, &reading.columns, reading.rows)?;
    let name = |(role, index): (Role, usize)| (role.name(), header[index].text.clone());
    let mut reader = Reader {
        clock: &reading.clock,
        components: Vec::new(),
        known: BTreeMap::new(),
        first: None,
        last: Time(i64::MIN),
        bare: false,
        found: Mistakes::default(),
        columns,
    };
    let lines = rows.len();
    let (rows, since, gap) = reader.rows(rows);
    let columns = &reader.columns;
    Ok(Log {
        rows,
        kind: columns.rows,
        lines,
        used: columns.roles().map(name).collect(),
        unused: columns.unused(header),
        unit_assumed: reader.bare && !columns.unit.1,
        style: reader.first.map_or(Style::Dates, |(style, _)| style),
        clock: reading.clock.clone(),
        since,
        gap,
        last: if reader.last.0 == i64::MIN { Time::ZERO } else { reader.last },
        components: reader.components,
        found: reader.found,
    })
}

/// What is known while rows are read.
struct Reader<'a> {
    columns: Columns,
    clock: &'a Clock,
    components: Vec<String>,
    known: BTreeMap<String, usize>,
    first: Option<(Style, TextSpan)>,
    last: Time,
    /// Whether a duration was a bare number.
    bare: bool,
    found: Mistakes,
}

impl Reader<'_> {
    /// All rows as outages, the beginnings of first up times, and the gap between rows.
    fn rows(&mut self, records: &[Record]) -> (Vec<Row>, Vec<Option<Time>>, Option<Span>) {
        if self.columns.rows == Rows::Outages {
            let rows = records.iter().filter_map(|record| self.outage(record)).collect();
            return (rows, vec![None; self.components.len()], None);
        }
        let looks: Vec<Look> = records.iter().filter_map(|record| self.look(record)).collect();
        let changes = changes::outages(looks, self.components.len(), self.columns.rows);
        (changes.rows, changes.since, changes.gap)
    }

    /// The place of a row and the position of its component; `None` if it does not fit the header.
    fn whole(&mut self, record: &Record) -> Option<(TextSpan, usize)> {
        let span = row_span(record);
        if record.len() != self.columns.number {
            self.found.push(mistakes::ragged(span, record.len(), self.columns.number));
            return None;
        }
        let name = self.columns.place(Role::Component);
        let name = name.map_or("", |index| record[index].text.as_str());
        let name = plain(name).into_owned();
        let component = *self.known.entry(name).or_insert_with_key(|name| {
            self.components.push(name.clone());
            self.components.len() - 1
        });
        Some((span, component))
    }

    fn outage(&mut self, record: &Record) -> Option<Row> {
        let (span, component) = self.whole(record)?;
        let [start, end, lasts] = [Role::Start, Role::End, Role::Duration]
            .map(|role| self.columns.place(role).map(|index| &record[index]));
        let (start_cell, end_cell) = (start?, end.or(lasts)?);
        let start = self.instant("start", start_cell);
        let end = match (end_cell.text.is_empty(), end.is_some()) {
            (true, _) => Some(None),
            (false, true) => self.instant("end", end_cell).map(Some),
            (false, false) => self.lasting(start, end_cell).map(Some),
        };
        let (start, end) = (start?, end?);
        if end.is_some_and(|end| end < start) {
            self.found.push(mistakes::backwards(start_cell.span, end_cell.span));
            return None;
        }
        self.last = self.last.max(end.unwrap_or(start));
        Some(Row { component, start, end, span })
    }

    fn look(&mut self, record: &Record) -> Option<Look> {
        let (span, component) = self.whole(record)?;
        let time = &record[self.columns.place(Role::Time)?];
        let role = if self.columns.place(Role::State).is_some() { Role::State } else { Role::Up };
        let cell = &record[self.columns.place(role)?];
        let at = self.instant("time", time);
        let up = changes::state(&cell.text);
        if up.is_none() {
            self.found.push(mistakes::bad_state(role.name(), cell.span));
        }
        let (at, up) = (at?, up?);
        self.last = self.last.max(at);
        Some(Look { component, at, up, span })
    }

    fn instant(&mut self, column: &str, cell: &Cell) -> Option<Time> {
        match self.clock.instant(&cell.text) {
            Ok((at, style)) => {
                let (first, span) = *self.first.get_or_insert((style, cell.span));
                if first != style {
                    self.found.push(mistakes::mixed_times(cell.span, span));
                }
                Some(at)
            }
            Err(wrong) => {
                let form = form(self.clock, &cell.text);
                let wrong = if form == Form::Empty { "it is empty" } else { &wrong };
                self.found.push(mistakes::bad_time(column, cell.span, wrong, form));
                None
            }
        }
    }

    /// The end of an outage from its length.
    fn lasting(&mut self, start: Option<Time>, cell: &Cell) -> Option<Time> {
        self.bare |= cell.text.ends_with(|letter: char| letter.is_ascii_digit());
        match times::length(&cell.text, self.columns.unit.0) {
            Ok(length) => start.map(|start| start + length),
            Err(wrong) => {
                let (secs, named) = self.columns.unit;
                let unit = named.then_some(secs);
                self.found.push(mistakes::bad_length(cell.span, &wrong, unit));
                None
            }
        }
    }
}

/// The form of a cell that is no time.
fn form<'c>(clock: &'c Clock, text: &str) -> Form<'c> {
    let other = times::proposed_format(text).filter(|other| clock.format() != Some(*other));
    match (clock.format(), other) {
        _ if text.is_empty() => Form::Empty,
        _ if clock.has_form(text) => Form::Right,
        (_, Some(format)) => match times::decided(text) {
            Some((_, day)) => Form::Decided(format, day),
            None => Form::Other(format),
        },
        (Some(format), None) => Form::Given(format),
        (None, None) => Form::Unknown,
    }
}

impl Log {
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
