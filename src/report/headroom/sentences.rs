//! Head-room in sentences: what was asked, the answer for each setting, what the interval leaves open.

use super::beyond;
use super::remark::NO_END;
use crate::experiment::{
    Answered, Confident, Edge, Finding, Headroom, Measured, Outcome, Point, Remark, Side, reversal,
    short,
};
use crate::model::Bound;
use crate::report::advice;
use crate::report::numbers::Scale;
use crate::report::shown;
use crate::report::still_open::{length_of, what};
use crate::report::words;
use crate::statistics::Estimate;

/// What was asked: the bound, the replications, the faults, and the measure today.
pub(super) fn question(found: &Headroom) -> Vec<String> {
    let runs = words::counted(found.replications as u64, "replication", "replications");
    let level = words::level(found.level);
    let mut all = vec![format!(
        "Bound: {} ({}). {runs} of each value, under the same faults and random draws; {level} intervals.",
        said(found),
        found.target.measure
    )];
    if !found.faults.is_empty() {
        let names = found.faults.join(", ");
        all.push(format!("Of the faults and drains only these strike: {names}."));
    }
    all.extend(no_interval(found).map(str::to_owned));
    all.push(today(found));
    all
}

/// The bound in words: `longest outage at most 2m`.
fn said(found: &Headroom) -> String {
    let side = match found.target.bound {
        Bound::AtMost(_) => "at most",
        Bound::AtLeast(_) => "at least",
    };
    let words = shown::words(&found.target.measure).replace(": ", ", ");
    format!("{words} {side} {}", found.target.written)
}

/// The same at the head of a title; a name of the scenario stays as it is.
pub(in crate::report) fn headline(found: &Headroom) -> String {
    let said = said(found);
    let begins_with_a_name = shown::words(&found.target.measure).contains(": ");
    if begins_with_a_name { said } else { words::sentence(&said) }
}

/// The measure today.
fn today(found: &Headroom) -> String {
    let measure = &found.target.measure;
    if found.today.endless {
        return format!(
            "Today a run has no end (S021), so {measure} has no value: that counts as broken."
        );
    }
    let kept = match found.is_kept_today() {
        Some(_) => format!("the bound is {}", state(found, &found.today)),
        None => "there is nothing to measure".to_owned(),
    };
    format!("Today {measure} is {}: {kept}.", measured(found, &found.today))
}

