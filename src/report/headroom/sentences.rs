//! Head-room in sentences: what was asked, the answer for each setting, what the interval leaves open.

use crate::experiment::{
    Answered, Confident, Finding, Headroom, Outcome, Point, Remark, Side, reversal, short,
};
use crate::model::Bound;
use crate::report::advice;
use crate::report::numbers::Scale;
use crate::report::words;
use crate::statistics::Estimate;

/// What was asked: the bound, the replications, the faults, and the measure today.
pub(super) fn question(found: &Headroom) -> Vec<String> {
    let runs = words::counted(found.replications as u64, "replication", "replications");
    let level = words::level(found.level);
    let mut all = vec![format!(
        "Bound: {}. {runs} of each value, under the same faults and random draws; {level} intervals.",
        found.target
    )];
    if !found.faults.is_empty() {
        let names = found.faults.join(", ");
        all.push(format!("Of the faults and drains only these strike: {names}."));
    }
    all.extend(no_interval(found).map(str::to_owned));
    let kept = match found.is_kept_today() {
        Some(true) => "the bound is kept",
        Some(false) => "the bound is broken",
        None => "there is nothing to measure",
    };
    let today = measured(found, &found.today);
    all.push(format!("Today {} is {today}: {kept}.", found.target.measure));
    all
}

/// What `check` finds at values that were tried, and not in the scenario as it is.
pub(super) fn findings(answer: &Answered) -> Vec<String> {
    let finding = |remark: &Remark| {
        format!("{} {}: {}", remark.code, answer.advice.place(remark), remark.message)
    };
    answer.advice.remarks.iter().map(finding).collect()
}

/// Why there is no interval, if there is none.
fn no_interval(found: &Headroom) -> Option<&'static str> {
    let points = found.answers.iter().flat_map(|answer| &answer.tried);
    let few = points.into_iter().any(|point| point.tried.estimate.interval.is_none());
    match (found.is_uncertain(), found.replications) {
        (true, _) => None,
        (false, 1) => Some("A single replication has no interval: the answer holds for it alone."),
        (false, _) if few => Some("There are too few replications for an interval."),
        (false, _) => {
            Some("All replications agree in this measure at every value, so there is no interval.")
        }
    }
}

/// The measure with its interval: `3.05 min (2.90 to 3.20 min)`; `-`: it has no value.
pub(super) fn measured(found: &Headroom, estimate: &Estimate) -> String {
    let scale =
        Scale::of(estimate.value.unwrap_or(0.0), telling(found, estimate), found.target.unit);
    on(scale, estimate)
}

/// How exactly a measure has to be shown: as its interval is, and so that it is not taken for the bound.
pub(super) fn telling(found: &Headroom, estimate: &Estimate) -> Option<f64> {
    let (Bound::AtMost(bound) | Bound::AtLeast(bound)) = found.target.bound;
    let distance = estimate.value.map(|value| (value - bound).abs());
    let both = [estimate.half_width(), distance].into_iter().flatten();
    both.filter(|error| *error > 0.0 && error.is_finite()).reduce(f64::min)
}

/// The same on a scale.
pub(super) fn on(scale: Scale, estimate: &Estimate) -> String {
    let Some(value) = estimate.value else { return "-".to_owned() };
    match estimate.interval.filter(|interval| interval.low < interval.high) {
        Some(interval) => format!("{} ({})", scale.full(value), scale.interval(interval)),
        None => scale.full(value),
    }
}

/// The answer for one setting: its value today, what was found, what the interval leaves open.
pub(super) fn answer(found: &Headroom, answer: &Answered) -> Vec<String> {
    let today = advice::today(&answer.change);
    let mut all: Vec<String> = Some(today.trim_end().to_owned()).into_iter().collect();
    all.retain(|text| !text.is_empty());
    all.push(result(found, answer));
    if let Finding::Edge { confident: Some(confident), .. } = &answer.finding {
        all.push(certain(found, answer, confident));
    }
    all.extend(backwards(found, answer));
    all
}

/// What was found in one short sentence.
pub(in crate::report) fn title(found: &Headroom, answer: &Answered) -> String {
    let name = short(&answer.path);
    let bound = &found.target;
    match &answer.finding {
        Finding::Edge { side, at, .. } => {
            format!("{bound}: the {} {name} is {}", extreme(*side), text(answer, *at))
        }
        Finding::Always => format!("{bound}: kept at every value of {name} that was tried"),
        Finding::Never => format!("{bound}: kept at no value of {name} that was tried"),
        Finding::Unaffected(_) => format!("{name} does not change {}", bound.measure),
        Finding::NotMonotone(_) => format!("{bound}: no single answer for {name}"),
        Finding::Unmeasured(at) => {
            format!("{} has no value at {name} = {}", bound.measure, text(answer, *at))
        }
    }
}

const fn extreme(side: Side) -> &'static str {
    match side {
        Side::From => "smallest",
        Side::UpTo => "largest",
    }
}

