//! Switchovers (upwards) and restores (downwards) per minute, or per bin where bins are longer.

use crate::measures::{Results, SiteResults};
use crate::model::Model;
use crate::report::words;
use crate::time::{NANOS, Span};

use super::axis::Axis;
use super::canvas::Canvas;
use super::palette::{self, Colour};
use super::plot::{Entry, Plot, WIDTH, head};
use super::series::{band_entry, bands, largest, secs, time_axis};
use super::ticks::{self, Tick};

const HEIGHT: i32 = 440;

/// Moves begun in a stretch of time.
struct Stretch {
    from: f64,
    to: f64,
    switchovers: f64,
    restores: f64,
}

/// The chart.
pub(super) fn draw(results: &Results, model: &Model) -> String {
    let (together, unit) = unit(results);
    let stretches = stretches(results, together);
    let legend = [
        Entry::line(format!("switchovers begun per {unit} (up)"), palette::VERMILION),
        Entry::line(format!("restores begun per {unit} (down)"), palette::BLUE),
    ];
    let legend: Vec<Entry> = legend.into_iter().chain(band_entry(results)).collect();
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let title = format!("Switchovers and restores per {unit}");
        let top = head(canvas, &title, &note(results), &legend);
        let y = (axis(&stretches), "moves begun");
        let plot =
            Plot::new(canvas, (top, HEIGHT), (time_axis(results), "time since the start"), y);
        bands(canvas, &plot, results, model);
        bars(canvas, &plot, &stretches, palette::VERMILION, |s| s.switchovers);
        bars(canvas, &plot, &stretches, palette::BLUE, |s| -s.restores);
        plot.outline(canvas);
        let (left, right) = plot.x.pixels();
        let zero = plot.y.at(0.0);
        canvas.line(vec![(left, zero), (right, zero)], palette::INK, 1);
        if results.switchovers() + results.counts.restores == 0 {
            plot.nothing(canvas, "Nobody moved.");
        }
    })
}

fn note(results: &Results) -> String {
    let switchovers = words::counted(results.switchovers(), "switchover", "switchovers");
    let restores = words::counted(results.counts.restores, "restore", "restores");
    format!("{switchovers} and {restores} in all.")
}

/// How many bins are drawn together, and the time that they span in words.
fn unit(results: &Results) -> (usize, String) {
    let width = results.bins.width().0;
    let minute = 60 * NANOS;
    let long = results.horizon.0 >= 10 * minute;
    let together = if long && width < minute && minute % width == 0 { minute / width } else { 1 };
    let span = Span(width * together);
    let words = if span.0 == minute { "minute".to_owned() } else { words::span(span) };
    (together as usize, words)
}

fn stretches(results: &Results, together: usize) -> Vec<Stretch> {
    let bins = results.bins;
    let starts = (0..bins.count()).step_by(together);
    starts
        .map(|from| {
            let to = (from + together).min(bins.count());
            let sum = |pick: fn(&SiteResults) -> &Vec<u64>| {
                let sites = results.sites.iter();
                sites.map(|site| pick(site)[from..to].iter().sum::<u64>()).sum::<u64>() as f64
            };
            Stretch {
                from: secs(bins.start(from)),
                to: secs(bins.end(to - 1)),
                switchovers: sum(|site| &site.switchovers_to),
                restores: sum(|site| &site.restores_to),
            }
        })
        .collect()
}

/// Counts upwards and downwards from zero, with one step for both.
fn axis(stretches: &[Stretch]) -> Axis {
    let up = largest(stretches.iter().map(|s| s.switchovers));
    let down = largest(stretches.iter().map(|s| s.restores));
    let step = ticks::round_step((up + down).max(2.0) / 6.0, true);
    let ends = [down, up].map(|most| libm::ceil((most / step).max(1.0)) as i32);
    let label = |n: i32| words::count(u64::from(n.unsigned_abs()) * step as u64);
    let ticks: Vec<Tick> = (-ends[0]..=ends[1]).map(|n| (f64::from(n) * step, label(n))).collect();
    Axis::linear(-f64::from(ends[0]) * step, f64::from(ends[1]) * step, ticks)
}

fn bars(
    canvas: &mut Canvas,
    plot: &Plot,
    stretches: &[Stretch],
    colour: Colour,
    value: fn(&Stretch) -> f64,
) {
    let zero = plot.y.at(0.0);
    for stretch in stretches.iter().filter(|stretch| value(stretch) != 0.0) {
        let (from, to) = (plot.x.at(stretch.from), plot.x.at(stretch.to));
        let y = plot.y.at(value(stretch));
        let y = if y == zero { zero - value(stretch).signum() as i32 } else { y };
        let to = (to - 1).max(from + 1);
        canvas.rectangle((from, y.min(zero)), (to, y.max(zero)), colour.mix(0.9));
    }
}
