//! Patterns of blocks, so that two colours can be distinguished by more than colour. They are drawn
//! in the colour of the paper over a block, as a line or two each.

use super::canvas::{Canvas, Class, Point};
use super::palette;

/// How a block is filled besides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hatch {
    Plain,
    /// Thin upright lines.
    Upright,
    /// Upright lines as wide as the gaps between them.
    Palisade,
    /// A line along the middle.
    Level,
    /// Two lines along the block.
    Twice,
    /// Dots along the middle.
    Dots,
    /// Up and down, steep.
    Zigzag,
    /// Two rows of dashes.
    Dashes,
}

/// Patterns of the causes of downtime, in their order.
pub(super) const CAUSES: [Hatch; 8] = [
    Hatch::Twice,
    Hatch::Zigzag,
    Hatch::Upright,
    Hatch::Level,
    Hatch::Plain,
    Hatch::Dots,
    Hatch::Palisade,
    Hatch::Dashes,
];

/// From one turn of a zigzag to the next.
const TURN: i32 = 6;

impl Hatch {
    /// Draws the pattern over a block, from its left top to its right bottom.
    pub(super) fn draw(self, canvas: &mut Canvas, from: Point, to: Point) {
        let (high, middle) = (to.1 - from.1, i32::midpoint(from.1, to.1));
        let third = high / 3;
        let (wide, heights, dashes): (i32, &[i32], &str) = match self {
            Self::Plain => return,
            Self::Zigzag => return zigzag(canvas, from, to),
            Self::Upright => (high, &[middle], "0 5 1 0"),
            Self::Palisade => (high, &[middle], "0 3 3 0"),
            Self::Level => (2, &[middle], ""),
            Self::Twice => (2, &[from.1 + third, to.1 - third], ""),
            Self::Dots => (4, &[middle], "0 3 4 3"),
            Self::Dashes => (2, &[from.1 + third, to.1 - third], "0 2 7 2"),
        };
        for y in heights {
            canvas.line(vec![(from.0, *y), (to.0, *y)], palette::PAPER, wide as u32);
            canvas.mark(Class::Hatch);
            if !dashes.is_empty() {
                canvas.note("stroke-dasharray", dashes);
            }
        }
    }
}

fn zigzag(canvas: &mut Canvas, from: Point, to: Point) {
    let turns = (from.0..=to.0).step_by(TURN as usize).enumerate();
    let corners = turns.map(|(at, x)| (x, if at % 2 == 0 { to.1 } else { from.1 }));
    let corners: Vec<Point> = corners.collect();
    if corners.len() > 1 {
        canvas.line(corners, palette::PAPER, 1);
        canvas.mark(Class::Hatch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_causes_look_alike_without_their_colours() {
        let drawn = |hatch: Hatch| {
            Canvas::render((100, 50), |canvas| hatch.draw(canvas, (10, 10), (60, 28)))
        };
        let all = CAUSES.map(drawn);
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "cause {at}: {one}");
        }
    }
}
