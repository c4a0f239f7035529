//! What lies beyond a range whose values are all on one side of the bound: the value where the measure is
//! nearest to it, and whether another range may hold the answer.

use crate::experiment::{Answered, Point};

/// The value at which the measure is nearest to the bound; `None`: it has no value anywhere.
pub(super) fn nearest(answer: &Answered, bound: f64) -> Option<&Point> {
    let measured = answer.tried.iter().filter_map(|point| Some((point, value(point)?)));
    let distance = |(_, value): &(&Point, f64)| (value - bound).abs();
    measured.min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|(point, _)| point)
}

/// What to do, by the value that is nearest. At the end of the range the measure may go on towards the
/// bound, unless it was the same before the end.
pub(super) fn advice(answer: &Answered, nearest: &Point) -> &'static str {
    let best = value(nearest);
    let moves = |end: Option<&Point>, before: Option<&Point>| match (end, before) {
        (Some(end), Some(before)) => value(end) == best && value(before) != best,
        (end, None) => end.is_some(),
        (None, Some(_)) => false,
    };
    let all = &answer.tried;
    let before = all.len().checked_sub(2).and_then(|place| all.get(place));
    if moves(all.first(), all.get(1)) || moves(all.last(), before) {
        "Another range may hold the answer: --vary PATH=LOW..HIGH."
    } else {
        "It comes no nearer towards the ends of the range, so a longer one will hardly help."
    }
}

fn value(point: &Point) -> Option<f64> {
    point.tried.measured.estimate.value
}
