//! The pieces that chapters are made of: headings, texts that people chose, tables, charts.

use maud::{Markup, PreEscaped, html};

use super::inline::inlined;
use super::set::{Csv, Refused, Set, garbled};
use crate::diagnostic::plain;
use crate::report::charts::stamped;
use crate::report::words;

/// Longest text that somebody chose, in characters; the rest is cut.
const LONGEST: usize = 160;

/// Most rows of a table.
const ROWS: usize = 100;

/// Most cells of a table, so that very wide ones have fewer rows.
const CELLS: usize = 1_200;

/// A text that somebody chose: a name, a title. What a screen would obey is shown instead.
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

/// A table that is opened when it is wanted.
pub(super) fn details(summary: &str, table: &Markup) -> Markup {
    html! {
        details {
            summary { (summary) }
            (table)
        }
    }
}

/// A table around its head and rows; it scrolls by itself where the screen is narrow.
pub(super) fn scrolled(caption: &str, table: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                (table)
            }
        }
    }
}

/// A chart of the directory with its data table; a note where it is missing.
pub(super) fn figure(
    set: &Set<'_>,
    file: &str,
    id: &str,
    table: &Markup,
) -> Result<Markup, Refused> {
    let Some(bytes) = set.folder.files.get(file) else {
        return Ok(html! { p.missing id=(set.id(id)) { (file) " is not in this directory." } });
    };
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string());
    let chart = text.and_then(inlined).map_err(|why| garbled(set.folder, file, &why))?;
    Ok(drawn(&set.id(id), &chart, table))
}

/// A chart that was drawn for the page from the files of a directory, with its data table.
pub(super) fn chart(set: &Set<'_>, id: &str, svg: &str, table: &Markup) -> Markup {
    let svg = inlined(&stamped(svg, &set.stamp())).unwrap_or_default();
    drawn(&set.id(id), &svg, table)
}

/// A chart with its data table.
pub(super) fn drawn(id: &str, svg: &str, table: &Markup) -> Markup {
    html! {
        figure id=(id) {
            div.chart { (PreEscaped(svg)) }
            figcaption { (table) }
        }
    }
}

/// A table of a file as it is, cut after some rows, with the place of the rest.
pub(super) fn csv_table(csv: &Csv, file: &str) -> Markup {
    let most = ROWS.min(CELLS / csv.columns.len().max(1)).max(10);
    let rest = csv.rows.len().saturating_sub(most);
    let head = html! {
        thead { tr { @for column in &csv.columns { th scope="col" { (column) } } } }
        tbody {
            @for row in csv.rows.iter().take(most) {
                tr { @for cell in row { (cell_of(cell)) } }
            }
        }
    };
    html! {
        (scrolled(file, &head))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (file) } "." } }
    }
}

/// A cell; of a number the zeros at its end are left out.
fn cell_of(cell: &str) -> Markup {
    match cell.parse::<f64>() {
        Ok(_) if cell.contains('.') => {
            html! { td.n { (cell.trim_end_matches('0').trim_end_matches('.')) } }
        }
        Ok(_) => html! { td.n { (cell) } },
        Err(_) => html! { td { (chosen(cell)) } },
    }
}

/// The table of a file in the directory; nothing where there is none.
pub(super) fn file_table(set: &Set<'_>, file: &str) -> Result<Markup, Refused> {
    let csv = set.csv(file)?;
    Ok(csv.map_or_else(Markup::default, |csv| details("Data table", &csv_table(&csv, file))))
}
