//! The chapters that prove the answer: for each kind of results the charts that its command drew, each
//! with its numbers.

use maud::{Markup, html};
use serde_json::Value;

use super::answer::{causes_table, command, headroom_answers, others, varied};
use super::figures::figure;
use super::found::total;
use super::measures::{lines, tables};
use super::parts::{chosen, csv_table, details, heading, scrolled};
use super::planner::{has_planner, planner};
use super::set::{Csv, DOWNTIME_FILE, Kind, Refused, Set};
use super::shares::shares;
use super::side_by_side::{causes_estimated, points_table, tradeoff, variants};
use super::timeline::timeline;
use crate::report::charts::{CALLS_CHART, HEADROOM_BARS, QUEUE_CHARTS, STAFF_CHART, headroom_file};
use crate::report::headroom::HEADROOM_VALUES;
use crate::report::words;

/// The names of the chapters of a set, each with its id.
pub(super) fn contents(set: &Set<'_>) -> Vec<(String, &'static str)> {
    let own: &[(&str, &str)] = match set.kind {
        Kind::Run => &[
            ("timeline", "Timeline"),
            ("planner", PLANNERS),
            ("downtime-chapter", "Where the time went"),
            ("durations-chapter", "How long it took"),
            ("load-chapter", "Over time"),
        ],
        Kind::Experiment => &[
            ("downtime-chapter", "Downtime of the replications"),
            ("planner", PLANNERS),
            ("staff-chapter", STAFF),
            ("causes-chapter", "Where the time goes"),
            ("survival-chapter", "How long outages last"),
            ("convergence-chapter", "How the estimate settled"),
        ],
        Kind::Compare => &[("variants-chapter", "The variants")],
        Kind::Headroom => &[("headroom-chapter", "The values that were tried")],
        Kind::Sweep => &[("sweep-chapter", "All points"), ("tradeoff-chapter", "Trade-off")],
    };
    let measures = matches!(set.kind, Kind::Run | Kind::Experiment);
    let measures = measures.then_some(("measures", "All measures"));
    let last = [
        ("assumptions", "Assumptions"),
        ("trust", "How much to trust it"),
        ("provenance", "Where it comes from"),
    ];
    let telling = set.telling().map(|_| ("telling-timeline", TELLING));
    let telling = telling.filter(|_| set.kind == Kind::Experiment);
    let own = own.iter().copied().filter(|(id, _)| match *id {
        "planner" => has_planner(set),
        "staff-chapter" => has_staff(set),
        _ => true,
    });
    let all = own.chain(telling).chain(measures).chain(last);
    all.map(|(id, name)| (set.id(id), name)).collect()
}

/// The name of the chapter of the planner's table.
const PLANNERS: &str = "What each site must be sized for";

/// The chapter of the planner's table; nothing where nothing can fail, or an older version made the directory.
fn planners(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let table = planner(set)?;
    Ok(table.map_or_else(Markup::default, |table| chapter(set, "planner", level, PLANNERS, &table)))
}

/// The chapters of a set but the last ones.
pub(super) fn chapters(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    match set.kind {
        Kind::Run => run(set, level),
        Kind::Experiment => experiment(set, level),
        Kind::Compare => compare(set, level),
        Kind::Sweep => sweep(set, level),
        Kind::Headroom => headroom(set, level),
    }
}

/// A chapter around its contents.
fn chapter(set: &Set<'_>, id: &str, level: u8, name: &str, inside: &Markup) -> Markup {
    html! { section id=(set.id(id)) { (heading(level, name)) (inside) } }
}

fn run(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let downtime = html! {
        (figure(set, "downtime-by-cause.svg", "causes", &causes_table(set))?)
        (shares(set, level + 1)?)
        (heading(level + 1, "What faults, sites and server pairs did"))
        (objects(set, ("faults", "Faults"), &FAULTS))
        (objects(set, ("sites", "Sites"), &SITES))
        (objects(set, ("pairs", "Server pairs"), &PAIRS))
    };
    let none = Markup::default();
    let durations = html! {
        (figure(set, "outage-duration.svg", "durations", &none)?)
        (figure(set, "time-to-restore.svg", "restores", &none)?)
    };
    let load = html! {
        (figure(set, "agents-in-service.svg", "in-service", &none)?)
        (figure(set, "moves.svg", "moves", &none)?)
        (figure(set, "registers-and-logins.svg", "load", &none)?)
        @for file in QUEUE_CHARTS.map(|one| one.chart.file).into_iter().filter(|file| set.folder.files.contains_key(*file)) {
            (figure(set, file, file.trim_end_matches(".svg"), &none)?)
        }
    };
    Ok(html! {
        (timeline(set, level, "Timeline")?)
        (planners(set, level)?)
        (chapter(set, "downtime-chapter", level, "Where the time went", &downtime))
        (chapter(set, "durations-chapter", level, "How long it took", &durations))
        (chapter(set, "load-chapter", level, "Over time", &load))
        (measures(set, level))
    })
}

