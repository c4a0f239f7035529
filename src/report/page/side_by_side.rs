//! Several answers in one chart and one table: variants of a comparison, points of a sweep,
//! directories of a report.

use maud::{Markup, html};
use serde_json::Value;

use super::answer::{
    CAUSES, level, others, point_name, points, question, variant_name, weighs_downtime,
};
use super::figures::{chart, drawn};
use super::found::{Found, unit_of};
use super::inline::{Inlined, inlined};
use super::measures::{all, in_list};
use super::parts::{chosen, scrolled};
use super::set::{Kind, Set};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::charts::{Dot, Dots, Spot, dots_chart, scatter_chart, stamped};
use crate::report::compare::letters;
use crate::report::words;

/// What a table of several answers shows: a measure and its heading.
const COLUMNS: [(&str, &str); 6] = [
    (DOWNTIME_PER_AGENT, "Downtime per agent"),
    ("availability", "In service"),
    ("outages.service_lost.duration_s.p95", "95 % of losses last at most"),
    ("switchovers.count", "Switchovers"),
    ("switchovers.needless", "Needless"),
    ("flaps.count", "Flaps"),
];

/// The same of calls and money, where one of the answers has them.
const CALLS: [(&str, &str); 4] = [
    ("all_calls.service_level", "Calls answered in time"),
    ("all_calls.failed", "Failed calls"),
    ("all_calls.cost.failed", "Calls that faults cost"),
    ("money.total", "What outages cost"),
];

/// Most scenarios that the foot of a chart names.
const NAMED: usize = 3;

/// Most answers in one chart or table.
const MOST: usize = 60;

/// One of several answers.
struct Column<'a> {
    name: String,
    get: Box<dyn Fn(&str) -> Found + 'a>,
}

/// The measures that a table of some answers shows.
fn measures(all: &[Column<'_>]) -> Vec<(&'static str, &'static str)> {
    let known = |(measure, _): &(&str, &str)| {
        all.iter().any(|column| (column.get)(measure).value.is_some())
    };
    COLUMNS.into_iter().chain(CALLS.into_iter().filter(known)).collect()
}

/// The variants of a comparison.
fn variant_columns<'s>(set: &'s Set<'_>) -> Vec<Column<'s>> {
    let others = others(set);
    let first = others.first().map_or(&Value::Null, |other| &other["measures"]);
    let a = Column {
        name: format!("A {}", chosen(set.text("first"))),
        get: Box::new(|measure| Found::of(&in_list(first, measure)["first"])),
    };
    let rest = (1..).zip(others).map(|(at, other)| Column {
        name: format!("{} {}", letters(at), variant_name(set, other)),
        get: Box::new(|measure| Found::of(&in_list(&other["measures"], measure)["this"])),
    });
    std::iter::once(a).chain(rest).take(MOST).collect()
}

/// The points of a sweep.
fn point_columns<'s>(set: &'s Set<'_>) -> Vec<Column<'s>> {
    let columns = points(set).iter().take(MOST).map(|point| Column {
        name: marked(point, weighs_downtime(set)),
        get: Box::new(|measure| Found::of(&in_list(&point["measures"], measure)["here"])),
    });
    columns.collect()
}

/// The variants of a comparison or the points of a sweep as cells: the head, then a row each.
pub(super) fn grid(set: &Set<'_>) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let columns = match set.kind {
        Kind::Sweep => point_columns(set),
        _ => variant_columns(set),
    };
    let shown = measures(&columns);
    let head = std::iter::once("").chain(shown.iter().map(|(_, name)| *name)).collect();
    let row = |column: &Column<'_>| {
        let cell = |(measure, _): &(&str, &str)| {
            let (found, unit) = ((column.get)(measure), unit_of(measure, ""));
            let most = largest(&columns, measure);
            let value = found.beside(most, unit).unwrap_or_else(|| "-".to_owned());
            match found.interval_beside(most, unit) {
                Some(interval) => format!("{value} ({interval})"),
                None => value,
            }
        };
        std::iter::once(column.name.clone()).chain(shown.iter().map(cell)).collect()
    };
    (head, columns.iter().map(row).collect())
}

