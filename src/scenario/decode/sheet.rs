//! A CSV file that a scenario names, as cells that know where they are. It does not know what a
//! cell means.

use crate::diagnostic::cells::{Record, records, row_span};
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::scenario::document::Spanned;
use crate::scenario::file_mistakes::{no_column, open_quote, ragged};
use crate::scenario::mistakes::{bad_file, twice};

use super::context::Context;

/// A file with a header and at least one row.
pub(super) struct Sheet {
    file: Spanned<String>,
    /// Where its text begins among the texts of the scenario.
    start: usize,
    header: Record,
    rows: Vec<Record>,
}

/// The text of a file.
pub(super) fn text_of(context: &Context<'_>, file: &Spanned<String>) -> Result<String, Diagnostic> {
    let read = context.files.read(&file.value);
    let text = read
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()));
    let message = || format!("the file `{}` cannot be read", file.value);
    text.map_err(|wrong| bad_file(message(), file.span, wrong.replace('\n', " ")))
}

/// A place in a text that is attached from `start` on.
pub(super) const fn behind(start: usize, span: TextSpan) -> TextSpan {
    TextSpan::new(start + span.start, start + span.end)
}

impl Sheet {
    /// Reads a file of at most `most` rows. Rows that do not fit its header are left out and noted.
    pub(super) fn read(
        context: &mut Context<'_>,
        file: &Spanned<String>,
        most: usize,
    ) -> Result<Self, Diagnostic> {
        let text = text_of(context, file)?;
        let rows = records(&text);
        let start = context.attach(&file.value, text);
        let mut rows = rows.map_err(|quote| open_quote(behind(start, quote)))?;
        let wrong = |what: &str, label: String| {
            bad_file(format!("the file `{}` {what}", file.value), file.span, label)
        };
        if rows.len() < 2 {
            return Err(wrong("has no rows", String::new()));
        }
        let header = rows.remove(0);
        if rows.len() > most {
            return Err(wrong("is too long", format!("more than {most} rows")));
        }
        rows.retain(|row| {
            let fits = row.len() == header.len();
            let span = || behind(start, row_span(row));
            context.found.extend((!fits).then(|| ragged(span(), row.len(), header.len())));
            fits
        });
        Ok(Self { file: file.clone(), start, header, rows })
    }

    /// Its rows, each with as many cells as there are columns.
    pub(super) fn rows(&self) -> &[Record] {
        &self.rows
    }

    /// The column of a name that is written somewhere; `more`: what else helps where there is none.
    pub(super) fn column(&self, name: &Spanned<String>, more: &str) -> Result<usize, Diagnostic> {
        let mut named = self.header.iter().filter(|cell| cell.text == name.value);
        if let (Some(first), Some(again)) = (named.next(), named.next()) {
            let message = format!("two columns have the name `{}`", name.value);
            let [again, first] = [again, first].map(|cell| behind(self.start, cell.span));
            return Err(twice(message, again, first));
        }
        self.place(&name.value).ok_or_else(|| {
            let names: Vec<&str> = self.header.iter().map(|cell| cell.text.as_str()).collect();
            let whose = format!("the file `{}`", self.file.value);
            no_column(&whose, &name.value, name.span, (&names, more))
        })
    }

    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
    }

    /// Where a cell is.
    pub(super) fn span(&self, row: &Record, column: usize) -> TextSpan {
        behind(self.start, row[column].span)
    }

    /// What is wrong with a cell.
    pub(super) fn bad(&self, row: &Record, column: usize, label: impl Into<String>) -> Diagnostic {
        let message = format!("a bad value in the column `{}`", self.header[column].text);
        bad_file(message, self.span(row, column), label.into())
    }

    /// What is wrong with the header.
    pub(super) fn bad_header(&self, message: String) -> Diagnostic {
        let span = behind(self.start, row_span(&self.header));
        bad_file(message, span, "the header".to_owned())
    }
}
