//! A heat map over two parameters: downtime per agent, with its difference from today in each
//! cell; today's cell is framed, and letters mark cells as in the table.
//!
//! One colour from light to dark, so that it can be read without colours too; the numbers are in
//! the cells as long as there is space. The second parameter grows upward.

use crate::experiment::{Contrast, Goal, Grid, GridPoint, Parameter, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::advice::SIGN;
use crate::report::charts::canvas::{Anchor, Canvas, Class, Look, width};
use crate::report::charts::palette;
use crate::report::charts::plot::{WIDTH, fit, head};
use crate::report::charts::record::{Column, Record};
use crate::report::marks::{LEAST, Marked, PARETO};
use crate::report::numbers::Scale;
use crate::report::words;

use super::shade::{self, Shades};

/// Where the cells begin, and where they end at the latest.
const LEFT: i32 = 120;
const RIGHT: i32 = WIDTH - 24;
/// Height of a cell, if there are few, and if there are many.
const CELL: (i32, i32) = (46, 14);
/// Height of all cells at most.
const MOST: i32 = 720;
/// From the top of the sheet to the cells, and from the cells to its foot.
const ABOVE: i32 = 150;
const BELOW: i32 = 60;

/// Most cells in the table.
const CELLS: usize = 180;

/// The chart.
pub(super) fn draw(grid: &Grid) -> String {
    let [across, down] = &grid.parameters[..] else { return String::new() };
    let rows = down.values.len() as i32;
    let area = Area::new(grid, across.values.len() as i32, rows);
    let height = ABOVE + rows * area.tall + BELOW;
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        head(canvas, &title(grid), &note(grid, &area), &[]);
        shade::key(canvas, &area.shades, area.scale, (LEFT, 72));
        letters(canvas, grid);
        let label = fit(&down.titled(), Look::NOTE, WIDTH - 40);
        canvas.text(&label, (20, ABOVE - 14), Anchor::Left, Look::NOTE);
        for (number, point) in grid.points.iter().enumerate() {
            area.cell(canvas, point);
            area.marks(canvas, point, &marks(grid, number));
        }
        if let (Some(column), Some(row)) = (across.today, down.today) {
            area.frame(canvas, column as i32, row as i32);
        }
        area.labels(canvas, across, down);
        canvas.record(record(grid, across, down));
    })
}

fn title(grid: &Grid) -> String {
    // The axes say the rest of the path.
    let [across, down] = match [0, 1].map(|at| &grid.parameters[at]) {
        [across, down] if across.last() == down.last() => [across.short(), down.short()],
        both => both.map(|parameter| parameter.last().to_owned()),
    };
    match grid.tradeoff.varies_in(Goal::Downtime) {
        true => format!("Downtime per agent over {across} and {down}"),
        false => format!("Neither {across} nor {down} changes the downtime"),
    }
}

fn note(grid: &Grid, area: &Area) -> String {
    let runs = words::counted(grid.replications as u64, "replication", "replications");
    let below = if area.changes { "; below the value its difference from today" } else { "" };
    let other = grid.tradeoff.other_times();
    format!("{runs} of each cell, under the same faults and random draws{below}{other}")
}

/// The letters of a cell.
fn marks(grid: &Grid, number: usize) -> String {
    let warned = grid.advice.codes(number).next().is_some();
    Marked::new(false, grid.marks(number), warned).letters()
}

/// What the letters mean, as far as they are in the map.
fn letters(canvas: &mut Canvas, grid: &Grid) {
    let all: String = (0..grid.points.len()).map(|number| marks(grid, number)).collect();
    let today = grid.parameters.iter().all(|parameter| parameter.today.is_some());
    let meanings = [("L", LEAST), ("P", PARETO), (SIGN, "a warning there")];
    let shown = meanings.into_iter().filter(|(letter, _)| all.contains(letter));
    let shown = shown.map(|(letter, meaning)| format!("{letter}: {meaning}"));
    let framed = today.then(|| "framed: today".to_owned());
    let text: Vec<String> = shown.chain(framed).collect();
    canvas.text(&text.join("; "), (20, 110), Anchor::Left, Look::NOTE);
}

/// The cells in numbers.
fn record(grid: &Grid, across: &Parameter, down: &Parameter) -> Record {
    let row = |(number, point): (u32, &GridPoint)| {
        let found = main(point);
        let value = found.and_then(|contrast| contrast.b.value);
        let change = found.and_then(|contrast| contrast.difference.value);
        vec![Some(f64::from(number)), value, change]
    };
    let value = |parameter: &Parameter, at: usize| parameter.values.get(at).cloned();
    let name = |point: &GridPoint| {
        let values = [value(across, point.at[0]), value(down, point.at[1])];
        values.map(Option::unwrap_or_default).join(" / ")
    };
    let left = grid.points.len().saturating_sub(CELLS);
    Record {
        first: format!("{} / {}", across.titled(), down.titled()),
        columns: vec![
            Column::new("downtime per agent", Unit::Time),
            Column::new("difference from today", Unit::Time),
        ],
        names: grid.points.iter().take(CELLS).map(name).collect(),
        rows: (0..).zip(&grid.points).take(CELLS).map(row).collect(),
        left_out: match left {
            0 => String::new(),
            _ => format!("{} further cells are in sweep.csv", words::count(left as u64)),
        },
        ..Record::default()
    }
}