/// The name of the chapter on the bad replication that is shown.
const TELLING: &str = "Timeline of a bad replication";

/// The course of that replication; nothing where its files are not there.
fn telling(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let Some(folder) = set.telling() else { return Ok(Markup::default()) };
    let own = Set::read(&folder, set.id("telling-"))?;
    let number = own.number("replication").unwrap_or(0.0).to_string();
    let lost = own.number("downtime_s.total").unwrap_or(0.0);
    let agents = own.number("agents").unwrap_or(0.0) as u64;
    Ok(html! {
        (timeline(&own, level, TELLING)?)
        @if folder.files.contains_key(CALLS_CHART) {
            (figure(&own, CALLS_CHART, "calls", &Markup::default())?)
        }
        p {
            "This is replication " (number) ": 95 % of the replications have at most its downtime, "
            (words::agent_time(total(lost), agents)) ". All of it: "
            (command(&["switchover", "replay", set.scenario(), "--replication", &number, "--report"])) "."
        }
        @if folder.files.contains_key(DOWNTIME_FILE) {
            (heading(level + 1, "Whose downtime it was in this replication"))
            (shares(&own, level + 2)?)
        }
    })
}

/// The name of the chapter of calls and staff.
const STAFF: &str = "Calls and staff";

fn has_staff(set: &Set<'_>) -> bool {
    set.folder.files.contains_key(STAFF_CHART)
}

/// Calls and staff over the day, as means over the replications; nothing where there are no calls.
fn staff(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    if !has_staff(set) {
        return Ok(Markup::default());
    }
    let inside = html! {
        (figure(set, STAFF_CHART, "staff", &Markup::default())?)
        p.rest { "All figures of each interval are in " code { "calls.csv" } "." }
    };
    Ok(chapter(set, "staff-chapter", level, STAFF, &inside))
}

/// What is shown of a replication.
const REPLICATION: [&str; 7] = [
    "replication",
    "downtime_s.total",
    "downtime_s.per_agent.mean",
    "availability",
    "outages.service_lost.count",
    "outages.service_lost.duration_s.max",
    "switchovers.count",
];

fn experiment(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let replications = set.csv("replications.csv")?.map(|csv| {
        details("Data table: replications", csv.rows.len(), &html! {
            (csv_table(&csv.only(&REPLICATION), "replications.csv"))
            p.rest { "All measures of each replication are in " code { "replications.csv" } "." }
        })
    });
    let replications = replications.unwrap_or_default();
    let downtime = figure(set, "downtime-distribution.svg", "downtime", &replications)?;
    let causes = causes_estimated(set);
    let survival = figure(set, "outage-survival.svg", "survival", &Markup::default())?;
    let convergence = figure(set, "convergence.svg", "convergence", &Markup::default())?;
    Ok(html! {
        (chapter(set, "downtime-chapter", level, "Downtime of the replications", &downtime))
        (planners(set, level)?)
        (telling(set, level)?)
        (staff(set, level)?)
        (chapter(set, "causes-chapter", level, "Where the time goes", &causes))
        (chapter(set, "survival-chapter", level, "How long outages last", &survival))
        (chapter(set, "convergence-chapter", level, "How the estimate settled", &convergence))
        (measures(set, level))
    })
}

fn compare(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let inside = html! {
        (variants(set))
        @if set.folder.files.contains_key("variants.svg") {
            (figure(set, "variants.svg", "changes", &Markup::default())?)
        }
        @for other in 1..=others(set).len() {
            @let file = crate::report::charts::paired_file(other);
            @let id = if other == 1 { "differences".to_owned() } else { format!("differences-{other}") };
            (figure(set, &file, &id, &Markup::default())?)
        }
    };
    Ok(chapter(set, "variants-chapter", level, "The variants", &inside))
}

fn sweep(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let file = match set.answer["parameters"].as_array().map_or(0, Vec::len) {
        2 => "sweep-heat.svg",
        _ => "sweep-curves.svg",
    };
    let inside = figure(set, file, "sweep", &Markup::default())?;
    let inside = html! { (inside) div id=(set.id("points")) { (points_table(set)) } };
    Ok(html! {
        (chapter(set, "sweep-chapter", level, "All points", &inside))
        (chapter(set, "tradeoff-chapter", level, "Trade-off", &tradeoff(set)))
    })
}

