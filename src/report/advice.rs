//! What has to be known about variants before their numbers are read, as text and as JSON: findings,
//! today's values, settings that change nothing.

use schemars::JsonSchema;
use serde::Serialize;

use super::words::counted;
use crate::diagnostic::Severity;
use crate::experiment::{Advice, Change, InForce, Remark, short};

/// The sign of a point in which `check` finds something.
pub(super) const SIGN: &str = "!";

/// A finding of `check`, with the variants in which it was made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct FindingSummary {
    /// Its code: `switchover check --explain CODE` says what it means.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The cause, as said of the first of the variants.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether it was found in the scenario as it is today (`compare`: in the first variant).
    pub today: bool,
    /// The points or variants in which it was found.
    pub found_in: Vec<String>,
}

/// What a setting changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct ChangeSummary {
    /// What is set: the full path.
    pub path: String,
    /// The values in force today.
    pub today: Vec<InForceSummary>,
    /// Agents that take the option from this setting; null where it is no option of agents.
    pub agents_affected: Option<u32>,
    /// Whether it changes nothing for any agent.
    pub changes_nothing: bool,
    /// Why it changes nothing, or nothing for some agents; null: it has an effect for all.
    pub instead: Option<String>,
}

/// A value in force today.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct InForceSummary {
    /// As written, or the default.
    pub value: String,
    /// For how many agents; null where it is no option of agents.
    pub agents: Option<u32>,
    /// Where it comes from: `default`, or the place in the scenario.
    pub from: String,
}

/// The findings for a file.
pub(super) fn findings(advice: &Advice) -> Vec<FindingSummary> {
    let finding = |remark: &Remark| FindingSummary {
        code: remark.code,
        severity: match remark.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        message: remark.message.clone(),
        help: remark.help.clone(),
        today: remark.today,
        found_in: remark.points.iter().map(|at| advice.labels[*at].clone()).collect(),
    };
    advice.remarks.iter().map(finding).collect()
}

/// The changes for a file.
pub(super) fn changes(advice: &Advice) -> Vec<ChangeSummary> {
    advice.changes.iter().map(change).collect()
}

/// One change for a file.
pub(super) fn change(change: &Change) -> ChangeSummary {
    let value = |one: &InForce| InForceSummary {
        value: one.value.clone(),
        agents: one.agents,
        from: one.from.clone(),
    };
    ChangeSummary {
        path: change.path.clone(),
        today: change.in_force.iter().map(value).collect(),
        agents_affected: change.reach.map(|(affected, _)| affected),
        changes_nothing: change.idle,
        instead: Some(change.instead.clone()).filter(|instead| !instead.is_empty()),
    }
}

/// Sentences about what is set, each with a final newline: today's value, and which agents it
/// concerns.
pub(super) fn sentences(advice: &Advice) -> String {
    advice.changes.iter().map(|change| today(change) + &effect(change)).collect()
}

/// `Today disaster-recovery.timeout is 60 for 4 agents (default) and 45 for 2 agents (...).`
pub(super) fn today(change: &Change) -> String {
    let alone = change.in_force.len() == 1;
    let values = change.in_force.iter().map(|one| match one.agents {
        Some(agents) if !alone => {
            format!(
                "{} for {} ({})",
                one.value,
                counted(agents.into(), "agent", "agents"),
                one.from
            )
        }
        _ => format!("{} ({})", one.value, one.from),
    });
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return String::new();
    }
    format!("Today {} is {}.\n", short(&change.path), values.join(" and "))
}

fn effect(change: &Change) -> String {
    let name = short(&change.path);
    match (change.idle, change.reach, change.instead.as_str()) {
        (true, _, why) => format!("{name} changes nothing for anybody: {why}.\n"),
        (false, Some((affected, all)), why) if affected < all => {
            let all = counted(all.into(), "agent", "agents");
            format!("{name} has an effect for {affected} of {all}: {why}.\n")
        }
        _ => String::new(),
    }
}

/// What is warned of at a point (`None`: today, or in the first variant) and not everywhere, for
/// behind its name; `None`: nothing.
pub(super) fn caution(advice: &Advice, at: Option<usize>) -> Option<String> {
    let common = advice.common();
    let mut codes = advice.codes_at(at);
    codes.retain(|code| !common.contains(code));
    (!codes.is_empty()).then(|| format!("warning {}", codes.join(" and ")))
}

/// What was found in the variants, for below a table: a line each, with the sign.
pub(super) fn footnotes(advice: &Advice) -> String {
    let line = |remark: &Remark| {
        format!("{SIGN} {} {}: {}.\n", remark.code, advice.place(remark), remark.message)
    };
    advice.remarks.iter().map(line).collect()
}
