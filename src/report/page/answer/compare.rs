//! The answer of a comparison: for each variant whether it has more or less downtime than the first,
//! and in how many replications.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sentence, events, level, replications};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::compare::letters;
use crate::report::numbers::{Scale, percent};
use crate::report::page::found::Found;
use crate::report::page::measures::in_list;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;
use crate::report::{ASSUMPTIONS_FILE, words};

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
    let mut all: Vec<Sentence> =
        (1..).zip(others).take(MOST).filter_map(|(at, one)| sentence(set, at, one)).collect();
    all.extend(
        needless(set, others).map(|text| Sentence::with(text, "variants", "Variants side by side")),
    );
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
    let (value, letter) = (found.value?, letters(at));
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
    let scale = Scale::of(value.abs().max(found.error().unwrap_or(0.0)), found.error(), Unit::Time);
    let difference = match found.interval() {
        Some(interval) => {
            format!("{} ({} interval {})", scale.full(value), level(set), scale.interval(interval))
        }
        None => format!("{} (too few replications for an interval)", scale.full(value)),
    };
    let better = measure["better"]["value"].as_f64();
    let better = better.map_or_else(String::new, |share| {
        format!(" It is better in {} of {}.", percent(share), replications(set))
    });
    let text =
        format!("{letter} ({name}) {which}: {letter} - A is {difference} per agent.{better}");
    Some(Sentence::with(text, "differences", DIFFERENCES))
}

/// The numbers of agents of the first variants, in brackets, where they differ.
fn of_agents(set: &Set<'_>, variants: usize) -> Vec<String> {
    let csv = set.csv(ASSUMPTIONS_FILE).ok().flatten().unwrap_or_default();
    // Every agent has a value of this option.
    let agents = |variant: usize| -> f64 {
        let own = csv.rows.iter().filter(|row| {
            csv.cell(row, "variant") == letters(variant)
                && csv.cell(row, "name") == "disaster-recovery.enabled"
        });
        own.filter_map(|row| csv.number(row, "agents")).sum()
    };
    let all: Vec<f64> = (0..variants).map(agents).collect();
    let differ = all.iter().any(|agents| *agents != all[0]);
    let said = |agents: &f64| match differ {
        true => format!(" ({})", words::counted(*agents as u64, "agent", "agents")),
        false => String::new(),
    };
    all.iter().map(said).collect()
}

/// What the differences cost in needless switchovers.
fn needless(set: &Set<'_>, others: &[Value]) -> Option<String> {
    let measures = others.iter().take(MOST);
    let measures = measures.map(|other| in_list(&other["measures"], "switchovers.needless"));
    let measures: Vec<&Value> = measures.collect();
    let first = measures.first()?["first"]["value"].as_f64()?;
    let rest: Option<Vec<f64>> =
        measures.iter().map(|measure| measure["this"]["value"].as_f64()).collect();
    let all: Vec<f64> = std::iter::once(first).chain(rest?).collect();
    let agents = of_agents(set, all.len());
    let each = all.iter().zip(&agents).enumerate();
    let each = each.map(|(at, (number, of))| format!("{} in {}{of}", events(*number), letters(at)));
    let each = each.collect::<Vec<_>>().join(", ");
    let any = all.iter().any(|number| *number != 0.0);
    any.then(|| format!("Needless switchovers in a replication: {each}."))
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let open = others(set).iter().filter(|other| {
        let measure = in_list(&other["measures"], DOWNTIME_PER_AGENT);
        let found = Found::of(&measure["difference"]).interval();
        found.is_none_or(|found| found.low <= 0.0 && found.high >= 0.0 && found.low < found.high)
    });
    let mut all = Vec::new();
    if open.count() > 0 {
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
