//! Several variants against the first, in one picture: for each its paired difference of downtime
//! per agent with its interval, and beside it its needless switchovers.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::palette::{self, Dash};
use super::plot::{LEFT, WIDTH, fit, head, head_height};
use super::record::{Record, with_ends};
use super::ticks;
use crate::experiment::{Comparison, Contrast, contrast_of, short};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::compare::letters;
use crate::report::words;
use crate::statistics::Estimate;

/// File name.
pub const VARIANTS_CHART: &str = "variants.svg";

/// What is drawn on the right, as a level; the downtime with its interval is on the left.
const LEVEL: &str = "switchovers.needless";

/// Height of a row, and of what is around the rows of a pane.
const ROW: i32 = 44;
const AXIS: i32 = 84;

/// Left and right ends of the two panes.
const PANES: [(i32, i32); 2] = [(310, 650), (700, 932)];

/// The chart; `None` with fewer than three variants.
#[must_use]
pub fn variants_chart(comparison: &Comparison) -> Option<String> {
    let others = comparison.contrasts.len();
    if others < 2 {
        return None;
    }
    let top = head_height(&[]) + 6;
    let height = top + AXIS + ROW * others as i32;
    Some(Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let runs =
            words::counted(comparison.gathered[0].count() as u64, "replication", "replications");
        let note = format!(
            "{runs} of each, under the same faults and random draws{}; squares with {} intervals; dashed: A, {}",
            comparison.tradeoff.other_times(),
            words::level(comparison.level),
            comparison.names[0]
        );
        let levels = values(comparison, LEVEL, |contrast| contrast.b);
        let first = contrast_of(&comparison.contrasts[0], LEVEL);
        let first = first.and_then(|contrast| contrast.a.value);
        let needless = levels.iter().flatten().map(|(value, ..)| *value).chain(first);
        let needless = needless.into_iter().any(|value| value > 0.0);
        let also = if needless { " and needless switchovers" } else { "" };
        head(canvas, &format!("What the variants change: downtime{also}"), &note, &[]);
        let rows = Rows { top: top + 40, others };
        let changes: Vec<Value> =
            values(comparison, DOWNTIME_PER_AGENT, |contrast| contrast.difference);
        let label = ("downtime per agent, difference from A", Unit::Time);
        rows.pane(canvas, PANES[0], label, (&changes, Some(0.0)));
        if needless {
            let label = ("needless switchovers", Unit::Count);
            rows.pane(canvas, PANES[1], label, (&levels, first));
        }
        rows.names(canvas, comparison);
        canvas.record(record(comparison, &changes, &levels));
    }))
}

/// A value with the ends of its interval; `None`: it is not known.
type Value = Option<(f64, f64, f64)>;

/// One value per variant but the first.
fn values(comparison: &Comparison, name: &str, get: fn(&Contrast) -> Estimate) -> Vec<Value> {
    let one = |contrasts: &Vec<Contrast>| {
        let estimate = get(contrast_of(contrasts, name)?);
        let value = estimate.value?;
        let (low, high) = estimate.interval.map_or((value, value), |found| (found.low, found.high));
        Some((value, low, high))
    };
    comparison.contrasts.iter().map(one).collect()
}

/// What is drawn in numbers.
fn record(comparison: &Comparison, changes: &[Value], levels: &[Value]) -> Record {
    let ends = |value: &Value| {
        let known = value.map(|(value, low, high)| [value, low, high]);
        [0, 1, 2].map(|at| known.map(|known| known[at]))
    };
    let rows = (0..).zip(changes.iter().zip(levels)).map(|(row, (change, level))| {
        let values = ends(change).into_iter().chain(ends(level));
        std::iter::once(Some(f64::from(row))).chain(values).collect()
    });
    let names = (1..comparison.names.len()).map(|at| letters(at) + " " + &comparison.names[at]);
    let change = with_ends("downtime per agent, difference from A", Unit::Time);
    let level = with_ends("needless switchovers", Unit::Count);
    Record {
        columns: change.into_iter().chain(level).collect(),
        names: names.collect(),
        rows: rows.collect(),
        ..Record::default()
    }
}

/// The positions of the variants, one below the other.
struct Rows {
    top: i32,
    others: usize,
}

impl Rows {
    /// The middle of a row.
    fn at(&self, row: usize) -> i32 {
        self.top + ROW * row as i32 + ROW / 2
    }

    /// Values as squares with whiskers, and the first variant's as an upright line.
    fn pane(
        &self,
        canvas: &mut Canvas,
        (left, right): (i32, i32),
        (label, unit): (&str, Unit),
        (values, first): (&[Value], Option<f64>),
    ) {
        let x = horizontal(values, first, unit).over(left, right);
        let (top, bottom) = (self.top, self.top + ROW * self.others as i32);
        canvas.text(label, (left, top - 24), Anchor::Left, Look::NOTE);
        for (value, _) in x.ticks() {
            canvas.grid((x.at(*value), top), (x.at(*value), bottom));
        }
        x.label(canvas, bottom + 16);
        canvas.line(vec![(left, bottom), (right, bottom)], palette::INK, 1);
        if let Some(first) = first {
            let x = x.at(first);
            canvas.dashed(vec![(x, top), (x, bottom)], palette::FAULT_EDGE, 1, Dash::Long);
        }
        for (row, value) in values.iter().enumerate() {
            let Some((value, low, high)) = value else { continue };
            let (x, low, high, y) = (x.at(*value), x.at(*low), x.at(*high), self.at(row));
            canvas.line(vec![(low, y), (high, y)], palette::BLUE, 2);
            canvas.rectangle((x - 4, y - 4), (x + 4, y + 4), palette::BLUE);
        }
    }

    /// The letter of each variant and what it is, to the left of the panes.
    fn names(&self, canvas: &mut Canvas, comparison: &Comparison) {
        for row in 0..self.others {
            let name = &comparison.names[row + 1];
            let settings = name.strip_prefix(&format!("{} with ", comparison.names[0]));
            let y = self.at(row);
            let bold = Look { bold: true, ..Look::PLAIN };
            canvas.text(&letters(row + 1), (LEFT, y), Anchor::Left, bold);
            let name = settings.map_or_else(|| name.clone(), without_prefixes);
            let name = fit(&name, Look::NOTE, PANES[0].0 - LEFT - 50);
            canvas.text(&name, (LEFT + 30, y), Anchor::Left, Look::NOTE);
        }
    }
}

/// Settings with short paths: `disaster-recovery.timeout=60, desktop.detection=9s`.
fn without_prefixes(settings: &str) -> String {
    let one = |setting: &str| match setting.split_once('=') {
        Some((path, value)) => format!("{}={value}", short(path)),
        None => setting.to_owned(),
    };
    settings.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

/// Space for every interval and for the first variant.
fn horizontal(values: &[Value], first: Option<f64>, unit: Unit) -> Axis {
    let ends = values.iter().flatten().flat_map(|(_, low, high)| [*low, *high]).chain(first);
    let (low, high) = ends
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    let room = if high > low { (high - low) * 0.06 } else { high.abs().max(1.0) * 0.5 };
    let (low, high) = (low - room, high + room);
    let low = if unit == Unit::Count { low.max(0.0) } else { low };
    Axis::linear(low, high, ticks::values(low, high, 5, unit))
}
