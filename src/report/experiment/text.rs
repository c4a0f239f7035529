//! An experiment for a terminal: thresholds first, then sentences, then the estimates that people
//! ask for. All estimates are in the files.
//!
//! A number is never shown without what it is worth: an interval, or why there is none.

use comfy_table::{CellAlignment, Table, presets};

use crate::experiment::{Answer, Ended, Line, Notable, Outcome, Runs, Watch};
use crate::measures::{Gauge, How};
use crate::model::{Model, Unit};
use crate::report::numbers::{Scale, percent, plus_minus, value};
use crate::report::words;
use crate::statistics::{Estimate, Method};
use crate::time::{Span, Time};

/// From this length of a run on, rates per agent and year are shown instead of sums.
const LONG: Span = Span::from_secs(30 * 86_400);

/// The whole text; with `colour`, headings and verdicts are coloured (ANSI).
#[must_use]
pub fn text(answer: &Answer, model: &Model, colour: bool) -> String {
    let title = if model.title.is_empty() { &model.name } else { &model.title };
    let mut out = format!("{}\n\n", styled(title, "1", colour));
    out += &thresholds(answer, colour);
    for sentence in sentences(answer, model) {
        out += &sentence;
        out.push('\n');
    }
    out.push('\n');
    out += &estimates(answer, model);
    out.push('\n');
    out + &notables(answer)
}

fn styled(text: &str, code: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// One line per threshold, and an empty one.
fn thresholds(answer: &Answer, colour: bool) -> String {
    let mut out = String::new();
    let widest = answer.verdicts.iter().map(|v| v.threshold.to_string().len()).max();
    for verdict in &answer.verdicts {
        let code = match verdict.outcome {
            Outcome::Pass => "32",
            Outcome::Fail => "31",
            Outcome::Inconclusive => "33",
        };
        let word = styled(&format!("{:12}", verdict.outcome.name()), code, colour);
        let unit = verdict.threshold.unit;
        let found = told(&verdict.estimate, unit, None);
        let wide = widest.unwrap_or(0);
        out += &format!("{word}  {:wide$}   {found}\n", verdict.threshold.to_string());
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
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
        Ended::Decided => "; then everything asked for was known",
        Ended::AtMost => "; no more were allowed, and not everything asked for is known",
        Ended::OutOfTime => "; there was no more time, and not everything asked for is known",
    };
    let mut all =
        vec![format!("{runs} of {length} with {agents}, {level} intervals in brackets{why}.")];
    let of = |name: &str| {
        let line = answer.line(name)?;
        Some(told(&line.estimate, answer.gathered.measures()[line.measure].gauge.unit, None))
    };
    all.extend(of("availability").map(|text| format!("Agents are in service {text} of the time.")));
    let (name, per) = if model.horizon - Time::ZERO >= LONG {
        ("downtime_s.per_agent_year", "per agent and year")
    } else {
        ("downtime_s.per_agent.mean", "per agent")
    };
    all.extend(of(name).map(|text| format!("Downtime {per}: {text}.")));
    all.extend(uncertainty(answer, name));
    all
}

/// Whether more replications or more data would help.
fn uncertainty(answer: &Answer, name: &str) -> Option<String> {
    let (line, sets) = (answer.line(name)?, answer.sets?);
    let data = line.split.as_ref()?.data_share?;
    let advice = if data > 0.5 {
        "more data would help, more replications hardly"
    } else {
        "more replications would help"
    };
    Some(format!(
        "Of its interval, {} is due to the data behind the faults ({sets} sets of laws), {} to luck: {advice}.",
        percent(data),
        percent(1.0 - data)
    ))
}

/// Measures for people, those of long runs and those of short ones.
const ALWAYS: [&str; 9] = [
    "availability",
    "outages.duration_s.mean",
    "outages.duration_s.p50",
    "outages.duration_s.p95",
    "outages.duration_s.p99",
    "outages.duration_s.max",
    "switchovers.needless_share",
    "restores.since_available_s.p50",
    "restores.since_available_s.p95",
];
const RATES: [&str; 4] = [
    "downtime_s.per_agent_year",
    "outages.per_agent_year",
    "switchovers.per_agent_year",
    "flaps.per_agent_year",
];
const SUMS: [&str; 4] =
    ["downtime_s.per_agent.mean", "outages.count", "switchovers.count", "flaps.count"];
const TOTALS: [&str; 6] = [
    "downtime_s.total",
    "switchovers.regret_s",
    "stays.regret_s",
    "restores.premature",
    "phones.registers_failed",
    "tallies.without_site",
];
/// Beginnings and endings of measures that are shown for every instance where anything happened.
const FAMILIES: [(&str, &str); 6] = [
    ("downtime_s.by_cause.", ""),
    ("sites.", ".logins_peak"),
    ("sites.", ".recovery_registers_peak"),
    ("sites.", ".login_wait_longest_s"),
    ("pairs.", ".availability"),
    ("faults.", ".all_back_s"),
];

/// Whether a measure is for people; `long`: runs are long enough for rates per year.
pub(in crate::report) fn is_shown(name: &str, long: bool) -> bool {
    let listed = |list: &[&str]| list.contains(&name);
    let family = |(head, tail): &(&str, &str)| name.starts_with(head) && name.ends_with(tail);
    listed(&ALWAYS)
        || listed(&TOTALS)
        || listed(if long { &RATES } else { &SUMS })
        || FAMILIES.iter().any(family)
}

/// The table, without a final newline.
fn estimates(answer: &Answer, model: &Model) -> String {
    let long = model.horizon - Time::ZERO >= LONG;
    let mut table = Table::new();
    table.load_style(presets::ASCII_BORDERS_ONLY_CONDENSED);
    let interval = format!("{} interval", words::level(answer.level));
    table.set_header(vec!["measure", "estimate", &interval, "one replication: p50, p95"]);
    for line in &answer.lines {
        let measure = &answer.gathered.measures()[line.measure];
        let boring = line.estimate.value.is_none_or(|value| value == 0.0)
            && FAMILIES.iter().any(|(head, _)| measure.name.starts_with(head));
        if is_shown(&measure.name, long) && !boring {
            table.add_row(row(line, &measure.name, measure.gauge).to_vec());
        }
    }
    if let Some(values) = table.column_mut(1) {
        values.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

fn row(line: &Line, name: &str, gauge: &Gauge) -> [String; 4] {
    let percentile = match gauge.how {
        How::Pooled(_, percent) => Some(percent),
        _ => None,
    };
    [
        name.to_owned(),
        shown(&line.estimate, gauge.unit),
        worth(&line.estimate, gauge.unit, percentile),
        line.runs.as_ref().map_or_else(String::new, |runs| single(runs, gauge.unit)),
    ]
}

/// The median and the 95th percentile of single replications.
fn single(runs: &Runs, unit: Unit) -> String {
    let all = [&runs.p50, &runs.p95].map(|percentile| percentile.value.unwrap_or(0.0));
    let scale = Scale::of(all[1], None, unit);
    format!("{}, {}", scale.bare(all[0]), scale.full(all[1]))
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
    format!("Replications worth a look: {list}. `switchover replay` shows them.\n")
}

/// How far the work has come, as precision: `downtime_s.total 12.4 min +/- 54 s, 7.1 % of 5 %`.
#[must_use]
pub fn progress(watch: &Watch, answer: &crate::experiment::Gathered) -> String {
    let each = watch.latest().filter_map(|(measure, reached, precision)| {
        let measure = &answer.measures()[measure];
        let reached = reached?;
        let text = plus_minus(&reached, measure.gauge.unit)?;
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
