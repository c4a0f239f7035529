//! Head-room as a chart: the measure over the value that was varied, with its interval as a band, the bound
//! as a line across, and the answer as an upright line.
//!
//! Only the values that were tried are known; between them the line is a guide for the eye.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::direct::{Area, Label, Named, labels, or_legend, upright_label};
use super::palette::{self, Dash};
use super::plot::{Entry, Plot, WIDTH, head, head_height};
use super::record::{Record, with_ends};
use super::ticks;
use crate::experiment::{Answered, Headroom, Point, short};
use crate::model::Bound;
use crate::report::headroom::title;
use crate::report::shown;
use crate::report::words;
use crate::statistics::Estimate;

/// Height below the head.
const TALL: i32 = 330;

/// If the largest value is at least this many times the smallest, the x axis is logarithmic.
const WIDE: f64 = 8.0;

const COLOUR: palette::Colour = palette::BLUE;

/// The file of the chart of several settings.
pub const HEADROOM_BARS: &str = "headroom-bars.svg";

/// The file of the chart of an answer, by its number from 0.
#[must_use]
pub fn headroom_file(answer: usize) -> String {
    format!("headroom-{}.svg", answer + 1)
}

/// Whether a file has a name of a chart of head-room.
#[must_use]
pub fn is_headroom_file(name: &str) -> bool {
    if name == HEADROOM_BARS {
        return true;
    }
    let number = name.strip_prefix("headroom-").and_then(|rest| rest.strip_suffix(".svg"));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The chart of one answer.
#[must_use]
pub fn headroom_chart(found: &Headroom, answer: &Answered) -> String {
    or_legend(|direct| drawn(found, answer, direct))
}

/// The chart with names at its lines, and whether they fit; or with a legend.
fn drawn(found: &Headroom, answer: &Answered, direct: bool) -> (String, bool) {
    let legend = if direct { Vec::new() } else { legend(found, answer) };
    let top = head_height(&legend) + 6;
    let mut fits = true;
    let svg = Canvas::render((WIDTH as u32, (top + TALL) as u32), |canvas| {
        let shaded = if direct { shaded(found) } else { String::new() };
        head(canvas, &title(found, answer), &format!("{}{shaded}", note(found, answer)), &legend);
        let (x, y) = (horizontal(answer), vertical(found, answer));
        let unit = answer.unit;
        let name = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
        let (name, measure) =
            (format!("{}{name}", answer.path), shown::words(&found.target.measure));
        let plot = Plot::new(canvas, (top, top + TALL), (x, &name), (y, &measure));
        draw(canvas, &plot, found, answer);
        if direct {
            let labels = names(&plot, found, answer);
            fits = labels.is_some();
            labels.into_iter().flatten().for_each(|label| label.draw(canvas));
        }
        plot.outline(canvas);
        canvas.record(record(&plot, found, answer));
    });
    (svg, fits)
}

/// What the band is.
fn shaded(found: &Headroom) -> String {
    match found.is_uncertain() {
        true => format!(" Shaded: the {} interval.", words::level(found.level)),
        false => String::new(),
    }
}

/// Places for the names of the lines: the bound beside its line, today beside its own, which is upright.
fn names(plot: &Plot, found: &Headroom, answer: &Answered) -> Option<Vec<Label>> {
    let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
    let spots = spots(answer);
    let curve = |pick: fn(f64, (f64, f64)) -> f64| {
        let at = |(x, value, ends, _): &(f64, f64, (f64, f64), &str)| {
            (plot.x.at(*x), plot.y.at(pick(*value, *ends)))
        };
        spots.iter().map(at).collect::<Vec<_>>()
    };
    let curves = [curve(|value, _| value), curve(|_, ends| ends.0), curve(|_, ends| ends.1)];
    let upright = |number: f64| vec![(plot.x.at(number), bottom), (plot.x.at(number), top)];
    let answered = edge(answer).map(|edge| upright(edge.number));
    let y = plot.y.at(bound(found));
    let level = vec![(left, y), (right, y)];
    let name = format!("bound: {}", found.target.written);
    let bound = Named { name: &name, colour: palette::VERMILION, points: &level };
    let mut all = Vec::new();
    let mut taken: Vec<Area> = answered.iter().map(|line| beside(line[0].0, top + 8)).collect();
    let today = answer.tried.iter().find(|point| point.today);
    if let Some(today) = today {
        let others = [&curves[..], std::slice::from_ref(&level)].concat();
        let places = [top + 8, top + 26, bottom - 10].map(|y| (plot.x.at(today.number), y));
        let label = upright_label("today", palette::FAULT_EDGE, places, (right, &others, &taken))?;
        taken.push(label.area());
        all.push(label);
    }
    let uprights = answered.into_iter().chain(today.map(|today| upright(today.number)));
    let others: Vec<Vec<_>> = curves.into_iter().chain(uprights).collect();
    all.extend(labels(plot, &[bound], &others, &taken)?);
    Some(all)
}

/// About where the value of the answer is written.
const fn beside(x: i32, y: i32) -> Area {
    [x - 160, x + 160, y - 8, y + 8]
}

fn note(found: &Headroom, answer: &Answered) -> String {
    let runs = words::counted(found.replications as u64, "replication", "replications");
    let endless = answer.tried.iter().filter(|point| point.tried.measured.endless).count() as u64;
    let endless = match endless {
        0 => String::new(),
        _ => format!("; at {} of them a run has no end (S021)", words::count(endless)),
    };
    format!(
        "{runs} of each value, under the same faults and random draws; {} of {} values tried, {} \
         apart{endless}.",
        words::count(answer.tried.len() as u64),
        words::count(answer.count),
        answer.step
    )
}

fn legend(found: &Headroom, answer: &Answered) -> Vec<Entry> {
    let mut all = vec![Entry::line("estimate", COLOUR)];
    if found.is_uncertain() {
        all.push(Entry::band(format!("{} interval", words::level(found.level)), COLOUR));
    }
    all.push(Entry::dashed(
        format!("bound: {}", found.target.written),
        palette::VERMILION,
        Dash::Short,
    ));
    if answer.tried.iter().any(|point| point.today) {
        all.push(Entry::dashed("today", palette::FAULT_EDGE, Dash::Long));
    }
    if edge(answer).is_some() {
        all.push(Entry::line("the answer", palette::GREEN));
    }
    all
}

/// The value that is the answer.
pub(super) fn edge(answer: &Answered) -> Option<&Point> {
    answer.point(answer.finding.edge()?.at)
}

/// Place, value and ends of the interval, where there is a value.
fn spots(answer: &Answered) -> Vec<(f64, f64, (f64, f64), &str)> {
    let spot = |point: &'_ Point| {
        let Estimate { value, interval, .. } = point.tried.measured.estimate;
        let value = value?;
        let ends = interval.map(|found| (found.low, found.high));
        let finite = ends.filter(|(low, high)| low.is_finite() && high.is_finite());
        Some((point.number, value, finite.unwrap_or((value, value))))
    };
    let all = answer.tried.iter().filter_map(|point| {
        let (x, value, ends) = spot(point)?;
        Some((x, value, ends, point.text.as_str()))
    });
    all.collect()
}

