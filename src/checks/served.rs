//! S027 and S028: queues of calls that no agent can serve, for a time or at all, and calls that are
//! more work than agents have time for. What a fault does to them is not considered.

use std::collections::{BTreeMap, BTreeSet};

use super::report::Report;
use super::scene::Scene;
use super::words::moment;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{Arrivals, GroupId, Model, Queue, ShiftId};
use crate::scenario::document::Calls;
use crate::time::{Span, Time};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    let queues: Vec<_> = scene.document.calls.iter().zip(&model.calls.queues).collect();
    let mut work = 0.0;
    for (written, queue) in &queues {
        let duty = Duty::of(model, &queue.groups.iter().copied().collect());
        report_all(report, unserved(written, queue, &duty, model));
        let own = work_of(queue, model);
        if own > duty.hours && !duty.open.is_empty() {
            let whose = format!("the calls of `{}` are", queue.name);
            report.add(too_much(&whose, own, duty.hours, handling(written)));
            return;
        }
        work += own;
    }
    let groups = queues.iter().flat_map(|(_, queue)| queue.groups.iter().copied()).collect();
    let hours = Duty::of(model, &groups).hours;
    if let Some((written, _)) = queues.first().filter(|_| hours > 0.0 && work > hours) {
        report.add(too_much("the calls of all queues are", work, hours, handling(written)));
    }
}

fn report_all(report: &mut Report, found: Option<Diagnostic>) {
    found.into_iter().for_each(|found| report.add(found));
}

fn handling(written: &Calls) -> TextSpan {
    written.handling.as_ref().map_or(written.span, |handling| handling.span)
}

/// When agents of some groups are on duty.
struct Duty {
    /// Times in which at least one is, one after the other.
    open: Vec<(Time, Time)>,
    /// Hours of all of them together.
    hours: f64,
    /// Agents, on duty or not.
    agents: u64,
}

impl Duty {
    fn of(model: &Model, groups: &BTreeSet<GroupId>) -> Self {
        // A roster has thousands of cohorts, and few shifts.
        let mut by_shift: BTreeMap<Option<ShiftId>, u64> = BTreeMap::new();
        for cohort in model.cohorts.iter().filter(|cohort| groups.contains(&cohort.group)) {
            cohort
                .by_shift()
                .for_each(|(shift, number)| *by_shift.entry(shift).or_default() += number);
        }
        let (mut open, mut hours, mut agents) = (Vec::new(), 0.0, 0);
        for (shift, number) in by_shift.into_iter().filter(|(_, number)| *number > 0) {
            let own = times(shift, model);
            let length: f64 = own.iter().map(|(from, to)| in_hours(*to - *from)).sum();
            (hours, agents) = (hours + length * number as f64, agents + number);
            open.extend(own);
        }
        Self { open: joined(open), hours, agents }
    }
}

/// The times of a shift in the run; all of it where there is no shift.
fn times(shift: Option<ShiftId>, model: &Model) -> Vec<(Time, Time)> {
    let Some(shift) = shift else { return vec![(Time::ZERO, model.horizon)] };
    let hours = model.shifts[shift.index()].hours.intervals();
    let within = hours.map(|(from, to)| (from.max(Time::ZERO), to.min(model.horizon)));
    within.filter(|(from, to)| from < to).collect()
}

/// Times that touch or overlap as one.
fn joined(mut all: Vec<(Time, Time)>) -> Vec<(Time, Time)> {
    all.sort_unstable();
    let mut found: Vec<(Time, Time)> = Vec::new();
    for (from, to) in all {
        match found.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => found.push((from, to)),
        }
    }
    found
}

/// S027: no agents, none on duty in the run, or none while calls come.
fn unserved(written: &Calls, queue: &Queue, duty: &Duty, model: &Model) -> Option<Diagnostic> {
    let (name, arrivals) = (&queue.name, written.arrivals.as_ref()?.span);
    let groups = written.groups.as_ref().map_or(written.span, |groups| groups.span);
    if duty.open.is_empty() {
        let why = if duty.agents == 0 { "has an agent" } else { "has an agent on duty in the run" };
        let message = format!("nobody can serve `{name}`: none of its groups {why}");
        let found = Diagnostic::warning("S027", message, groups);
        return Some(found.help("name other groups, or give them agents; no call is answered"));
    }
    let (mut all, mut missed, mut first) = (0.0, 0.0, None);
    let mut open = duty.open.iter().peekable();
    for (from, to, per_hour) in rates(&queue.arrivals, model.horizon) {
        all += per_hour * in_hours(to - from);
        let mut at = from;
        while at < to && per_hour > 0.0 {
            while open.next_if(|(_, end)| *end <= at).is_some() {}
            let (opens, closes) = open.peek().map_or((to, to), |open| **open);
            if at < opens {
                let end = opens.min(to);
                missed += per_hour * in_hours(end - at);
                first.get_or_insert((at, end));
            }
            at = closes.max(opens).max(at).min(to);
        }
    }
    let (at, end) = first.filter(|_| missed >= 1.0)?;
    let message = format!(
        "nobody is on duty for `{name}` when {missed:.0} of its {all:.0} calls come, first from {} to {}",
        moment(model, at),
        moment(model, end)
    );
    let help = "give the arrivals the hours of the shifts (`[{ when = \"Mon-Fri 08:00-18:00\", rate = ... }]`, or rows of 0 calls), or somebody a \
                longer shift; these calls fail with and without faults";
    Some(Diagnostic::warning("S027", message, arrivals).label("expected in the run").help(help))
}

/// Rates of calls in a run, one after the other.
fn rates(arrivals: &Arrivals, horizon: Time) -> Vec<(Time, Time, f64)> {
    if arrivals.repeats {
        let per_hour = arrivals.pieces.iter().map(|piece| piece.per_hour).sum();
        return vec![(Time::ZERO, horizon, per_hour)];
    }
    let mut from = Time::ZERO - arrivals.phase;
    let each = arrivals.pieces.iter().map(|piece| {
        let start = from;
        from += piece.lasts;
        (start.max(Time::ZERO), from.min(horizon), piece.per_hour)
    });
    each.filter(|(from, to, _)| from < to).collect()
}

/// The work of all calls of a queue that are expected, in hours.
fn work_of(queue: &Queue, model: &Model) -> f64 {
    let calls: f64 = rates(&queue.arrivals, model.horizon)
        .into_iter()
        .map(|(from, to, per_hour)| per_hour * in_hours(to - from))
        .sum();
    calls * (queue.handling.mean_s() + queue.after_call.mean_s()) / 3_600.0
}

/// S028.
fn too_much(whose: &str, work: f64, hours: f64, span: TextSpan) -> Diagnostic {
    let message = format!(
        "{whose} more work than their agents have time for: {work:.0} h of work, {hours:.0} h on duty"
    );
    let help = "look at the units of `handling`, `after-call` and `arrivals`, or add agents; without faults, too, callers wait longer \
                and longer, or give up";
    Diagnostic::warning("S028", message, span).help(help)
}

fn in_hours(span: Span) -> f64 {
    span.as_secs_f64() / 3_600.0
}
