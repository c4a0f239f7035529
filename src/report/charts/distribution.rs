//! Distributions as step curves (ECDF): how long outages lasted, how long restoring took.
//!
//! Read it as: this share of them took no longer than that. The axis is logarithmic when the
//! durations differ much.

use crate::measures::{Durations, Results};
use crate::model::Model;
use crate::report::words;
use crate::time::Span;

use super::axis::Axis;
use super::canvas::{Canvas, Point};
use super::palette;
use super::plot::{Plot, WIDTH, head};
use super::record::{Column, Counts, Record};
use super::ticks;
use super::titles;

/// Height of a chart with one panel.
const HEIGHT: i32 = 440;

/// Height of each of several panels.
const PANEL: i32 = 310;

/// Longest over shortest from which on the axis is logarithmic.
const WIDE: f64 = 30.0;

/// One and many of the outages in which service was lost.
const LOSS: [&str; 2] = ["loss of service", "losses of service"];

/// One and many of the others.
const HOME: [&str; 2] = ["trip home", "trips home"];

/// What distributions are of.
struct Of<'a> {
    /// One and many of the first panel.
    nouns: [&'a str; 2],
    /// What they are in full.
    what: &'a str,
    note: String,
    /// Label of the x axis.
    length: &'a str,
    nothing: &'a str,
    /// Label of the y axis and the durations, one panel each.
    panels: Vec<(&'a str, &'a Durations)>,
}

/// How long outages lasted: those in which service was lost and trips home, a panel each.
pub(super) fn outages(results: &Results, _: &Model) -> String {
    let lost = words::counted(results.service_lost.count(), LOSS[0], LOSS[1]);
    let home = words::counted(results.trips_home.count(), HOME[0], HOME[1]);
    let censored = match results.counts.censored {
        0 => String::new(),
        open => format!("; {} of them cut at the end of the run", words::count(open)),
    };
    let kinds = [
        ("share of losses of service that lasted no longer", &results.service_lost),
        ("share of trips home that lasted no longer", &results.trips_home),
    ];
    draw(&Of {
        nouns: if results.service_lost.is_empty() { HOME } else { LOSS },
        what: "How long outages lasted",
        note: format!("{lost} and {home}{censored}."),
        length: "outage duration",
        nothing: "There were no outages.",
        panels: kinds.into_iter().filter(|(_, outages)| !outages.is_empty()).collect(),
    })
}

/// How long it took to go back.
pub(super) fn restores(results: &Results, _: &Model) -> String {
    let done = results.restore_times.count();
    let number = words::counted(done, "restore", "restores");
    let other = match results.counts.restores - done {
        0 => String::new(),
        cut => format!("; {} more did not get there", words::count(cut)),
    };
    let panel = ("share of restores that took no longer", &results.restore_times);
    draw(&Of {
        nouns: ["restore", "restores"],
        what: "From \"preferred site available\" to in service there",
        note: format!("{number}{other}."),
        length: "time to restore",
        nothing: "There were no restores.",
        panels: if panel.1.is_empty() { Vec::new() } else { vec![panel] },
    })
}

fn draw(of: &Of) -> String {
    let height = match of.panels.len() {
        0 | 1 => HEIGHT,
        more => 60 + PANEL * more as i32,
    };
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let [one, many] = of.nouns;
        let none = Durations::default();
        let first = of.panels.first().map_or(&none, |(_, durations)| durations);
        let note = format!("{}: {}", of.what, of.note);
        let mut top = head(canvas, &titles::durations(one, many, first), &note, &[]);
        if of.panels.is_empty() {
            let plot = panel(canvas, (top, HEIGHT), of.length, "share", &none);
            plot.nothing(canvas, of.nothing);
            plot.outline(canvas);
        }
        let each = (height - top) / of.panels.len().max(1) as i32;
        for (share, durations) in &of.panels {
            let bottom = top + each;
            let label = *share;
            let share = format!("{label}: {}", told(durations));
            let plot = panel(canvas, (top, bottom), of.length, &share, durations);
            canvas.line(curve(&plot, durations), palette::BLUE, 2);
            marks(canvas, &plot, durations);
            canvas.record(record(of, &plot, label, durations));
            plot.outline(canvas);
            top = bottom;
        }
    })
}

/// The axes of one panel.
fn panel(
    canvas: &mut Canvas,
    heights: (i32, i32),
    length: &str,
    share: &str,
    durations: &Durations,
) -> Plot {
    let shares = [0, 25, 50, 75, 100].map(|percent| (f64::from(percent), format!("{percent} %")));
    let y = (Axis::linear(0.0, 100.0, shares.to_vec()), share);
    Plot::new(canvas, heights, (axis(durations), length), y)
}

