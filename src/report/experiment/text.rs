//! An experiment for a terminal: thresholds first, then sentences, then the estimates that people
//! ask for. All estimates are in the files.
//!
//! A number is never shown without its precision: an interval, or why there is none.

use crate::experiment::{
    Answer, Ended, Exceeded, Notable, Open, Outcome, Verdict, Watch, exceeded,
};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::{Model, Unit};
use crate::report::call_sentences::mean_windows;
use crate::report::layout::Screen;
use crate::report::money_sentence;
use crate::report::numbers::{Scale, percent, value, with_interval};
use crate::report::overload::{MEANING, finding};
use crate::report::planner;
use crate::report::still_open::{OPEN, what};
use crate::report::words;
use crate::statistics::{Estimate, Method};
use crate::time::Time;

use super::estimates;

/// The whole text; laid out for a screen.
#[must_use]
pub fn text(answer: &Answer, model: &Model, screen: Screen) -> String {
    let title = model.heading();
    let mut out = format!("{}\n\n", screen.bold(title));
    out += &thresholds(answer, model, screen);
    for sentence in sentences(answer, model) {
        out += &sentence;
        out.push('\n');
    }
    out.push('\n');
    out += &estimates::table(answer, model, screen.width);
    out.push('\n');
    let planner = planner::answer_table(answer, model, screen.width);
    if !planner.is_empty() {
        out += &format!("\n{planner}");
    }
    out + &notables(answer)
}

