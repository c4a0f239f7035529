//! A fit: the empirical curve of lengths against the laws that were fitted to them, on a
//! logarithmic axis of time.
//!
//! Read it as: this share was over by then. A law that fits runs through the steps.

use crate::fit::{Fitted, Ranked, Side, band, law_label};

use super::axis::Axis;
use super::canvas::{Canvas, Point};
use super::palette::{self, Colour, Dash};
use super::plot::{Entry, Plot, WIDTH, head};
use super::ticks;

const HEIGHT: i32 = 480;

/// Points of a curve of a law.
const POINTS: usize = 300;

/// Most laws that are drawn.
const LAWS: usize = 3;

/// How the laws are drawn, the chosen one first.
const STYLES: [(Colour, Dash); LAWS] =
    [(palette::VERMILION, Dash::Solid), (palette::BLUE, Dash::Long), (palette::GREEN, Dash::Mixed)];

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct FittedChart<'a> {
    /// Title.
    pub title: &'a str,
    /// What was counted, in a sentence.
    pub note: &'a str,
    /// The lengths and their laws.
    pub side: &'a Side,
    /// The chosen law, fitted to the resamples.
    pub refitted: &'a [Fitted],
}

impl FittedChart<'_> {
    /// The chart as SVG.
    #[must_use]
    pub fn draw(&self) -> String {
        Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
            let laws = self.side.shown(LAWS);
            let top = head(canvas, &self.titled(&laws), self.note, &self.legend(&laws));
            let shares =
                [0, 25, 50, 75, 100].map(|percent| (f64::from(percent), format!("{percent} %")));
            let (from, to) = self.bounds();
            let x = Axis::log(from, to, ticks::log_lengths(from, to));
            let y = Axis::linear(0.0, 100.0, shares.to_vec());
            let plot =
                Plot::new(canvas, (top, HEIGHT), (x, "length"), (y, "share that was over by then"));
            let grid: Vec<f64> = (0..=POINTS)
                .map(|n| from * libm::pow(to / from, n as f64 / POINTS as f64))
                .collect();
            self.draw_band(canvas, &plot, &grid);
            for (one, (colour, dash)) in laws.iter().zip(STYLES).rev() {
                let point = |at: &f64| plotted(&plot, *at, one.law.cdf(*at));
                canvas.dashed(grid.iter().map(point).collect(), colour, 2, dash);
            }
            canvas.line(self.steps(&plot), palette::INK, 2);
            self.draw_cuts(canvas, &plot);
            plot.outline(canvas);
        })
    }

    /// What fits best.
    fn titled(&self, laws: &[&Ranked]) -> String {
        match laws.first() {
            Some(best) => format!("{}: {}", self.title, law_label(&best.law)),
            None => self.title.to_owned(),
        }
    }

    fn legend(&self, laws: &[&Ranked]) -> Vec<Entry> {
        let seen = match self.side.sample.censored.len() {
            0 => "seen".to_owned(),
            _ => "seen (Kaplan-Meier; ticks: cut off)".to_owned(),
        };
        let mut all = vec![Entry::line(seen, palette::INK)];
        let laws = laws.iter().zip(STYLES);
        let entry =
            |(one, (colour, dash)): (&&Ranked, _)| Entry::dashed(law_label(&one.law), colour, dash);
        all.extend(laws.map(entry));
        if !self.refitted.is_empty() {
            all.push(Entry::band("95 % of resamples", STYLES[0].0));
        }
        all
    }

    /// The bounds of the axis: what was seen, without a lone short one.
    fn bounds(&self) -> (f64, f64) {
        let most = self.side.sample.all().fold(1e-3, f64::max);
        let least = self.side.curve.quantile(0.01).unwrap_or(most).clamp(1e-3, most);
        ticks::log_bounds(least, most)
    }

    fn draw_band(&self, canvas: &mut Canvas, plot: &Plot, grid: &[f64]) {
        let bands: Vec<_> =
            grid.iter().filter_map(|at| Some((*at, band(self.refitted, *at)?))).collect();
        let upper = bands.iter().map(|(at, band)| plotted(plot, *at, band.high));
        let lower = bands.iter().rev().map(|(at, band)| plotted(plot, *at, band.low));
        let points: Vec<Point> = upper.chain(lower).collect();
        if !points.is_empty() {
            canvas.band(points, STYLES[0].0);
        }
    }

    /// The corners of the empirical curve; without a last step to 1 it ends at the longest length.
    fn steps(&self, plot: &Plot) -> Vec<Point> {
        let (left, _) = plot.x.pixels();
        let mut points = vec![(left, plot.y.at(0.0))];
        let mut level = 0.0;
        for (at, over) in &self.side.curve.steps {
            points.push(plotted(plot, *at, level));
            points.push(plotted(plot, *at, *over));
            level = *over;
        }
        let longest = self.side.sample.all().fold(0.0, f64::max);
        points.push(plotted(plot, longest, level));
        points.dedup();
        points
    }

    /// A tick on the curve where a length was cut off.
    fn draw_cuts(&self, canvas: &mut Canvas, plot: &Plot) {
        let steps = &self.side.curve.steps;
        for at in &self.side.sample.censored {
            let below = steps.partition_point(|(step, _)| step <= at);
            let level = below.checked_sub(1).map_or(0.0, |index| steps[index].1);
            let (x, y) = plotted(plot, *at, level);
            canvas.line(vec![(x, y - 5), (x, y + 5)], palette::INK, 1);
        }
    }
}

/// The point of a length and a share.
fn plotted(plot: &Plot, at: f64, share: f64) -> Point {
    (plot.x.at(at), plot.y.at(100.0 * share))
}