/// What is shown of the values that were tried; remarks where there are any.
pub(super) fn headroom_columns(csv: &Csv) -> Csv {
    let shown = ["path", "value", "today", "estimate", "low", "high", "verdict", "remark"];
    let all = csv.only(&shown);
    let remarks = all.columns.iter().position(|column| column == "remark");
    let is_remarked =
        remarks.is_some_and(|place| all.rows.iter().any(|row| !row[place].is_empty()));
    if is_remarked { all } else { csv.only(&shown[..7]) }
}

fn headroom(set: &Set<'_>, level: u8) -> Result<Markup, Refused> {
    let values = set.csv(HEADROOM_VALUES)?.map(|csv| {
        details(
            "Data table: all values that were tried",
            csv.rows.len(),
            &html! {
                (csv_table(&headroom_columns(&csv), HEADROOM_VALUES))
            },
        )
    });
    let inside = html! {
        @if set.folder.files.contains_key(HEADROOM_BARS) {
            (figure(set, HEADROOM_BARS, "bars", &Markup::default())?)
        }
        @for (number, answer) in headroom_answers(set).iter().enumerate() {
            (heading(level + 1, &varied(answer)))
            @let id = format!("headroom-{}", number + 1);
            (figure(set, &headroom_file(number), &id, &Markup::default())?)
        }
        (values.unwrap_or_default())
    };
    Ok(chapter(set, "headroom-chapter", level, "The values that were tried", &inside))
}

fn measures(set: &Set<'_>, level: u8) -> Markup {
    let file = if set.kind == Kind::Experiment { "estimates.csv" } else { "summary.json" };
    let inside = html! {
        p { "The measures that people ask for; all of them are in " code { (file) } ". Where the pointer rests on one, and in a column of its own, is its key." }
        (tables(&lines(set)))
    };
    chapter(set, "measures", level, "All measures", &inside)
}

/// A column of a table of objects: its key and its heading.
type Column = (&'static str, &'static str);

const FAULTS: [Column; 7] = [
    ("name", "Fault"),
    ("incidents", "Incidents"),
    ("agents_hit", "Agents put out of service"),
    ("agents_not_back", "Not back at the end"),
    ("half_back_s", "Half back after"),
    ("most_back_s", "95 % back after"),
    ("all_back_s", "All back after"),
];

const SITES: [Column; 7] = [
    ("name", "Site"),
    ("in_service_lowest", "Fewest in service"),
    ("in_service_peak", "Most in service"),
    ("logins", "Logins"),
    ("logins_peak", "Most logins in one window"),
    ("login_queue_longest", "Longest login queue"),
    ("login_wait_longest_s", "Longest login wait"),
];

const PAIRS: [Column; 6] = [
    ("name", "Server pair"),
    ("site", "Site"),
    ("downtime_s", "Down"),
    ("outages", "Outages"),
    ("failovers", "Failovers"),
    ("uncovered", "Losses without failover"),
];

/// Most rows of a table of objects.
const MOST: usize = 60;

/// A list of objects of the answer as a table.
fn objects(set: &Set<'_>, (list, name): (&str, &str), columns: &[Column]) -> Markup {
    let all = set.answer[list].as_array().map_or(&[][..], Vec::as_slice);
    let rest = all.len().saturating_sub(MOST);
    let body = html! {
        thead { tr { @for (key, name) in columns { th scope="col" title=(key) { (name) } } } }
        tbody {
            @for one in all.iter().take(MOST) {
                tr { @for (key, _) in columns { (object_cell(one, list, key)) } }
            }
        }
    };
    let table = html! {
        (scrolled(name, &body))
        @if rest > 0 { p.rest { (rest) " further rows are in " code { (set.answer_file()) } "." } }
    };
    match all.len() {
        0 => html! { p { (name) ": there are none." } },
        1..=12 => table,
        rows => details(name, rows, &table),
    }
}

fn object_cell(one: &Value, list: &str, key: &str) -> Markup {
    let name = one["name"].as_str().unwrap_or_default();
    match &one[key] {
        Value::String(text) => html! { th scope="row" { (chosen(text)) } },
        Value::Number(number) => {
            let measure = chosen(&format!("{list}.{name}.{key}"));
            let value = number.as_f64().unwrap_or(0.0);
            let shown = match key.ends_with("_s") {
                true => words::length(total(value)),
                false => words::count(value as u64),
            };
            html! { td.n title={ (measure) " = " (number) } data-key=(measure) data-value=(number) { (shown) } }
        }
        _ => html! { td.n { "-" } },
    }
}
