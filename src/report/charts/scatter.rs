//! A trade-off: downtime against needless switchovers, a point per variant with both intervals.
//! Points that nothing separates are drawn full, the others hollow.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look, width};
use super::palette::{self, Dash};
use super::plot::{Plot, WIDTH, fit, head, head_height};
use super::record::{Record, with_ends};
use super::ticks;
use crate::model::Unit;

/// A value with the ends of its interval.
pub(in crate::report) type Reach = (f64, f64, f64);

/// One variant.
#[derive(Clone, Debug)]
pub(in crate::report) struct Spot {
    pub(in crate::report) name: String,
    /// Needless switchovers.
    pub(in crate::report) across: Reach,
    /// Downtime per agent, in seconds.
    pub(in crate::report) up: Reach,
    /// It may have the least downtime.
    pub(in crate::report) may_be_least: bool,
    /// It is the scenario as it is today.
    pub(in crate::report) today: bool,
}

/// The chart as SVG.
pub(in crate::report) fn scatter_chart(title: &str, note: &str, spots: &[Spot]) -> String {
    let top = head_height(&[]);
    Canvas::render((WIDTH as u32, (top + 400) as u32), |canvas| {
        head(canvas, title, note, &[]);
        let x = axis(spots.iter().map(|spot| spot.across), Unit::Count);
        let y = axis(spots.iter().map(|spot| spot.up), Unit::Time);
        let labels = ("needless switchovers in a replication", "downtime per agent");
        let plot = Plot::new(canvas, (top, top + 400), (x, labels.0), (y, labels.1));
        for spot in spots {
            whiskers(canvas, &plot, spot);
        }
        let mut taken = Vec::new();
        for spot in spots {
            dot(canvas, &plot, spot, &mut taken);
        }
        plot.outline(canvas);
        canvas.record(record(labels, spots));
    })
}

/// The points in numbers.
fn record((across, up): (&str, &str), spots: &[Spot]) -> Record {
    let row = |(number, spot): (u32, &Spot)| {
        let reach = |of: Reach| [of.0, of.1, of.2].map(Some);
        let values = reach(spot.across).into_iter().chain(reach(spot.up));
        std::iter::once(Some(f64::from(number))).chain(values).collect()
    };
    let columns = with_ends(across, Unit::Count).into_iter().chain(with_ends(up, Unit::Time));
    Record {
        columns: columns.collect(),
        names: spots.iter().map(|spot| spot.name.clone()).collect(),
        rows: (0..).zip(spots).map(row).collect(),
        ..Record::default()
    }
}

fn whiskers(canvas: &mut Canvas, plot: &Plot, spot: &Spot) {
    let (x, y) = (plot.x.at(spot.across.0), plot.y.at(spot.up.0));
    let across = [spot.across.1, spot.across.2].map(|end| (plot.x.at(end), y));
    let up = [spot.up.1, spot.up.2].map(|end| (x, plot.y.at(end)));
    canvas.dashed(across.to_vec(), palette::FAINT, 1, Dash::Dotted);
    canvas.dashed(up.to_vec(), palette::FAINT, 1, Dash::Dotted);
}

/// The point, and its name where it covers no other name.
fn dot(canvas: &mut Canvas, plot: &Plot, spot: &Spot, taken: &mut Vec<(i32, i32, i32)>) {
    let (x, y) = (plot.x.at(spot.across.0), plot.y.at(spot.up.0));
    let colour = if spot.may_be_least { palette::BLUE } else { palette::GREY };
    canvas.rectangle((x - 6, y - 6), (x + 6, y + 6), colour);
    canvas.hint(&spot.name);
    if !spot.may_be_least {
        canvas.rectangle((x - 3, y - 3), (x + 3, y + 3), palette::PAPER);
    }
    let today = if spot.today { " (today)" } else { "" };
    let name = fit(&format!("{}{today}", spot.name), Look::PLAIN, 220);
    let wide = width(&name, Look::PLAIN);
    let at = if x + 12 + wide < WIDTH - 20 { x + 12 } else { x - 12 - wide };
    let touches = |(left, right, row): &(i32, i32, i32)| {
        (row - (y - 12)).abs() < 15 && at < *right && at + wide > *left
    };
    if !taken.iter().any(touches) {
        // Lines of intervals do not run through the name.
        canvas.rectangle((at - 2, y - 20), (at + wide + 1, y - 6), palette::PAPER.mix(0.85));
        canvas.text(&name, (at, y - 12), Anchor::Left, Look::PLAIN);
        taken.push((at, at + wide, y - 12));
    }
}

/// Space for every interval, and for a point at zero, which would lie on the labels of the other
/// axis; ticks begin at zero.
fn axis(values: impl Iterator<Item = Reach>, unit: Unit) -> Axis {
    let (low, high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, from, to)| {
            (low.min(from), high.max(to))
        });
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    let room = if high > low { (high - low) * 0.1 } else { high.abs().max(1.0) * 0.5 };
    let (low, high) = (low - room, high + room);
    Axis::linear(low, high, ticks::values(low.max(0.0), high, 6, unit))
}
