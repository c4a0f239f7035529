//! The summary for a terminal: first sentences that a manager understands, then the measures.
//!
//! Rounded for reading; the caller says for what screen.

use crate::measures::{Durations, Impact, Ratio, Results, Spread, Total};
use crate::model::{Cohort, Model};
use crate::time::{Span, Time};
use crate::trace::Cause;

use super::call_sentences;
use super::layout::Screen;
use super::money_sentence;
use super::overload::{MEANING, finding};
use super::planner;
use super::text_table;
use super::words;

/// The whole text; laid out for a screen.
#[must_use]
pub fn text(results: &Results, model: &Model, screen: Screen) -> String {
    let title = model.heading();
    let mut out = format!("{}\n\n", screen.bold(title));
    for sentence in sentences(results, model) {
        out.push_str(&sentence);
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&text_table::table(results, model, screen.width));
    out.push('\n');
    let planner = planner::run_table(results, model, screen.width);
    if planner.is_empty() { out } else { format!("{out}\n{planner}") }
}

/// What happened, for people.
fn sentences(results: &Results, model: &Model) -> Vec<String> {
    let mut all = vec![service(results, model)];
    if model.faults.is_empty() && model.drains.is_empty() {
        all.push("Nothing fails in this scenario: it has no fault and no drain.".to_owned());
    }
    all.extend(service_lost(results));
    all.extend(trips_home(results));
    all.extend(causes(results));
    all.extend(worst(results, model));
    all.extend(moves(results, model));
    all.extend(call_sentences::sentences(results, model));
    all.extend(results.money(model).map(|money| money_sentence::of_run(&money, model)));
    all.extend(left_open(results));
    all.extend(one_set(model));
    all.extend(overloads(results, model));
    all
}

fn service(results: &Results, model: &Model) -> String {
    let agents = results.counts.agents;
    let from = model.clock.as_ref().map_or_else(String::new, |clock| format!(" from {clock}"));
    let whole = words::span(results.horizon - Time::ZERO) + &from;
    let who = words::counted(agents, "agent was", "agents were");
    match results.downtime().0 {
        _ if agents == 0 => "There were no agents.".to_owned(),
        0 => format!("Over {whole}, {who} in service all the time."),
        _ => format!(
            "Over {whole}, {who} in service for {} {}.",
            words::percent(results.availability()),
            words::of_time(!model.shifts.is_empty())
        ),
    }
}

/// Who lost service, and for how long. Trips home are not among these outages.
fn service_lost(results: &Results) -> Option<String> {
    let counts = &results.counts;
    let agents = match counts.agents {
        1 => "The agent".to_owned(),
        all => format!(
            "{} ({})",
            words::counted(counts.agents_lost, "agent", "agents"),
            words::share(counts.agents_lost, all)
        ),
    };
    let times = match results.service_lost.count() {
        1 => " once".to_owned(),
        count if count == counts.agents_lost => String::new(),
        count => format!(" {} times", words::count(count)),
    };
    let lengths = lengths(&results.service_lost, counts.agents)?;
    Some(format!("{agents} lost service{times}{lengths}."))
}

/// What the trips home added.
fn trips_home(results: &Results) -> Option<String> {
    let lengths = lengths(&results.trips_home, results.counts.agents)?;
    let more = words::counted(results.trips_home.count(), "more outage", "more outages");
    Some(format!("Going home to the preferred site opened {more}{lengths}."))
}

/// How long outages of one kind lasted; `None` if there were none.
fn lengths(outages: &Durations, agents: u64) -> Option<String> {
    let spread = Spread::of(outages)?;
    if spread.count == 1 {
        return Some(format!(", for {}", words::span(spread.max)));
    }
    Some(format!(
        ": {} in all; half of these outages lasted at most {}{}, the longest {}",
        words::agent_time(Total(spread.sum), agents),
        words::span(spread.p50),
        words::within(spread.exact),
        words::span(spread.max)
    ))
}

/// The causes that make up most of the downtime.
fn causes(results: &Results) -> Option<String> {
    let whole = results.downtime().0;
    let mut shares = Cause::ALL.map(|cause| (results.counts.downtime[cause as usize], cause));
    shares.sort_by_key(|(total, cause)| (std::cmp::Reverse(total.0), *cause));
    let told: Vec<String> = shares
        .iter()
        .take(3)
        .filter(|(total, _)| total.0 * 20 >= whole && total.0 > 0)
        .map(|(total, cause)| {
            let share = words::percent(Ratio { part: total.0, whole });
            format!("{share} {}", meaning(*cause))
        })
        .collect();
    (whole > 0).then(|| format!("Downtime by cause: {}.", told.join(", ")))
}

/// A cause of downtime in a few words.
fn meaning(cause: Cause) -> &'static str {
    match cause {
        Cause::Off => "without power or starting",
        Cause::Undetected => "before the loss was noticed",
        Cause::NoSite => "without any site",
        Cause::Restoring => "restoring",
        Cause::Switching => "switching over",
        Cause::Reconnecting => "reconnecting",
        Cause::Phone => "waiting for the phone",
        Cause::NotReady => "getting ready",
    }
}

