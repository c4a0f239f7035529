//! What the variants of a comparison change besides the downtime: needless switchovers, calls, money; each with its
//! paired difference and the interval of that.

use serde_json::Value;

use super::{Sentence, events, level, money};
use crate::model::Unit;
use crate::report::compare::letters;
use crate::report::numbers::{self, Scale};
use crate::report::page::found::Found;
use crate::report::page::measures::in_list;
use crate::report::page::set::Set;
use crate::report::{ASSUMPTIONS_FILE, words};

/// What is counted in a replication.
const COUNTED: [(&str, &str); 4] = [
    ("switchovers.needless", "Needless switchovers in a replication"),
    ("all_calls.failed", "Calls that failed, in a replication"),
    ("all_calls.cost.failed", "Calls that failed because of the faults, in a replication"),
    ("money.total", "What the outages cost in a replication"),
];

/// A sentence for each that any variant has.
pub(super) fn sentences(set: &Set<'_>, others: &[Value]) -> Vec<Sentence> {
    let agents = of_agents(set, others.len() + 1);
    let each = COUNTED.iter().filter_map(|(measure, name)| {
        let unit = match (*measure, money::currency(set)) {
            ("money.total", currency) if !currency.is_empty() => format!(", in {currency}"),
            _ => String::new(),
        };
        let counts = counts(set, others, measure, &agents)?;
        Some(Sentence::with(
            format!("{name}{unit}: {counts}."),
            "variants",
            "Variants side by side",
        ))
    });
    each.collect()
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

/// The mean of every variant, then the differences from the first, unless the variants have other numbers of agents.
fn counts(set: &Set<'_>, others: &[Value], measure: &str, agents: &[String]) -> Option<String> {
    let measures: Vec<&Value> =
        others.iter().map(|other| in_list(&other["measures"], measure)).collect();
    let first = measures.first()?["first"]["value"].as_f64()?;
    let rest: Option<Vec<f64>> =
        measures.iter().map(|measure| measure["this"]["value"].as_f64()).collect();
    let all: Vec<f64> = std::iter::once(first).chain(rest?).collect();
    all.iter().any(|number| *number != 0.0).then_some(())?;
    let each = all.iter().zip(agents).enumerate();
    let each = each.map(|(at, (number, of))| format!("{} in {}{of}", events(*number), letters(at)));
    let each = each.collect::<Vec<_>>().join(", ");
    if agents.iter().any(|of| !of.is_empty()) {
        return Some(each);
    }
    let differences = (1..).zip(&measures).filter_map(|(at, measure)| {
        let found = difference(set, Found::of(&measure["difference"]), Unit::Count)?;
        Some(format!("{} - A is {found}", letters(at)))
    });
    let differences = differences.collect::<Vec<_>>().join("; ");
    Some(if differences.is_empty() { each } else { format!("{each}; {differences}") })
}

/// A paired difference with its interval: `-46.9 s (95 % interval -52.6 to -41.7 s)`.
pub(super) fn difference(set: &Set<'_>, found: Found, unit: Unit) -> Option<String> {
    let value = found.value?;
    let scale = Scale::of(value.abs().max(found.error().unwrap_or(0.0)), found.error(), unit);
    Some(match found.interval() {
        Some(same) if same.low == same.high => {
            format!("{} in every replication", numbers::value(value, unit))
        }
        Some(interval) => {
            format!("{} ({} interval {})", scale.full(value), level(set), scale.interval(interval))
        }
        None => format!("{} (too few replications for an interval)", scale.full(value)),
    })
}
