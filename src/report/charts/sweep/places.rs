//! The positions of the values of a parameter on the x axis, and that of today's.

use crate::experiment::Parameter;
use crate::report::charts::axis::Axis;

/// The positions of the values.
pub(super) fn places(parameter: &Parameter) -> Vec<f64> {
    let side_by_side = || (0..parameter.values.len()).map(|number| number as f64).collect();
    parameter.numbers.clone().unwrap_or_else(side_by_side)
}

/// The axis of the parameter: its values as typed, as far as there is space.
pub(super) fn horizontal(parameter: &Parameter, places: &[f64]) -> Axis {
    let all = || places.iter().copied().chain(today_at(parameter, places));
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let room = if high > low { (high - low) * 0.03 } else { 0.5 };
    let mut named: Vec<(f64, String)> =
        places.iter().copied().zip(parameter.values.iter().cloned()).collect();
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    Axis::linear(low - room, high + room, named)
}

/// The position of today's value: at a point, or between them.
pub(super) fn today_at(parameter: &Parameter, places: &[f64]) -> Option<f64> {
    let between = || parameter.in_force.filter(|_| parameter.numbers.is_some());
    parameter.today.map(|today| places[today]).or_else(between)
}
