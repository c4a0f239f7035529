//! The strip below the curves of a sweep: which values may be the best, which no other dominates,
//! where there is a warning. One row per kind of mark, a square per value.

use crate::experiment::Grid;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look};
use crate::report::charts::palette;
use crate::report::marks::{LEAST, PARETO};

/// Height of a row.
const ROW: i32 = 20;

/// A row: what it says, and which points have it.
pub(super) struct Marks {
    label: &'static str,
    points: Vec<bool>,
}

/// The rows that have a mark.
pub(super) fn marks(grid: &Grid) -> Vec<Marks> {
    let all = 0..grid.points.len();
    let row = |label, has: &dyn Fn(usize) -> bool| Marks {
        label,
        points: all.clone().map(has).collect(),
    };
    let rows = [
        row(LEAST, &|at| grid.marks(at).least),
        row(PARETO, &|at| grid.marks(at).pareto),
        row("warning there", &|at| grid.advice.codes(at).next().is_some()),
    ];
    rows.into_iter().filter(|row| row.points.contains(&true)).collect()
}

/// The height that the strip takes.
pub(super) fn height(marks: &[Marks]) -> i32 {
    if marks.is_empty() { 0 } else { 12 + ROW * marks.len() as i32 }
}

/// Draws the rows below an axis, from a height on; what they say is to their right.
pub(super) fn draw(canvas: &mut Canvas, marks: &[Marks], x: &Axis, (places, top): (&[f64], i32)) {
    let (left, right) = x.pixels();
    for (y, row) in (top + 4 + ROW / 2..).step_by(ROW as usize).zip(marks) {
        canvas.grid((left, y), (right, y));
        for (place, _) in places.iter().zip(&row.points).filter(|(_, has)| **has) {
            let x = x.at(*place);
            canvas.rectangle((x - 4, y - 4), (x + 4, y + 4), palette::INK);
        }
        canvas.text(row.label, (right + 20, y), Anchor::Left, Look::PLAIN);
    }
}
