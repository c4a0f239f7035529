//! The tables of a set of results as one workbook: a front sheet that says where they come from, then a
//! sheet per CSV file, numbers as numbers.
//!
//! Texts are texts here, so what a spreadsheet would take for a formula needs no apostrophe.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::columns::Holds;
use super::large_tables::holds;
use super::table::unguarded;

/// The file.
pub const XLSX_FILE: &str = "tables.xlsx";

/// Most rows of a sheet, its header included.
const ROWS: usize = 1_048_576;

/// Most characters of a cell.
const LETTERS: usize = 32_767;

/// Characters of the narrowest and the widest column, and rows whose cells make columns wide.
const WIDE: (usize, usize) = (8, 48);
const LOOKED_AT: usize = 1_000;

/// Most characters of the name of a sheet.
const NAME: usize = 31;

/// What a digest is called on the front sheet.
const DIGEST: &str = "SHA-256";

/// What is a number on the front sheet.
const NUMBERS: [&str; 2] = ["seed", "replications"];

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum NoWorkbook {
    /// The library refuses.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] XlsxError),
    /// A table cannot be read.
    #[error("a table cannot be read: {0}")]
    Table(#[from] csv::Error),
}

/// The workbook of tables by file name; `provenance`: the contents of `provenance.json`.
///
/// # Errors
/// [`NoWorkbook`].
pub fn workbook(tables: &[(String, Vec<u8>)], provenance: &[u8]) -> Result<Vec<u8>, NoWorkbook> {
    let mut book = Workbook::new();
    // No clock: the same results give the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut lines = origin(provenance);
    let mut sheets = Vec::new();
    for (file, bytes) in tables {
        let mut sheet = Worksheet::new();
        let name: String = file.trim_end_matches(".csv").chars().take(NAME).collect();
        sheet.set_name(&name)?;
        let (kept, left) = fill(&mut sheet, file, bytes)?;
        let left =
            if left > 0 { format!("; {left} more rows are in {file}") } else { String::new() };
        let rows = if kept == 1 { "row" } else { "rows" };
        lines.push((name, format!("{kept} {rows} of {file}{left}")));
        sheets.push(sheet);
    }
    book.push_worksheet(front(&lines)?);
    sheets.into_iter().for_each(|sheet| {
        book.push_worksheet(sheet);
    });
    Ok(book.save_to_buffer()?)
}

/// Where the tables come from, line by line.
fn origin(provenance: &[u8]) -> Vec<(String, String)> {
    let json: Value = serde_json::from_slice(provenance).unwrap_or_default();
    let own = &json["provenance"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![("program".to_owned(), text(&own["program"]))];
    for input in own["inputs"].as_array().into_iter().flatten() {
        lines.push(("scenario".to_owned(), text(&input["file"])));
        lines.push((DIGEST.to_owned(), text(&input["digest"])));
        for data in input["data"].as_array().into_iter().flatten() {
            lines.push(("data file".to_owned(), text(&data["file"])));
            lines.push((DIGEST.to_owned(), text(&data["digest"])));
        }
    }
    for setting in own["settings"].as_array().into_iter().flatten() {
        lines.push(("setting".to_owned(), text(setting)));
    }
    for (key, value) in NUMBERS.into_iter().zip([&own["seed"], &own["replications"]["count"]]) {
        if value.is_number() {
            lines.push((key.to_owned(), value.to_string()));
        }
    }
    lines.push(("to make it again".to_owned(), text(&own["command"])));
    lines.push((String::new(), String::new()));
    lines
}

fn front(lines: &[(String, String)]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("about")?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 100)?;
    let bold = Format::new().set_bold();
    for (row, (key, value)) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, cut(key), &bold)?;
        match NUMBERS.contains(&key.as_str()) {
            true => cell(&mut sheet, (row, 1), value)?,
            false => words(&mut sheet, (row, 1), value)?,
        }
    }
    Ok(sheet)
}

/// Writes a table; returns the rows below the header that are in the sheet, and those that are not.
fn fill(sheet: &mut Worksheet, file: &str, bytes: &[u8]) -> Result<(usize, usize), NoWorkbook> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let bold = Format::new().set_bold();
    let (mut texts, mut widths) = (Vec::new(), Vec::new());
    for (column, name) in (0..).zip(reader.headers()?) {
        sheet.write_string_with_format(0, column, cut(name), &bold)?;
        texts.push(holds(file, name) == Some(Holds::Text));
        widths.push(name.chars().count());
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut number = 0;
    for record in reader.records() {
        let record = record?;
        number += 1;
        for (width, text) in widths.iter_mut().zip(&record).filter(|_| number <= LOOKED_AT) {
            *width = text.chars().take(WIDE.1).count().max(*width);
        }
        if number < ROWS {
            for (column, text) in record.iter().enumerate() {
                let at = (number as u32, column as u16);
                match texts.get(column) {
                    Some(true) if !text.is_empty() => words(sheet, at, text)?,
                    _ => cell(sheet, at, text)?,
                }
            }
        }
    }
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, (width.clamp(WIDE.0, WIDE.1) + 2) as f64)?;
    }
    let kept = number.min(ROWS - 1);
    Ok((kept, number - kept))
}

/// A number as a number, anything else as a text; nothing of nothing.
fn cell(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
    match text.parse::<f64>() {
        _ if text.is_empty() => {}
        Ok(number) if number.is_finite() => {
            sheet.write_number(row, column, number)?;
        }
        _ => words(sheet, (row, column), text)?,
    }
    Ok(())
}

/// A text, also where it looks like a number.
fn words(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
    sheet.write_string(row, column, cut(unguarded(text))).map(|_| ())
}

/// A text that fits into a cell.
fn cut(text: &str) -> String {
    text.chars().take(LETTERS).collect()
}
