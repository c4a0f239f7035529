//! How an estimate came to rest: its value and interval after more and more replications.
//!
//! The course tells whether more replications would still move it; it is no proof of anything.

use crate::experiment::{Answer, Step};
use crate::model::{Model, Unit};
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::Canvas;
use crate::report::charts::palette;
use crate::report::charts::plot::{Entry, Plot, WIDTH, head};
use crate::report::charts::ticks;
use crate::report::{numbers, words};
use crate::statistics::Reached;

const HEIGHT: i32 = 420;

/// From so many times the final half-width on, early intervals are cut off.
const CUT: f64 = 8.0;

/// The chart.
pub(super) fn draw(answer: &Answer, _: &Model) -> String {
    let measure = &answer.gathered.measures()[answer.course.measure];
    let unit = measure.gauge.unit;
    let drawn: Vec<&Step> =
        answer.course.steps.iter().filter(|step| step.estimate.interval.is_some()).collect();
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let title = format!("How {} came to rest", measure.name);
        let level = words::level(answer.level);
        let legend = [
            Entry::line("mean of the replications so far", palette::BLUE),
            Entry::band(format!("{level} interval"), palette::BLUE),
        ];
        let top = head(canvas, &title, &note(answer, unit), &legend);
        let (x, y) = axes(&drawn, unit);
        let plot = Plot::new(canvas, (top, HEIGHT), (x, "replications"), (y, &measure.name));
        match drawn.last() {
            Some(last) if last.estimate.value == Some(0.0) => {
                plot.nothing(canvas, "It was 0 in every replication.");
            }
            Some(_) => curve(canvas, &plot, &drawn),
            None => plot.nothing(canvas, "Too few replications for an interval."),
        }
        plot.outline(canvas);
    })
}

fn note(answer: &Answer, unit: Unit) -> String {
    let last = answer.course.steps.last().map(|step| &step.estimate);
    match last.and_then(|estimate| numbers::plus_minus(&Reached::of(estimate), unit)) {
        Some(_) if last.is_some_and(|estimate| estimate.value == Some(0.0)) => String::new(),
        Some(text) => {
            let number = words::count(answer.gathered.count() as u64);
            let luck = if answer.sets.is_some() { ", luck alone considered" } else { "" };
            format!("{text} after {number} replications{luck}.")
        }
        None => String::new(),
    }
}

/// Both axes; the vertical one shows what the last intervals need.
fn axes(drawn: &[&Step], unit: Unit) -> (Axis, Axis) {
    let most = drawn.last().map_or(2, |step| step.replications).max(2);
    let x = Axis::linear(0.0, most as f64, ticks::counts(most as f64, 8, true));
    let Some(last) = drawn.last().map(|step| step.estimate) else {
        return (x, Axis::linear(0.0, 1.0, Vec::new()));
    };
    let (value, half) = (last.value.unwrap_or(0.0), last.half_width().unwrap_or(0.0));
    let room = if half > 0.0 { CUT * half } else { value.abs().max(1.0) / 2.0 };
    let ends = drawn.iter().filter_map(|step| step.estimate.interval);
    let low = ends.clone().map(|interval| interval.low).fold(value, f64::min);
    let high = ends.map(|interval| interval.high).fold(value, f64::max);
    let floor = if value >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let low = low.max(value - room).max(floor);
    let high = high.min(value + room).max(low + 1e-9);
    (x, Axis::linear(low, high, ticks::values(low, high, 6, unit)))
}

fn curve(canvas: &mut Canvas, plot: &Plot, drawn: &[&Step]) {
    let point = |step: &Step, y: f64| (plot.x.at(step.replications as f64), plot.y.at(y));
    let ends = |pick: fn(&crate::statistics::Interval) -> f64| {
        drawn
            .iter()
            .filter_map(move |step| Some((*step, step.estimate.interval.as_ref().map(pick)?)))
    };
    let upper = ends(|interval| interval.high).map(|(step, y)| point(step, y));
    let lower: Vec<_> = ends(|interval| interval.low).map(|(step, y)| point(step, y)).collect();
    let band = upper.chain(lower.into_iter().rev()).collect();
    canvas.band(band, palette::BLUE);
    let middle = drawn.iter().filter_map(|step| Some(point(step, step.estimate.value?)));
    canvas.line(middle.collect(), palette::BLUE, 2);
}