pub(super) fn horizontal(answer: &Answered) -> Axis {
    let named: Vec<_> =
        answer.tried.iter().map(|point| (point.number, point.text.clone())).collect();
    let low = named.first().map_or(0.0, |(number, _)| *number);
    let high = named.last().map_or(1.0, |(number, _)| *number);
    if low > 0.0 && high / low >= WIDE {
        let room = libm::pow(high / low, 0.03);
        return Axis::log(low / room, high * room, named);
    }
    let room = if high > low { (high - low) * 0.03 } else { 0.5 };
    Axis::linear(low - room, high + room, named)
}

fn vertical(found: &Headroom, answer: &Answered) -> Axis {
    let ends = spots(answer);
    let ends = ends.iter().flat_map(|(_, value, (low, high), _)| [*value, *low, *high]);
    let (mut low, mut high) = (bound(found), bound(found));
    for value in ends {
        (low, high) = (low.min(value), high.max(value));
    }
    if low <= high * 0.6 {
        low = low.min(0.0);
    }
    let length = high - low;
    let room = if length > 0.0 { length * 0.08 } else { high.abs().max(1.0) * 0.5 };
    let low = if low == 0.0 { 0.0 } else { (low - room).max(0.0) };
    Axis::linear(low, high + room, ticks::values(low, high + room, 5, found.target.unit))
}

const fn bound(found: &Headroom) -> f64 {
    match found.target.bound {
        Bound::AtMost(bound) | Bound::AtLeast(bound) => bound,
    }
}

fn draw(canvas: &mut Canvas, plot: &Plot, found: &Headroom, answer: &Answered) {
    let ((left, right), (bottom, top)) = (plot.x.pixels(), plot.y.pixels());
    let spots = spots(answer);
    let at = |x: f64, y: f64| (plot.x.at(x), plot.y.at(y));
    let upper = spots.iter().map(|(x, _, (_, high), _)| at(*x, *high));
    let lower: Vec<_> = spots.iter().map(|(x, _, (low, _), _)| at(*x, *low)).collect();
    canvas.band(upper.chain(lower.into_iter().rev()).collect(), COLOUR);
    let y = plot.y.at(bound(found));
    canvas.dashed(vec![(left, y), (right, y)], palette::VERMILION, 2, Dash::Short);
    if let Some(today) = answer.tried.iter().find(|point| point.today) {
        let x = plot.x.at(today.number);
        canvas.dashed(vec![(x, bottom), (x, top)], palette::FAULT_EDGE, 1, Dash::Long);
    }
    if let Some(edge) = edge(answer) {
        let x = plot.x.at(edge.number);
        canvas.line(vec![(x, bottom), (x, top)], palette::GREEN, 2);
        let look = Look { colour: palette::GREEN, bold: true, ..Look::PLAIN };
        let (anchor, aside) =
            if x + 160 < right { (Anchor::Left, x + 5) } else { (Anchor::Right, x - 5) };
        canvas.text(&format!("answer: {}", edge.text), (aside, top + 8), anchor, look);
    }
    canvas.line(spots.iter().map(|(x, value, ..)| at(*x, *value)).collect(), COLOUR, 2);
    for (x, value, (low, high), _) in &spots {
        canvas.line(vec![at(*x, *low), at(*x, *high)], COLOUR, 1);
        let (x, y) = at(*x, *value);
        canvas.rectangle((x - 3, y - 3), (x + 3, y + 3), COLOUR);
    }
    if spots.is_empty() {
        plot.nothing(canvas, "nothing was measured");
    }
}

/// The values that were tried in numbers.
fn record(plot: &Plot, found: &Headroom, answer: &Answered) -> Record {
    let spots = spots(answer);
    let row = |(x, value, (low, high), _): &(f64, f64, (f64, f64), &str)| {
        [x, value, low, high].map(|number| Some(*number)).to_vec()
    };
    Record {
        first: short(&answer.path),
        across: Some(plot.across()),
        columns: with_ends(&found.target.measure, found.target.unit).to_vec(),
        names: spots.iter().map(|(.., text)| (*text).to_owned()).collect(),
        rows: spots.iter().map(row).collect(),
        ..Record::default()
    }
}
