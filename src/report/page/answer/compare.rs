//! The answer of a comparison: for each variant whether it has more or less downtime than the first,
//! and in how many replications.

use maud::{Markup, html};
use serde_json::Value;

use super::changed::{self, difference};
use super::{Sentence, command, not_weighed, replications, weighs_downtime};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::compare::letters;
use crate::report::numbers::percent;
use crate::report::page::found::Found;
use crate::report::page::measures::in_list;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;
use crate::report::words;

/// Most variants that have a sentence of their own.
const MOST: usize = 3;

/// What the chart of the differences shows.
const DIFFERENCES: &str = "Differences, replication by replication";

/// What a variant is called: only its settings, with short paths, where it is the first with others.
pub(in crate::report::page) fn variant_name(set: &Set<'_>, other: &Value) -> String {
    let name = other["name"].as_str().unwrap_or_default();
    let Some(settings) = name.strip_prefix(&format!("{} with ", set.text("first"))) else {
        return chosen(name);
    };
    let short = |setting: &str| match setting.split_once('=') {
        Some((path, value)) => format!("{}={value}", crate::experiment::short(path)),
        None => setting.to_owned(),
    };
    chosen(&settings.split(", ").map(short).collect::<Vec<_>>().join(", "))
}

/// The other variants.
pub(in crate::report::page) fn others<'s>(set: &'s Set<'_>) -> &'s [Value] {
    set.answer["against"].as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    let others = others(set);
    let mut all = not_weighed(set);
    if weighs_downtime(set) {
        let each = (1..).zip(others).take(MOST);
        all.extend(each.filter_map(|(at, one)| sentence(set, at, one)));
    }
    all.extend(changed::sentences(set, &others[..others.len().min(MOST)]));
    if others.len() > MOST {
        let more = words::count((others.len() - MOST) as u64);
        all.push(Sentence::plain(format!("{more} more variants are in the table.")));
    }
    all
}

/// Whether a variant has more or less downtime than the first, as far as the interval shows it.
fn sentence(set: &Set<'_>, at: usize, other: &Value) -> Option<Sentence> {
    let measure = in_list(&other["measures"], DOWNTIME_PER_AGENT);
    let found = Found::of(&measure["difference"]);
    let letter = letters(at);
    found.value?;
    let name = variant_name(set, other);
    let which = match found.interval() {
        Some(interval) if interval.high < 0.0 => "has less downtime than A",
        Some(interval) if interval.low > 0.0 => "has more downtime than A",
        Some(interval) if interval.low == interval.high => {
            let text =
                format!("{letter} ({name}) has the same downtime as A in every replication.");
            return Some(Sentence::with(text, "differences", DIFFERENCES));
        }
        _ => "is not shown to differ from A in downtime",
    };
    let difference = difference(set, found, Unit::Time)?;
    let better = measure["better"]["value"].as_f64();
    let better = better.map_or_else(String::new, |share| {
        format!(" It is better in {} of {}.", percent(share), replications(set))
    });
    let text =
        format!("{letter} ({name}) {which}: {letter} - A is {difference} per agent.{better}");
    Some(Sentence::with(text, "differences", DIFFERENCES))
}

/// A look at the variant with the least downtime of those that are shown to have less than the first; that
/// there is none.
fn from_close_by(set: &Set<'_>, open: usize) -> Option<Markup> {
    let found =
        |other: &Value| Found::of(&in_list(&other["measures"], DOWNTIME_PER_AGENT)["difference"]);
    let less = (1..).zip(others(set)).filter_map(|(at, other)| {
        let found = found(other);
        found.interval().filter(|found| found.high < 0.0)?;
        Some((at, other, found.value?))
    });
    let Some((at, best, _)) = less.min_by(|a, b| a.2.total_cmp(&b.2)) else {
        return (open == 0).then(|| html! { "No variant has less downtime than A." });
    };
    let name = best["name"].as_str()?;
    let is_set = name.starts_with(&format!("{} with ", set.text("first")));
    let mut words = vec!["switchover", "run", if is_set { set.scenario() } else { name }];
    let settings = set.provenance("settings").as_array().filter(|_| is_set);
    settings
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .for_each(|one| words.extend(["--set", one]));
    words.push("--report");
    Some(html! { "Look at " (letters(at)) " from close by: " (command(&words)) "." })
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let weighs = weighs_downtime(set);
    let open = others(set).iter().filter(|other| {
        let measure = in_list(&other["measures"], DOWNTIME_PER_AGENT);
        let found = Found::of(&measure["difference"]).interval();
        found.is_none_or(|found| found.low <= 0.0 && found.high >= 0.0 && found.low < found.high)
    });
    let open = if weighs { open.count() } else { 0 };
    let close_by = if weighs { from_close_by(set, open) } else { None };
    let mut all: Vec<Markup> = close_by.into_iter().collect();
    if open > 0 {
        all.push(html! {
            "Where no difference is shown, more replications may show one: raise " code { "--replications" } "."
        });
    }
    for change in set.answer["changes"].as_array().into_iter().flatten() {
        if change["changes_nothing"] == true {
            let why = chosen(change["instead"].as_str().unwrap_or_default());
            all.push(html! { code { (chosen(change["path"].as_str().unwrap_or_default())) } " changes nothing for anybody: " (why) "." });
        }
    }
    for finding in set.answer["findings"].as_array().into_iter().flatten().take(5) {
        let code = finding["code"].as_str().unwrap_or_default();
        all.push(html! { "Check finding " code { (code) } ": " (chosen(finding["message"].as_str().unwrap_or_default())) "." });
    }
    all
}