/// One line per threshold, and an empty one.
fn thresholds(answer: &Answer, model: &Model, screen: Screen) -> String {
    let mut out = String::new();
    let widest = answer.verdicts.iter().map(|v| v.threshold.to_string().len()).max();
    for verdict in &answer.verdicts {
        let code = match verdict.outcome {
            Outcome::Pass => "32",
            Outcome::Fail => "31",
            Outcome::Inconclusive => "33",
        };
        let word = screen.styled(&format!("{:12}", verdict.outcome.name()), code);
        let measure = &answer.gathered.measures()[verdict.measure];
        let mut found = told(&verdict.estimate, measure.gauge.unit, None);
        if measure.name.ends_with("s_peak") {
            found += &format!(", {}", words::per_window(model.horizon));
        }
        let (wide, threshold) = (widest.unwrap_or(0), verdict.threshold.to_string());
        let fits = 17 + wide + found.chars().count() <= screen.width;
        out += &match fits {
            true => format!("{word}  {threshold:wide$}   {found}\n"),
            false => format!("{word}  {threshold}\n{:14}{found}\n", ""),
        };
        out += &open_behind(verdict).map_or_else(String::new, |why| format!("{:14}{why}\n", ""));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Why what was open leaves a threshold undecided, if it does.
pub(super) fn open_behind(verdict: &Verdict) -> Option<String> {
    let open = verdict.open?;
    let and = if matches!(open, Open::Replications(_)) { ", which" } else { " and" };
    Some(format!("{}{and} may break it: use a longer horizon", what(open)))
}

/// That outages were still open, if any was.
fn open_at_the_end(answer: &Answer) -> Option<String> {
    let measure = answer.gathered.measure_named(OPEN)?;
    let open = answer.gathered.integers(measure, 0).sum::<i128>().max(0) as u64;
    let outages = words::counted(open, "outage was", "outages were");
    (open > 0).then(|| format!("{outages} still open at the end, counted at the length so far."))
}

/// A value with its interval in one line.
fn told(estimate: &Estimate, unit: Unit, percent: Option<u32>) -> String {
    let shown = shown(estimate, unit);
    match worth(estimate, unit, percent) {
        worth if worth.is_empty() => shown,
        worth => format!("{shown} ({worth})"),
    }
}

/// The value of an estimate.
fn shown(estimate: &Estimate, unit: Unit) -> String {
    match estimate.value {
        None => "-".to_owned(),
        Some(number) if estimate.method == Method::NoneSeen => value(number, unit),
        Some(number) if estimate.half_width().is_none_or(|half| half == 0.0) => value(number, unit),
        Some(number) => Scale::of_estimate(estimate, unit).full(number),
    }
}

/// What an estimate is worth: its interval, or why there is none.
fn worth(estimate: &Estimate, unit: Unit, percent: Option<u32>) -> String {
    match (estimate.method, estimate.interval) {
        (Method::NoneSeen, Some(found)) => {
            format!("none seen in {}: at most {}", estimate.count, value(found.high, unit))
        }
        (Method::NoneSeen, None) => format!("none seen in {}", estimate.count),
        (Method::Constant, _) => "always the same".to_owned(),
        (_, Some(found)) => Scale::of_estimate(estimate, unit).interval(found),
        (_, None) => match (estimate.value, percent) {
            (None, _) => "there were none".to_owned(),
            (Some(_), Some(percent)) => format!("not enough replications for p{percent}"),
            (Some(_), None) => "not enough replications".to_owned(),
        },
    }
}

fn sentences(answer: &Answer, model: &Model) -> Vec<String> {
    let runs = words::counted(answer.gathered.count() as u64, "replication", "replications");
    let length = words::span(model.horizon - Time::ZERO);
    let agents = words::counted(model.agents().into(), "agent", "agents");
    let level = words::level(answer.level);
    let why = match answer.ended {
        Ended::Complete => "",
        Ended::Decided => "; then all requested results were precise",
        Ended::AtMost => "; the maximum was reached before all requested results were precise",
        Ended::OutOfTime => {
            "; the time limit was reached before all requested results were precise"
        }
    };
    let mut all =
        vec![format!("{runs} of {length} with {agents}, {level} intervals in brackets{why}.")];
    let of = |name: &str| {
        let line = answer.line(name)?;
        Some(told(&line.estimate, answer.gathered.measures()[line.measure].gauge.unit, None))
    };
    all.extend(open_at_the_end(answer));
    let of_time = words::of_time(!model.shifts.is_empty());
    let in_service = |text| format!("Agents are in service {text} {of_time}.");
    all.extend(of("availability").map(in_service));
    let (name, per) = if estimates::has_rates(model) {
        ("downtime_s.per_agent_year", "per agent and year")
    } else {
        (DOWNTIME_PER_AGENT, "per agent")
    };
    all.extend(of(name).map(|text| format!("Downtime {per}: {text}.")));
    all.extend(of("call_windows.time_s").map(|time| mean_windows(&time)));
    all.extend(
        of("all_calls.service_level").map(|text| format!("Calls answered in time: {text}.")),
    );
    if !(model.faults.is_empty() && model.drains.is_empty()) {
        all.extend(of("all_calls.cost.failed").map(|text| {
            format!(
                "Calls that failed because of the faults, against the same callers without: {text}."
            )
        }));
    }
    all.extend(
        of("money.total")
            .map(|text| format!("{}: {text}.", money_sentence::head(&model.prices.currency))),
    );
    if estimates::is_long(model) && !estimates::has_rates(model) {
        all.push(
            "No fault is random, so nothing is given per year: what is scripted happens once."
                .to_owned(),
        );
    }
    all.extend(uncertainty(answer, name));
    all.extend(some_sets(answer));
    all.extend(overloads(answer, model));
    all
}

/// Fewer replications than sets of fitted distributions.
fn some_sets(answer: &Answer) -> Option<String> {
    let (count, sets) = (answer.gathered.count(), answer.sets?);
    (count < sets).then(|| {
        format!(
            "Warning: {count} of {sets} sets of fitted distributions are used, so the intervals may \
             miss a part of what the log leaves open; --replications {sets} uses them all."
        )
    })
}

/// Capacities that were exceeded.
fn overloads(answer: &Answer, model: &Model) -> Vec<String> {
    let count = answer.gathered.count() as u64;
    let each = exceeded(&answer.gathered, model);
    let told = |found: &Exceeded| {
        let (some, finding) = (found.replications, finding(&found.worst));
        format!("Warning, in {some} of {count} replications, at worst: {finding}; {MEANING}.")
    };
    each.iter().map(told).collect()
}

/// Whether more replications or more data would help.
fn uncertainty(answer: &Answer, name: &str) -> Option<String> {
    let (line, sets) = (answer.line(name)?, answer.sets?);
    let data = line.split.as_ref()?.data_share?;
    let advice = if data > 0.5 {
        "more data would narrow it, more replications hardly"
    } else {
        "more replications would narrow it"
    };
    Some(format!(
        "Of its interval, {} comes from the data behind the faults ({sets} sets of fitted distributions), {} from chance: {advice}.",
        percent(data),
        percent(1.0 - data)
    ))
}

fn notables(answer: &Answer) -> String {
    let described = |found: &Notable| {
        let unit = answer.gathered.measures()[found.measure].gauge.unit;
        let why = found.why.replace('_', " ");
        format!("{} ({why}, {})", found.replication, value(found.value, unit))
    };
    let all: Vec<String> = answer.notable.iter().map(described).collect();
    if all.is_empty() {
        return String::new();
    }
    let list = all.join(", ");
    format!("Notable replications: {list}. `switchover replay` shows them.\n")
}

/// How far the work has come, as precision: `downtime_s.total 12.4 (11.6 to 13.4 min), 7.1 % of 5 %`.
#[must_use]
pub fn progress(watch: &Watch, answer: &crate::experiment::Gathered) -> String {
    let each = watch.latest().filter_map(|(measure, reached, precision)| {
        let measure = &answer.measures()[measure];
        let reached = reached?;
        let text = with_interval(&reached, measure.gauge.unit)?;
        let goal = match (precision.relative, reached.relative) {
            (Some(goal), Some(share)) => {
                format!(", {} of {}", percent(share), percent(goal))
            }
            _ => String::new(),
        };
        Some(format!("{} {text}{goal}", measure.name))
    });
    each.collect::<Vec<_>>().join("; ")
}
