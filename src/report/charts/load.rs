//! REGISTERs (above) and logins (below) per second, per site.
//!
//! Lines are means per bin; the shade above reaches up to the busiest second (or slot of the fine
//! grid), so that a short storm is seen in a long run.

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

/// Events per second of one site, per bin.
#[derive(Clone)]
struct Rate {
    /// Over the bin.
    mean: Vec<f64>,
    /// In the busiest slot of the fine grid; at least the mean.
    busiest: Vec<f64>,
}

/// The chart.
pub(super) fn draw(results: &Results, model: &Model) -> String {
    let number = results.sites.len().min(5);
    let names = model.sites.iter().zip((0..5).map(|n| palette::site(n).0)).take(number);
    let legend = names.map(|(site, colour)| Entry::line(&site.name, colour));
    let legend: Vec<Entry> = legend.chain(band_entry(results)).collect();
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let top = head(canvas, "REGISTERs and logins per second", &note(results, number), &legend);
        let middle = top + (HEIGHT - top) / 2;
        let sites = || results.sites.iter().take(number);
        let series = sites().map(|site| registers(results, site)).collect();
        panel(canvas, results, model, (top, middle), (series, registers_label(results)));
        let series = sites().map(|site| logins(results, site)).collect();
        panel(canvas, results, model, (middle, HEIGHT), (series, logins_label(results)));
    })
}

fn note(results: &Results, number: usize) -> String {
    let bin = bin_width(results.bins.width());
    let some = match results.sites.len() - number {
        0 => String::new(),
        rest => format!(" The first {number} sites; {rest} more are in timeline.csv."),
    };
    let busiest = per(results);
    format!(
        "Lines: means over {bin}; shade: up to the most {busiest}. Undisturbed refreshes by formula.{some}"
    )
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
    (series, label): (Vec<Rate>, String),
) {
    let most = largest(series.iter().flat_map(|rate| rate.busiest.iter().copied()));
    let ticks = ticks::counts(if most > 0.0 { most } else { 1.0 }, 4, false);
    let y = Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks);
    let time = (time_axis(results), "time since the start");
    let plot = Plot::new(canvas, heights, time, (y, &label));
    bands(canvas, &plot, results, model);
    // The first site is drawn last, on top.
    let mut coloured: Vec<_> = series.into_iter().zip((0..5).map(|n| palette::site(n).0)).collect();
    coloured.reverse();
    for (Rate { mean, busiest }, colour) in coloured {
        let (mean, busiest) = (Steps { results, values: mean }, Steps { results, values: busiest });
        busiest.between(canvas, &plot, &mean, colour);
        mean.line(canvas, &plot, colour);
    }
    plot.outline(canvas);
    if most <= 0.0 {
        plot.nothing(canvas, "None.");
    }
}

fn registers(results: &Results, site: &SiteResults) -> Rate {
    let background = per_second(results, &site.background_registers, |count| *count as f64 / 1e6);
    let recovery = rate(results, &site.recovery_registers, &site.busiest_registers);
    let add = |rates: Vec<f64>| rates.iter().zip(&background).map(|(a, b)| a + b).collect();
    Rate { mean: add(recovery.mean), busiest: add(recovery.busiest) }
}

fn logins(results: &Results, site: &SiteResults) -> Rate {
    rate(results, &site.logins, &site.busiest_logins)
}

fn rate(results: &Results, counts: &[u64], busiest: &[u64]) -> Rate {
    let mean = per_second(results, counts, |count| *count as f64);
    let slot = results.grid.width().as_secs_f64();
    let busiest = busiest.iter().zip(&mean).map(|(most, mean)| (*most as f64 / slot).max(*mean));
    Rate { busiest: busiest.collect(), mean }
}

fn per_second<T>(results: &Results, counts: &[T], value: fn(&T) -> f64) -> Vec<f64> {
    let length = |bin: usize| results.bins.length(bin).as_secs_f64().max(1e-9);
    counts.iter().enumerate().map(|(bin, count)| value(count) / length(bin)).collect()
}