fn main(point: &GridPoint) -> Option<&Contrast> {
    contrast_of(&point.contrasts, DOWNTIME_PER_AGENT)
}

/// Where the cells are and what their colours mean.
struct Area {
    rows: i32,
    wide: i32,
    tall: i32,
    shades: Shades,
    /// The unit of all numbers.
    scale: Scale,
    /// Whether there is space for differences below the values.
    changes: bool,
}

impl Area {
    fn new(grid: &Grid, columns: i32, rows: i32) -> Self {
        let cells = || grid.points.iter().filter_map(main);
        let values = cells().filter_map(|contrast| contrast.b.value);
        let changes = cells().filter_map(|contrast| contrast.difference.value);
        let all: Vec<_> = values.clone().map(|value| (value, None)).collect();
        let scale = Scale::shared(&all, Unit::Time);
        let wide = (RIGHT - LEFT) / columns.max(1);
        let tall = (MOST / rows.max(1)).clamp(CELL.1, CELL.0);
        let widest = changes.map(|change| width(&signed(scale, change), Look::NOTE)).max();
        let changes = tall >= 36 && widest.unwrap_or(0) + 4 <= wide;
        Self { rows, wide, tall, shades: Shades::of(values), scale, changes }
    }

    /// The top left corner of a cell; rows are counted from the lowest.
    fn corner(&self, column: i32, row: i32) -> (i32, i32) {
        (LEFT + column * self.wide, ABOVE + (self.rows - 1 - row) * self.tall)
    }

    fn of(&self, point: &GridPoint) -> (i32, i32) {
        self.corner(point.at[0] as i32, point.at[1] as i32)
    }

    fn cell(&self, canvas: &mut Canvas, point: &GridPoint) {
        let (x, y) = self.of(point);
        let Some(contrast) = main(point) else { return };
        let Some(found) = contrast.b.value else { return };
        let colour = self.shades.colour(found);
        canvas.rectangle((x, y), (x + self.wide - 1, y + self.tall - 1), colour.mix(1.0));
        canvas.mark(Class::Shade);
        let look = Look { colour: self.shades.ink(found), ..Look::NOTE };
        let text = self.scale.bare(found);
        if width(&text, look) + 4 > self.wide {
            return;
        }
        let (x, y) = (x + self.wide / 2, y + self.tall / 2);
        if self.changes {
            let change = signed(self.scale, contrast.difference.value.unwrap_or(0.0));
            canvas.text(&text, (x, y - 3), Anchor::Middle, look);
            canvas.text(&change, (x, y + 11), Anchor::Middle, look);
        } else {
            canvas.text(&text, (x, y), Anchor::Middle, look);
        }
    }

    /// The letters of a cell, in its corner; next to a number in a low cell there is no space.
    fn marks(&self, canvas: &mut Canvas, point: &GridPoint, letters: &str) {
        let (x, y) = self.of(point);
        let found = main(point).and_then(|contrast| contrast.b.value);
        let ink = found.map_or(palette::INK, |found| self.shades.ink(found));
        let look = Look { size: 10, colour: ink, bold: true };
        canvas.text(letters, (x + 3, y + 7), Anchor::Left, look);
    }

    fn frame(&self, canvas: &mut Canvas, column: i32, row: i32) {
        let (x, y) = self.corner(column, row);
        let (right, bottom) = (x + self.wide - 2, y + self.tall - 2);
        let around = vec![(x, y), (right, y), (right, bottom), (x, bottom), (x, y)];
        canvas.line(around, palette::VERMILION, 3);
    }

    fn labels(&self, canvas: &mut Canvas, across: &Parameter, down: &Parameter) {
        let bottom = ABOVE + self.rows * self.tall;
        // Every n-th label, so that none touch.
        let widest = across.values.iter().map(|label| width(label, Look::PLAIN)).max().unwrap_or(0);
        let every = ((widest + 8) / self.wide.max(1) + 1) as usize;
        for (column, label) in (0..).zip(&across.values).step_by(every) {
            let x = self.corner(column, 0).0 + self.wide / 2;
            canvas.text(label, (x, bottom + 16), Anchor::Middle, Look::PLAIN);
        }
        for (row, label) in (0..).zip(&down.values) {
            let y = self.corner(0, row).1 + self.tall / 2;
            let label = fit(label, Look::PLAIN, LEFT - 34);
            canvas.text(&label, (LEFT - 10, y), Anchor::Right, Look::PLAIN);
        }
        let label = fit(&across.titled(), Look::NOTE, RIGHT - LEFT);
        canvas.text(&label, (RIGHT, bottom + 40), Anchor::Right, Look::NOTE);
    }
}

/// A change with its sign.
fn signed(scale: Scale, change: f64) -> String {
    let text = scale.bare(change);
    let nothing = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if change > 0.0 && !nothing { format!("+{text}") } else { text }
}
