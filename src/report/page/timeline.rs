//! The chapter on the course of a run: the whole run as swim lanes, its worst incidents from close
//! by, and buttons with which a script shows any other.

use maud::{Markup, html};

use super::figures::chart;
use super::found::total;
use super::lanes::{Course, Incident, course, longest, most_telling};
use super::local::LATEST;
use super::parts::{csv_table, details, heading};
use super::set::{GROUPS_FILE, Refused, Set};
use crate::model::Clock;
use crate::report::charts::{Block, Lane, Lanes, State, lanes_chart};
use crate::report::text::out_at_the_end;
use crate::report::words;
use crate::time::NANOS;

/// Incidents that are drawn from close by.
const CLOSE: usize = 2;

/// Letters from which on a button is cut, and those that it keeps of a name.
const LONG: usize = 60;
const NAME: usize = 24;

/// Incidents that have a button.
const BUTTONS: usize = 12;

/// Space before an incident, as a share of its window.
const BEFORE: f64 = 0.1;

/// Steps of agents in service that a window must hold for them to be drawn in it.
const FEWEST: f64 = 8.0;

/// With at most this many lanes, those in which nothing changes are drawn, too.
const READABLE: usize = 20;

/// An incident that fills this share of the run is seen well enough in it.
const WIDE: f64 = 0.4;

/// The chapter, by its name.
pub(super) fn timeline(set: &Set<'_>, level: u8, name: &str) -> Result<Markup, Refused> {
    let Some(course) = course(set)? else {
        return Ok(html! {
            section id=(set.id("timeline")) {
                (heading(level, name))
                p.missing { "faults.csv or states.csv is not in this directory, so the course of the run cannot be drawn." }
            }
        });
    };
    let horizon = length(set);
    let worst = worst(&course.incidents);
    let tables = html! {
        @for (file, name) in [("states.csv", "Data table: states"), ("groups.csv", "Data table: groups"), ("faults.csv", "Data table: faults")] {
            @if let Some(csv) = set.csv(file)? { (details(name, csv.rows.len(), &csv_table(&set.with_local(csv), file))) }
        }
    };
    let whole = whole(set, &course, horizon);
    Ok(html! {
        section id=(set.id("timeline")) {
            (heading(level, name))
            (buttons(set, &course.incidents, &worst))
            (chart(set, "lanes", &whole, &tables))
            (left(&course))
            @for incident in close(&worst, horizon) {
                (heading(level + 1, &format!("Incident: {}, T+0 = {}", incident.name, set.instant(incident.span.0))))
                (chart(set, &format!("incident-{}", incident.span.0), &near(set, &course, incident), &effect(set, incident)))
            }
        }
    })
}

/// The length of the run, in seconds.
fn length(set: &Set<'_>) -> f64 {
    set.number("horizon_s").unwrap_or(0.0)
}

fn at(seconds: f64) -> String {
    words::length(total(seconds))
}

/// The incidents that put agents out of service, the one that cost most agent time first.
fn worst(incidents: &[Incident]) -> Vec<&Incident> {
    let mut all: Vec<&Incident> = incidents.iter().filter(|one| one.hit > 0.0).collect();
    all.sort_by(|a, b| b.lost.total_cmp(&a.lost));
    all
}

/// From shortly before an incident until it is over and all agents are back.
fn window(incident: &Incident, horizon: f64) -> (f64, f64) {
    let from = incident.span.0;
    let to = f64::max(incident.span.1, from + incident.all_back).min(horizon);
    let room = f64::max((to - from) * BEFORE, 1.0);
    ((from - room).max(0.0), (to + 2.0 * room).min(horizon))
}

/// The worst incidents that are too short to be seen in the whole run.
fn close<'i>(worst: &[&'i Incident], horizon: f64) -> Vec<&'i Incident> {
    let short = |one: &&&Incident| {
        let (from, to) = window(one, horizon);
        to - from < WIDE * horizon
    };
    worst.iter().filter(short).take(CLOSE).copied().collect()
}

