//! Numbers of calls by interval: two columns of a CSV file that the caller hands in.

use jiff::civil::Weekday;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::cells::Record;
use crate::model::{Clock, DAY, Local, Weekly};
use crate::scenario::document::{Arrivals, Dated, Rush, Spanned};
use crate::scenario::keys::COUNTS;
use crate::scenario::mistakes::{bad_file, out_of_range};
use crate::scenario::tree::{Node, Table};
use crate::scenario::{calendar, units};
use crate::time::{NANOS, Span, Time};

use super::calendar::without_calendar;
use super::context::{Calendar, Context, left_behind};
use super::reader::Reader;
use super::sheet::Sheet;
use super::values;

/// Most rows that are read.
const MOST_ROWS: usize = 1_000_000;
const HOUR: f64 = 3_600.0 * NANOS as f64;

/// How the start of an interval may be written.
const FORMS: &str = "write its start as `2027-01-04 08:00`, `Mon 08:00` (every week), `08:00` (every day), or `90m` since the start of the run";

/// How a number of calls may be written.
const NUMBERS: &str = "write a number from 0 to 1000000000 such as `1234.5`: a point before decimals, and nothing between thousands";

/// What the table says.
struct Asked {
    file: Spanned<String>,
    columns: [Spanned<String>; 2],
    length: Option<Spanned<Span>>,
}

/// The start of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// Of every day.
    Daily(Span),
    /// Of every week.
    Weekly(Weekday, Span),
    /// An instant of the run.
    Once(Time),
}

impl Start {
    const fn kind(self) -> &'static str {
        match self {
            Self::Daily(_) => "a time of day",
            Self::Weekly(..) => "a weekday with a time",
            Self::Once(_) => "an instant",
        }
    }

    /// Where it is in its period, and how long the period is.
    fn place(self) -> (i64, i64) {
        match self {
            Self::Daily(time) => (time.0, DAY),
            Self::Weekly(day, time) => {
                (i64::from(day.to_monday_zero_offset()) * DAY + time.0, 7 * DAY)
            }
            Self::Once(at) => (at.0, i64::MAX),
        }
    }
}

/// `{ file = "x.csv", ... }`.
pub(super) fn read(
    context: &mut Context<'_>,
    node: &Node,
    table: &Table,
) -> Result<Arrivals, Diagnostic> {
    let before = context.found.len();
    let mut reader = Reader::new(context, &COUNTS, table, node.span);
    let file = reader.value("file", values::text);
    let column = |written: Option<Spanned<String>>, usual: &str| {
        written.unwrap_or(Spanned { value: usual.to_owned(), span: node.span })
    };
    let columns = [
        column(reader.value("interval", values::text), "interval"),
        column(reader.value("count", values::text), "calls"),
    ];
    let length = reader.value("length", values::duration);
    reader.finish();
    let Some(file) = file.filter(|_| context.found.len() == before) else {
        return Err(left_behind(context, node));
    };
    let asked = Asked { file, columns, length };
    let clock = match &context.calendar {
        Calendar::Known(clock) => Some(clock),
        Calendar::Silent => None,
        // What is wrong with it is said already.
        Calendar::Broken => return Ok(Arrivals::Dated(Dated::default())),
    };
    let clock = clock.cloned();
    let sheet = Sheet::read(context, &asked.file, MOST_ROWS)?;
    let columns = [
        sheet.column(&asked.columns[0], "; name one with `interval`")?,
        sheet.column(&asked.columns[1], "; name one with `count`")?,
    ];
    let is_local = |row: &Record| calendar::is_local(&row[columns[0]].text);
    if clock.is_none() && sheet.rows().iter().any(is_local) {
        return Err(without_calendar("local time", node));
    }
    let counts = Counts { asked: &asked, sheet: &sheet, columns, clock: clock.as_ref() };
    let rows = counts.rows(&mut context.found);
    if context.found.len() > before {
        return Err(left_behind(context, node));
    }
    counts.arrivals(&rows)
}

/// A row, when its interval begins, and the number of calls.
type Row<'s> = (&'s Record, Start, f64);

/// Rows that are being read.
struct Counts<'s> {
    asked: &'s Asked,
    sheet: &'s Sheet,
    /// Intervals and numbers.
    columns: [usize; 2],
    clock: Option<&'s Clock>,
}

