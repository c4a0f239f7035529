//! Downtime in several ways of sharing it out: a bar per fault, site or group, its parts by cause.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::hatch;
use super::palette;
use super::plot::{Entry, LEFT, WIDTH, fit, head, head_height};
use super::ticks;
use crate::measures::Total;
use crate::report::numbers::agent_time_beside;

/// Height of a row.
const ROW: i32 = 30;

/// Where the bars begin and end.
const BARS: (i32, i32) = (230, WIDTH - 190);

/// One bar.
#[derive(Clone, Debug)]
pub(in crate::report) struct Stack {
    pub(in crate::report) name: String,
    /// Seconds of all agents together, per cause.
    pub(in crate::report) by_cause: [f64; 8],
    /// Seconds of all causes.
    pub(in crate::report) whole: Total,
}

/// The title: the name of the largest, cut so that its downtime is seen.
pub(in crate::report) fn stacks_title(most: &Stack, agents: u64) -> String {
    let name = fit(&most.name, Look::TITLE, WIDTH / 2);
    format!("Most downtime: {name}, {}", agent_time_beside(most.whole, most.whole, agents))
}

/// The chart as SVG; `causes`: what each cause is called; `agents`: how many the run has.
pub(in crate::report) fn stacks_chart(
    (title, note): (&str, &str),
    causes: &[&str; 8],
    (stacks, agents): (&[Stack], u64),
) -> String {
    let occurs = |cause: &usize| stacks.iter().any(|stack| stack.by_cause[*cause] > 0.0);
    let entry =
        |cause: usize| Entry::block(causes[cause], palette::CAUSES[cause], hatch::CAUSES[cause]);
    let legend: Vec<Entry> = (0..causes.len()).filter(occurs).map(entry).collect();
    let top = head_height(&legend) + 14;
    let bottom = top + ROW * stacks.len().max(1) as i32;
    let largest = stacks.iter().map(|stack| stack.whole).max().unwrap_or_default();
    let most = largest.as_secs_f64();
    Canvas::render((WIDTH as u32, (bottom + 48) as u32), |canvas| {
        head(canvas, title, note, &legend);
        let (ticks, unit) = match agents {
            1 => (ticks::lengths(most, 6), "time"),
            _ => ticks::agent_times(most, most, 6),
        };
        let end = ticks.last().map_or(1.0, |tick| tick.0);
        let axis = Axis::linear(0.0, end, ticks).over(BARS.0, BARS.1);
        for (value, _) in axis.ticks() {
            canvas.grid((axis.at(*value), top), (axis.at(*value), bottom));
        }
        axis.label(canvas, bottom + 16);
        canvas.text(
            &format!("{unit} out of service"),
            (BARS.1, bottom + 34),
            Anchor::Right,
            Look::NOTE,
        );
        for (y, stack) in (0..).map(|row| top + ROW * row + ROW / 2).zip(stacks) {
            bar(canvas, &axis, causes, stack, y);
            let label = agent_time_beside(largest, stack.whole, agents);
            let end = axis.at(stack.by_cause.iter().sum());
            canvas.text(&label, (end + 8, y), Anchor::Left, Look::PLAIN);
        }
        canvas.line(vec![(BARS.0, top), (BARS.0, bottom)], palette::INK, 1);
    })
}

fn bar(canvas: &mut Canvas, axis: &Axis, causes: &[&str; 8], stack: &Stack, y: i32) {
    canvas.name(&stack.name, (BARS.0 - 10, y), Anchor::Right, BARS.0 - LEFT - 12);
    let mut from = 0.0;
    for (cause, part) in stack.by_cause.iter().enumerate().filter(|(_, part)| **part > 0.0) {
        let ends = (axis.at(from), axis.at(from + part));
        if ends.1 > ends.0 {
            let corners = ((ends.0, y - 9), (ends.1, y + 9));
            let hint = format!("{}: {}", stack.name, causes[cause]);
            canvas.rectangle(corners.0, corners.1, palette::CAUSES[cause]);
            canvas.hint(&hint);
            hatch::CAUSES[cause].draw(canvas, corners.0, corners.1);
            // A gap, so that neighbours can be distinguished without their colours.
            canvas.line(vec![(ends.1, y - 9), (ends.1, y + 9)], palette::PAPER, 1);
        }
        from += part;
    }
}
