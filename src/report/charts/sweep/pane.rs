//! One pane of a sweep: a curve with its band, and the mark of today.

use crate::experiment::Parameter;
use crate::model::Unit;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look};
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::{Plot, Room};
use crate::report::charts::record::{Record, with_ends};
use crate::report::charts::ticks;

use super::places::{horizontal, today_at};

/// What is drawn.
pub(super) struct Curve {
    /// Place, value, ends of the interval; by place.
    pub(super) points: Vec<(f64, f64, (f64, f64))>,
    /// Today's value.
    pub(super) today: Option<f64>,
    pub(super) unit: Unit,
    /// Whether it is a change, so that zero is in sight.
    pub(super) change: bool,
}

/// Where it is drawn, and how.
pub(super) struct Pane<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) places: &'a [f64],
    pub(super) room: Room,
    /// What is drawn in full.
    pub(super) title: String,
    pub(super) label: &'a str,
    pub(super) colour: Colour,
}

impl Pane<'_> {
    pub(super) fn draw(&self, canvas: &mut Canvas, curve: &Curve) {
        let x = horizontal(self.parameter, self.places);
        let name = self.parameter.titled();
        let plot =
            Plot::within(canvas, self.room, (x, name.as_str()), (curve.vertical(), self.label));
        self.mark_today(canvas, &plot, curve);
        if curve.points.is_empty() {
            plot.nothing(canvas, "not enough replications");
        }
        let at = |x: f64, y: f64| (plot.x.at(x), plot.y.at(y));
        let upper = curve.points.iter().map(|(x, _, (_, high))| at(*x, *high));
        let lower: Vec<_> = curve.points.iter().map(|(x, _, (low, _))| at(*x, *low)).collect();
        canvas.band(upper.chain(lower.into_iter().rev()).collect(), self.colour);
        let line = curve.points.iter().map(|(x, value, _)| at(*x, *value));
        canvas.line(line.collect(), self.colour, 2);
        for (x, value, (low, high)) in &curve.points {
            // One point has no band to be seen.
            canvas.line(vec![at(*x, *low), at(*x, *high)], self.colour, 1);
            let (x, y) = at(*x, *value);
            canvas.rectangle((x - 3, y - 3), (x + 3, y + 3), self.colour);
        }
        plot.outline(canvas);
        canvas.record(self.record(&plot, curve));
    }

    /// The points in numbers, by the values of the parameter as typed.
    fn record(&self, plot: &Plot, curve: &Curve) -> Record {
        let row = |(x, value, (low, high)): &(f64, f64, (f64, f64))| {
            [x, value, low, high].map(|number| Some(*number)).to_vec()
        };
        let typed = |(x, ..): &(f64, f64, (f64, f64))| {
            let at = self.places.iter().position(|place| place == x);
            at.and_then(|at| self.parameter.values.get(at)).cloned().unwrap_or_default()
        };
        Record {
            title: self.title.clone(),
            first: self.parameter.titled(),
            across: Some(plot.across()),
            columns: with_ends(self.label, curve.unit).to_vec(),
            names: curve.points.iter().map(typed).collect(),
            rows: curve.points.iter().map(row).collect(),
            ..Record::default()
        }
    }

    /// Today's level across, today's value upright.
    fn mark_today(&self, canvas: &mut Canvas, plot: &Plot, curve: &Curve) {
        let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
        let mut dashed = |points| canvas.dashed(points, palette::FAULT_EDGE, 1, Dash::Long);
        if let Some(level) = curve.today {
            let y = plot.y.at(level);
            dashed(vec![(left, y), (right, y)]);
        }
        if let Some(today) = today_at(self.parameter, self.places) {
            let x = plot.x.at(today);
            dashed(vec![(x, bottom), (x, top)]);
            let look = Look { colour: palette::FAULT_EDGE, ..Look::NOTE };
            let (anchor, aside) =
                if x + 40 < right { (Anchor::Left, x + 4) } else { (Anchor::Right, x - 4) };
            canvas.text("today", (aside, top - 8), anchor, look);
        }
    }
}

impl Curve {
    /// All intervals: from zero for a level that is near it, around zero for a change.
    fn vertical(&self) -> Axis {
        let ends = self.points.iter().flat_map(|(_, _, (low, high))| [*low, *high]);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in ends.chain(self.today) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if !self.change && low <= high * 0.6 {
            low = low.min(0.0);
        }
        let length = high - low;
        // What never varies lies in the middle.
        let room = if length > 0.0 { length * 0.08 } else { high.abs().max(1.0) * 0.5 };
        let below = if low == 0.0 && !self.change { 0.0 } else { room };
        let (low, high) = (low - below, high + room);
        let low = if self.change { low } else { low.max(0.0) };
        // Around zero three round numbers may need smaller steps.
        let ticks = (4..9).map(|number| ticks::values(low, high, number, self.unit));
        let ticks = ticks.reduce(|few, more| if few.len() < 3 { more } else { few });
        Axis::linear(low, high, ticks.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_around_zero_has_three_ticks() {
        // From -4,480 to 4,780 with room: steps of 5,000 would leave zero alone.
        let points =
            vec![(15.0, 4_000.0, (3_800.0, 4_100.0)), (120.0, -3_000.0, (-3_800.0, -2_000.0))];
        let curve = Curve { points, today: Some(0.0), unit: Unit::Count, change: true };
        let axis = curve.vertical();
        let labels = axis.ticks().iter().map(|(_, label)| label.clone());
        assert_eq!(labels.collect::<Vec<_>>(), ["-4,000", "-2,000", "0", "2,000", "4,000"]);
    }
}
