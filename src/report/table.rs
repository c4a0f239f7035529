//! A CSV table that grows in memory, field by field.
//!
//! Numbers are printed from integers; quoting is the csv crate's business.

use std::fmt;
use std::io::Write;

use super::cells::Cells;
use super::columns::Column;
use crate::measures::Total;
use crate::model::Model;
use crate::time::{NANOS, Span, Time};

/// Rows of a CSV file. Writing to memory cannot fail, so nothing here returns an error.
pub(super) struct Table {
    writer: csv::Writer<Vec<u8>>,
    scratch: Vec<u8>,
}

impl Table {
    /// No rows, no header.
    pub(super) fn new() -> Self {
        let mut builder = csv::WriterBuilder::new();
        let writer = builder.flexible(true).from_writer(Vec::new());
        Self { writer, scratch: Vec::new() }
    }

    /// A table that begins with its header.
    pub(super) fn with_header(columns: &[&str]) -> Self {
        let mut table = Self::new();
        columns.iter().for_each(|column| table.text(column));
        table.end();
        table
    }

    /// A table that begins with the names of its columns; `local`: one more where there is a calendar.
    pub(super) fn with_columns(columns: &[Column], local: Option<&str>, model: &Model) -> Self {
        let columns = columns.iter().filter(|column| column.is_in(model));
        let names = columns.map(|column| column.name);
        let local = local.filter(|_| model.clock.is_some());
        Self::with_header(&names.chain(local).collect::<Vec<_>>())
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// A text. What a spreadsheet would take for a formula begins with an apostrophe.
    pub(super) fn text(&mut self, text: &str) {
        if is_formula(text) {
            let _ = self.writer.write_field(format!("'{text}"));
        } else {
            let _ = self.writer.write_field(text);
        }
    }

    /// An empty field: there is no value.
    pub(super) fn empty(&mut self) {
        self.text("");
    }

    /// A text, or nothing.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    /// Anything that prints itself.
    pub(super) fn show(&mut self, value: impl fmt::Display) {
        self.scratch.clear();
        let _ = write!(self.scratch, "{value}");
        let _ = self.writer.write_field(&self.scratch);
    }

    /// Seconds with nine decimals.
    pub(super) fn span(&mut self, span: Span) {
        self.scratch.clear();
        let (sign, size) = (if span.0 < 0 { "-" } else { "" }, span.0.unsigned_abs());
        let _ = write!(self.scratch, "{sign}{}.{:09}", size / NANOS as u64, size % NANOS as u64);
        let _ = self.writer.write_field(&self.scratch);
    }

    /// Seconds since the start.
    pub(super) fn time(&mut self, time: Time) {
        self.span(time - Time::ZERO);
    }

    /// Seconds, or nothing.
    pub(super) fn maybe_span(&mut self, span: Option<Span>) {
        match span {
            Some(span) => self.span(span),
            None => self.empty(),
        }
    }

    /// Seconds since the start, or nothing.
    pub(super) fn maybe_time(&mut self, time: Option<Time>) {
        self.maybe_span(time.map(|time| time - Time::ZERO));
    }

    /// A number of millionths, as a number with six decimals.
    pub(super) fn millionths(&mut self, value: i128) {
        let sign = if value < 0 { "-" } else { "" };
        let size = value.unsigned_abs();
        self.show(format_args!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000));
    }

    /// Takes the rows so far; the table goes on empty.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::replace(self, Self::new()).into_bytes()
    }

    /// The rows.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

impl Cells for Table {
    fn text(&mut self, text: &str) {
        Self::text(self, text);
    }

    fn count(&mut self, number: impl fmt::Display + TryInto<i64>) {
        self.show(number);
    }

    fn flag(&mut self, is: bool) {
        self.show(is);
    }

    fn billionths(&mut self, value: i128) {
        self.show(Total(value));
    }

    fn millionths(&mut self, value: i128) {
        Self::millionths(self, value);
    }

    fn empty(&mut self) {
        Self::empty(self);
    }

    fn end(&mut self) {
        Self::end(self);
    }

    // Lengths of time are most of what is written; they need no wider numbers.
    fn span(&mut self, span: Span) {
        Self::span(self, span);
    }
}

/// A text of a CSV file without the apostrophe before what looks like a formula.
pub(super) fn unguarded(text: &str) -> &str {
    let guarded = text.strip_prefix('\'');
    guarded.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(text)
}

/// Whether a spreadsheet would calculate a text; numbers are none.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula() {
        let mut table = Table::new();
        for text in ["=1+1", "+a", "-a", "@a", "\ta", "-5", "+2.5", "a=b", ""] {
            table.text(text);
        }
        table.end();
        let expected = "'=1+1,'+a,'-a,'@a,'\ta,-5,+2.5,a=b,\n";
        assert_eq!(String::from_utf8(table.into_bytes()).unwrap(), expected);
    }

    #[test]
    fn fields_are_exact_and_quoted_where_they_must_be() {
        let mut table = Table::with_header(&["a", "b"]);
        table.text("one, \"two\"");
        table.span(Span(-1_500_000_000));
        table.end();
        table.maybe_time(None);
        table.millionths(-1_500_000);
        table.end();
        let text = String::from_utf8(table.into_bytes()).unwrap_or_default();
        assert_eq!(text, "a,b\n\"one, \"\"two\"\"\",-1.500000000\n,-1.500000\n");
    }
}
