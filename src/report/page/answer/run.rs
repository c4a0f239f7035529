//! The answer of a single run: who was in service, who lost service and for how long, what the worst
//! fault did.

use maud::{Markup, html};
use serde_json::Value;

use super::timeouts::sweep_of_timeout;
use super::waits::waits;
use super::{Sentence, command};
use crate::report::numbers::agent_time_beside;
use crate::report::page::found::{share, total};
use crate::report::page::parts::{chosen, details, scrolled};
use crate::report::page::set::{DOWNTIME_FILE, Set};
use crate::report::text::out_at_the_end;
use crate::report::words;

/// Causes of downtime, and what each means.
pub(in crate::report::page) const CAUSES: [(&str, &str); 8] = [
    ("off", "without power or starting"),
    ("undetected", "before the loss is noticed"),
    ("no-site", "without any site"),
    ("restoring", "restoring"),
    ("switching", "switching over"),
    ("reconnecting", "reconnecting"),
    ("phone", "waiting for the phone"),
    ("not-ready", "getting ready"),
];

pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    let all = [service(set), lost(set), worst(set)];
    all.into_iter().flatten().collect()
}

/// Seconds in words.
fn length(seconds: f64) -> String {
    words::length(total(seconds))
}

fn service(set: &Set<'_>) -> Option<Sentence> {
    let agents = set.number("agents")? as u64;
    let from = set.local(0.0).map_or_else(String::new, |local| format!(" from {local}"));
    let over = length(set.number("horizon_s")?) + &from;
    let lost = set.number("downtime_s.total")?;
    let who = words::counted(agents, "agent was", "agents were");
    let text = match lost {
        0.0 => format!("Over {over}, {who} in service all the time."),
        _ => format!(
            "Over {over}, {who} in service for {} {}: {} are lost.",
            share(set.number("availability")?),
            words::of_time(set.number("staff.staffed_s").is_some()),
            words::agent_time(total(lost), agents)
        ),
    };
    Some(Sentence::with(text, "in-service", "Agents in service over time"))
}

fn lost(set: &Set<'_>) -> Option<Sentence> {
    let of = |key: &str| set.number(&format!("outages.service_lost.{key}"));
    let (count, agents) = (of("count")? as u64, of("agents")? as u64);
    if count == 0 {
        return Some(Sentence::plain("No agent lost service.".to_owned()));
    }
    let all = set.number("agents")? as u64;
    let who =
        format!("{} ({})", words::counted(agents, "agent", "agents"), words::share(agents, all));
    let times = if count == agents {
        String::new()
    } else {
        format!(" {}", words::counted(count, "time", "times"))
    };
    let text = format!(
        "{who} lost service{times}; half of these outages lasted at most {}, the longest {}.",
        length(of("duration_s.p50")?),
        length(of("duration_s.max")?)
    );
    Some(Sentence::with(text, "durations", "How long outages lasted"))
}

/// The fault of the incident that cost most agent time; of equal ones the first.
fn worst_of(set: &Set<'_>) -> Option<String> {
    let csv = set.csv("faults.csv").ok()??;
    let lost = |row: &[String]| csv.number(row, "lost_s").unwrap_or(0.0);
    let worst = csv.rows.iter().rev().max_by(|one, other| lost(one).total_cmp(&lost(other)))?;
    Some(csv.cell(worst, "fault").to_owned())
}

/// The declared fault of the worst incident.
fn worst(set: &Set<'_>) -> Option<Sentence> {
    let number = |fault: &Value, key: &str| fault[key].as_f64().unwrap_or(0.0);
    let name = worst_of(set);
    let faults = set.answer["faults"].as_array()?.iter();
    let mut hit = faults.filter(|fault| number(fault, "agents_hit") > 0.0);
    let named = hit.clone().find(|fault| fault["name"].as_str() == name.as_deref());
    let worst = named.or_else(|| hit.next())?;
    let back = |key: &str| worst[key].as_f64().map(length);
    let incidents = number(worst, "incidents") as u64;
    let hit = number(worst, "agents_hit") as u64;
    let back = match (back("half_back_s"), back("all_back_s")) {
        (_, Some(all)) if hit == 1 => format!("it was back after {all}"),
        _ if hit == 1 => "it was not back at the end".to_owned(),
        (Some(half), Some(all)) => format!("half were back after {half}, all after {all}"),
        (Some(half), None) => format!("half were back after {half}, some never"),
        _ => "most were not back at the end".to_owned(),
    };
    let hit = match incidents {
        1 => format!("{} out of service", words::counted(hit, "agent", "agents")),
        _ => format!(
            "agents out of service {} in {}",
            words::counted(hit, "time", "times"),
            words::counted(incidents, "incident", "incidents")
        ),
    };
    let name = chosen(worst["name"].as_str().unwrap_or_default());
    let out = set.answer["outages"]["censored"].as_u64().unwrap_or(0);
    let last = out_at_the_end(out, number(worst, "agents_not_back") as u64);
    let when = when(set, worst, incidents);
    let text = format!("The worst fault, \"{name}\"{when}, put {hit}; {back}.{last}");
    Some(Sentence::with(text, "timeline", "Timeline"))
}

