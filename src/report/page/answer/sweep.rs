//! The answer of a sweep: which points may have the least downtime, and what they change from today.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sentence, command, level, not_weighed, replications, weighed, weighs_downtime};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::numbers::Scale;
use crate::report::page::found::Found;
use crate::report::page::measures::in_list;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;

/// Most points that are named in a sentence.
const MOST: usize = 8;

/// The points.
pub(in crate::report::page) fn points<'s>(set: &'s Set<'_>) -> &'s [Value] {
    set.answer["points"].as_array().map_or(&[], Vec::as_slice)
}

/// What is varied, with short paths.
pub(in crate::report::page) fn parameters(set: &Set<'_>) -> Vec<String> {
    let all = set.answer["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let all = all.iter().filter_map(Value::as_str);
    all.map(|path| chosen(&crate::experiment::short(path))).collect()
}

/// The values of a point: `30`, `30 / 5s`.
pub(in crate::report::page) fn name(point: &Value) -> String {
    let values = point["values"].as_array().map_or(&[][..], Vec::as_slice);
    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    chosen(&values.join(" / "))
}

pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    let weighed = weighed(set);
    let downtime = weighs_downtime(set);
    let of_downtime = [least(set), today(set)].into_iter().filter(|_| downtime);
    let all = of_downtime.chain([pareto(set, &weighed)]).flatten();
    not_weighed(set).into_iter().chain(all).collect()
}

fn chosen_points<'s>(set: &'s Set<'_>, key: &str) -> Vec<&'s Value> {
    points(set).iter().filter(|point| point[key] == true).collect()
}

/// A point with what is varied: `disaster-recovery.timeout = 15`.
fn named(set: &Set<'_>, point: &Value) -> String {
    format!("{} = {}", parameters(set).join(" / "), name(point))
}

fn listed(points: &[&Value]) -> String {
    let shown: Vec<String> = points.iter().take(MOST).map(|point| name(point)).collect();
    match points.len().checked_sub(MOST) {
        None | Some(0) => shown.join(", "),
        Some(more) => format!("{} and {more} more", shown.join(", ")),
    }
}

fn least(set: &Set<'_>) -> Option<Sentence> {
    let may_be = chosen_points(set, "may_have_least_downtime");
    let text = match &may_be[..] {
        [] => "Today's scenario has less downtime than every point.".to_owned(),
        [only] => {
            let found = Found::of(&in_list(&only["measures"], DOWNTIME_PER_AGENT)["here"]);
            let found = found.with_interval(Unit::Time, &level(set))?;
            format!(
                "{} has less downtime than every other point: {found} per agent.",
                named(set, only)
            )
        }
        all => format!(
            "Any of {} for {} may have the least downtime: {} do not separate them.",
            listed(all),
            parameters(set).join(" / "),
            replications(set)
        ),
    };
    Some(Sentence::with(text, "tradeoff", "Trade-off"))
}

/// What the best points change from today.
fn today(set: &Set<'_>) -> Option<Sentence> {
    let may_be = chosen_points(set, "may_have_least_downtime");
    let best = may_be.iter().find(|point| point["today"] != true)?;
    let found = Found::of(&in_list(&best["measures"], DOWNTIME_PER_AGENT)["difference"]);
    let (value, interval) = (found.value?, found.interval()?);
    let scale = Scale::of(value.abs().max(found.error().unwrap_or(0.0)), found.error(), Unit::Time);
    let text = format!(
        "Compared with today, {} changes the downtime per agent by {} ({} interval {}).",
        named(set, best),
        scale.full(value),
        level(set),
        scale.interval(interval)
    );
    Some(Sentence::with(text, "sweep", "All points"))
}

/// Which points no other one dominates, in what is weighed.
fn pareto(set: &Set<'_>, weighed: &[&str]) -> Option<Sentence> {
    let all = chosen_points(set, "pareto");
    (!all.is_empty() && !weighed.is_empty()).then(|| {
        let goals = crate::report::tradeoff::listed(weighed);
        let text = match all.len() == points(set).len() {
            true => format!("No point can be ruled out: each is better than any other in one of {goals}."),
            false => format!("Every other point is shown to be worse in something, and is on average better in nothing ({goals}), than one of {}.", listed(&all)),
        };
        Sentence::with(text, "points", "Table of points")
    })
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let mut all = Vec::new();
    let may_be = match weighs_downtime(set) {
        true => chosen_points(set, "may_have_least_downtime"),
        false => Vec::new(),
    };
    let parameters = set.answer["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if let Some(best) = may_be.iter().find(|point| point["today"] != true) {
        let values = best["values"].as_array().map_or(&[][..], Vec::as_slice);
        let settings = parameters.iter().zip(values).map(|(path, value)| {
            format!("{}={}", path.as_str().unwrap_or_default(), value.as_str().unwrap_or_default())
        });
        let settings: Vec<String> = settings.collect();
        let mut words = vec!["switchover", "compare", set.scenario()];
        settings.iter().for_each(|setting| words.extend(["--set", setting]));
        words.extend(["--replications", "400"]);
        all.push(html! {
            "The best of many points is partly best by chance. Compare it with today alone: " (command(&words)) "."
        });
    }
    if may_be.len() > 1 {
        all.push(html! { "More replications separate more points: raise " code { "--replications" } "." });
    }
    for finding in set.answer["findings"].as_array().into_iter().flatten().take(5) {
        let code = finding["code"].as_str().unwrap_or_default();
        all.push(html! { "Check finding " code { (code) } ": " (chosen(finding["message"].as_str().unwrap_or_default())) "." });
    }
    all
}
