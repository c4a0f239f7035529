//! Names beside the lines that they are of, where all of them find a place; else a chart has a legend.
//!
//! A place is near its own line alone, at best where that is nearly level, and touches no line, no other text and no edge.

use super::canvas::{Anchor, Canvas, Look, Point, width};
use super::lettering::HALF;
use super::nearby::Map;
use super::palette::Colour;
use super::plot::{Plot, fit_name};

pub(super) use super::lettering::Area;

/// Widest name.
const WIDEST: i32 = 230;

/// How far a line may rise or fall along its name.
const LEVEL: i32 = 10;

/// Between a line and its name, and between its name and other lines.
const GAP: i32 = 4;
const APART: i32 = 12;

/// How far to the left and right of a name at a level line others may not be near: a name between the uprights of
/// another line would seem to be of that one.
const SIDE: i32 = 30;

/// From one place that is tried to the next.
const STEP: i32 = 8;

/// A line with its name.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) colour: Colour,
    pub(super) points: &'a [Point],
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    text: String,
    colour: Colour,
    at: Point,
}

impl Label {
    /// What it covers.
    pub(super) fn area(&self) -> Area {
        let (x, y) = self.at;
        [x, x + width(&self.text, look(self.colour)), y - HALF, y + HALF]
    }

    /// Writes it.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        canvas.text(&self.text, self.at, Anchor::Left, look(self.colour));
    }
}

/// The chart with names at its lines, if they fit (it says so), else with its legend.
pub(super) fn or_legend(draw: impl Fn(bool) -> (String, bool)) -> String {
    let (direct, fits) = draw(true);
    if fits { direct } else { draw(false).0 }
}

fn look(colour: Colour) -> Look {
    Look { colour, ..Look::NOTE }
}

