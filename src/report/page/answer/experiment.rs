//! The answer of an experiment: downtime, availability and long outages, each with its interval.

use maud::{Markup, html};
use serde_json::Value;

use super::timeouts::sweep_of_timeout;
use super::{Sentence, command, level, replications};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::Unit;
use crate::report::page::found::{Found, total};
use crate::report::page::set::Set;
use crate::report::words;

/// Fewer replications know nothing of one in twenty.
const TWENTY: f64 = 20.0;

pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    let all = [downtime(set), unlucky(set), availability(set), long(set), open(set)];
    all.into_iter().flatten().collect()
}

fn estimate(set: &Set<'_>, measure: &str, unit: Unit) -> Option<String> {
    Found::of(&set.answer["estimates"][measure]).with_interval(unit, &level(set))
}

fn downtime(set: &Set<'_>) -> Option<Sentence> {
    let over = words::length(total(set.number("horizon_s")?));
    let found = estimate(set, DOWNTIME_PER_AGENT, Unit::Time)?;
    let text = format!(
        "In {over} an agent is out of service for {found} on average, in {}.",
        replications(set)
    );
    Some(Sentence::with(text, "downtime", "Downtime of all replications"))
}

/// What one replication in twenty has more of: chance, beside the interval of the mean.
fn unlucky(set: &Set<'_>) -> Option<Sentence> {
    let runs = &set.answer["estimates"][DOWNTIME_PER_AGENT]["runs"];
    runs["count"].as_f64().filter(|count| *count >= TWENTY)?;
    let found = Found::of(&runs["p95"]);
    found.value.filter(|value| *value > 0.0)?;
    let found = found.with_interval(Unit::Time, &level(set))?;
    let text = format!("One replication in twenty has more downtime per agent than {found}.");
    Some(Sentence::with(text, "downtime", "Downtime of all replications"))
}

fn availability(set: &Set<'_>) -> Option<Sentence> {
    let found = estimate(set, "availability", Unit::Share)?;
    let shifts = estimate(set, "staff.staffed_s", Unit::AgentTime).is_some();
    let text = format!("Agents are in service for {found} {}.", words::of_time(shifts));
    Some(Sentence::with(text, "convergence", "How the estimate settled"))
}

fn long(set: &Set<'_>) -> Option<Sentence> {
    let found = estimate(set, "outages.service_lost.duration_s.p95", Unit::Time)?;
    let text = format!("Of the losses of service, 95 % are over within {found}.");
    Some(Sentence::with(text, "survival", "How long outages last"))
}

/// Outages that durations count with less than they lasted.
fn open(set: &Set<'_>) -> Option<Sentence> {
    let mean = set.answer["estimates"]["outages.censored"]["value"].as_f64()?;
    let count = set.answer["replications"]["count"].as_f64()?;
    let open = libm::round(mean * count) as u64;
    let outages = words::counted(open, "outage was", "outages were");
    let text = format!("{outages} still open at the end, counted at the length so far.");
    (open > 0).then(|| Sentence::with(text, "survival", "How long outages last"))
}

pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    let thresholds = set.answer["thresholds"].as_array().map_or(&[][..], Vec::as_slice);
    let any = |outcome: &str| thresholds.iter().any(|one| one["outcome"] == outcome);
    let mut all = Vec::new();
    if any("FAIL") {
        all.push(html! {
            "A threshold failed."
            @if let Some(sweep) = sweep_of_timeout(set, "") {
                " See what another timeout changes, under the same faults: " (sweep) "."
            }
        });
    }
    let open = |one: &Value| one["open_outages"].is_u64();
    if thresholds.iter().any(|one| one["outcome"] == "INCONCLUSIVE" && !open(one)) {
        all.push(html! { "A threshold is undecided: more replications are needed." });
    }
    if thresholds.iter().any(open) {
        all.push(html! {
            "A threshold is undecided because outages were still open at the end and may break it: a longer \
             horizon is needed."
        });
    }
    let notable = set.answer["notable"].as_array().map_or(&[][..], Vec::as_slice);
    for one in notable.iter().filter(|one| one["reason"] == "worst_downtime") {
        let number = one["replication"].as_u64().unwrap_or_default().to_string();
        all.push(html! {
            "Look at the worst replication in detail: "
            (command(&["switchover", "replay", set.scenario(), "--replication", &number, "--report"]))
            "."
        });
    }
    all
}
