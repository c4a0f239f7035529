//! The colours of a heat map, from light for the least to dark for the most, and their key.

use crate::report::charts::canvas::{Anchor, Canvas, Class, Look};
use crate::report::charts::palette::{self, Colour};
use crate::report::numbers::Scale;

/// The lightest and the darkest colour.
const LIGHT: (f64, f64, f64) = (229.0, 241.0, 252.0);
const DARK: (f64, f64, f64) = (8.0, 69.0, 148.0);

/// From this share on letters are white, before black; both have a contrast of 4.5:1 at least.
const DARK_FROM: f64 = 0.705;
const BLACK: Colour = Colour(0, 0, 0);

/// Steps of the key, and the size of each.
const STEPS: i32 = 20;
const STEP: (i32, i32) = (14, 12);

/// What the colours run from and to.
pub(super) struct Shades {
    low: f64,
    high: f64,
}

impl Shades {
    /// Over values.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let start = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        values.fold(start, |all, v| Self { low: all.low.min(v), high: all.high.max(v) })
    }

    /// 0 for the least, 1 for the most.
    fn share(&self, value: f64) -> f64 {
        if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.0 }
    }

    /// The ground of a value.
    pub(super) fn colour(&self, value: f64) -> Colour {
        shade(self.share(value))
    }

    /// A colour of letters that can be read upon it.
    pub(super) fn ink(&self, value: f64) -> Colour {
        if self.share(value) > DARK_FROM { palette::PAPER } else { BLACK }
    }
}

/// Draws the key from a point on: the least, the colours, the most.
pub(super) fn key(canvas: &mut Canvas, shades: &Shades, scale: Scale, (x, y): (i32, i32)) {
    if shades.low >= shades.high {
        let text = format!("{}: downtime per agent, in every cell", scale.full(shades.low));
        canvas.text(&text, (20, y + STEP.1 / 2), Anchor::Left, Look::PLAIN);
        return;
    }
    let [low, high] = [shades.low, shades.high].map(|end| scale.bare(end));
    canvas.text(&low, (x - 8, y + STEP.1 / 2), Anchor::Right, Look::PLAIN);
    for step in 0..STEPS {
        let left = x + step * STEP.0;
        let colour = shade(f64::from(step) / f64::from(STEPS - 1));
        canvas.rectangle((left, y), (left + STEP.0, y + STEP.1), colour);
        canvas.mark(Class::Shade);
    }
    let right = x + STEPS * STEP.0 + 8;
    let text = format!("{high} {}: downtime per agent", scale.unit());
    canvas.text(&text, (right, y + STEP.1 / 2), Anchor::Left, Look::PLAIN);
}

/// The colour of a share.
fn shade(share: f64) -> Colour {
    let mix = |light: f64, dark: f64| libm::round(light + (dark - light) * share) as u8;
    Colour(mix(LIGHT.0, DARK.0), mix(LIGHT.1, DARK.1), mix(LIGHT.2, DARK.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_can_be_read_on_every_shade() {
        let shades = Shades { low: 0.0, high: 1.0 };
        for step in 0..=100 {
            let value = f64::from(step) / 100.0;
            let found = palette::contrast(shades.ink(value), shades.colour(value));
            assert!(found >= 4.5, "{value}: {found:.2}");
        }
    }
}
