//! What cannot be weighed between variants because of what they differ in, in sentences.

use crate::experiment::{Goal, Tradeoff, Unlike};

use super::words;

/// The sentences; `noun`: what one variant is.
pub(super) fn notes(tradeoff: &Tradeoff, noun: &str) -> Vec<String> {
    let unlike = &tradeoff.unlike;
    if let Some(Unlike::Times([shortest, longest])) = unlike.first() {
        let times = format!("{} to {}", words::span(*shortest), words::span(*longest));
        return vec![format!(
            "The {noun}s cover different times ({times}), and what faults do adds up with time, so no {noun} is called better: give all of them the same horizon."
        )];
    }
    let shifts = unlike.contains(&Unlike::Shifts);
    let each = unlike.iter().filter_map(|unlike| match unlike {
        Unlike::Agents if !shifts => Some(format!(
            "The {noun}s have different numbers of agents, so needless switchovers, flaps and peak logins, which grow with that number, are not weighed."
        )),
        Unlike::Shifts => Some(format!(
            "The agents of the {noun}s are on duty at different times, and only that time counts, so downtime, needless switchovers, flaps and peak logins are not weighed."
        )),
        Unlike::Callers => {
            Some(format!("Different calls come in the {noun}s, so calls are not weighed."))
        }
        Unlike::Levels if tradeoff.has(Goal::LateCalls) => Some(format!(
            "What \"in time\" means differs between the {noun}s, so calls not in time are not weighed."
        )),
        Unlike::Windows => Some(format!(
            "Calls are simulated in windows around faults only, and without faults not the same calls fail in the {noun}s, so calls are not weighed."
        )),
        _ => None,
    });
    let mut all: Vec<String> = each.collect();
    if tradeoff.priced && unlike.iter().any(|unlike| unlike.is_of_staff()) {
        all.push(format!(
            "Costs are those of the outages: they leave out wages and calls that fail without faults, and the staff of the {noun}s differs."
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    fn told(unlike: Vec<Unlike>, besides: &[Goal], priced: bool) -> Vec<String> {
        let besides = besides.iter().map(|goal| (*goal, vec![1.0, 2.0])).collect();
        let pareto = vec![true; 2];
        notes(&Tradeoff { objectives: vec![], besides, unlike, priced, pareto }, "point")
    }

    #[test]
    fn other_times_leave_nothing_to_weigh() {
        let times = [Span::from_secs(7_200), Span::from_secs(86_400)];
        assert_eq!(
            told(vec![Unlike::Times(times), Unlike::Agents], &[], true),
            [
                "The points cover different times (2 h to 1 d), and what faults do adds up with time, so no point is called \
              better: give all of them the same horizon."
            ]
        );
    }

    #[test]
    fn other_staff_leaves_calls_and_says_what_costs_leave_out() {
        let costs = "Costs are those of the outages: they leave out wages and calls that fail without faults, and the \
                     staff of the points differs.";
        assert_eq!(
            told(vec![Unlike::Agents], &[], true),
            [
                "The points have different numbers of agents, so needless switchovers, flaps and peak logins, which grow \
              with that number, are not weighed.",
                costs
            ]
        );
        assert_eq!(
            told(vec![Unlike::Agents, Unlike::Shifts], &[], true),
            [
                "The agents of the points are on duty at different times, and only that time counts, so downtime, needless \
              switchovers, flaps and peak logins are not weighed.",
                costs
            ]
        );
        assert_eq!(told(vec![Unlike::Shifts], &[], false).len(), 1, "without prices");
    }

    #[test]
    fn other_calls_are_not_weighed() {
        let calls = [Goal::FailedCalls, Goal::LateCalls];
        assert_eq!(
            told(vec![Unlike::Callers, Unlike::Levels], &calls, false),
            [
                "Different calls come in the points, so calls are not weighed.",
                "What \"in time\" means differs between the points, so calls not in time are not weighed."
            ]
        );
        assert_eq!(
            told(vec![Unlike::Windows], &[Goal::CallsOfFaults], false),
            [
                "Calls are simulated in windows around faults only, and without faults not the same calls fail in the \
              points, so calls are not weighed."
            ]
        );
    }
}