/// Whether the bound is kept, by the estimate and the outages that were still open.
fn state(found: &Headroom, measured: &Measured) -> String {
    let bound = found.target.bound;
    match (measured.keeps(bound), measured.undecided_by(bound)) {
        (Some(true), _) => "kept".to_owned(),
        (_, Some(open)) => {
            format!("undecided, because {}", what(open))
        }
        _ => "broken".to_owned(),
    }
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
    let few = points
        .map(|point| &point.tried.measured)
        .any(|measured| measured.estimate.interval.is_none() && !measured.endless);
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
fn measured(found: &Headroom, measured: &Measured) -> String {
    let estimate = &measured.estimate;
    let scale =
        Scale::of(estimate.value.unwrap_or(0.0), telling(found, estimate), found.target.unit);
    on(scale, measured)
}

/// How exactly a measure has to be shown: as its interval is, and so that it is not taken for the bound.
pub(super) fn telling(found: &Headroom, estimate: &Estimate) -> Option<f64> {
    let distance = estimate.value.map(|value| (value - bound(found)).abs());
    let both = [estimate.half_width(), distance].into_iter().flatten();
    both.filter(|error| *error > 0.0 && error.is_finite()).reduce(f64::min)
}

/// The same on a scale.
pub(super) fn on(scale: Scale, measured: &Measured) -> String {
    let Measured { estimate, endless, .. } = measured;
    let Some(value) = estimate.value else {
        return if *endless { NO_END.to_owned() } else { "-".to_owned() };
    };
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
    if let Finding::NotMonotone { safe: Some(edge), .. } = &answer.finding {
        all.push(safe(found, answer, edge));
    }
    if let Some(Edge { confident: Some(confident), .. }) = answer.finding.edge() {
        all.push(certain(found, answer, confident));
    }
    all.extend(still_open(found, answer));
    all.extend(no_end(answer));
    all.extend(backwards(found, answer));
    all
}

/// What was found in one short sentence.
pub(in crate::report) fn title(found: &Headroom, answer: &Answered) -> String {
    let name = short(&answer.path);
    let (bound, measure) = (headline(found), shown::words(&found.target.measure));
    match &answer.finding {
        Finding::Edge(Edge { side, at, .. }) => {
            format!("{bound}: the {} {name} is {}", extreme(*side), text(answer, *at))
        }
        Finding::Always => format!("{bound}: kept at every value of {name} that was tried"),
        Finding::Never => format!("{bound}: kept at no value of {name} that was tried"),
        Finding::Unaffected(_) if answer.change.idle => {
            format!("{name} does not change {measure}")
        }
        Finding::Unaffected(_) => {
            format!("{measure}: the same at every value of {name} that was tried")
        }
        Finding::NotMonotone { safe: Some(Edge { side: Side::From, at, .. }), .. } => {
            format!("{bound}: {name} is safe from {} on", text(answer, *at))
        }
        Finding::NotMonotone { safe: Some(Edge { at, .. }), .. } => {
            format!("{bound}: {name} is safe up to {}", text(answer, *at))
        }
        Finding::NotMonotone { .. } => format!("{bound}: no single answer for {name}"),
        Finding::Unmeasured(at) => {
            format!("{measure}: no value at {name} = {}", text(answer, *at))
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
        Finding::Edge(Edge { side, at: edge, confident }) => {
            let (extreme, step) = (extreme(*side), shown(answer, &answer.step));
            let open = confident.as_ref().is_some_and(|sure| sure.keeps != Some(*edge));
            let by = if open { " by the estimates alone" } else { "" };
            format!(
                "The {extreme} {name} that keeps the bound{by} is {}, found to {step}.",
                at(*edge)
            )
        }
        Finding::Always | Finding::Never => {
            let kept = match answer.finding {
                Finding::Always => "kept",
                _ if found.is_broken(answer) => "broken",
                _ => "broken or undecided",
            };
            let all = format!("at every value of {name} that was tried, {between}");
            match beyond::nearest(answer, bound(found)) {
                Some(point) => format!(
                    "The bound is {kept} {all}; {measure} is nearest to it at {}, where it is {}. {}",
                    shown(answer, &point.text),
                    measured(found, &point.tried.measured),
                    beyond::advice(answer, point)
                ),
                None => format!("A run has no end (S021) {all}: that counts as broken."),
            }
        }
        Finding::Unaffected(_) if answer.change.idle => {
            format!("{name} changes nothing for anybody: {}.", answer.change.instead)
        }
        Finding::Unaffected(_) => {
            let one = answer.tried.first().map(|point| &point.tried.measured);
            let kept = one.map_or_else(String::new, |one| state(found, one));
            format!(
                "{measure} does not depend on {name} {between}: it is the same at the {} values that \
                 were tried, and the bound is {kept}.",
                words::count(answer.tried.len() as u64)
            )
        }
        Finding::NotMonotone { turns, .. } => {
            let turns: Vec<String> =
                turns.iter().map(|position| stretch(found, answer, *position)).collect();
            format!("There is no single answer: as {name} rises, the bound is {}.", listed(&turns))
        }
        Finding::Unmeasured(position) => format!(
            "There is no answer: at {name} = {} there is nothing to measure, so {measure} has no \
             value.",
            at(*position)
        ),
    }
}

/// From where on, or up to where, the bound is kept for good, where it is kept in other places too.
fn safe(found: &Headroom, answer: &Answered, edge: &Edge) -> String {
    let (until, others) = match edge.side {
        Side::From => (format!("From {} on", text(answer, edge.at)), "Smaller"),
        Side::UpTo => (format!("Up to {}", text(answer, edge.at)), "Larger"),
    };
    let is_beyond = |position: u64| match edge.side {
        Side::From => position < edge.at,
        Side::UpTo => position > edge.at,
    };
    let keeps = |point: &&Point| {
        is_beyond(point.tried.position) && point.tried.keeps(found.target.bound) == Some(true)
    };
    let example = answer.tried.iter().find(keeps);
    let example =
        example.map(|point| format!(" ({} does)", shown(answer, &point.text))).unwrap_or_default();
    let step = shown(answer, &answer.step);
    format!(
        "{until} it is kept at every value that was tried, found to {step}. {others} values may keep \
         it too{example}, but are not safe: values between break it."
    )
}

/// At which values a run has no end, where that is not all there is to say.
fn no_end(answer: &Answered) -> Option<String> {
    let points = answer.tried.iter().filter(|point| point.tried.measured.endless);
    let all: Vec<String> = points.map(|point| shown(answer, &point.text)).collect();
    let some = !all.is_empty() && all.len() < answer.tried.len();
    some.then(|| format!("At {} a run has no end (S021): that counts as broken.", places(&all)))
}

/// At which values the bound is kept or broken by what was still open.
fn still_open(found: &Headroom, answer: &Answered) -> Option<String> {
    let bound = found.target.bound;
    let points = || answer.undecided_by_open(bound);
    let all: Vec<String> = points().map(|point| shown(answer, &point.text)).collect();
    let open = points().next()?.tried.measured.undecided_by(bound)?;
    let open = length_of(open);
    Some(format!(
        "At {} {open} decides: that does not count as kept. Use a longer horizon.",
        places(&all)
    ))
}

/// Values that were tried, or how many.
fn places(all: &[String]) -> String {
    match all {
        [first, .., last] if all.len() > LISTED => {
            format!("{} of the values that were tried, {first} to {last},", all.len())
        }
        _ => listed(all),
    }
}

/// At most this many values are listed.
const LISTED: usize = 5;

/// `a, b and c`.
fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// `kept at 20/s (1.9 min)`.
fn stretch(found: &Headroom, answer: &Answered, position: u64) -> String {
    let Some(point) = answer.point(position) else { return String::new() };
    let measure = &point.tried.measured;
    let kept = match measure.undecided_by(found.target.bound) {
        Some(_) => "undecided",
        None if measure.keeps(found.target.bound) == Some(true) => "kept",
        None => "broken",
    };
    let value = if measure.endless { "no end".to_owned() } else { measured(found, measure) };
    format!("{kept} at {} ({value})", shown(answer, &point.text))
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
    let Finding::Edge(_) = answer.finding else { return None };
    let tried: Vec<_> = answer.tried.iter().map(|point| point.tried).collect();
    let (early, late) = reversal(&tried)?;
    let met = |position| {
        let point = answer.point(position)?;
        let value = measured(found, &point.tried.measured);
        Some(format!("{value} at {}", shown(answer, &point.text)))
    };
    Some(format!(
        "{} does not go one way only: it is {} and {}. Both are on one side of the bound.",
        found.target.measure,
        met(early)?,
        met(late)?
    ))
}

/// The bound as a number.
const fn bound(found: &Headroom) -> f64 {
    let (Bound::AtMost(bound) | Bound::AtLeast(bound)) = found.target.bound;
    bound
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
