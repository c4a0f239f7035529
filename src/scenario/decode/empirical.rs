//! Empirical laws: a column of a CSV file that the caller hands in.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::distribution::Law;
use crate::scenario::file_mistakes::no_column;
use crate::scenario::keys::{Absent, EMPIRICAL, Key, Shape};
use crate::scenario::mistakes::{bad_file, wrong_type};
use crate::scenario::tree::{Node, Value};
use crate::scenario::units;
use crate::time::{LONGEST, Span};

use super::context::Context;
use super::reader::Reader;
use super::values;

/// Most rows that are read.
const MOST_ROWS: usize = 1_000_000;

/// `{ file = "x.csv", column = "seconds" }`.
pub(super) fn decode(context: &mut Context<'_>, node: &Node) -> Result<Law, Diagnostic> {
    let Value::Table(table) = &node.value else {
        let shape = Shape::Table(&EMPIRICAL);
        return Err(wrong_type(
            &Key { name: "empirical", shape, absent: Absent::Required, doc: "" },
            node,
        ));
    };
    let before = context.found.len();
    let mut reader = Reader::new(context, &EMPIRICAL, table, node.span);
    let file = reader.value("file", values::text);
    let column = reader.value("column", values::text);
    reader.finish();
    let (Some(file), Some(column), true) = (file, column, context.found.len() == before) else {
        return Err(context.found.pop().unwrap_or_else(|| unreadable(node.span, "", "")));
    };
    let read = context.files.read(&file.value);
    let bytes = read.map_err(|wrong| unreadable(file.span, &file.value, &wrong))?;
    let rows = column_of(&bytes, &file.value, &column.value, column.span)?;
    Ok(Law::Empirical(rows))
}

fn unreadable(span: TextSpan, file: &str, wrong: &str) -> Diagnostic {
    bad_file(format!("the file `{file}` cannot be read"), span, wrong.to_owned())
}

fn column_of(
    bytes: &[u8],
    file: &str,
    column: &str,
    span: TextSpan,
) -> Result<Vec<Span>, Diagnostic> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let headers = table.headers().map_err(|wrong| unreadable(span, file, &wrong.to_string()))?;
    let names: Vec<&str> = headers.iter().collect();
    let Some(index) = names.iter().position(|name| *name == column) else {
        return Err(no_column(&format!("the file `{file}`"), column, span, (&names, "")));
    };
    let mut rows = Vec::new();
    for (number, record) in table.records().enumerate() {
        let record = record.map_err(|wrong| unreadable(span, file, &wrong.to_string()))?;
        let cell = record.get(index).unwrap_or("");
        rows.push(length(cell).map_err(|wrong| {
            let message = format!("the file `{file}` has a bad value in row {}", number + 1);
            bad_file(message, span, format!("`{cell}`: {wrong}"))
        })?);
        if rows.len() > MOST_ROWS {
            let label = format!("more than {MOST_ROWS} rows");
            return Err(bad_file(format!("the file `{file}` is too long"), span, label));
        }
    }
    if rows.is_empty() {
        return Err(bad_file(format!("the file `{file}` has no rows"), span, String::new()));
    }
    Ok(rows)
}

/// A bare number of seconds, or a duration with a unit.
fn length(cell: &str) -> Result<Span, String> {
    let bare = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !bare || cell.is_empty() {
        return units::duration(cell);
    }
    let seconds = cell.parse::<f64>().map_err(|_| "not a number of seconds")?;
    if seconds > LONGEST.as_secs_f64() {
        return Err("longer than 100 years".to_owned());
    }
    Ok(Span::from_secs_f64(seconds))
}