impl<'s> Counts<'s> {
    /// All rows but those before the start of the run; mistakes are noted.
    fn rows(&self, found: &mut Vec<Diagnostic>) -> Vec<Row<'s>> {
        let mut rows = Vec::new();
        for row in self.sheet.rows() {
            let [interval, count] = self.columns.map(|column| &row[column].text);
            let start = start(interval, self.clock)
                .map_err(|wrong| found.push(self.bad(row, wrong).help(FORMS)));
            let count = number_of(count).map_err(|wrong| {
                found.push(self.sheet.bad(row, self.columns[1], wrong).help(NUMBERS))
            });
            if let (Ok(Some(start)), Ok(count)) = (start, count) {
                rows.push((row, start, count));
            }
        }
        rows
    }

    /// What is wrong with when an interval begins.
    fn bad(&self, row: &Record, label: impl Into<String>) -> Diagnostic {
        self.sheet.bad(row, self.columns[0], label)
    }

    /// The length of an interval.
    fn length(&self, rows: &[Row<'_>]) -> Result<Span, Diagnostic> {
        if let Some(length) = &self.asked.length {
            return Ok(length.value);
        }
        let [(_, first, _), (row, second, _), ..] = rows else {
            let Spanned { value, span } = &self.asked.file;
            let label = "the length of its interval is not known".to_owned();
            let before = self.sheet.rows().len() - rows.len();
            let more = if before > 0 { " that does not begin before the run" } else { "" };
            let found = bad_file(format!("the file `{value}` has one row{more}"), *span, label);
            return Err(found.help("write `length = \"30m\"`"));
        };
        let ((first, period), (second, _)) = (first.place(), second.place());
        match (second - first).rem_euclid(period) {
            0 => Err(self.bad(row, "the interval of the row before")),
            length => Ok(Span(length)),
        }
    }

    fn arrivals(&self, rows: &[Row<'_>]) -> Result<Arrivals, Diagnostic> {
        let before = self.sheet.rows().len() - rows.len();
        let Some(&(_, first, _)) = rows.first() else {
            return Ok(Arrivals::Dated(Dated { before, ..Dated::default() }));
        };
        let length = self.length(rows)?;
        self.in_order(rows, length)?;
        let per_hour = |count: f64| count * HOUR / length.0 as f64;
        if let Start::Once(_) = first {
            let once = rows.iter().filter_map(|&(row, start, count)| match start {
                Start::Once(at) => Some((
                    (at, at + length, per_hour(count)),
                    self.sheet.span(row, self.columns[0]),
                )),
                Start::Daily(_) | Start::Weekly(..) => None,
            });
            let (rates, rows) = once.unzip();
            return Ok(Arrivals::Dated(Dated { rates, rows, before }));
        }
        if length > Span(DAY) {
            let span =
                self.asked.length.as_ref().map_or(self.asked.file.span, |length| length.span);
            let rule = "an interval of a day or a week is at most `1d` long";
            return Err(out_of_range("length", span, rule));
        }
        let rush = |&(_, start, count): &Row<'_>| Rush {
            when: vec![window(start, length)],
            per_hour: per_hour(count),
        };
        Ok(Arrivals::Rows(rows.iter().map(rush).collect()))
    }

    /// Rows are of one kind, follow one another, and do not overlap.
    fn in_order(&self, rows: &[Row<'_>], length: Span) -> Result<(), Diagnostic> {
        let (_, first, _) = rows[0];
        let (from, period) = first.place();
        let mut free = 0;
        for &(row, start, _) in rows {
            if start.kind() != first.kind() {
                let label = format!("this is {}, the first row is {}", start.kind(), first.kind());
                return Err(self.bad(row, label));
            }
            let at = (start.place().0 - from).rem_euclid(period);
            if at < free || period - at < length.0 {
                let label =
                    "it begins before the row before it ends, or ends after the first begins";
                return Err(self.bad(row, label));
            }
            free = at + length.0;
        }
        Ok(())
    }
}

/// The window of an interval that comes again.
fn window(start: Start, length: Span) -> Weekly {
    let (days, from) = match start {
        Start::Weekly(day, from) => {
            let own = day.to_monday_zero_offset() as usize;
            (std::array::from_fn(|day| day == own), from)
        }
        Start::Daily(from) => ([true; 7], from),
        Start::Once(_) => ([false; 7], Span::ZERO),
    };
    Weekly { days, from, to: Span((from.0 + length.0 - 1) % DAY + 1) }
}

/// The start of an interval; `None`: it is before the start of the run.
fn start(cell: &str, clock: Option<&Clock>) -> Result<Option<Start>, String> {
    let Some(clock) = clock.filter(|_| calendar::is_local(cell)) else {
        return Ok(Some(Start::Once(Time::ZERO + units::duration(cell)?)));
    };
    match calendar::local(cell)? {
        Local::Time(None, time) => Ok(Some(Start::Daily(time))),
        Local::Time(Some(day), time) if clock.weekday.is_some() => {
            Ok(Some(Start::Weekly(day, time)))
        }
        _ => Ok(calendar::from_start(cell, clock)?.map(Start::Once)),
    }
}

/// A number of calls, perhaps with decimals.
fn number_of(cell: &str) -> Result<f64, &'static str> {
    let count = cell.parse::<f64>().map_err(|_| "not a number of calls")?;
    if (0.0..=1e9).contains(&count) { Ok(count) } else { Err("it must be from 0 to 1000000000") }
}
