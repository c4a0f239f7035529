//! The pieces that chapters are made of: headings, texts that people chose, tables, charts.

use maud::{Markup, PreEscaped, html};

use super::set::Csv;
use crate::diagnostic::plain;
use crate::report::words;

/// Longest text that a user chose, in characters; the rest is cut.
const LONGEST: usize = 160;

/// Most rows of a table.
const ROWS: usize = 100;

/// Most cells of a table, so that very wide ones have fewer rows.
const CELLS: usize = 1_200;

/// From more columns on than this a table has smaller letters on paper.
const WIDE: usize = 10;

/// A text that a user chose: a name, a title. Control characters are shown, not obeyed.
pub(super) fn chosen(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into_owned(),
    }
}

/// A heading of a level from 1 to 6.
pub(super) fn heading(level: u8, text: &str) -> Markup {
    match level {
        1 => html! { h1 { (text) } },
        2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        4 => html! { h4 { (text) } },
        _ => html! { h5 { (text) } },
    }
}

/// From this number of rows on a table is not opened for paper.
const LONG: usize = 40;

/// A table that is opened when it is wanted, and on paper unless it is long.
pub(super) fn details(summary: &str, rows: usize, table: &Markup) -> Markup {
    html! {
        details.long[rows > LONG] {
            summary { (summary) }
            (table)
        }
    }
}

/// A table around its head and rows; it scrolls by itself where the screen is narrow.
pub(super) fn scrolled(caption: &str, table: &Markup) -> Markup {
    classed(None, caption, table)
}

/// The same with a class.
fn classed(class: Option<&str>, caption: &str, table: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table class=[class] {
                caption { span { (caption) } }
                (table)
            }
        }
    }
}

/// A table of a file as it is, cut after some rows, with the place of the rest.
pub(super) fn csv_table(csv: &Csv, file: &str) -> Markup {
    let most = ROWS.min(CELLS / csv.columns.len().max(1)).max(10);
    let rest = csv.rows.len().saturating_sub(most);
    let table = html! {
        thead { tr { @for column in &csv.columns { th scope="col" { (broken(column)) } } } }
        tbody {
            @for row in csv.rows.iter().take(most) {
                tr { @for (cell, column) in row.iter().zip(&csv.columns) { (cell_of(cell, column)) } }
            }
        }
    };
    // HTML needs no end tag of a cell, and these tables are the largest part of a page.
    let table = table.into_string().replace("</td>", "");
    let times = csv.columns.iter().any(|column| column.ends_with("_s"));
    let caption = if times { format!("{file}, times to the millisecond") } else { file.to_owned() };
    let class = if csv.columns.len() > WIDE { "file wide" } else { "file" };
    html! {
        (classed(Some(class), &caption, &PreEscaped(table)))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (file) } "." } }
    }
}

/// The name of a column, which may be broken between its words.
fn broken(column: &str) -> Markup {
    html! { @for (at, word) in column.split('_').enumerate() { @if at > 0 { "_" wbr; } (word) } }
}

/// A cell; a time is cut to the millisecond, and of a number the zeros at its end are left out. Tables of
/// files have more numbers than texts, so texts have the class.
fn cell_of(cell: &str, column: &str) -> Markup {
    match cell.parse::<f64>() {
        Ok(_) if cell.contains('.') => {
            let point = cell.find('.').filter(|_| column.ends_with("_s"));
            let shown = cell.get(..point.map_or(cell.len(), |at| at + 4)).unwrap_or(cell);
            html! { td { (shown.trim_end_matches('0').trim_end_matches('.')) } }
        }
        Err(_) if !cell.is_empty() => html! { td.t { (chosen(cell)) } },
        _ => html! { td { (cell) } },
    }
}