fn whole(set: &Set<'_>, course: &Course, horizon: f64) -> String {
    let number = words::counted(course.incidents.len() as u64, "incident", "incidents");
    let drawn = course.group_lanes.drawn(set, (0.0, horizon));
    let (lanes, quiet) = stirred([course.lanes.clone(), drawn.lanes].concat());
    lanes_chart(&Lanes {
        title: format!(
            "{number} in {}: what failed, and where agents were in service",
            at(horizon)
        ),
        note: format!(
            "A lane per fault and site, per part that ever failed, per group{}{}{}",
            means(course),
            most(drawn.step),
            calm(quiet)
        ),
        lanes: &lanes,
        window: (0.0, horizon),
        zero: 0.0,
        local: set.local(0.0),
        dated: set.clock().filter(|clock| clock.date.is_some() && horizon <= LATEST),
    })
}

/// What the height of agents in service is.
fn means(course: &Course) -> String {
    if course.step > 0.0 {
        format!("; agents in service: mean of each {}", at(course.step))
    } else {
        String::new()
    }
}

/// What is shown of groups where not every change is.
fn most(step: Option<f64>) -> String {
    step.map_or_else(String::new, |step| format!("; groups: the most in each {}", at(step)))
}

/// Lanes that are left out.
fn calm(lanes: usize) -> String {
    match lanes {
        0 => String::new(),
        lanes => format!(
            "; {} left out",
            words::counted(lanes as u64, "lane without a change", "lanes without a change")
        ),
    }
}

/// Lanes for which there is no space.
fn further(lanes: usize) -> String {
    match lanes {
        0 => String::new(),
        lanes => format!("; {} left out", words::counted(lanes as u64, "lane more", "lanes more")),
    }
}

fn near(set: &Set<'_>, course: &Course, incident: &Incident) -> String {
    let window = window(incident, length(set));
    let is_coarse = course.step * FEWEST > window.1 - window.0;
    let drawn = course.group_lanes.drawn(set, window);
    let seen = course.all.iter().map(|lane| within(lane, window, is_coarse));
    let (lanes, more) = most_telling(seen.filter(|lane| !lane.blocks.is_empty()).collect());
    let (mut lanes, _) = longest(lanes);
    lanes.extend(drawn.lanes.into_iter().filter(|lane| !lane.blocks.is_empty()));
    let (lanes, quiet) = stirred(lanes);
    let coarse = if is_coarse && course.step > 0.0 {
        format!("; agents in service are known as means of {} only", at(course.step))
    } else {
        String::new()
    };
    let zero = incident.span.0;
    let local = set.local(zero);
    let said =
        |local: &Option<String>| local.as_ref().map_or_else(String::new, |at| format!("{at}, "));
    lanes_chart(&Lanes {
        title: format!("{}, and what followed", incident.name),
        note: format!(
            "T+0 is {}{} after the start of the run{coarse}{}{}{}",
            said(&local),
            at(zero),
            most(drawn.step),
            calm(quiet),
            further(more)
        ),
        lanes: &lanes,
        window,
        zero,
        local,
        dated: None,
    })
}

/// What is seen of a lane in a window; agents in service only where their steps are short enough
/// for it.
fn within(lane: &Lane, (from, to): (f64, f64), is_coarse: bool) -> Lane {
    let shown = |block: &&Block| {
        let is_seen = block.span.0 < to && block.span.1 > from;
        is_seen && !(is_coarse && matches!(block.state, State::InService(_)))
    };
    let blocks = lane.blocks.iter().filter(shown).cloned().collect();
    Lane { name: lane.name.clone(), blocks }
}

/// The lanes in which something changed, where there are many; and how many are left out.
fn stirred(lanes: Vec<Lane>) -> (Vec<Lane>, usize) {
    let all = lanes.len();
    let changes = |lane: &Lane| {
        lane.blocks.len() > 1
            || lane.blocks.iter().any(|block| !matches!(block.state, State::InService(_)))
    };
    let kept: Vec<Lane> = match all > READABLE && lanes.iter().any(changes) {
        true => lanes.into_iter().filter(changes).collect(),
        false => lanes,
    };
    let quiet = all - kept.len();
    (kept, quiet)
}