/// The variants of a comparison: one chart, one table.
pub(super) fn variants(set: &Set<'_>) -> Markup {
    let all = variant_columns(set);
    let note = "Each with its own interval; whether two differ is said by their paired difference, which is far narrower";
    let title = "Downtime per agent in each variant";
    together(&set.id("variants"), (title, note), (&level(set), &set.stamp()), &all)
}

/// The downtime of every cause in an experiment, each with its interval.
pub(super) fn causes_estimated(set: &Set<'_>) -> Markup {
    let dots = CAUSES.into_iter().filter_map(|(cause, meaning)| {
        let found = Found::of(&set.answer["estimates"][format!("downtime_s.by_cause.{cause}")]);
        let value = found.value.filter(|value| *value > 0.0)?;
        let interval = found.interval().map(|found| (found.low, found.high));
        Some(Dot { name: meaning.to_owned(), value, interval })
    });
    let mut dots: Vec<Dot> = dots.collect();
    dots.sort_by(|a, b| b.value.total_cmp(&a.value));
    let Some(most) = dots.first() else { return html! { p { "There is no downtime." } } };
    let label = most.label(most.value, Unit::AgentTime);
    let svg = dots_chart(&Dots {
        title: format!("Most downtime: {}, {label} in a replication", most.name),
        note: format!(
            "Mean downtime of all agents together by cause, with its {} interval",
            level(set)
        ),
        axis: "out of service in a replication".to_owned(),
        unit: Unit::AgentTime,
        dots: &dots,
    });
    chart(set, "causes", &svg, &Markup::default())
}

