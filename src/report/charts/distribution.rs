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
use super::ticks;
use super::titles;

const HEIGHT: i32 = 440;

/// Longest over shortest from which on the axis is logarithmic.
const WIDE: f64 = 30.0;

/// What a distribution is of.
struct Of<'a> {
    /// One of them, many of them, and what they are in full.
    nouns: [&'a str; 3],
    note: String,
    /// Label of the x axis.
    length: &'a str,
    /// Label of the y axis.
    share: &'a str,
    nothing: &'a str,
    durations: &'a Durations,
}

/// How long outages lasted.
pub(super) fn outages(results: &Results, _: &Model) -> String {
    let number = words::counted(results.outages.count(), "outage", "outages");
    let censored = match results.counts.censored {
        0 => String::new(),
        open => format!(", {} of them cut at the end of the run", words::count(open)),
    };
    draw(&Of {
        nouns: ["outage", "outages", "How long outages lasted"],
        note: format!("{number}{censored}."),
        length: "outage duration",
        share: "share of outages that lasted no longer",
        nothing: "There were no outages.",
        durations: &results.outages,
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
    draw(&Of {
        nouns: ["restore", "restores", "From \"preferred site available\" to in service there"],
        note: format!("{number}{other}."),
        length: "time to restore",
        share: "share of restores that took no longer",
        nothing: "There were no restores.",
        durations: &results.restore_times,
    })
}

fn draw(of: &Of) -> String {
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let [one, many, what] = of.nouns;
        let note = if of.durations.is_empty() {
            format!("{what}: {}", of.note)
        } else {
            format!("{what}: {}: {}.", of.note.trim_end_matches('.'), told(of.durations))
        };
        let top = head(canvas, &titles::durations(one, many, of.durations), &note, &[]);
        let shares =
            [0, 25, 50, 75, 100].map(|percent| (f64::from(percent), format!("{percent} %")));
        let y = (Axis::linear(0.0, 100.0, shares.to_vec()), of.share);
        let plot = Plot::new(canvas, (top, HEIGHT), (axis(of.durations), of.length), y);
        if of.durations.is_empty() {
            plot.nothing(canvas, of.nothing);
        } else {
            canvas.line(curve(&plot, of.durations), palette::BLUE, 2);
            marks(canvas, &plot, of.durations);
        }
        plot.outline(canvas);
    })
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
            let (share, nothing) = ("share", "");
            draw(&Of {
                nouns: ["outage", "outages", "How long"],
                note: String::new(),
                length: "outage duration",
                share,
                nothing,
                durations: &nanos.into(),
            })
        };
        let (alike, wide) = (drawn(&[10, 20]), drawn(&[10, 20_000]));
        assert!(alike.contains("outage duration") && !alike.contains("log scale"));
        assert!(wide.contains("outage duration (log scale)"));
        assert!(!wide.contains("share (log scale)"), "the shares are in proportion");
    }
}
