//! How an estimate was reached: its value and interval after each number of replications.
//!
//! The course shows how far the estimate still moves; it is no proof that it will not move again.

use crate::experiment::{Answer, Step};
use crate::model::{Bound, Model, Threshold, Unit};
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look};
use crate::report::charts::palette::{self, Dash};
use crate::report::charts::plot::{Plot, WIDTH, head};
use crate::report::charts::record::{Keep, Record, with_ends};
use crate::report::charts::ticks;
use crate::report::numbers::Scale;
use crate::report::shown;
use crate::report::words;

const HEIGHT: i32 = 420;

/// Early intervals are cut off beyond this number of final half-widths.
const CUT: f64 = 8.0;

/// Up to this number of steps each is marked.
const MARKED: usize = 12;

/// The chart.
pub(super) fn draw(answer: &Answer, model: &Model) -> String {
    let measure = &answer.gathered.measures()[answer.course.measure];
    let unit = measure.gauge.unit;
    let words = shown::words(&measure.name);
    let drawn: Vec<&Step> =
        answer.course.steps.iter().filter(|step| step.estimate.interval.is_some()).collect();
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let title = title(&words, drawn.last().copied(), unit);
        let top = head(canvas, &title, &note(answer), &[]);
        let limits = limits(&measure.name, model);
        let (x, y) = axes(&drawn, &limits, unit);
        let plot = Plot::new(canvas, (top, HEIGHT), (x, "replications"), (y, &words));
        match drawn.last() {
            Some(last) if last.estimate.value == Some(0.0) => {
                plot.nothing(canvas, "It was 0 in every replication.");
            }
            Some(last) => {
                curve(canvas, &plot, &drawn);
                canvas.record(record(&plot, (&measure.name, unit), &drawn));
                // Where there are intervals only on the right, labels are on the left.
                let first = drawn.first().map_or(0, |step| step.replications);
                let left = 2 * first > last.replications;
                limits.iter().for_each(|(at, label)| limit(canvas, &plot, *at, (label, left)));
            }
            None => plot.nothing(canvas, "Too few replications for an interval."),
        }
        plot.outline(canvas);
    })
}

/// What the measure was found to be.
fn title(words: &str, last: Option<&Step>, unit: Unit) -> String {
    let name = words::sentence(words);
    let found = last.and_then(|step| {
        let scale = Scale::of_estimate(&step.estimate, unit);
        Some((scale.full(step.estimate.value?), scale.interval(step.estimate.interval?), step))
    });
    match found {
        Some((.., step)) if step.estimate.value == Some(0.0) => {
            format!("{name}: 0 in all {} replications", words::count(step.replications as u64))
        }
        Some((value, interval, _)) => format!("{name} = {value} ({interval})"),
        None => format!("{name}: too few replications for an interval"),
    }
}

fn note(answer: &Answer) -> String {
    let luck = if answer.sets.is_some() { "; only chance considered" } else { "" };
    let number = words::count(answer.gathered.count() as u64);
    let level = words::level(answer.level);
    format!(
        "The estimate (line) and its {level} interval (shaded) after each number of replications up to {number}{luck}."
    )
}

/// The thresholds on the measure, with their labels.
fn limits(name: &str, model: &Model) -> Vec<(f64, String)> {
    let all = model.thresholds.iter().filter(|threshold| threshold.measure == name);
    let limit = |threshold: &Threshold| match threshold.bound {
        Bound::AtMost(at) => (at, format!("threshold: at most {}", threshold.written)),
        Bound::AtLeast(at) => (at, format!("threshold: at least {}", threshold.written)),
    };
    all.map(limit).collect()
}

fn limit(canvas: &mut Canvas, plot: &Plot, at: f64, (label, on_left): (&str, bool)) {
    let ((left, right), y) = (plot.x.pixels(), plot.y.at(at));
    let look = Look { colour: palette::VERMILION, ..Look::NOTE };
    let (place, anchor) =
        if on_left { (left + 6, Anchor::Left) } else { (right - 4, Anchor::Right) };
    if plot.y.holds(at) {
        canvas.dashed(vec![(left, y), (right, y)], palette::VERMILION, 1, Dash::Mixed);
        canvas.text(label, (place, y - 9), anchor, look);
    } else {
        let side = if y == plot.y.pixels().1 { "above" } else { "below" };
        canvas.text(&format!("{label} ({side})"), (place, y - 9), anchor, look);
    }
}

/// Both axes; the vertical one shows what the last intervals need.
fn axes(drawn: &[&Step], limits: &[(f64, String)], unit: Unit) -> (Axis, Axis) {
    let most = drawn.last().map_or(2, |step| step.replications).max(2);
    let room = if drawn.len() <= MARKED { 1.05 } else { 1.0 };
    let x = Axis::linear(0.0, most as f64 * room, ticks::counts(most as f64, 8, true));
    let Some(last) = drawn.last().map(|step| step.estimate) else {
        return (x, Axis::linear(0.0, 1.0, Vec::new()));
    };
    let (value, half) = (last.value.unwrap_or(0.0), last.half_width().unwrap_or(0.0));
    let room = if half > 0.0 { CUT * half } else { value.abs().max(1.0) / 2.0 };
    let ends = drawn.iter().filter_map(|step| step.estimate.interval);
    let near = limits.iter().map(|limit| limit.0);
    let low = ends.clone().map(|interval| interval.low).chain(near.clone()).fold(value, f64::min);
    let high = ends.map(|interval| interval.high).chain(near).fold(value, f64::max);
    let floor = if value >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let low = low.max(value - room).max(floor);
    let high = high.min(value + room).max(low + 1e-9);
    (x, Axis::linear(low, high, ticks::values_beside(value, (low, high), 6, unit)))
}

/// The steps in numbers.
fn record(plot: &Plot, (name, unit): (&str, Unit), drawn: &[&Step]) -> Record {
    let row = |step: &&Step| {
        let ends = step.estimate.interval.map(|found| [found.low, found.high]);
        let [low, high] = [0, 1].map(|end| ends.map(|ends| ends[end]));
        vec![Some(step.replications as f64), step.estimate.value, low, high]
    };
    let record = Record {
        first: "replications".to_owned(),
        across: Some(plot.across()),
        columns: with_ends(name, unit).to_vec(),
        rows: drawn.iter().map(row).collect(),
        ..Record::default()
    };
    record.thinned(&[Keep::Last; 3], 3)
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
    // Of a single step there is no line and no area.
    for step in drawn.iter().filter(|_| drawn.len() <= MARKED) {
        let Some(value) = step.estimate.value else { continue };
        let (x, y) = point(step, value);
        canvas.rectangle((x - 3, y - 3), (x + 4, y + 4), palette::BLUE);
        if let Some(interval) = step.estimate.interval {
            let ends = [interval.low, interval.high].map(|end| point(step, end));
            canvas.line(ends.to_vec(), palette::BLUE, 2);
        }
    }
    let middle = drawn.iter().filter_map(|step| Some(point(step, step.estimate.value?)));
    canvas.line(middle.collect(), palette::BLUE, 2);
}
