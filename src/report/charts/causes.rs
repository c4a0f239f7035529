//! Downtime by cause: one bar per cause, in the order in which causes are taken.

use crate::measures::{Ratio, Results};
use crate::model::Model;
use crate::report::words;
use crate::trace::Cause;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look, width};
use super::palette;
use super::plot::{WIDTH, head};
use super::series::largest;
use super::ticks;

const HEIGHT: i32 = 400;

/// Where the bars begin.
const LEFT: i32 = 130;

/// Room for the value behind the longest bar.
const RIGHT: i32 = 210;

/// The chart.
pub(super) fn draw(results: &Results, _: &Model) -> String {
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let top = head(canvas, "Downtime by cause", &note(results), &[]) + 16;
        let most = largest(results.counts.downtime.map(|total| total.as_secs_f64()));
        let ticks = ticks::lengths(most.max(1e-3), 6);
        let end = ticks.last().map_or(1.0, |tick| tick.0);
        let axis = Axis::linear(0.0, end, ticks).over(LEFT, WIDTH - RIGHT);
        let bottom = HEIGHT - 44;
        grid(canvas, &axis, (top, bottom), most);
        let step = (bottom - top) / Cause::ALL.len() as i32;
        for (row, cause) in (0..).zip(Cause::ALL) {
            bar(canvas, &axis, results, cause, (top + row * step, step));
        }
        canvas.line(vec![(LEFT, top - 4), (LEFT, bottom)], palette::INK, 1);
        if most <= 0.0 {
            let look = Look { size: 16, ..Look::NOTE };
            let middle = ((LEFT + WIDTH) / 2, (top + bottom) / 2);
            canvas.text("No agent was out of service.", middle, Anchor::Middle, look);
        }
    })
}

fn note(results: &Results) -> String {
    let total = words::length(results.downtime());
    let agents = words::counted(results.counts.agents, "agent", "agents");
    format!("{total} out of service in all, summed over {agents}.")
}

fn grid(canvas: &mut Canvas, axis: &Axis, (top, bottom): (i32, i32), most: f64) {
    if most <= 0.0 {
        return;
    }
    let mut free = i32::MIN;
    for (value, label) in axis.ticks() {
        let (x, half) = (axis.at(*value), width(label, Look::PLAIN) / 2);
        canvas.grid((x, top - 4), (x, bottom));
        if x - half >= free {
            canvas.text(label, (x, bottom + 16), Anchor::Middle, Look::PLAIN);
            free = x + half + 8;
        }
    }
    canvas.text("agent time", (WIDTH - 28, bottom + 34), Anchor::Right, Look::NOTE);
}

fn bar(canvas: &mut Canvas, axis: &Axis, results: &Results, cause: Cause, (y, step): (i32, i32)) {
    let total = results.counts.downtime[cause as usize];
    let whole = results.downtime().0;
    let middle = y + step / 2;
    canvas.text(cause.name(), (LEFT - 10, middle), Anchor::Right, Look::PLAIN);
    if whole == 0 {
        return;
    }
    let end = axis.at(total.as_secs_f64());
    if total.0 > 0 {
        let colour = palette::CAUSES[cause as usize].mix(1.0);
        let half = step * 3 / 10;
        canvas.rectangle((LEFT, middle - half), (end.max(LEFT + 1), middle + half), colour);
    }
    let share = words::percent(Ratio { part: total.0, whole });
    let (label, look) = match total.0 {
        0 => ("0 s".to_owned(), Look::NOTE),
        _ => (format!("{}  ({share})", words::length(total)), Look::PLAIN),
    };
    canvas.text(&label, (end + 8, middle), Anchor::Left, look);
}