/// What an incident did, in words.
fn effect(set: &Set<'_>, incident: &Incident) -> Markup {
    let out = set.answer["outages"]["censored"].as_u64().unwrap_or(0);
    let hit = words::counted(incident.hit as u64, "agent", "agents");
    let all = if incident.hit > 1.0 { "All were" } else { "It was" };
    html! {
        p {
            (hit) " put out of service. "
            @if incident.hit > 1.0 && incident.half_back > 0.0 { "Half were back after " (at(incident.half_back)) ". " }
            @if incident.not_back > 0.0 { (words::not_back(incident.not_back as u64)) "." }
            @else if incident.all_back > 0.0 { (all) " back after " (at(incident.all_back)) "." }
            (out_at_the_end(out, incident.not_back as u64))
        }
    }
}

/// Buttons that a script brings to life; without it they are not shown.
fn buttons(set: &Set<'_>, incidents: &[Incident], worst: &[&Incident]) -> Markup {
    let horizon = length(set);
    // Local time at the start: seconds from midnight, or from the midnight before Monday.
    let clock = set.clock();
    let week = clock.as_ref().and_then(|clock| clock.weekday).map(|_| "");
    let date = clock.as_ref().and_then(|clock| clock.date).map(|date| date.to_string());
    let changes =
        clock.as_ref().map(|clock| changes(clock, horizon)).filter(|changes| !changes.is_empty());
    let clock = clock.map(|clock| clock.monday() * 86_400 + clock.time.0 / NANOS);
    let mut shown: Vec<&Incident> = worst.iter().take(BUTTONS).copied().collect();
    shown.sort_by(|a, b| a.span.0.total_cmp(&b.span.0));
    let more = incidents.len().saturating_sub(shown.len());
    html! {
        div.zoom hidden data-clock=[clock] data-week=[week] data-date=[date] data-changes=[changes] {
            button type="button" data-from="0" data-to=(horizon) aria-pressed="true" { "Whole run" }
            @for one in shown {
                @let (from, to) = window(one, horizon);
                @let (short, whole) = named(set, one);
                button type="button" data-from=(from) data-to=(to) data-zero=(one.span.0) aria-pressed="false" title=[whole] {
                    (short)
                }
            }
            @if more > 0 { span { " " (words::count(more as u64)) " more: zoom with + and -, move with the arrow keys" } }
            output.readout { }
        }
    }
}

/// What a button says; in whole beside it if that is long.
fn named(set: &Set<'_>, one: &Incident) -> (String, Option<String>) {
    let whole = format!("{} at {}", one.name, set.instant(one.span.0));
    if whole.chars().count() <= LONG {
        return (whole, None);
    }
    let at = set.local(one.span.0).unwrap_or_else(|| set.instant(one.span.0));
    (format!("{} at {at}", cut(&one.name)), Some(whole))
}

/// A name cut in the middle: names that differ often do so at the end.
fn cut(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= NAME {
        return name.to_owned();
    }
    let part = |letters: &[char]| letters.iter().collect::<String>();
    let (head, tail) = (&letters[..NAME / 2], &letters[letters.len() - NAME / 2..]);
    format!("{}...{}", part(head).trim_end(), part(tail).trim_start())
}

/// When the clocks change in a run, and how far they are ahead from then on, in seconds: `3600:3600 18144000:0`.
fn changes(clock: &Clock, horizon: f64) -> String {
    let zone = clock.zone.iter().flat_map(|zone| &zone.changes);
    let run = zone.take_while(|change| change.at.0 as f64 / 1e9 < horizon);
    let each = run.map(|change| format!("{}:{}", change.at.0 / NANOS, change.shift.0 / NANOS));
    each.collect::<Vec<_>>().join(" ")
}

/// What did not fit.
fn left(course: &Course) -> Markup {
    html! {
        @if course.lanes_left > 0 {
            p.rest { (words::count(course.lanes_left as u64)) " further lanes are in " code { "states.csv" } "." }
        }
        @if course.group_lanes.left > 0 {
            p.rest {
                (words::counted(course.group_lanes.left as u64, "further group", "further groups"))
                ", with less agent time out of service, are in " code { (GROUPS_FILE) } "."
            }
        }
        @if course.blocks_left > 0 {
            p.rest {
                (words::count(course.blocks_left as u64)) " shorter intervals are not drawn; they are in "
                code { "states.csv" } " and " code { "faults.csv" } "."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_ends() {
        assert_eq!(cut("site north"), "site north");
        let names = ["7", "14"].map(|n| cut(&format!("outage of the whole building number {n}")));
        assert_eq!(names, ["outage of th...ing number 7", "outage of th...ng number 14"]);
    }
}
