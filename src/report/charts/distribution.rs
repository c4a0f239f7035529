//! Distributions as step curves (ECDF): how long outages lasted, how long restoring took.
//!
//! Read it as: this share of them took no longer than that. The axis is logarithmic when the
//! durations differ much.

use crate::measures::{Results, percentile};
use crate::model::Model;
use crate::report::words;
use crate::time::Span;

use super::axis::Axis;
use super::canvas::{Canvas, Point};
use super::palette;
use super::plot::{Plot, WIDTH, head};
use super::ticks;

const HEIGHT: i32 = 440;

/// Longest over shortest from which on the axis is logarithmic.
const WIDE: f64 = 30.0;

/// What a distribution is of.
struct Of<'a> {
    title: &'a str,
    note: String,
    /// Label of the x axis.
    length: &'a str,
    /// Label of the y axis.
    share: &'a str,
    nothing: &'a str,
    sorted: &'a [i64],
}

/// How long outages lasted.
pub(super) fn outages(results: &Results, _: &Model) -> String {
    let number = words::counted(results.outages.len() as u64, "outage", "outages");
    let censored = match results.counts.censored {
        0 => String::new(),
        open => format!(", {} of them cut at the end of the run", words::count(open)),
    };
    draw(&Of {
        title: "How long outages lasted",
        note: format!("{number}{censored}."),
        length: "outage duration",
        share: "share of outages that lasted no longer",
        nothing: "There were no outages.",
        sorted: &results.outages,
    })
}

/// How long it took to go back.
pub(super) fn restores(results: &Results, _: &Model) -> String {
    let done = results.restore_times.len() as u64;
    let number = words::counted(done, "restore", "restores");
    let other = match results.counts.restores - done {
        0 => String::new(),
        cut => format!("; {} more did not get there", words::count(cut)),
    };
    draw(&Of {
        title: "Time to restore: from \"preferred site available\" to in service there",
        note: format!("{number}{other}."),
        length: "time to restore",
        share: "share of restores that took no longer",
        nothing: "There were no restores.",
        sorted: &results.restore_times,
    })
}

fn draw(of: &Of) -> String {
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let note = match of.sorted.len() {
            0 => of.note.clone(),
            _ => format!("{}: {}.", of.note.trim_end_matches('.'), told(of.sorted)),
        };
        let top = head(canvas, of.title, &note, &[]);
        let shares =
            [0, 25, 50, 75, 100].map(|percent| (f64::from(percent), format!("{percent} %")));
        let y = (Axis::linear(0.0, 100.0, shares.to_vec()), of.share);
        let plot = Plot::new(canvas, (top, HEIGHT), (axis(of.sorted), of.length), y);
        if of.sorted.is_empty() {
            plot.nothing(canvas, of.nothing);
        } else {
            canvas.line(curve(&plot, of.sorted), palette::BLUE, 2);
            marks(canvas, &plot, of.sorted);
        }
        plot.outline(canvas);
    })
}

fn secs(nanos: i64) -> f64 {
    Span(nanos).as_secs_f64()
}

/// The axis of durations, from zero, or logarithmic when they differ much.
fn axis(sorted: &[i64]) -> Axis {
    let most = sorted.last().map_or(60.0, |nanos| secs(*nanos).max(1e-3));
    let low = percentile(sorted, 1).map_or(most, Span::as_secs_f64).max(1e-3);
    if most / low > WIDE {
        let (from, to) = ticks::log_bounds(low, most);
        return Axis::log(from, to, ticks::log_lengths(from, to));
    }
    // The longest is not to lie on the frame.
    let ticks = ticks::lengths(most * 1.02, 8);
    Axis::linear(0.0, ticks.last().map_or(most, |tick| tick.0), ticks)
}

/// The corners of the curve: per column of pixels where it enters and where it leaves.
fn curve(plot: &Plot, sorted: &[i64]) -> Vec<Point> {
    let (left, right) = plot.x.pixels();
    let share = |number: usize| plot.y.at(100.0 * number as f64 / sorted.len() as f64);
    let mut points = vec![(left, share(0))];
    let mut below = 0;
    while let Some(nanos) = sorted.get(below) {
        let x = plot.x.at(secs(*nanos));
        points.push((x, share(below)));
        // Everything that falls on this column of pixels.
        below += sorted[below..].partition_point(|other| plot.x.at(secs(*other)) <= x);
        points.push((x, share(below)));
    }
    points.push((right, share(sorted.len())));
    points.dedup();
    points
}

/// The percentages that are marked, and what they are called.
const MARKS: [(usize, &str); 3] = [(50, "half"), (95, "95 %"), (100, "all")];

/// Marks at the median, the 95th percentile and the longest.
fn marks(canvas: &mut Canvas, plot: &Plot, sorted: &[i64]) {
    for (percent, _) in MARKS {
        let Some(span) = percentile(sorted, percent) else { continue };
        let (x, y) = (plot.x.at(span.as_secs_f64()), plot.y.at(percent as f64));
        canvas.rectangle((x - 4, y - 4), (x + 4, y + 4), palette::VERMILION.into());
    }
}

/// What the marks say, in words.
fn told(sorted: &[i64]) -> String {
    let marks = MARKS.iter().filter_map(|(percent, name)| {
        Some(format!("{name} within {}", words::span(percentile(sorted, *percent)?)))
    });
    marks.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_of_durations_says_when_it_is_logarithmic() {
        let drawn = |secs: &[i64]| {
            let sorted: Vec<i64> = secs.iter().map(|secs| Span::from_secs(*secs).0).collect();
            let (title, share, nothing) = ("", "share", "");
            draw(&Of {
                title,
                note: String::new(),
                length: "outage duration",
                share,
                nothing,
                sorted: &sorted,
            })
        };
        let (alike, wide) = (drawn(&[10, 20]), drawn(&[10, 20_000]));
        assert!(alike.contains("outage duration") && !alike.contains("log scale"));
        assert!(wide.contains("outage duration (log scale)"));
        assert!(!wide.contains("share (log scale)"), "the shares are in proportion");
    }
}
