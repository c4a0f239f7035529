//! What an episode amounted to: the downtime and its causes, what the other decision would have
//! cost, and why the agent came back when it did. The numbers come from the measures.

use crate::measures::{Kept, MoveRow, OutageRow};
use crate::model::{RestoreWhen, Stages};
use crate::time::{Span, Time};
use crate::trace::{Cause, Reason};

use super::agent::StoryAgent;
use super::clock::{length, since_start, time_of_day};
use super::sentences::cause_words;

/// How long an outage lasted, and why.
pub(super) fn outage(row: &OutageRow) -> String {
    let shares = Cause::ALL.iter().zip(row.by_cause).filter(|(_, share)| *share > Span::ZERO);
    let shares: Vec<String> =
        shares.map(|(cause, share)| format!("{} {}", cause_words(*cause), length(share))).collect();
    let open = if row.censored { "; still out when the run ends" } else { "" };
    format!("Out of service for {}: {}{open}.", length(row.length()), shares.join(", "))
}

/// Whether it was right to stay, for an outage without a switchover.
pub(super) fn stayed(agent: &StoryAgent<'_>, row: &OutageRow) -> Option<String> {
    if row.switchovers > 0 {
        return None;
    }
    let switched = row.if_switched?;
    let verdict = match row.regret {
        Some(regret) if regret > Span::ZERO => format!("staying cost {} more", length(regret)),
        _ if row.length() == switched => "it makes no difference".to_owned(),
        _ => "staying was right".to_owned(),
    };
    // Only the logins are looked up: the phone, and what both sites do later, may spoil it in reality.
    let home = agent.profile.auto_restore && row.site == Some(agent.profile.preferred.site);
    let home = if home { " and one restore that succeeds," } else { "," };
    let would = format!("would have cost {}", length(switched));
    let phone = "with a phone that works there";
    Some(format!("Switching over when the loss was noticed, {phone}{home} {would}: {verdict}."))
}

/// Whether a switchover paid off.
pub(super) fn switched(row: &MoveRow, kept: &Kept) -> Option<String> {
    let stay = row.if_stayed?;
    let (cost, whole) = cost(row, kept);
    let verdict = match row.regret {
        Some(regret) if regret > Span::ZERO => format!("{} more than staying", length(regret)),
        _ if whole == stay => "it makes no difference".to_owned(),
        _ => "it paid off".to_owned(),
    };
    Some(format!("Staying would have cost {}; {cost}: {verdict}.", length(stay)))
}

/// What the flap window says of a move.
pub(super) fn fluttered(agent: &StoryAgent<'_>, row: &MoveRow) -> Option<String> {
    let window = length(agent.model.flap_window);
    if row.flap {
        Some(format!("A flap: it began within {window} of the agent's latest restore."))
    } else if row.premature {
        let site = agent.site(row.to);
        Some(format!("A premature restore: {site} was lost again within {window}."))
    } else {
        None
    }
}

/// What a switchover cost, in words and in all: the outage it ended, and the one that the way back
/// opened.
fn cost(row: &MoveRow, kept: &Kept) -> (String, Span) {
    let ended = kept.outages.iter().find(|o| o.from <= row.begun && row.begun < o.to);
    let back = kept.moves.iter().find(|other| other.begun > row.begun);
    let back = back.filter(|other| other.is_restore());
    let opened = back.and_then(|b| kept.outages.iter().find(|o| o.from == b.begun && o.by_restore));
    let there = ended.map_or(Span::ZERO, OutageRow::length);
    let words = format!("switching over cost {}", length(there));
    match opened.map(OutageRow::length) {
        Some(back) => (format!("{words}, and going back another {}", length(back)), there + back),
        None => (words, there),
    }
}

/// Why a restore began when it did. `found`: the probe that first found the preferred site.
pub(super) fn came_back(
    agent: &StoryAgent<'_>,
    row: &MoveRow,
    kept: &Kept,
    found: Option<Time>,
) -> Option<String> {
    if row.reason != Reason::Restore {
        return None;
    }
    let every = length(agent.model.probe_interval(agent.profile));
    let login = kept.moves.iter().rfind(|other| other.begun < row.begun)?.logged_in;
    let from = login.map_or(String::new(), |at| format!(" from {}", since_start(at)));
    let since = row.available.map_or(String::new(), |since| {
        format!("{} had been available since {}; ", agent.preferred(), since_start(since))
    });
    let rest = match found {
        Some(found) if found < row.begun => {
            format!("the first to find it was at {}, and {}", since_start(found), waited(agent))
        }
        _ => "this probe was the first to find it".to_owned(),
    };
    Some(format!("Why then: {since}the desktop probes it every {every}{from}; {rest}."))
}

/// What a restore waited for after the first successful probe.
fn waited(agent: &StoryAgent<'_>) -> String {
    let what_if = &agent.model.what_if;
    let mut reasons = Vec::new();
    if what_if.hold_down > Span::ZERO {
        reasons.push(format!("the hold-down is {}", length(what_if.hold_down)));
    }
    if let Some(Stages { count, step }) = what_if.stages {
        reasons.push(format!("restores have {count} stages, {} apart", length(step)));
    }
    if let RestoreWhen::Window { from, to } = agent.model.policy.restore_when {
        let [from, to] = [from, to].map(time_of_day);
        reasons.push(format!("restores wait for the window from {from} to {to}"));
    }
    if what_if.restore_jitter.is_some() {
        reasons.push("a jitter follows".to_owned());
    }
    match (reasons.is_empty(), agent.model.calls_hold_agents()) {
        (false, _) => reasons.join(", and "),
        (true, true) => "it waited for the end of a call and the work after it".to_owned(),
        (true, false) => "it waited".to_owned(),
    }
}