/// The incident that cost most agent time.
fn worst(results: &Results, model: &Model) -> Option<String> {
    let impact = worst_impact(results)?;
    let (incident, recovery) = (&impact.incident, &impact.recovery);
    let at = words::instant(model, incident.from);
    let hit = words::counted(recovery.hit, "agent", "agents");
    let back = match (recovery.until(50), recovery.until(95), recovery.until(100)) {
        (_, _, Some(all)) if recovery.hit == 1 => format!("back after {}", words::span(all)),
        (Some(half), Some(most), Some(all)) => format!(
            "half were back after {}, 95 % after {}{}, all after {}",
            words::span(half),
            words::span(most),
            words::within(recovery.back.is_exact()),
            words::span(all)
        ),
        (half, _, _) => {
            let half = half_back(half, recovery.back.is_exact());
            format!("{half}{}", words::not_back(recovery.missing()))
        }
    };
    let name = incident.name(model);
    let last = out_at_the_end(results.counts.censored, recovery.missing());
    Some(format!("Worst incident: \"{name}\" at {at} put {hit} out of service; {back}.{last}"))
}

/// How many agents are out of service at the end, where some of an incident are not back and others are out again:
/// their number alone would say less.
pub(super) fn out_at_the_end(out: u64, missing: u64) -> String {
    if missing == 0 || out <= missing {
        return String::new();
    }
    format!(" In all {} agents were out of service at the end.", words::count(out))
}

/// The incident that cost most agent time ([`Impact::lost`]: until each agent hit was back, those
/// not back up to the end of the run); of equal ones the first. `None`: no agent was hit.
pub(super) fn worst_impact(results: &Results) -> Option<&Impact> {
    let lost = |impact: &&Impact| impact.lost(results.horizon);
    let worst = results.impacts.iter().rev().max_by_key(lost)?;
    (worst.recovery.hit > 0).then_some(worst)
}

fn half_back(half: Option<Span>, exact: bool) -> String {
    let told =
        |half| format!("half were back after {}{}, ", words::span(half), words::within(exact));
    half.map_or_else(String::new, told)
}

/// That no agent switched over; and why, where disaster recovery is off.
fn no_move(model: &Model) -> String {
    let all = u64::from(model.agents());
    let off = |cohort: &&Cohort| model.profiles[cohort.profile.index()].peer.is_none();
    let off: u64 = model.cohorts.iter().filter(off).map(|cohort| u64::from(cohort.count)).sum();
    let of = if off == all { "all" } else { "some" };
    match off {
        0 => "No agent switched over.".to_owned(),
        _ => format!(
            "No agent switched over: disaster recovery is off for {of} of them ({} of {}).",
            words::count(off),
            words::counted(all, "agent", "agents")
        ),
    }
}

/// Switchovers and restores, and how many of them were for nothing.
fn moves(results: &Results, model: &Model) -> Option<String> {
    let (switchovers, counts) = (results.switchovers(), &results.counts);
    if switchovers == 0 {
        return Some(no_move(model));
    }
    let mut text = words::counted(switchovers, "switchover", "switchovers");
    if counts.needless > 0 {
        text += &format!(" ({} needless)", words::count(counts.needless));
    }
    text += &format!(" and {}", words::counted(counts.restores, "restore", "restores"));
    if counts.premature > 0 {
        text += &format!(" ({} too early)", words::count(counts.premature));
    }
    if counts.flaps > 0 {
        let window = words::span(model.flap_window);
        let flaps = words::counted(counts.flaps, "switchover", "switchovers");
        text += &format!("; {flaps} came within {window} of a restore (flapping)");
    }
    if counts.switchover_regret > Total::default() {
        text += &format!(
            "; staying would have saved {}",
            words::agent_time(counts.switchover_regret, counts.agents)
        );
    }
    if counts.stay_regret > Total::default() {
        let regret = words::agent_time(counts.stay_regret, counts.agents);
        text += &format!("; switching at once where agents stayed would have saved {regret}");
    }
    Some(format!("{text}."))
}

/// A single run of faults whose laws were fitted to a log with some uncertainty.
fn one_set(model: &Model) -> Option<String> {
    let sets = words::count(model.input_sets()? as u64);
    Some(format!(
        "Warning: a single run uses one of {sets} sets of fitted distributions, so it does not show \
         what the log leaves open; --replications {} uses them all.",
        model.input_sets()?
    ))
}

/// Capacities that were exceeded.
fn overloads(results: &Results, model: &Model) -> Vec<String> {
    let each = results.overloads(model);
    each.iter().map(|found| format!("Warning: {}; {}.", finding(found), MEANING)).collect()
}

fn left_open(results: &Results) -> Option<String> {
    let censored = results.counts.censored;
    let open = words::counted(censored, "outage was", "outages were");
    (censored > 0).then(|| format!("{open} still open at the end, counted at the length so far."))
}

#[cfg(test)]
mod tests {
    use super::out_at_the_end;

    #[test]
    fn who_is_out_at_the_end_is_said_where_the_incident_says_another_number() {
        assert_eq!(out_at_the_end(0, 0), "");
        assert_eq!(out_at_the_end(300, 300), "");
        assert_eq!(
            out_at_the_end(5000, 1800),
            " In all 5,000 agents were out of service at the end."
        );
        assert_eq!(out_at_the_end(2, 0), "", "they are of another incident");
    }
}
