//! Switchovers (upwards) and restores (downwards) over time.

use crate::measures::{Course, Results, Window};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::palette;
use crate::report::charts::ticks::{self, Tick};
use crate::report::charts::titles;
use crate::report::words;
use crate::time::{Span, Time};

use super::sheet::Sheet;
use super::sites::Drawn;
use super::track::{Bar, Track, largest, secs};

/// Most bars of a panel.
const BARS: i64 = 60;

/// Lengths of time of a bar, in seconds.
const LENGTHS: [i64; 12] = [1, 2, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 21_600, 86_400];

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let drawn = Drawn::new(results);
    let tracks = results.windows.shown.iter().map(|window| vec![track(results, window)]).collect();
    let legend = Vec::new();
    let note = "Moves begun, all sites together.".to_owned();
    let title = titles::moves(results);
    Sheet { results, model, title, note, legend, tracks, drawn }.draw()
}

fn track(results: &Results, window: &Window) -> Track {
    let several = results.windows.shown.len() > 1;
    let length = length(window);
    let bars = bars(window, length);
    let none = bars.iter().all(|bar| bar.value == 0.0);
    Track {
        label: format!("moves begun per {}: switchovers up, restores down", words::span(length)),
        height: if several { 140 } else { 280 },
        y: axis(&bars, if several { 4.0 } else { 6.0 }),
        lines: Vec::new(),
        bars,
        limits: Vec::new(),
        levels: false,
        nothing: none.then_some("No agent moved."),
    }
}

/// The time that a bar spans: whole steps.
fn length(window: &Window) -> Span {
    let all = (window.to - window.from).0;
    let mut lengths = LENGTHS.iter().map(|secs| Span::from_secs(*secs));
    let fits = |length: &Span| length.0 % window.step.0 == 0 && all / length.0 <= BARS;
    let steps = all / window.step.0 / BARS + 1;
    lengths.find(fits).unwrap_or(Span(window.step.0 * steps))
}

/// Two bars per stretch.
fn bars(window: &Window, length: Span) -> Vec<Bar> {
    let steps = (length.0 / window.step.0).max(1) as usize;
    let number = window.sites.first().map_or(0, |site| site.switchovers_to.len());
    let starts = (0..number).step_by(steps);
    let bar = |start: usize, pick: fn(&Course) -> &Vec<u64>, sign: f64, colour| {
        let end = (start + steps).min(number);
        let sum = |site: &Course| pick(site)[start..end].iter().sum::<u64>();
        let at = |step: usize| secs(Time(window.from.0 + step as i64 * window.step.0));
        let value = window.sites.iter().map(sum).sum::<u64>() as f64 * sign;
        Bar { from: at(start), to: at(end).min(secs(window.to)), value, colour }
    };
    let both = starts.flat_map(|start| {
        let up = bar(start, |site| &site.switchovers_to, 1.0, palette::VERMILION);
        [up, bar(start, |site| &site.restores_to, -1.0, palette::BLUE)]
    });
    both.collect()
}

/// Counts upwards and downwards from zero, with one step for both.
fn axis(bars: &[Bar], number: f64) -> Axis {
    let up = largest(bars.iter().map(|bar| bar.value));
    let down = largest(bars.iter().map(|bar| -bar.value));
    let step = ticks::round_step((up + down).max(2.0) / number, true);
    let ends = [down, up].map(|most| libm::ceil((most / step).max(1.0)) as i32);
    let label = |n: i32| words::count(u64::from(n.unsigned_abs()) * step as u64);
    let ticks: Vec<Tick> = (-ends[0]..=ends[1]).map(|n| (f64::from(n) * step, label(n))).collect();
    Axis::linear(-f64::from(ends[0]) * step, f64::from(ends[1]) * step, ticks)
}
