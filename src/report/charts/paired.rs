//! Paired differences: what changing from the first variant to another did to the downtime of each
//! replication, from the best to the worst.
//!
//! Each bar is one replication, with the same faults and random numbers in both; the band is the
//! interval of the mean.

use super::axis::Axis;
use super::canvas::Canvas;
use super::palette;
use super::plot::{Plot, WIDTH, head};
use super::record::{Column, Counts, Keep, Record};
use super::ticks;
use crate::experiment::{Comparison, Contrast, Goal, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::compare::letters;
use crate::report::numbers::{Scale, value_beside};
use crate::report::words;

const HEIGHT: i32 = 440;

/// Files of the charts of a comparison: one per variant behind the first.
#[must_use]
pub fn paired_file(other: usize) -> String {
    if other == 1 { "differences.svg".to_owned() } else { format!("differences-{other}.svg") }
}

/// The chart of variant `other` (from 1) against the first.
#[must_use]
pub fn paired_chart(comparison: &Comparison, other: usize) -> String {
    let mut differences: Vec<f64> = comparison
        .differences(other, DOWNTIME_PER_AGENT)
        .into_iter()
        .map(|(_, difference)| difference)
        .collect();
    differences.sort_by(f64::total_cmp);
    let contrast = contrast_of(&comparison.contrasts[other - 1], DOWNTIME_PER_AGENT);
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let names = (&comparison.names[0], &comparison.names[other]);
        let letter = letters(other);
        let title = format!("Downtime per agent: {letter} less A, replication by replication");
        let level = words::level(comparison.level);
        let mean_told = mean_in_words(contrast, largest(&differences), &level);
        // A variant made by settings differs from the first by them alone.
        let other = match names.1.strip_prefix(&format!("{} with ", names.0)) {
            Some(settings) => format!("A with {settings}"),
            None => names.1.clone(),
        };
        let top = head(canvas, &title, &format!("A: {}; {letter}: {other}", names.0), &[]);
        let y = vertical(&differences);
        let most = differences.len().max(1) as f64;
        let x = Axis::linear(0.0, most, ticks::counts(most, 8, true));
        let label = format!("replications, from the best for {letter}");
        let less = format!("{letter} less A");
        let better = match comparison.tradeoff.objective(Goal::Downtime) {
            Some(_) => format!(": {letter} is better below 0, worse above"),
            None => String::new(),
        };
        let told = format!("{less}{better}; shaded: {mean_told}");
        let plot = Plot::new(canvas, (top, HEIGHT), (x, &label), (y, &told));
        if differences.iter().all(|difference| *difference == 0.0) {
            plot.nothing(canvas, "No replication differs.");
        } else {
            mean(canvas, &plot, contrast);
            bars(canvas, &plot, &differences);
            canvas.record(record(&plot, &less, &differences));
        }
        plot.outline(canvas);
    })
}

/// Space for zero and for every difference.
fn vertical(differences: &[f64]) -> Axis {
    let low = differences.first().copied().unwrap_or(0.0).min(0.0);
    let high = differences.last().copied().unwrap_or(0.0).max(0.0);
    let room = if high > low { (high - low) * 0.05 } else { 60.0 };
    let (low, high) = (if low < 0.0 { low - room } else { 0.0 }, high + room);
    Axis::linear(low, high, ticks::values_beside(largest(differences), (low, high), 6, Unit::Time))
}

/// The largest difference.
fn largest(differences: &[f64]) -> f64 {
    differences.iter().map(|difference| difference.abs()).fold(0.0, f64::max)
}

/// The bars in numbers.
fn record(plot: &Plot, less: &str, differences: &[f64]) -> Record {
    let rows = (0..).zip(differences);
    let rows = rows.map(|(rank, difference)| vec![Some(f64::from(rank)), Some(*difference)]);
    let record = Record {
        first: "replications with a smaller difference".to_owned(),
        across: Some(plot.across()),
        columns: vec![Column::new(less, Counts::Seconds)],
        rows: rows.collect(),
        ..Record::default()
    };
    record.thinned(&[Keep::Last], 2)
}

fn bars(canvas: &mut Canvas, plot: &Plot, differences: &[f64]) {
    let zero = plot.y.at(0.0);
    for (number, difference) in differences.iter().enumerate() {
        let from = plot.x.at(number as f64);
        let to = plot.x.at(number as f64 + 1.0);
        let gap = i32::from(to - from > 3);
        let colour = if *difference < 0.0 { palette::BLUE } else { palette::VERMILION };
        let end = plot.y.at(*difference);
        let corner = (to.max(from + 1) - gap, zero);
        canvas.rectangle((from, end.min(zero)), (corner.0, end.max(zero)), colour.mix(0.85));
    }
    let (left, right) = plot.x.pixels();
    canvas.line(vec![(left, zero), (right, zero)], palette::INK, 1);
}

/// The mean difference and its interval, in the unit of the largest difference.
fn mean_in_words(contrast: Option<&Contrast>, largest: f64, level: &str) -> String {
    let difference = contrast.map(|contrast| contrast.difference);
    let known = difference.and_then(|d| Some((d, d.value?, d.interval?)));
    match known {
        Some((_, mean, interval)) if interval.low == interval.high => {
            format!("mean {}", value_beside(largest, mean, None, Unit::Time))
        }
        Some((difference, value, interval)) => {
            let error = difference.half_width();
            let size = f64::max(value.abs(), error.unwrap_or(0.0));
            let scale = Scale::beside(largest, size, error, Unit::Time);
            format!("mean {}, {level} interval {}", scale.full(value), scale.interval(interval))
        }
        None => format!("mean, {level} interval"),
    }
}

/// The mean as a band over the whole width.
fn mean(canvas: &mut Canvas, plot: &Plot, contrast: Option<&Contrast>) {
    let Some(contrast) = contrast else { return };
    let Some(interval) = contrast.difference.interval else { return };
    let (left, right) = plot.x.pixels();
    let (low, high) = (plot.y.at(interval.low), plot.y.at(interval.high));
    canvas.rectangle((left, high.min(low - 1)), (right, low), palette::GREY.mix(0.35));
}
