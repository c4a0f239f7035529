//! The tables of a fit on a terminal: laws by rank, components, parameters.

use super::{FitReport, Kind, estimates};
use crate::fit::{Side, Verdict, length_text};
use crate::report::layout::{Column, Layout, Screen};
use crate::report::words;
use crate::time::Span;

/// Most components that are listed.
const COMPONENTS: usize = 20;

/// A verdict in a word.
pub(super) const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fits => "fits",
        Verdict::Near => "near",
        Verdict::Bad => "bad",
    }
}

/// A table; the columns from `first` on are aligned to the right.
pub(super) fn plain(header: &[&str], rows: Vec<Vec<String>>, first: usize) -> String {
    let side = |at: usize| if at < first { Column::Left } else { Column::Right };
    let columns = header.iter().enumerate().map(|(at, name)| (*name, side(at)));
    let mut table = Layout::new(&columns.collect::<Vec<_>>());
    rows.into_iter().for_each(|row| table.row(row));
    table.render(Screen::PLAIN.width)
}

/// A length as people read it.
pub(super) fn length(secs: f64) -> String {
    words::span(Span::from_secs_f64(secs))
}

/// The components with their counts, those with most outages first.
pub(super) fn components(telling: &FitReport<'_>) -> String {
    let mut all: Vec<_> = telling.observed.components.iter().collect();
    all.sort_by_key(|component| std::cmp::Reverse(component.outages));
    let rest = all.len().saturating_sub(COMPONENTS);
    let rows = all.iter().take(COMPONENTS).map(|component| {
        let name = if component.name.is_empty() { "(no name)" } else { &component.name };
        vec![
            name.to_owned(),
            component.rows.to_string(),
            component.outages.to_string(),
            component.up_times.to_string(),
            (if component.open { "yes" } else { "" }).to_owned(),
        ]
    });
    let header = ["component", "rows", "outages", "up times seen whole", "still down"];
    let table = plain(&header, rows.collect(), 1);
    match rest {
        0 => table,
        _ => format!("{table}\n... and {}", words::counted(rest as u64, "more", "more")),
    }
}

/// The laws by rank.
pub(super) fn ranking(side: &Side) -> String {
    let best = side.ranked.first().map_or(0.0, |one| one.aicc);
    let rows = side.ranked.iter().enumerate().map(|(index, one)| {
        let chosen = if index == side.choice { "->" } else { "" };
        let aicc = if one.aicc.is_finite() { format!("{:.1}", one.aicc) } else { "-".to_owned() };
        let more = one.aicc - best;
        vec![
            chosen.to_owned(),
            one.law.family().name().to_owned(),
            aicc,
            if more.is_finite() { format!("{more:.1}") } else { "-".to_owned() },
            format!("{:.3}", one.ks),
            one.ad.map_or_else(|| "-".to_owned(), |ad| format!("{ad:.2}")),
            length(one.law.mean()),
            verdict_word(one.verdict).to_owned(),
        ]
    });
    let header = ["", "law", "AICc", "more", "KS", "AD", "mean", "verdict"];
    plain(&header, rows.collect(), 2)
}

/// The parameters of the chosen law with their intervals.
pub(super) fn parameters(side: &Side, kind: &Kind<'_>) -> String {
    let show = |value: f64, is_length: bool| {
        if is_length { length_text(value) } else { format!("{value:.3}") }
    };
    let all = estimates(&side.chosen().law, &kind.refitted).into_iter();
    let rows = all.map(|(name, value, is_length, interval)| {
        let interval = interval.map_or_else(
            || "-".to_owned(),
            |interval| {
                format!("{} to {}", show(interval.low, is_length), show(interval.high, is_length))
            },
        );
        vec![name.replace('_', " "), show(value, is_length), interval]
    });
    plain(&["parameter", "estimate", "95 % interval"], rows.collect(), 1)
}

/// Characters of a line, as many as every terminal has.
const WIDTH: usize = 80;

/// A text in lines of at most [`WIDTH`] characters.
pub(super) fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut room = 0;
    for word in text.split(' ') {
        let wide = word.chars().count();
        if !out.is_empty() && room <= wide {
            out.push('\n');
            room = WIDTH;
        } else if !out.is_empty() {
            out.push(' ');
            room -= 1;
        } else {
            room = WIDTH;
        }
        out += word;
        room = room.saturating_sub(wide);
    }
    out
}
