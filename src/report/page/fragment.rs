//! The answer of one directory of results as a part of another page: sentences, thresholds, charts.
//!
//! It is what the report shows first, with the charts that the sentences name; chapters that prove it
//! are the report's.

use maud::{Markup, html};

use super::answer::{answer, causes_table};
use super::figures::figure;
use super::set::{Folder, Kind, Refused, Set};
use super::side_by_side::variants;
use super::timeline::timeline;

/// The answer of a directory of results and its charts; every id begins with `prefix`.
///
/// # Errors
/// [`Refused`] if it is no result, or a file in it cannot be understood.
pub fn fragment(folder: &Folder, prefix: &str) -> Result<String, Refused> {
    let set = Set::read(folder, prefix.to_owned())?;
    let charts = match set.kind {
        Kind::Run => run(&set)?,
        Kind::Experiment => several(
            &set,
            &[
                ("downtime-distribution.svg", "downtime"),
                ("convergence.svg", "convergence"),
                ("outage-survival.svg", "survival"),
            ],
        )?,
        Kind::Compare => html! {
            (variants(&set))
            (several(&set, &[("differences.svg", "differences")])?)
        },
        Kind::Sweep | Kind::Headroom => Markup::default(),
    };
    Ok(html! { (answer(&set)) (charts) }.into_string())
}

fn run(set: &Set<'_>) -> Result<Markup, Refused> {
    let none = Markup::default();
    Ok(html! {
        (figure(set, "agents-in-service.svg", "in-service", &none)?)
        (timeline(set, 3, "Timeline")?)
        (figure(set, "downtime-by-cause.svg", "causes", &causes_table(set))?)
        (figure(set, "outage-duration.svg", "durations", &none)?)
    })
}

fn several(set: &Set<'_>, charts: &[(&str, &str)]) -> Result<Markup, Refused> {
    let none = Markup::default();
    let drawn = charts.iter().map(|(file, id)| figure(set, file, id, &none));
    let drawn = drawn.collect::<Result<Vec<_>, _>>()?;
    Ok(html! { @for one in drawn { (one) } })
}