/// The answers of several directories: one chart, one table.
pub(super) fn directories(sets: &[Set<'_>]) -> Markup {
    let mut columns = Vec::new();
    let single = sets.iter().filter(|set| matches!(set.kind, Kind::Run | Kind::Experiment));
    let single: Vec<&Set<'_>> = single.collect();
    for set in &single {
        let measures = all(set);
        let find = move |measure: &str| {
            let found = measures.iter().find(|(name, _)| name == measure);
            found.map(|(_, found)| *found).unwrap_or_default()
        };
        let folder = set.folder.name.trim_end_matches(['/', '\\']);
        let folder = folder.rsplit(['/', '\\']).next().unwrap_or(folder);
        let name = format!("{}: {}", chosen(folder), question(set));
        columns.push(Column { name, get: Box::new(find) });
    }
    if columns.is_empty() {
        return html! { p { "Comparisons and sweeps are not put side by side: each has its own part below." } };
    }
    let apart = sets.len() - columns.len();
    let lengths = single.iter().map(|set| set.number("horizon_s"));
    let lengths: Vec<Option<f64>> = lengths.collect();
    let same = lengths.windows(2).all(|pair| pair[0] == pair[1]);
    let note = if same {
        "Each with its interval, where it has one"
    } else {
        "The runs differ in length: downtime is that of the whole run"
    };
    let level = sets.first().map_or_else(String::new, level);
    let title = "Downtime per agent in each directory";
    html! {
        (together("side-by-side", (title, note), (&level, &origin(&single)), &columns))
        @if apart > 0 {
            p.rest { (words::counted(apart as u64, "comparison or sweep is", "comparisons and sweeps are")) " not in it: each has its own part below." }
        }
    }
}

/// Program and scenarios of several directories in one line, for the foot of a chart.
fn origin(sets: &[&Set<'_>]) -> String {
    let program = sets.iter().find_map(|set| set.provenance("program").as_str());
    let inputs: Vec<String> = sets.iter().flat_map(|set| set.inputs()).collect();
    let more = inputs.len().saturating_sub(NAMED);
    let mut parts: Vec<String> = program.map(str::to_owned).into_iter().collect();
    parts.extend(inputs.into_iter().take(NAMED));
    parts.extend((more > 0).then(|| format!("{more} more")));
    parts.join(", ")
}

/// A chart of the downtime and a table of the most important measures.
fn together(
    id: &str,
    (title, note): (&str, &str),
    (level, stamp): (&str, &str),
    all: &[Column<'_>],
) -> Markup {
    let dots: Vec<Dot> = all.iter().filter_map(dot).collect();
    let chart = dots_chart(&Dots {
        title: title.to_owned(),
        note: note.to_owned(),
        axis: "downtime per agent".to_owned(),
        unit: Unit::Time,
        dots: &dots,
    });
    let chart = inlined(&stamped(&chart, stamp)).unwrap_or_default();
    // The table below has more than the values of the chart.
    drawn(id, &Inlined { records: Vec::new(), ..chart }, &table(level, all), &|_| None)
}

fn dot(column: &Column<'_>) -> Option<Dot> {
    let found = (column.get)(DOWNTIME_PER_AGENT);
    let interval = found.interval().map(|found| (found.low, found.high));
    Some(Dot { name: column.name.clone(), value: found.value?, interval })
}

/// A row per answer, a column per measure.
fn table(level: &str, all: &[Column<'_>]) -> Markup {
    let shown = measures(all);
    let scaled = shown.iter().map(|(measure, _)| (*measure, largest(all, measure)));
    let scaled: Vec<(&str, f64)> = scaled.collect();
    let body = html! {
        thead { tr {
            th scope="col" { "" }
            @for (measure, name) in &shown { th.n scope="col" title=(measure) { (name) } }
        } }
        tbody {
            @for column in all {
                tr {
                    th scope="row" { (column.name) }
                    @for measure in &scaled { (cell(level, (column.get)(measure.0), *measure)) }
                }
            }
        }
    };
    scrolled(&format!("Side by side; small: {level} intervals"), &body)
}

/// The largest value of a column, whose unit the others have.
fn largest(all: &[Column<'_>], measure: &str) -> f64 {
    let values = all.iter().filter_map(|column| (column.get)(measure).value);
    values.map(f64::abs).fold(0.0, f64::max)
}

fn cell(level: &str, found: Found, (measure, largest): (&str, f64)) -> Markup {
    let unit = unit_of(measure, "");
    let exact = found.value.map(|value| value.to_string());
    html! {
        td.n data-key=(measure) data-value=[exact] {
            (found.beside(largest, unit).unwrap_or_else(|| "-".to_owned()))
            @if let Some(interval) = found.interval_beside(largest, unit) { small title={ (level) " interval" } { (interval) } }
        }
    }
}

/// Every point of a sweep.
pub(super) fn points_table(set: &Set<'_>) -> Markup {
    let rest = points(set).len().saturating_sub(MOST);
    html! {
        (table(&level(set), &point_columns(set)))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further points are in " code { "sweep.csv" } "." } }
    }
}

/// A point with what is to be known of it; `weighs`: downtime is weighed.
fn marked(point: &Value, weighs: bool) -> String {
    let notes = [
        ("today", "today"),
        ("may_have_least_downtime", "may have the least downtime"),
        ("pareto", "not dominated"),
    ];
    let weighed = |(key, _): &(&str, &str)| *key == "today" || weighs;
    let notes: Vec<&str> = notes
        .into_iter()
        .filter(weighed)
        .filter(|(key, _)| point[*key] == true)
        .map(|(_, note)| note)
        .collect();
    let name = point_name(point);
    if notes.is_empty() { name } else { format!("{name} ({})", notes.join(", ")) }
}

/// Downtime against needless switchovers, where it is weighed.
pub(super) fn tradeoff(set: &Set<'_>) -> Markup {
    if !weighs_downtime(set) {
        return html! { p id=(set.id("tradeoff")) { "Downtime is not weighed between these points: the answer above says why." } };
    }
    let spot = |point: &Value| {
        let of = |measure: &str| {
            let found = Found::of(&in_list(&point["measures"], measure)["here"]);
            let value = found.value?;
            Some((value, found.low.unwrap_or(value), found.high.unwrap_or(value)))
        };
        Some(Spot {
            name: point_name(point),
            across: of("switchovers.needless")?,
            up: of(DOWNTIME_PER_AGENT)?,
            may_be_least: point["may_have_least_downtime"] == true,
            today: point["today"] == true,
        })
    };
    let spots: Vec<Spot> = points(set).iter().take(MOST).filter_map(spot).collect();
    if spots.is_empty() {
        return html! { p id=(set.id("tradeoff")) { "No point has a downtime and a number of needless switchovers." } };
    }
    let title = "Less downtime against fewer needless switchovers";
    let note = "Full squares may have the least downtime: these replications cannot separate them. Hollow ones have more. Dotted: intervals.";
    let svg = scatter_chart(title, note, &spots);
    chart(set, "tradeoff", &svg, &Markup::default())
}
