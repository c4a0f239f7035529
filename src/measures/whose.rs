//! Which incident an interval of calls belongs to: each to one, so that what faults cost adds up.
//!
//! It belongs to the incident that goes on; of several to the one that hit most agents, of equal
//! ones to the latest. An incident goes on to the end of the interval in which its last target is
//! up again. Where none goes on, it belongs to the last one that had any. So a short fault during
//! the loss of a site takes nothing over, and one that hits more agents than the loss has the time
//! while it lasts, not what comes after it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::time::{Span, Time};

use super::incident::Incident;

/// An incident, and how many agents it hit.
pub(super) type IncidentHits = (Incident, u64);

/// A time, and the number of the incident that it belongs to.
type Owned = (Range<Time>, usize);

/// The intervals of a run, one after the other, as far as they belong to an incident. An incident has the one before its
/// start as well, if none goes on there: calls that it cuts off came then.
pub(super) fn intervals(
    incidents: &[IncidentHits],
    interval: Span,
    count: usize,
) -> Vec<(Range<usize>, usize)> {
    let number = |at: Time| number(at, interval);
    let whole = |&(incident, hit): &IncidentHits| {
        let from = Time(number(incident.from) as i64 * interval.0);
        (Incident { from, ..incident }, hit)
    };
    let struck: Vec<IncidentHits> = incidents.iter().map(whole).collect();
    let found = owned(&struck, interval, Time(interval.0.saturating_mul(count as i64)));
    let in_intervals = |(span, owner): Owned| (number(span.start)..number(span.end), owner);
    let mut found: Vec<_> = found.into_iter().map(in_intervals).collect();
    for later in 1..found.len() {
        let ([.., (before, last)], [(own, owner), ..]) = found.split_at_mut(later) else {
            continue;
        };
        let begins = number(incidents[*owner].0.from) == own.start;
        if begins && number(incidents[*last].0.to) + 1 < own.start {
            own.start -= 1;
            before.end -= 1;
        }
    }
    found
}

/// The interval that holds an instant.
pub(super) const fn number(at: Time, interval: Span) -> usize {
    (at.0 / interval.0) as usize
}

/// The times of incidents in order of their starts, up to an end.
fn owned(incidents: &[IncidentHits], interval: Span, end: Time) -> Vec<Owned> {
    let mut changes: Vec<(Time, bool, usize)> = Vec::with_capacity(2 * incidents.len());
    for (position, (incident, _)) in incidents.iter().enumerate() {
        let over = (number(incident.to.min(end), interval) as i64 + 1).saturating_mul(interval.0);
        changes.push((incident.from, true, position));
        changes.push((Time(over), false, position));
    }
    changes.sort_unstable();
    let mut going: BTreeSet<(u64, usize)> = BTreeSet::new();
    let mut found: Vec<Owned> = Vec::new();
    for group in changes.chunk_by(|a, b| a.0 == b.0) {
        for &(_, begins, position) in group {
            let one = (incidents[position].1, position);
            if begins {
                going.insert(one)
            } else {
                going.remove(&one)
            };
        }
        let at = group[0].0;
        let Some(&(_, owner)) = going.last().filter(|_| at < end) else { continue };
        match found.last_mut() {
            Some((_, known)) if *known == owner => continue,
            Some((span, _)) => span.end = at,
            None => {}
        }
        found.push((at..end, owner));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::faults::Source;
    use crate::model::FaultId;

    use super::*;

    /// Incidents from and to a minute, and whom they hit; whose each minute of two hours is in intervals of ten.
    fn shown(incidents: &[(i64, i64, u64)]) -> String {
        let minute = |at: i64| Time::from_secs(60 * at);
        let struck: Vec<IncidentHits> = incidents
            .iter()
            .map(|&(from, to, hit)| {
                let source = Source::Fault(FaultId(0));
                (Incident { source, from: minute(from), to: minute(to) }, hit)
            })
            .collect();
        let found = owned(&struck, Span::from_secs(600), minute(120));
        let each = found.iter().map(|(span, owner)| {
            let [from, to] = [span.start, span.end].map(|at| at.0 / minute(1).0);
            format!("{owner}: {from}-{to}")
        });
        each.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_time_belongs_to_what_hit_most_agents_of_all_that_goes_on() {
        assert_eq!(shown(&[(15, 20, 5)]), "0: 15-120");
        // One after the other, the second much smaller.
        assert_eq!(shown(&[(15, 20, 5), (40, 41, 0)]), "0: 15-40, 1: 40-120");
        // A blip during a loss, and one while agents come home.
        assert_eq!(shown(&[(15, 55, 5), (30, 31, 4), (57, 58, 0)]), "0: 15-120");
        // What goes on when the loss is over has the time from then on.
        assert_eq!(shown(&[(15, 55, 5), (30, 75, 4)]), "0: 15-60, 1: 60-120");
        // A blip that hits more has its own time only.
        assert_eq!(shown(&[(15, 65, 5), (30, 31, 8)]), "0: 15-30, 1: 30-40, 0: 40-120");
        // Of equal ones the later.
        assert_eq!(shown(&[(15, 65, 5), (30, 45, 5)]), "0: 15-30, 1: 30-50, 0: 50-120");
        assert_eq!(shown(&[(15, 65, 5), (15, 45, 7)]), "1: 15-50, 0: 50-120");
        // Past the end.
        assert_eq!(shown(&[(15, 500, 5), (130, 140, 5)]), "0: 15-120");
    }

    #[test]
    fn in_intervals_the_one_before_the_start_belongs_to_it_if_none_goes_on_there() {
        let minute = |at: i64| Time::from_secs(60 * at);
        let one = |from, to| Incident {
            source: Source::Fault(FaultId(0)),
            from: minute(from),
            to: minute(to),
        };
        let found = |second| intervals(&[(one(15, 16), 2), second], Span::from_secs(600), 12);
        assert_eq!(found((one(50, 80), 4)), [(1..4, 0), (4..12, 1)]);
        assert_eq!(found((one(35, 80), 4)), [(1..2, 0), (2..12, 1)]);
        assert_eq!(found((one(25, 80), 4)), [(1..2, 0), (2..12, 1)]);
        assert_eq!(found((one(18, 80), 1)), [(1..2, 0), (2..12, 1)]);
        assert_eq!(found((one(18, 19), 1)), [(1..12, 0)]);
    }
}
