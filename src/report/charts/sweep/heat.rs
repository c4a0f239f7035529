//! A heat map over two parameters: downtime per agent, with its difference from today in each
//! cell; today's cell is framed.
//!
//! One colour from light to dark, so that it can be read without colours too; the numbers are in
//! the cells as long as there is room.

use crate::experiment::{Contrast, Grid, GridPoint};
use crate::model::Unit;
use crate::report::charts::canvas::{Anchor, Canvas, Look, width};
use crate::report::charts::palette::{self, Colour};
use crate::report::charts::plot::{WIDTH, fit, head};
use crate::report::numbers::value;
use crate::report::words;

/// The measure that is drawn.
const MAIN: &str = "downtime_s.per_agent.mean";

/// Where the cells begin.
const LEFT: i32 = 120;
/// Height of a cell, if there are few.
const CELL: i32 = 46;
/// Height of all cells at most.
const MOST: i32 = 720;

/// The lightest and the darkest colour.
const LIGHT: (f64, f64, f64) = (247.0, 251.0, 255.0);
const DARK: (f64, f64, f64) = (8.0, 69.0, 148.0);

/// The chart.
pub(super) fn draw(grid: &Grid) -> String {
    let [across, down] = &grid.parameters[..] else { return String::new() };
    let (columns, rows) = (across.values.len() as i32, down.values.len() as i32);
    let tall = CELL.min(MOST / rows.max(1)).max(14);
    let height = 130 + rows * tall + 60;
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let runs = words::counted(grid.replications as u64, "replication", "replications");
        let note = format!(
            "{runs} of each cell; below the value its difference from today. {}",
            key(bounds(grid))
        );
        head(canvas, "Downtime per agent over two parameters", &note, &[]);
        let wide = (WIDTH - LEFT - 24) / columns.max(1);
        let area = Area { top: 96, wide, tall, bounds: bounds(grid) };
        canvas.text(&fit(&down.path, Look::NOTE, WIDTH - 40), (20, 76), Anchor::Left, Look::NOTE);
        for (number, point) in grid.points.iter().enumerate() {
            area.cell(canvas, point);
            if grid.advice.codes(number).next().is_some() {
                area.mark(canvas, point);
            }
        }
        if let (Some(column), Some(row)) = (across.today, down.today) {
            area.frame(canvas, column as i32, row as i32);
        }
        area.labels(canvas, &across.values, &down.values);
        let foot = area.top + rows * tall + 44;
        canvas.text(&across.path, (WIDTH - 24, foot), Anchor::Right, Look::NOTE);
    })
}

/// What the colours mean.
fn key((least, most): (f64, f64)) -> String {
    if least < most {
        let [least, most] = [least, most].map(|end| value(end, Unit::Time));
        format!("From {least} (light) to {most} (dark).")
    } else {
        String::new()
    }
}

/// The least and the most of what is drawn.
fn bounds(grid: &Grid) -> (f64, f64) {
    let values = grid.points.iter().filter_map(|point| main(point)?.b.value);
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

fn main(point: &GridPoint) -> Option<&Contrast> {
    point.contrasts.iter().find(|contrast| contrast.name == MAIN)
}

/// Where the cells are and what their colours mean.
struct Area {
    top: i32,
    wide: i32,
    tall: i32,
    bounds: (f64, f64),
}

impl Area {
    fn corner(&self, column: i32, row: i32) -> (i32, i32) {
        (LEFT + column * self.wide, self.top + row * self.tall)
    }

    fn cell(&self, canvas: &mut Canvas, point: &GridPoint) {
        let (x, y) = self.corner(point.at[0] as i32, point.at[1] as i32);
        let Some(contrast) = main(point) else { return };
        let Some(found) = contrast.b.value else { return };
        let share = self.share(found);
        canvas.rectangle((x, y), (x + self.wide - 1, y + self.tall - 1), shade(share).mix(1.0));
        let ink = if share > 0.55 { palette::PAPER } else { palette::INK };
        let look = Look { colour: ink, ..Look::NOTE };
        let text = value(found, contrast.unit);
        if width(&text, look) + 6 > self.wide {
            return;
        }
        let middle = (x + self.wide / 2, y + self.tall / 2);
        let change = contrast.difference.value.unwrap_or(0.0);
        let change =
            format!("{}{}", if change > 0.0 { "+" } else { "" }, value(change, contrast.unit));
        if self.tall >= 36 && width(&change, look) + 6 <= self.wide {
            canvas.text(&text, (middle.0, middle.1 - 8), Anchor::Middle, look);
            canvas.text(&change, (middle.0, middle.1 + 9), Anchor::Middle, look);
        } else {
            canvas.text(&text, middle, Anchor::Middle, look);
        }
    }

    /// The sign of a cell in which `check` finds something, in its corner.
    fn mark(&self, canvas: &mut Canvas, point: &GridPoint) {
        let (x, y) = self.corner(point.at[0] as i32, point.at[1] as i32);
        let dark = main(point).and_then(|contrast| contrast.b.value).map(|found| self.share(found));
        let ink = if dark.unwrap_or(0.0) > 0.55 { palette::PAPER } else { palette::INK };
        canvas.text("!", (x + 4, y + 8), Anchor::Left, Look { colour: ink, ..Look::NOTE });
    }

    /// 0 for the least, 1 for the most.
    fn share(&self, value: f64) -> f64 {
        let (low, high) = self.bounds;
        if high > low { (value - low) / (high - low) } else { 0.0 }
    }

    fn frame(&self, canvas: &mut Canvas, column: i32, row: i32) {
        let (x, y) = self.corner(column, row);
        let (right, bottom) = (x + self.wide - 2, y + self.tall - 2);
        let around = vec![(x, y), (right, y), (right, bottom), (x, bottom), (x, y)];
        canvas.line(around, palette::VERMILION, 3);
        let look = Look { colour: palette::VERMILION, ..Look::NOTE };
        canvas.text("today is framed", (WIDTH - 24, 76), Anchor::Right, look);
    }

    fn labels(&self, canvas: &mut Canvas, across: &[String], down: &[String]) {
        let bottom = self.top + down.len() as i32 * self.tall;
        // Every so many, so that none touch.
        let widest = across.iter().map(|label| width(label, Look::PLAIN)).max().unwrap_or(0);
        let every = ((widest + 8) / self.wide.max(1) + 1) as usize;
        for (column, label) in (0..).zip(across).step_by(every) {
            let x = self.corner(column, 0).0 + self.wide / 2;
            canvas.text(label, (x, bottom + 16), Anchor::Middle, Look::PLAIN);
        }
        for (row, label) in (0..).zip(down) {
            let y = self.corner(0, row).1 + self.tall / 2;
            canvas.text(
                &fit(label, Look::PLAIN, LEFT - 34),
                (LEFT - 10, y),
                Anchor::Right,
                Look::PLAIN,
            );
        }
    }
}

/// The colour of a share.
fn shade(share: f64) -> Colour {
    let mix = |light: f64, dark: f64| libm::round(light + (dark - light) * share) as u8;
    Colour(mix(LIGHT.0, DARK.0), mix(LIGHT.1, DARK.1), mix(LIGHT.2, DARK.2))
}