/// The axis of durations, from zero, or logarithmic when they differ much.
fn axis(durations: &Durations) -> Axis {
    let most = durations.max().map_or(60.0, |span| span.as_secs_f64().max(1e-3));
    let low = durations.percentile(1).map_or(most, Span::as_secs_f64).max(1e-3);
    if most / low > WIDE {
        let (from, to) = ticks::log_bounds(low, most);
        return Axis::log(from, to, ticks::log_lengths(from, to));
    }
    // The longest is not to lie on the frame.
    let ticks = ticks::lengths(most * 1.02, 8);
    Axis::linear(0.0, ticks.last().map_or(most, |tick| tick.0), ticks)
}

/// The corners of the curve: per column of pixels where it enters and where it leaves.
fn curve(plot: &Plot, durations: &Durations) -> Vec<Point> {
    let (left, right) = plot.x.pixels();
    let all = durations.count() as f64;
    let share = |number: u64| plot.y.at(100.0 * number as f64 / all);
    let steps = durations.steps().map(|(span, number)| (plot.x.at(span.as_secs_f64()), number));
    let mut steps = steps.peekable();
    let mut points = vec![(left, share(0))];
    let mut below = 0;
    while let Some((x, number)) = steps.next() {
        points.push((x, share(below)));
        below = number;
        // Everything that falls on this column of pixels.
        while let Some((_, number)) = steps.next_if(|(other, _)| *other <= x) {
            below = number;
        }
        points.push((x, share(below)));
    }
    points.push((right, share(below)));
    points.dedup();
    points
}

/// The percentages that are marked, and what they are called.
const MARKS: [(u32, &str); 3] = [(50, "half"), (95, "95 %"), (100, "all")];

/// Marks at the median, the 95th percentile and the longest.
fn marks(canvas: &mut Canvas, plot: &Plot, durations: &Durations) {
    for (percent, _) in MARKS {
        let Some(span) = durations.percentile(percent.into()) else { continue };
        let (x, y) = (plot.x.at(span.as_secs_f64()), plot.y.at(percent.into()));
        canvas.rectangle((x - 4, y - 4), (x + 4, y + 4), palette::VERMILION);
    }
}

/// Percentages in the table of a curve.
const LISTED: [u64; 23] =
    [1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 98, 99, 100];

/// The curve at some percentages.
fn record(of: &Of, plot: &Plot, share: &str, durations: &Durations) -> Record {
    let row = |percent: &u64| {
        let seconds = durations.percentile(*percent)?.as_secs_f64();
        Some(vec![Some(seconds), Some(*percent as f64 / 100.0)])
    };
    let mut rows: Vec<_> = LISTED.iter().filter_map(row).collect();
    // Of several percentages at one length the largest.
    rows.reverse();
    rows.dedup_by_key(|row| row[0]);
    rows.reverse();
    let shown = rows.len();
    Record {
        title: share.to_owned(),
        first: of.length.to_owned(),
        counts: Counts::Seconds,
        across: Some(plot.across()),
        columns: vec![Column::new("no longer", Counts::Share)],
        rows,
        left_out: match durations.count() {
            many if many > shown as u64 => "the curve at some percentages".to_owned(),
            _ => String::new(),
        },
        ..Record::default()
    }
}

/// What the marks say, in words.
fn told(durations: &Durations) -> String {
    let marks = MARKS.iter().filter_map(|(percent, name)| {
        let span = durations.percentile((*percent).into())?;
        Some(format!("{name} within {}", words::span(span)))
    });
    let marks = marks.collect::<Vec<_>>().join(", ");
    let within = if durations.is_exact() { "" } else { "; percentiles within 0.4 %" };
    format!("{marks}{within}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_of_durations_says_when_it_is_logarithmic() {
        let drawn = |secs: &[i64]| {
            let nanos: Vec<i64> = secs.iter().map(|secs| Span::from_secs(*secs).0).collect();
            draw(&Of {
                nouns: ["outage", "outages"],
                what: "How long",
                note: String::new(),
                length: "outage duration",
                nothing: "",
                panels: vec![("share", &nanos.into())],
            })
        };
        let (alike, wide) = (drawn(&[10, 20]), drawn(&[10, 20_000]));
        assert!(alike.contains("outage duration") && !alike.contains("log scale"));
        assert!(wide.contains("outage duration (log scale)"));
        assert!(!wide.contains("all within 5 h 33 min (log scale)"), "shares are in proportion");
    }
}
