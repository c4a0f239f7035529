//! Head-room of several settings side by side: of each a bar over the values that were tried, by
//! whether the bound is kept there, with the answer and the value of today.
//!
//! A value represents its surroundings, half way to its neighbours.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look, width};
use super::hatch::Hatch;
use super::headroom::{edge, horizontal};
use super::palette::{self, Colour};
use super::plot::{Entry, LEFT, WIDTH, fit, head, head_height};
use super::record::{Column, Counts, Record};
use crate::experiment::{Answered, Finding, Headroom, Outcome, Point, Side, short};
use crate::report::headroom::headline;
use crate::report::words;

/// Height of a row: its name, its bar, its ticks.
const ROW: i32 = 90;
const NAME: i32 = 10;
const BAR: (i32, i32) = (24, 46);
const TICKS: i32 = 58;

/// Margin to the right.
const RIGHT: i32 = 40;

/// How a stretch of values looks, and what it is called.
const LOOKS: [(Outcome, &str, Colour, Hatch); 3] = [
    (Outcome::Pass, "kept", palette::BLUE, Hatch::Plain),
    (Outcome::Inconclusive, "undecided", palette::BLUE, Hatch::Upright),
    (Outcome::Fail, "broken", palette::GREY, Hatch::Zigzag),
];

/// The chart; `None`: fewer than two settings were varied.
#[must_use]
pub fn headroom_bars(found: &Headroom) -> Option<String> {
    let rows = found.answers.len() as i32;
    if rows < 2 {
        return None;
    }
    let is_seen = |outcome: Outcome| {
        let mut points = found.answers.iter().flat_map(|answer| &answer.tried);
        points.any(|point| point.tried.judged(found.target.bound) == outcome)
    };
    let looks = LOOKS.iter().filter(|(outcome, ..)| is_seen(*outcome));
    let legend: Vec<Entry> =
        looks.map(|(_, name, colour, hatch)| Entry::block(*name, *colour, *hatch)).collect();
    let top = head_height(&legend) + 16;
    Some(Canvas::render((WIDTH as u32, (top + rows * ROW) as u32), |canvas| {
        head(canvas, &title(found), &note(found), &legend);
        for (row, answer) in (0..).zip(&found.answers) {
            drawn(canvas, found, answer, top + row * ROW);
        }
        canvas.record(record(found));
    }))
}

/// How many settings alone keep the bound, or which has the least head-room.
fn title(found: &Headroom) -> String {
    let (all, bound) = (found.answers.len() as u64, headline(found));
    if found.is_kept_today() == Some(true) {
        let room = |answer: &&Answered| {
            let (today, edge) = (today(answer)?, edge(answer)?);
            Some((today.number - edge.number).abs() / today.number.abs().max(1e-9))
        };
        let known = found.answers.iter().filter_map(|answer| Some((answer, room(&answer)?)));
        let least = known.min_by(|one, other| one.1.total_cmp(&other.1));
        return match least {
            Some((answer, _)) => format!("{bound}: least room in {}", short(&answer.path)),
            None => format!("{bound}: kept today"),
        };
    }
    let keeps = |answer: &&Answered| {
        answer.tried.iter().any(|point| point.tried.keeps(found.target.bound) == Some(true))
    };
    let keep = words::count(found.answers.iter().filter(keeps).count() as u64);
    format!("{bound}: {keep} of {} keep it alone", words::counted(all, "setting", "settings"))
}

fn note(found: &Headroom) -> String {
    let runs = words::counted(found.replications as u64, "replication", "replications");
    let level = words::level(found.level);
    format!(
        "The values that were tried of each setting, the others as today. {runs} of each value; kept and broken: with {level} confidence."
    )
}

fn today(answer: &Answered) -> Option<&Point> {
    answer.tried.iter().find(|point| point.today)
}

/// The answer in a few words.
fn said(answer: &Answered) -> String {
    let with_unit = |text: &str| match answer.unit {
        "" => text.to_owned(),
        unit => format!("{text} {unit}"),
    };
    let side = answer.finding.edge().map(|edge| edge.side);
    let found = match (side, edge(answer)) {
        (Some(Side::From), Some(edge)) => format!("kept from {} on", with_unit(&edge.text)),
        (Some(Side::UpTo), Some(edge)) => format!("kept up to {}", with_unit(&edge.text)),
        _ => match answer.finding {
            Finding::Always | Finding::Unaffected(true) => "kept at every value".to_owned(),
            Finding::Never | Finding::Unaffected(false) => "kept at no value".to_owned(),
            _ => "no single answer".to_owned(),
        },
    };
    let own = answer.change.in_force.first().map(|one| one.value.as_str());
    let today = own.map_or_else(String::new, |value| format!(", today {value}"));
    format!("{found}{today}")
}

