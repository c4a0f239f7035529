//! Downtime by cause: one bar per cause, the largest first; causes that never occurred are left out.

use crate::measures::{Ratio, Results, Total};
use crate::model::Model;
use crate::report::numbers::agent_time_beside;
use crate::report::words;
use crate::trace::Cause;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::palette;
use super::plot::{WIDTH, head};
use super::ticks;
use super::titles;

/// Height of a row.
const ROW: i32 = 40;

/// Where the bars begin.
const LEFT: i32 = 130;

/// Space for the value behind the longest bar.
const RIGHT: i32 = 210;

/// Space for the axis.
const FOOT: i32 = 48;

/// The chart.
pub(super) fn draw(results: &Results, _: &Model) -> String {
    let rows = rows(results);
    let height = 76 + ROW * rows.len().max(2) as i32 + FOOT;
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let top = head(canvas, &titles::causes(results), &note(results), &[]) + 16;
        let bottom = height - FOOT;
        let Some((_, most)) = rows.first() else {
            let look = Look { size: 16, ..Look::NOTE };
            let middle = (WIDTH / 2, (top + bottom) / 2);
            canvas.text("No agent was out of service.", middle, Anchor::Middle, look);
            return;
        };
        let (most, whole) = (most.as_secs_f64(), results.downtime().as_secs_f64());
        let (ticks, unit) = match results.counts.agents {
            1 => (ticks::lengths(most, 6), "time"),
            _ => ticks::agent_times(whole, most, 6),
        };
        let end = ticks.last().map_or(1.0, |tick| tick.0);
        let axis = Axis::linear(0.0, end, ticks).over(LEFT, WIDTH - RIGHT);
        for (value, _) in axis.ticks() {
            canvas.grid((axis.at(*value), top - 4), (axis.at(*value), bottom));
        }
        axis.label(canvas, bottom + 16);
        let label = format!("{unit} out of service");
        canvas.text(&label, (WIDTH - 28, bottom + 34), Anchor::Right, Look::NOTE);
        for (row, (cause, total)) in (0..).zip(&rows) {
            bar(canvas, &axis, results, (*cause, *total), top + row * ROW);
        }
        canvas.line(vec![(LEFT, top - 4), (LEFT, bottom)], palette::INK, 1);
    })
}

/// The causes that occurred, the largest first.
fn rows(results: &Results) -> Vec<(Cause, Total)> {
    let all = Cause::ALL.into_iter().map(|cause| (cause, results.counts.downtime[cause as usize]));
    let mut rows: Vec<_> = all.filter(|(_, total)| total.0 > 0).collect();
    rows.sort_by_key(|(_, total)| std::cmp::Reverse(total.0));
    rows
}

fn note(results: &Results) -> String {
    let total = words::agent_time(results.downtime(), results.counts.agents);
    let agents = words::counted(results.counts.agents, "agent", "agents");
    format!(
        "Downtime by cause: {total} in all, summed over {agents}. Causes that never occurred are left out."
    )
}

fn bar(
    canvas: &mut Canvas,
    axis: &Axis,
    results: &Results,
    (cause, total): (Cause, Total),
    y: i32,
) {
    let (whole, middle) = (results.downtime(), y + ROW / 2);
    canvas.text(cause.name(), (LEFT - 10, middle), Anchor::Right, Look::PLAIN);
    let end = axis.at(total.as_secs_f64());
    let corner = (end.max(LEFT + 1), middle + ROW * 3 / 10);
    canvas.rectangle((LEFT, middle - ROW * 3 / 10), corner, palette::CAUSES[cause as usize]);
    let share = words::percent(Ratio { part: total.0, whole: whole.0 });
    let told = agent_time_beside(whole, total, results.counts.agents);
    let label = format!("{told}  ({share})");
    canvas.text(&label, (end + 8, middle), Anchor::Left, Look::PLAIN);
}
