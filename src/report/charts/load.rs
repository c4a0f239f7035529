//! REGISTERs (above) and logins (below) per second, per site.
//!
//! Means per bin; the peaks, counted on the fine grid, are told in the notes.

use crate::measures::{Results, SiteResults};
use crate::model::Model;
use crate::report::words;
use crate::time::NANOS;

use super::axis::Axis;
use super::canvas::Canvas;
use super::palette;
use super::plot::{Entry, Plot, WIDTH, head};
use super::series::{Steps, band_entry, bands, bin_width, largest, time_axis};
use super::ticks;

const HEIGHT: i32 = 680;

/// Rates per bin of one site.
struct Rates {
    registers: Vec<f64>,
    logins: Vec<f64>,
}

/// The chart.
pub(super) fn draw(results: &Results, model: &Model) -> String {
    let number = results.sites.len().min(palette::SITES.len());
    let rates: Vec<Rates> = results.sites.iter().take(number).map(|s| rates(results, s)).collect();
    let names = model.sites.iter().zip(palette::SITES).take(number);
    let legend = names.map(|(site, colour)| Entry::line(&site.name, colour));
    let legend: Vec<Entry> = legend.chain(band_entry(results)).collect();
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let top = head(canvas, "REGISTERs and logins per second", &note(results, number), &legend);
        let middle = top + (HEIGHT - top) / 2;
        let registers = rates.iter().map(|r| r.registers.clone()).collect();
        panel(canvas, results, model, (top, middle), (registers, registers_label(results)));
        let logins = rates.iter().map(|r| r.logins.clone()).collect();
        panel(canvas, results, model, (middle, HEIGHT), (logins, logins_label(results)));
    })
}

fn note(results: &Results, number: usize) -> String {
    let bin = bin_width(results.bins.width());
    let some = match results.sites.len() - number {
        0 => String::new(),
        rest => format!(" The first {number} sites; {rest} more are in timeline.csv."),
    };
    format!("Means over {bin}. Undisturbed refreshes are counted by formula.{some}")
}

fn per(results: &Results) -> String {
    let window = results.grid.width();
    if window.0 == NANOS {
        "in one second".to_owned()
    } else {
        format!("in {}", words::span(window))
    }
}

fn registers_label(results: &Results) -> String {
    let peak = results.sites.iter().map(|site| site.peak_registers).max().unwrap_or(0);
    format!(
        "REGISTERs per second; most recoveries at one site {}: {}",
        per(results),
        words::count(peak)
    )
}

fn logins_label(results: &Results) -> String {
    let peak = results.sites.iter().map(|site| site.peak_logins).max().unwrap_or(0);
    let queue = results.sites.iter().map(|site| site.queue.longest).max().unwrap_or(0);
    let queue = match queue {
        0 => String::new(),
        long => format!("; longest queue: {}", words::count(long)),
    };
    format!("Logins per second; most at one site {}: {}{queue}", per(results), words::count(peak))
}

fn panel(
    canvas: &mut Canvas,
    results: &Results,
    model: &Model,
    heights: (i32, i32),
    (series, label): (Vec<Vec<f64>>, String),
) {
    let most = largest(series.iter().flatten().copied());
    let ticks = ticks::counts(if most > 0.0 { most } else { 1.0 }, 4, false);
    let y = Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks);
    let time = (time_axis(results), "time since the start");
    let plot = Plot::new(canvas, heights, time, (y, &label));
    bands(canvas, &plot, results, model);
    // The first site is drawn last, on top.
    let mut coloured: Vec<_> = series.into_iter().zip(palette::SITES).collect();
    coloured.reverse();
    for (values, colour) in coloured {
        Steps { results, values }.line(canvas, &plot, colour);
    }
    plot.outline(canvas);
    if most <= 0.0 {
        plot.nothing(canvas, "None.");
    }
}

fn rates(results: &Results, site: &SiteResults) -> Rates {
    let length = |bin: usize| results.bins.length(bin).as_secs_f64().max(1e-9);
    let registers = site.recovery_registers.iter().zip(&site.background_registers).enumerate();
    let registers = registers.map(|(bin, (recovery, millionths))| {
        (*recovery as f64 + *millionths as f64 / 1e6) / length(bin)
    });
    let logins = site.logins.iter().enumerate().map(|(bin, logins)| *logins as f64 / length(bin));
    Rates { registers: registers.collect(), logins: logins.collect() }
}
