//! A CSV table that grows in memory, field by field.
//!
//! Numbers are printed from integers; the csv crate does the quoting.

use std::fmt;
use std::io::Write;

use super::cells::Cells;
use super::columns::Column;
use crate::measures::Total;
use crate::model::Model;
use crate::time::{NANOS, Span};

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

    /// Anything that prints itself.
    pub(super) fn show(&mut self, value: impl fmt::Display) {
        self.scratch.clear();
        let _ = write!(self.scratch, "{value}");
        let _ = self.writer.write_field(&self.scratch);
    }

    /// Anything that prints itself, or nothing.
    pub(super) fn maybe_show(&mut self, value: Option<impl fmt::Display>) {
        match value {
            Some(value) => self.show(value),
            None => self.empty(),
        }
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
    // What a spreadsheet would take for a formula begins with an apostrophe.
    fn text(&mut self, text: &str) {
        if is_formula(text) {
            let _ = self.writer.write_field(format!("'{text}"));
        } else {
            let _ = self.writer.write_field(text);
        }
    }

    fn count(&mut self, number: impl fmt::Display + TryInto<i64>) {
        self.show(number);
    }

    fn flag(&mut self, is: bool) {
        self.show(is);
    }

    fn billionths(&mut self, value: i128) {
        match i64::try_from(value) {
            Ok(nanos) => self.span(Span(nanos)),
            Err(_) => self.show(Total(value)),
        }
    }

    fn millionths(&mut self, value: i128) {
        let sign = if value < 0 { "-" } else { "" };
        let size = value.unsigned_abs();
        self.show(format_args!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000));
    }

    fn empty(&mut self) {
        self.text("");
    }

    fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    // Lengths of time are most of what is written; they need no wider numbers, and no text of their own.
    fn span(&mut self, span: Span) {
        let (sign, size) = (if span.0 < 0 { "-" } else { "" }, span.0.unsigned_abs());
        let (whole, rest) = (size / NANOS as u64, size % NANOS as u64);
        self.show(format_args!("{sign}{whole}.{rest:09}"));
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
