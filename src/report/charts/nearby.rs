//! A map of a plot in cells: which lines run where, so that a free place next to one line alone is found.
//!
//! It is coarser than pixels on purpose: what touches here may be some pixels apart there, never the reverse.

use super::canvas::Point;
use super::lettering::{Area, HALF};

/// Side of a cell, in pixels.
const CELL: i32 = 6;

/// Cells around a place in which no other line runs.
const AROUND: i32 = 2;

/// Texts, and lines without a name.
const OTHERS: u32 = 1 << 31;

/// Most lines with a name.
const MOST: usize = 30;

/// The cells of a plot with a bit for each line that runs through them.
pub(super) struct Map {
    corner: Point,
    wide: i32,
    high: i32,
    cells: Vec<u32>,
}

impl Map {
    /// Of lines with a name, lines without one, and texts; `None`: there are too many lines.
    pub(super) fn new(
        [left, right, top, bottom]: Area,
        named: &[&[Point]],
        others: &[Vec<Point>],
        texts: &[Area],
    ) -> Option<Self> {
        let (wide, high) = ((right - left) / CELL, (bottom - top) / CELL);
        if named.len() > MOST || wide < 1 || high < 1 {
            return None;
        }
        let cells = vec![0; (wide * high) as usize];
        let mut map = Self { corner: (left, top), wide, high, cells };
        for (number, line) in named.iter().enumerate() {
            map.run(line, 1 << number);
        }
        others.iter().for_each(|line| map.run(line, OTHERS));
        texts.iter().for_each(|text| map.cover(*text));
        Some(map)
    }

    /// Marks what a text covers.
    pub(super) fn cover(&mut self, [left, right, top, bottom]: Area) {
        let ((from, first), (to, last)) = (self.cell((left, top)), self.cell((right, bottom)));
        for row in first..=last {
            for column in from..=to {
                self.mark((column, row), OTHERS);
            }
        }
    }

    /// Where a text of a width is next to a line and to nothing else: the place along most of it.
    pub(super) fn beside(&self, line: usize, wide: i32) -> Option<Point> {
        let size = (wide / CELL + 2, 2 * HALF / CELL + 1);
        let mut best: Option<(i32, Point)> = None;
        for row in 0..self.high - size.1 {
            for column in 0..self.wide - size.0 {
                let along = self.along((column, row), size, 1 << line);
                if along > best.map_or(0, |(most, _)| most) {
                    best = Some((along, (column, row)));
                }
            }
        }
        let (_, (column, row)) = best?;
        let (left, top) = self.corner;
        Some((left + (column + 1) * CELL, top + row * CELL + size.1 * CELL / 2))
    }

    /// How many cells next to a place are the line's own; 0: the place is not free, or another line is near.
    fn along(&self, (column, row): Point, (wide, high): Point, own: u32) -> i32 {
        let mut along = 0;
        for y in row - AROUND..row + high + AROUND {
            for x in column - AROUND..column + wide + AROUND {
                let found = self.at((x, y));
                let within = (column..column + wide).contains(&x) && (row..row + high).contains(&y);
                if found & !own != 0 || within && found != 0 {
                    return 0;
                }
                let next = (column - 1..=column + wide).contains(&x)
                    && (row - 1..=row + high).contains(&y);
                along += i32::from(next && found != 0);
            }
        }
        along
    }

    /// Marks the cells of a line, twice in each.
    fn run(&mut self, line: &[Point], bit: u32) {
        for part in line.windows(2) {
            let ((x, y), (to_x, to_y)) = (part[0], part[1]);
            let steps = ((to_x - x).abs().max((to_y - y).abs()) / (CELL / 2)).max(1);
            for step in 0..=steps {
                let at = (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps);
                self.mark(self.cell(at), bit);
            }
        }
    }

    fn cell(&self, (x, y): Point) -> Point {
        ((x - self.corner.0).div_euclid(CELL), (y - self.corner.1).div_euclid(CELL))
    }

    fn index(&self, (column, row): Point) -> Option<usize> {
        let inside = (0..self.wide).contains(&column) && (0..self.high).contains(&row);
        inside.then(|| (row * self.wide + column) as usize)
    }

    fn mark(&mut self, cell: Point, bit: u32) {
        if let Some(index) = self.index(cell) {
            self.cells[index] |= bit;
        }
    }

    fn at(&self, cell: Point) -> u32 {
        self.index(cell).map_or(0, |index| self.cells[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Area = [0, 300, 0, 200];

    #[test]
    fn a_steep_line_has_its_name_at_its_side() {
        let (steep, level) = ([(100, 0), (100, 200)], [(0, 150), (300, 150)]);
        let map = Map::new(PLOT, &[&steep, &level], &[], &[]).expect("a map");
        let (x, y) = map.beside(0, 60).expect("a place");
        assert!(x > 100 && x < 120 || x + 60 < 100 && x + 60 > 80, "{x}, {y}");
        assert!((y - 150).abs() > 2 * CELL, "{y}");
    }

    #[test]
    fn lines_that_lie_together_have_no_place_of_their_own() {
        let line = [(0, 100), (300, 100)];
        let map = Map::new(PLOT, &[&line, &line], &[], &[]).expect("a map");
        assert_eq!(map.beside(0, 60), None);
    }

    #[test]
    fn a_place_is_taken_once() {
        let line = [(0, 100), (300, 100)];
        let mut map = Map::new([0, 90, 80, 120], &[&line], &[], &[]).expect("a map");
        let mut places = 0;
        while let Some((x, y)) = map.beside(0, 60) {
            map.cover([x, x + 60, y - HALF, y + HALF]);
            places += 1;
            assert!(places < 9, "{x}, {y}");
        }
        assert!(places > 0);
    }
}
