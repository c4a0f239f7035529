//! The table of estimates on a terminal: in groups that share a unit, each measure with its name for
//! people and its key. The estimates of all measures are in the files.

use crate::experiment::{Answer, Line, Runs};
use crate::measures::How;
use crate::model::Model;
use crate::report::layout::{Column, Layout};
use crate::report::numbers::Scale;
use crate::report::shown::{self, Group, Shown};
use crate::report::words;
use crate::statistics::{Estimate, Method};
use crate::time::{Span, Time};

/// From this length of a run on, rates per agent and year are shown instead of sums.
const LONG: Span = Span::from_secs(30 * 86_400);

/// Whether a run is long enough for rates per agent and year.
pub(super) fn is_long(model: &Model) -> bool {
    model.horizon - Time::ZERO >= LONG
}

/// Whether rates per agent and year say anything: runs are long, and faults come at random. What a
/// script makes happen once happens once, not once a year.
#[must_use]
pub fn has_rates(model: &Model) -> bool {
    is_long(model) && model.has_random_faults()
}

/// The table, without a final newline.
pub(super) fn table(answer: &Answer, model: &Model, width: usize) -> String {
    let rows = rows(answer, model);
    let level = format!("{} interval", words::level(answer.level));
    let wide = laid_out(&rows, &level, true);
    if wide.fits(width) { wide.render(width) } else { laid_out(&rows, &level, false).render(width) }
}

/// A measure that is shown.
struct Row<'a> {
    shown: &'static Shown,
    name: &'a str,
    how: How,
    line: &'a Line,
}

fn rows<'a>(answer: &'a Answer, model: &Model) -> Vec<Row<'a>> {
    let long = has_rates(model);
    let all = answer.lines.iter().filter_map(|line| {
        let measure = &answer.gathered.measures()[line.measure];
        let shown = shown::find(&measure.name).filter(|shown| shown.is_for(long))?;
        let nothing = line.estimate.value.is_none_or(|value| value == 0.0);
        let kept = !(nothing && shown.is_optional());
        kept.then_some(Row { shown, name: &measure.name, how: measure.gauge.how, line })
    });
    all.collect()
}

/// Side by side, or with the key below the name and single replications below the interval.
fn laid_out(rows: &[Row<'_>], level: &str, side_by_side: bool) -> Layout {
    let below = format!("{level}\np50, p95 of replications");
    let (left, right) = (Column::Left, Column::Right);
    let mut table = if side_by_side {
        Layout::new(&[
            ("measure", left),
            ("key", left),
            ("estimate", right),
            (level, left),
            ("replications:\np50", right),
            ("\np95", right),
        ])
    } else {
        Layout::new(&[("measure\n  key", left), ("estimate", right), (&below, left)])
    };
    for group in Group::ALL {
        let here: Vec<&Row<'_>> = rows.iter().filter(|row| row.shown.group == group).collect();
        if here.is_empty() {
            continue;
        }
        let of =
            |row: &&Row<'_>| row.line.estimate.value.map(|v| (v, row.line.estimate.half_width()));
        let scale = Scale::shared(&here.iter().filter_map(of).collect::<Vec<_>>(), group.unit());
        table.heading(group.heading(scale));
        for row in here {
            table.row(cells(row, scale, side_by_side));
        }
    }
    table
}

fn cells(row: &Row<'_>, scale: Scale, side_by_side: bool) -> Vec<String> {
    let label = row.shown.label(row.name);
    let estimate = row.line.estimate.value.map_or_else(|| "-".to_owned(), |v| scale.bare(v));
    let worth = worth(&row.line.estimate, row.how, scale);
    let single = row.line.runs.as_ref().map(|runs| single(runs, scale));
    if side_by_side {
        let [p50, p95] = single.unwrap_or_default();
        return vec![format!(" {label}"), row.name.to_owned(), estimate, worth, p50, p95];
    }
    let single = single.map(|[p50, p95]| format!("\n{p50}, {p95}")).unwrap_or_default();
    vec![format!(" {label}\n  {}", row.name), estimate, worth + &single]
}

/// The interval of an estimate, or why there is none.
fn worth(estimate: &Estimate, how: How, scale: Scale) -> String {
    match (estimate.method, estimate.interval) {
        (Method::NoneSeen, Some(found)) => {
            format!("none seen in {}: at most {}", estimate.count, scale.bare_up(found.high))
        }
        (Method::NoneSeen, None) => format!("none seen in {}", estimate.count),
        (Method::Constant, _) => "always the same".to_owned(),
        (_, Some(found)) => scale.bare_interval(found),
        (_, None) if estimate.value.is_none() => "there were none".to_owned(),
        (_, None) => match how {
            How::Pooled(_, percent) => format!("not enough replications for p{percent}"),
            _ => "not enough replications".to_owned(),
        },
    }
}

/// The median and the 95th percentile of single replications.
fn single(runs: &Runs, scale: Scale) -> [String; 2] {
    [&runs.p50, &runs.p95].map(|percentile| scale.bare(percentile.value.unwrap_or(0.0)))
}
