//! Empirical laws: a column of a CSV file that the caller hands in.

use crate::diagnostic::Diagnostic;
use crate::distribution::Law;
use crate::scenario::keys::{Absent, EMPIRICAL, Key, Shape};
use crate::scenario::mistakes::wrong_type;
use crate::scenario::tree::{Node, Value};
use crate::scenario::units;
use crate::time::{LONGEST, Span};

use super::context::{Context, left_behind};
use super::reader::Reader;
use super::sheet::Sheet;
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
        return Err(left_behind(context, node));
    };
    let sheet = Sheet::read(context, &file, MOST_ROWS)?;
    let column = sheet.column(&column, "")?;
    let mut lengths = Vec::new();
    for row in sheet.rows() {
        match length(&row[column].text) {
            Ok(length) => lengths.push(length),
            Err(wrong) => context.found.push(sheet.bad(row, column, wrong)),
        }
    }
    if context.found.len() > before {
        return Err(left_behind(context, node));
    }
    Ok(Law::Empirical(lengths))
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
