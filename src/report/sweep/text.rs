//! A sweep for a terminal: what it is about, then a table with a row per point.
//!
//! A few measures only; all of them are in the files.

use crate::experiment::{Grid, Parameter};
use crate::model::Model;
use crate::report::advice;
use crate::report::layout::Screen;
use crate::report::tradeoff::Variants;
use crate::report::{still_open, words};

use super::points;

/// The whole text of a sweep around this model; laid out for a screen.
#[must_use]
pub fn text(grid: &Grid, today: &Model, screen: Screen) -> String {
    let title = screen.bold(today.heading());
    let runs = words::counted(grid.replications as u64, "replication", "replications");
    let points = words::counted(grid.points.len() as u64, "point", "points");
    let level = words::level(grid.level);
    let mut out = format!(
        "{title}\n\n{points}, {runs} each, under the same faults and random draws; {level} intervals.\n"
    );
    let points = grid.points.iter().map(|point| point.contrasts.as_slice());
    let open = still_open::sentence(points, None, ["point", "points"]);
    out += &open.map_or_else(String::new, |open| format!("{open}\n"));
    out += &advice::sentences(&grid.advice);
    if !grid.advice.is_idle() {
        let name = |variant: usize| named(grid, variant);
        let tradeoff = &grid.tradeoff;
        out += &Variants { tradeoff, replications: grid.replications, noun: "point", name: &name }
            .sentences();
    }
    out.push('\n');
    out += &points::table(grid, today, screen.width);
    out.push('\n');
    out += &points::legend(grid);
    out += &advice::footnotes(&grid.advice);
    out
}

/// A value, with the name of its parameter where there is another: `timeout 60`.
fn of(all: &[Parameter], own: &Parameter, value: &str) -> String {
    match all {
        [_] => value.to_owned(),
        [a, b] if a.last() == b.last() => format!("{} {value}", own.short()),
        _ => format!("{} {value}", own.last()),
    }
}

/// What a variant is called: the values that are set, whether that is today's scenario, and which
/// checks warn of it.
fn named(grid: &Grid, variant: usize) -> String {
    let at = grid.points.iter().position(|point| point.variant == variant);
    let Some(at) = at else { return "today".to_owned() };
    let values = grid.parameters.iter().zip(&grid.points[at].at);
    let values = values.map(|(one, at)| of(&grid.parameters, one, &one.values[*at]));
    let values = values.collect::<Vec<_>>().join(", ");
    let today = (variant == 0).then(|| "today".to_owned());
    let notes: Vec<String> =
        today.into_iter().chain(advice::caution(&grid.advice, Some(at))).collect();
    if notes.is_empty() { values } else { format!("{values} ({})", notes.join(", ")) }
}