fn drawn(canvas: &mut Canvas, found: &Headroom, answer: &Answered, top: i32) {
    let bold = Look { bold: true, ..Look::PLAIN };
    let name = fit(&short(&answer.path), bold, WIDTH / 2);
    canvas.text(&name, (LEFT, top + NAME), Anchor::Left, bold);
    let words = fit(&said(answer), Look::PLAIN, WIDTH / 2 - 40);
    canvas.text(&words, (LEFT + width(&name, bold) + 14, top + NAME), Anchor::Left, Look::PLAIN);
    let x = horizontal(answer).over(LEFT + 10, WIDTH - RIGHT);
    let bar = (top + BAR.0, top + BAR.1);
    for (outcome, from, to) in stretches(found, answer, &x) {
        let Some((_, word, colour, hatch)) = LOOKS.iter().find(|look| look.0 == outcome) else {
            continue;
        };
        canvas.rectangle((from, bar.0), (to, bar.1), *colour);
        canvas.hint(&format!("{}: {word}", answer.path));
        hatch.draw(canvas, (from, bar.0), (to, bar.1));
        canvas.line(vec![(to, bar.0), (to, bar.1)], palette::PAPER, 1);
    }
    marks(canvas, answer, &x, bar);
    x.label(canvas, top + TICKS);
}

/// The answer and today's value as upright marks.
fn marks(canvas: &mut Canvas, answer: &Answered, x: &Axis, (top, bottom): (i32, i32)) {
    if let Some(edge) = edge(answer) {
        let x = x.at(edge.number);
        canvas.line(vec![(x, top - 5), (x, bottom + 5)], palette::INK, 3);
    }
    if let Some(today) = today(answer) {
        let (x, look) = (x.at(today.number), Look { colour: palette::FAULT_EDGE, ..Look::NOTE });
        let dash = palette::Dash::Long;
        canvas.dashed(vec![(x, top - 5), (x, bottom + 5)], palette::FAULT_EDGE, 2, dash);
        let at = (x, bottom + 26);
        canvas.text("today", at, Anchor::Middle, look);
    }
}

/// Neighbours with one verdict as one stretch, in pixels.
fn stretches(found: &Headroom, answer: &Answered, x: &Axis) -> Vec<(Outcome, i32, i32)> {
    let (left, right) = x.pixels();
    let middle = |one: &Point, other: &Point| i32::midpoint(x.at(one.number), x.at(other.number));
    let mut all: Vec<(Outcome, i32, i32)> = Vec::new();
    let tried = &answer.tried;
    for (at, point) in tried.iter().enumerate() {
        let outcome = point.tried.judged(found.target.bound);
        let to = tried.get(at + 1).map_or(right, |next| middle(point, next));
        match all.last_mut().filter(|last| last.0 == outcome) {
            Some(last) => last.2 = to,
            None => {
                let from = all.last().map_or(left, |last| last.2);
                all.push((outcome, from, to));
            }
        }
    }
    all
}

/// The answers in numbers.
fn record(found: &Headroom) -> Record {
    let number = |answer: &Answered, position: Option<u64>| {
        position.and_then(|at| answer.point(at)).map(|point| point.number)
    };
    let row = |(row, answer): (i32, &Answered)| {
        let found = answer.finding.edge();
        let sure = found.and_then(|edge| edge.confident.as_ref());
        vec![
            Some(f64::from(row)),
            today(answer).map(|point| point.number),
            edge(answer).map(|point| point.number),
            number(answer, sure.and_then(|sure| sure.keeps)),
            number(answer, sure.and_then(|sure| sure.breaks)),
        ]
    };
    let columns = ["today", "answer", "kept with confidence", "broken with confidence"];
    Record {
        first: "setting".to_owned(),
        columns: columns.map(|name| Column::new(name, Counts::Number)).to_vec(),
        names: found.answers.iter().map(|answer| short(&answer.path)).collect(),
        rows: (0..).zip(&found.answers).map(row).collect(),
        ..Record::default()
    }
}
