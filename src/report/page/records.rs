//! The data tables of charts: the values that a chart was drawn from, as it recorded them.
//!
//! Tables say where their values are in the drawing, so that the script finds those under a pointer.

use maud::{Markup, html};

use super::found::total;
use super::parts::{chosen, details};
use crate::model::Unit;
use crate::report::charts::{Across, Column, Counts, Record, series};
use crate::report::numbers::{percent, value};
use crate::report::words;

/// Most rows of one plot, and most plots of one chart: more are in no file of this program.
const ROWS: usize = 200;
const PLOTS: usize = 240;

/// What says the local time of an instant in seconds of the run, where it is known.
pub(super) type Local<'l> = &'l dyn Fn(f64) -> Option<String>;

/// The tables of a chart; nothing where it recorded nothing. Plots with the same columns share a table.
pub(super) fn tables(records: &[Record], local: Local<'_>) -> Markup {
    if records.is_empty() {
        return Markup::default();
    }
    let (series, shown) = (series(records), &records[..records.len().min(PLOTS)]);
    let columns = |record: &Record| -> Vec<String> {
        let names = record.columns.iter().map(|column| column.name.clone());
        std::iter::once(record.first.clone()).chain(names).collect()
    };
    let together = shown.chunk_by(|a, b| columns(a) == columns(b));
    let body = html! {
        div.scroll tabindex="0" role="region" aria-label="Values of the chart" {
            @for records in together { (table(records, &series, local)) }
        }
    };
    details("Data table", shown.iter().map(|record| record.rows.len()).sum(), &body)
}

fn table(records: &[Record], series: &[&str], local: Local<'_>) -> Markup {
    let Some(first) = records.first() else { return Markup::default() };
    let number = |column: &Column| series.iter().position(|name| *name == column.name);
    html! {
        table.values {
            thead { tr {
                th scope="col" { (chosen(&first.first)) }
                @for column in &first.columns { th scope="col" data-series=[number(column)] { (chosen(&column.name)) } }
            } }
            @for record in records { (plot(record, local)) }
        }
    }
}

/// The values of a plot, below its name.
fn plot(record: &Record, local: Local<'_>) -> Markup {
    let across = record.across.as_ref();
    let listed =
        |numbers: &[f64]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let place = |across: &Across| listed(&across.place.map(f64::from));
    let zero = across.filter(|_| record.counts == Counts::Moment).map(|across| across.zero);
    let words = [&record.title, &record.left_out].map(|text| chosen(text));
    let words = words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    html! {
        tbody data-box=[across.map(place)] data-ends=[across.map(|across| listed(&across.ends))]
            data-zero=[zero] data-log=[across.filter(|across| across.log).map(|_| "")]
            data-near=[across.filter(|_| !record.names.is_empty()).map(|_| "")] {
            @if !words.is_empty() { tr.plot { th colspan=(record.columns.len() + 1) scope="rowgroup" { (words) } } }
            @for (at, row) in record.rows.iter().take(ROWS).enumerate() { (line(record, at, row, local)) }
        }
    }
}

fn line(record: &Record, at: usize, row: &[Option<f64>], local: Local<'_>) -> Markup {
    let Some((first, rest)) = row.split_first() else { return Markup::default() };
    let words = |number, counts| in_words(number, counts, record, local);
    let head = match record.names.get(at) {
        Some(name) => chosen(name),
        None => first.map_or_else(String::new, |first| words(first, record.counts)),
    };
    html! {
        tr data-x=[first.filter(|_| record.across.is_some())] {
            th scope="row" { (head) }
            @for (number, column) in rest.iter().zip(&record.columns) {
                td { (number.map_or_else(|| "-".to_owned(), |number| words(number, column.counts))) }
            }
        }
    }
}

fn in_words(number: f64, counts: Counts, record: &Record, local: Local<'_>) -> String {
    match counts {
        Counts::Number => value(number, Unit::Count),
        Counts::Seconds => value(number, Unit::Time),
        Counts::AgentSeconds => value(number, Unit::AgentTime),
        Counts::Share => percent(number),
        Counts::Moment => {
            let zero = record.across.map_or(0.0, |across| across.zero);
            let since = since(number, zero != 0.0);
            match local(zero + number) {
                Some(local) => format!("{since}, {local}"),
                None => since,
            }
        }
    }
}

/// The time since the start of the run, or `counted` from an instant in it, which is T+0.
fn since(seconds: f64, counted: bool) -> String {
    let length = words::length(total(seconds.abs()));
    match (counted, seconds < 0.0) {
        (true, true) => format!("-{length}"),
        (true, false) if seconds > 0.0 => format!("+{length}"),
        (true, false) => "T+0".to_owned(),
        (false, _) => length,
    }
}