/// When the only incident of a fault began, where its local time is known.
fn when(set: &Set<'_>, fault: &Value, incidents: u64) -> String {
    let began = || {
        let csv = set.csv("faults.csv").ok()??;
        let own = |row: &&Vec<String>| Some(csv.cell(row, "fault")) == fault["name"].as_str();
        let from = csv.number(csv.rows.iter().find(own)?, "from_s")?;
        set.local(from).map(|_| format!(" at {}", set.instant(from)))
    };
    began().filter(|_| incidents == 1).unwrap_or_default()
}

/// Whether callers come.
pub(in crate::report::page) fn has_calls(set: &Set<'_>) -> bool {
    set.answer["calls"].as_array().is_some_and(|queues| !queues.is_empty())
}

/// The downtime of every cause.
pub(in crate::report::page) fn causes_table(set: &Set<'_>) -> Markup {
    let agents = set.number("agents").unwrap_or(0.0) as u64;
    let whole = total(set.number("downtime_s.total").unwrap_or(0.0));
    let rows = CAUSES.into_iter().filter_map(|(cause, meaning)| {
        let key = format!("downtime_s.by_cause.{cause}");
        let seconds = set.number(&key)?;
        let words = agent_time_beside(whole, total(seconds), agents);
        Some(html! {
            tr {
                th scope="row" title=(key) { (meaning) " (" (cause) ")" }
                td.n data-key=(key) data-value=(seconds) title=(seconds) { (words) }
            }
        })
    });
    let body = html! {
        thead { tr { th scope="col" { "Cause" } th.n scope="col" { "Downtime" } } }
        tbody { @for row in rows { (row) } }
    };
    details("Data table", CAUSES.len(), &scrolled("Downtime by cause", &body))
}

/// The largest part of the downtime: its share, and its cause with what that means.
fn largest_cause(set: &Set<'_>) -> Option<(f64, (&'static str, &'static str))> {
    let whole = set.number("downtime_s.total").filter(|whole| *whole > 0.0)?;
    let of = |cause: (&'static str, &'static str)| {
        Some((set.number(&format!("downtime_s.by_cause.{}", cause.0))? / whole, cause))
    };
    CAUSES.into_iter().filter_map(of).reduce(|most, one| if one.0 > most.0 { one } else { most })
}

/// The agent group that has most of the downtime, where there are others.
fn one_group(set: &Set<'_>) -> Option<Markup> {
    let csv = set.csv(DOWNTIME_FILE).ok()??;
    let own = csv.rows.iter().filter(|row| csv.cell(row, "by") == "group");
    let groups =
        own.filter_map(|row| Some((csv.cell(row, "name"), csv.number(row, "downtime_s")?)));
    let groups: Vec<(&str, f64)> = groups.collect();
    let whole: f64 = groups.iter().map(|(_, seconds)| seconds).sum();
    let (name, most) =
        groups.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| groups.len() > 1)?;
    (*most > 0.5 * whole).then(|| {
        html! {
            "Agent group " (chosen(name)) " has " (share(most / whole)) " of the downtime: "
            a href={ "#" (set.id("by-group")) } { "Downtime by agent group" } "."
        }
    })
}

/// What restoring cost, where it cost anything.
fn way_home(set: &Set<'_>) -> Option<Markup> {
    let count = set.number("outages.trips_home.count").filter(|count| *count > 0.0)? as u64;
    let longest = length(set.number("outages.trips_home.duration_s.max")?);
    Some(html! {
        "Going home to the preferred site opened " (words::counted(count, "more outage", "more outages"))
        ", the longest " (longest) ": "
        a href={ "#" (set.id("durations")) } { "How long outages lasted" } "."
    })
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let mut all = Vec::new();
    let largest = largest_cause(set);
    if let Some((part, (_, meaning))) = largest {
        all.push(html! {
            "The largest part of the downtime, " (share(part)) ", is spent " (meaning) ": "
            a href={ "#" (set.id("causes")) } { "Downtime by cause" } "."
        });
    }
    all.extend(one_group(set));
    all.extend(way_home(set));
    all.extend(waits(set));
    for one in set.answer["overloads"].as_array().into_iter().flatten() {
        all.push(html! {
            "Site " (chosen(one["site"].as_str().unwrap_or_default())) " took more than it is sized for ("
            (one["capacity"].as_str().unwrap_or_default()) "). The simulation does not slow down there, so the downtime is too low."
        });
    }
    let random = match (set.may_be_random(), has_calls(set)) {
        (true, _) => Some(("faults are random", ["--precision", "5%"])),
        (false, true) => Some(("callers come at random", ["--replications", "100"])),
        _ => None,
    };
    all.extend(random.map(|(why, [option, number])| {
        html! {
            "One run proves little where " (why) ": "
            (command(&["switchover", "run", set.scenario(), option, number]))
            " gives every number an interval."
        }
    }));
    if set.answer["faults"].as_array().is_none_or(Vec::is_empty) {
        all.push(html! { "Nothing failed in this run: without a fault or drain no timeout changes anything." });
        return all;
    }
    all.push(match sweep_of_timeout(set, largest.map_or("", |(_, (cause, _))| cause)) {
        Some(sweep) => html! { "Try other timeouts under the same faults: " (sweep) "." },
        None => html! { "Disaster recovery is off for the agents with most of the downtime: no timeout changes that." },
    });
    all
}