fn result(found: &Headroom, answer: &Answered) -> String {
    let name = short(&answer.path);
    let measure = &found.target.measure;
    let between = format!("from {} to {}", end(answer, false), end(answer, true));
    let at = |position| text(answer, position);
    match &answer.finding {
        Finding::Edge { side, at: edge, .. } => {
            let (extreme, step) = (extreme(*side), shown(answer, &answer.step));
            format!("The {extreme} {name} that keeps the bound is {}, found to {step}.", at(*edge))
        }
        Finding::Always => format!(
            "The bound is kept at every value of {name} that was tried, {between}; {measure} is \
             nearest to it {}. {BEYOND}",
            nearest(found, answer)
        ),
        Finding::Never => format!(
            "The bound is broken at every value of {name} that was tried, {between}; {measure} is \
             nearest to it {}. {BEYOND}",
            nearest(found, answer)
        ),
        Finding::Unaffected(_) if answer.change.idle => {
            format!("{name} changes nothing for anybody: {}.", answer.change.instead)
        }
        Finding::Unaffected(kept) => {
            let kept = if *kept { "kept" } else { "broken" };
            format!(
                "{measure} does not depend on {name} {between}: it is the same at every value that \
                 was tried, and the bound is {kept}."
            )
        }
        Finding::NotMonotone(stretches) => {
            let stretches: Vec<String> =
                stretches.iter().map(|position| stretch(found, answer, *position)).collect();
            format!(
                "There is no single answer: as {name} rises, the bound is {}.",
                listed(&stretches)
            )
        }
        Finding::Unmeasured(position) => format!(
            "There is no answer: at {name} = {} there is nothing to measure, so {measure} has no \
             value.",
            at(*position)
        ),
    }
}

/// `a, b and c`.
fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// What to do where the range does not hold the answer.
const BEYOND: &str = "Another range may hold the answer: --vary PATH=LOW..HIGH.";

/// `kept at 20/s (1.9 min)`.
fn stretch(found: &Headroom, answer: &Answered, position: u64) -> String {
    let Some(point) = answer.point(position) else { return String::new() };
    let kept = if point.tried.keeps(found.target.bound) == Some(true) { "kept" } else { "broken" };
    format!("{kept} at {} ({})", shown(answer, &point.text), measured(found, &point.tried.estimate))
}

/// Where the measure is nearest to its bound, of values that are all on one side: `at 3/s: 1.2 min`.
fn nearest(found: &Headroom, answer: &Answered) -> String {
    let (Bound::AtMost(bound) | Bound::AtLeast(bound)) = found.target.bound;
    let distance = |point: &&Point| {
        let value = point.tried.estimate.value.unwrap_or(f64::INFINITY);
        (value - bound).abs()
    };
    let nearest = answer.tried.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let Some(point) = nearest else { return String::new() };
    format!(
        "at {}, where it is {}",
        shown(answer, &point.text),
        measured(found, &point.tried.estimate)
    )
}

/// What is certain beside the estimate.
fn certain(found: &Headroom, answer: &Answered, confident: &Confident) -> String {
    let level = words::level(found.level);
    let at = |position| text(answer, position);
    match (confident.keeps, confident.breaks) {
        (Some(keeps), Some(breaks)) => {
            let open = match keeps.abs_diff(breaks) {
                0 | 1 => "",
                _ => "; between them the replications do not decide",
            };
            format!(
                "With {level} confidence {} keeps it and {} breaks it{open}.",
                at(keeps),
                at(breaks)
            )
        }
        (Some(keeps), None) => format!(
            "With {level} confidence {} keeps it; no value that was tried is shown to break it.",
            at(keeps)
        ),
        (None, Some(breaks)) => format!(
            "No value that was tried keeps it with {level} confidence; {} breaks it.",
            at(breaks)
        ),
        (None, None) => format!(
            "No value that was tried keeps it with {level} confidence, and none is shown to break it: \
             more replications are needed."
        ),
    }
}

/// That the measure does not go one way only, where that does not touch the answer.
fn backwards(found: &Headroom, answer: &Answered) -> Option<String> {
    let Finding::Edge { .. } = answer.finding else { return None };
    let tried: Vec<_> = answer.tried.iter().map(|point| point.tried).collect();
    let (early, late) = reversal(&tried)?;
    let met = |position| {
        let point = answer.point(position)?;
        let value = measured(found, &point.tried.estimate);
        Some(format!("{value} at {}", shown(answer, &point.text)))
    };
    Some(format!(
        "{} does not go one way only: it is {} and {}. Both are on one side of the bound.",
        found.target.measure,
        met(early)?,
        met(late)?
    ))
}

/// A value by its position.
fn text(answer: &Answered, position: u64) -> String {
    answer.point(position).map_or_else(String::new, |point| shown(answer, &point.text))
}

/// A value with the unit that bare numbers have.
fn shown(answer: &Answered, text: &str) -> String {
    if answer.unit.is_empty() { text.to_owned() } else { format!("{text} {}", answer.unit) }
}

/// The first or the last value that was tried.
fn end(answer: &Answered, last: bool) -> String {
    let end = if last { answer.tried.last() } else { answer.tried.first() };
    end.map_or_else(String::new, |point| shown(answer, &point.text))
}

/// What can be said of a value, in a word.
pub(super) fn verdict(found: &Headroom, point: &Point) -> &'static str {
    match point.tried.judged(found.target.bound) {
        Outcome::Pass => "kept",
        Outcome::Fail => "broken",
        Outcome::Inconclusive => "undecided",
    }
}
