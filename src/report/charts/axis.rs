//! From values to pixels along one axis.

use super::canvas::{Anchor, Canvas, Look, width};
use super::ticks::Tick;

/// One axis: its values, the pixels they fall on, and its ticks.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    from: f64,
    to: f64,
    log: bool,
    pixels: (i32, i32),
    ticks: Vec<Tick>,
}

impl Axis {
    /// Values in proportion.
    pub(super) fn linear(from: f64, to: f64, ticks: Vec<Tick>) -> Self {
        Self { from, to, log: false, pixels: (0, 1), ticks }
    }

    /// Logarithms in proportion; both bounds above zero.
    pub(super) fn log(from: f64, to: f64, ticks: Vec<Tick>) -> Self {
        Self { from: libm::log10(from), to: libm::log10(to), log: true, pixels: (0, 1), ticks }
    }

    /// The same axis over these pixels, from its first value to its last.
    pub(super) fn over(self, from: i32, to: i32) -> Self {
        Self { pixels: (from, to), ..self }
    }

    /// What is written next to the axis: what its values are, and whether equal steps are equal
    /// factors.
    pub(super) fn titled(&self, label: &str) -> String {
        if self.log { format!("{label} (log scale)") } else { label.to_owned() }
    }

    /// The pixel of a value; values beyond the ends fall on the ends.
    pub(super) fn at(&self, value: f64) -> i32 {
        let value = if self.log { libm::log10(value.max(1e-12)) } else { value };
        let length = (self.to - self.from).max(1e-12);
        let share = ((value - self.from) / length).clamp(0.0, 1.0);
        let (first, last) = self.pixels;
        first + libm::round(share * f64::from(last - first)) as i32
    }

    /// Whether a value lies between the ends.
    pub(super) fn holds(&self, value: f64) -> bool {
        let value = if self.log { libm::log10(value.max(1e-12)) } else { value };
        (self.from..=self.to).contains(&value)
    }

    /// The ticks.
    pub(super) fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// Writes the labels of the ticks of a horizontal axis. The outer ones stay over the axis, and
    /// labels that would touch the one before are left out.
    pub(super) fn label(&self, canvas: &mut Canvas, y: i32) {
        let (left, right) = self.pixels;
        let mut free = i32::MIN;
        for (value, label) in &self.ticks {
            let half = width(label, Look::PLAIN) / 2 + 1;
            let x = self.at(*value).min(right + 22 - half).max(left - 22 + half);
            if x - half >= free {
                canvas.text(label, (x, y), Anchor::Middle, Look::PLAIN);
                free = x + half + 8;
            }
        }
    }

    /// The values at the first and at the last pixel, and whether equal steps are equal factors.
    pub(super) fn ends(&self) -> ([f64; 2], bool) {
        let ends = [self.from, self.to];
        let value = |end: f64| if self.log { libm::pow(10.0, end) } else { end };
        (ends.map(value), self.log)
    }

    /// First and last pixel.
    pub(super) const fn pixels(&self) -> (i32, i32) {
        self.pixels
    }
}