/// A place for each name; `None`: one of them has none. `others`: lines without a name, `taken`: texts.
pub(super) fn labels(
    plot: &Plot,
    lines: &[Named<'_>],
    others: &[Vec<Point>],
    taken: &[Area],
) -> Option<Vec<Label>> {
    let mut taken = taken.to_vec();
    let (mut all, mut map) = (Vec::new(), None);
    for (own, line) in lines.iter().enumerate() {
        let text = fit_name(line.name, look(line.colour), WIDEST);
        let wide = width(&text, look(line.colour));
        let rest = lines.iter().enumerate().filter(|(at, _)| *at != own);
        let rest = rest.map(|(_, other)| other.points).chain(others.iter().map(Vec::as_slice));
        let rest: Vec<&[Point]> = rest.collect();
        let at = match place(plot, line.points, &rest, &taken, wide) {
            Some(at) => at,
            None => {
                let points: Vec<&[Point]> = lines.iter().map(|line| line.points).collect();
                let drawn = || Map::new(inside(plot), &points, others, &taken);
                map.get_or_insert_with(drawn).as_ref()?.beside(own, wide)?
            }
        };
        let area = [at.0, at.0 + wide, at.1 - HALF, at.1 + HALF];
        map.iter_mut().flatten().for_each(|map| map.cover(area));
        taken.push(area);
        all.push(Label { text, colour: line.colour, at });
    }
    Some(all)
}

/// The space between the axes.
fn inside(plot: &Plot) -> Area {
    let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
    [left, right, top, bottom]
}

/// The name of an upright line at the first of some places on it, to its right or, at the end, to its left,
/// that touches none of the other lines and texts; `right`: where the plot ends.
pub(super) fn upright_label(
    name: &str,
    colour: Colour,
    places: impl IntoIterator<Item = Point>,
    (right, others, taken): (i32, &[Vec<Point>], &[Area]),
) -> Option<Label> {
    let wide = width(name, look(colour));
    let others: Vec<&[Point]> = others.iter().map(Vec::as_slice).collect();
    let labels = places.into_iter().map(|(x, y)| {
        let x = if x + GAP + wide < right { x + GAP } else { x - GAP - wide };
        Label { text: name.to_owned(), colour, at: (x, y) }
    });
    let mut labels = labels.filter(|label| {
        let area = label.area();
        clearance(area, &others) >= GAP && !taken.iter().any(|other| meet(area, *other))
    });
    labels.next()
}

/// The best place of one name: where its line is most level, then where it is farthest from others.
fn place(
    plot: &Plot,
    line: &[Point],
    others: &[&[Point]],
    taken: &[Area],
    wide: i32,
) -> Option<Point> {
    let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
    let mut best: Option<(i32, Point)> = None;
    for x in (left + GAP + 2..right - wide - GAP).step_by(STEP as usize) {
        let ends = (x, x + wide);
        let Some((high, low)) = extent(line, ends).filter(|(high, low)| low - high <= LEVEL) else {
            continue;
        };
        for y in [high - GAP - HALF, low + GAP + HALF] {
            let area = [ends.0, ends.1, y - HALF, y + HALF];
            let clear = clearance([area[0] - SIDE, area[1] + SIDE, area[2], area[3]], others);
            let fits = area[2] > top && area[3] < bottom && clear >= APART;
            if fits && !taken.iter().any(|other| meet(area, *other)) {
                let score = 4 * (low - high) - clear.min(40);
                if best.is_none_or(|(least, _)| score < least) {
                    best = Some((score, (x, y)));
                }
            }
        }
    }
    best.map(|(_, at)| at)
}

/// From the highest to the lowest point of a line between two places; `None`: it is not in all of it.
fn extent(line: &[Point], (from, to): (i32, i32)) -> Option<(i32, i32)> {
    let (first, last) = (line.first()?, line.last()?);
    if first.0 > from || last.0 < to {
        return None;
    }
    let within = line.windows(2).filter(|part| part[0].0 <= to && part[1].0 >= from);
    let heights = within.flat_map(|part| [height(part, from), height(part, to)]);
    heights.fold(None, |all: Option<(i32, i32)>, (high, low)| {
        Some(all.map_or((high, low), |(a, b)| (a.min(high), b.max(low))))
    })
}

/// The heights of a part of a line at a place, or at its end nearest to it.
fn height(part: &[Point], x: i32) -> (i32, i32) {
    let ((x0, y0), (x1, y1)) = (part[0], part[1]);
    if x0 == x1 {
        return (y0.min(y1), y0.max(y1));
    }
    let at = x.clamp(x0.min(x1), x0.max(x1));
    let y = y0 + (y1 - y0) * (at - x0) / (x1 - x0);
    (y, y)
}

/// How far an area is, upwards or downwards, from the nearest of some lines.
fn clearance([left, right, top, bottom]: Area, lines: &[&[Point]]) -> i32 {
    let parts = lines.iter().flat_map(|line| line.windows(2));
    let near = parts.filter(|part| {
        let (from, to) = (part[0].0.min(part[1].0), part[0].0.max(part[1].0));
        from <= right + GAP && to >= left - GAP
    });
    let far = near.map(|part| {
        let [a, b] = [left - GAP, right + GAP].map(|x| height(part, x));
        let (high, low) = (a.0.min(b.0), a.1.max(b.1));
        (high - bottom).max(top - low)
    });
    far.min().unwrap_or(i32::MAX)
}

/// Whether two areas touch.
fn meet(one: Area, other: Area) -> bool {
    one[0] <= other[1] + GAP
        && other[0] <= one[1] + GAP
        && one[2] <= other[3] + GAP
        && other[2] <= one[3] + GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::axis::Axis;
    use crate::report::charts::palette;

    fn plot() -> Plot {
        let axis = || Axis::linear(0.0, 1.0, Vec::new());
        Plot { x: axis().over(0, 400), y: axis().over(200, 0) }
    }

    fn named<'a>(name: &'a str, points: &'a [Point]) -> Named<'a> {
        Named { name, colour: palette::BLUE, points }
    }

    #[test]
    fn names_stand_at_their_own_lines() {
        let (high, low) = ([(0, 50), (400, 50)], [(0, 150), (400, 150)]);
        let lines = [named("one", &high), named("two", &low)];
        let found = labels(&plot(), &lines, &[], &[]).expect("room for both");
        assert!([39, 61].contains(&found[0].at.1), "{found:?}");
        assert!([139, 161].contains(&found[1].at.1), "{found:?}");
    }

    #[test]
    fn lines_that_lie_together_have_no_names() {
        let (one, two) = ([(0, 50), (400, 50)], [(0, 53), (400, 53)]);
        let long = "w".repeat(30);
        assert_eq!(labels(&plot(), &[named(&long, &one), named(&long, &two)], &[], &[]), None);
        // One that is never level has its name at its side.
        let steep = [(200, 200), (220, 0)];
        let found = labels(&plot(), &[named("steep", &steep)], &[], &[]).expect("room");
        let [left, right, ..] = found[0].area();
        assert!(left > 200 && left < 240 || right < 220 && right > 180, "{found:?}");
    }

    #[test]
    fn a_name_touches_no_other_text() {
        let line = [(0, 100), (400, 100)];
        let free = labels(&plot(), &[named("one", &line)], &[], &[]).unwrap();
        let taken = [0, 400, 60, 98];
        let below = labels(&plot(), &[named("one", &line)], &[], &[taken]).unwrap();
        assert_eq!((free[0].at.1, below[0].at.1), (89, 111));
    }
}
