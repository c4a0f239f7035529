//! Where two staffs of the same agents differ.

use std::ops::Range;

use crate::time::{Span, Time};

use super::staff::{Change, Staff, StaffEvent};

/// The times in which the two staffs differ in something, in order. A call that is cut off in one
/// of them only gives a time of one nanosecond. The last time may have no end. O(changes + sites
/// squared + agents).
pub(super) fn stretches(one: &Staff, other: &Staff) -> Vec<Range<Time>> {
    let mut both = [Facts::new(one), Facts::new(other)];
    let mut rest = [&one.changes[..], &other.changes[..]];
    let (mut differing, mut since, mut found) = (0_i64, None, Vec::new());
    while let Some(at) = rest.iter().filter_map(|rest| rest.first()).map(|first| first.at).min() {
        let now = rest.map(|rest| &rest[..rest.partition_point(|change| change.at <= at)]);
        for side in 0..2 {
            rest[side] = &rest[side][now[side].len()..];
            differing += now[side].iter().map(|change| tell(&mut both, side, change)).sum::<i64>();
        }
        match (since, differing > 0) {
            (None, true) => since = Some(at),
            (Some(from), false) => {
                found.push(from..at);
                since = None;
            }
            (None, false) if cuts(now[0]).ne(cuts(now[1])) => found.push(at..at + Span(1)),
            _ => {}
        }
    }
    found.extend(since.map(|from| from..Time::NEVER));
    found
}

fn cuts(changes: &[Change]) -> impl Iterator<Item = &Change> {
    changes.iter().filter(|change| matches!(change.what, StaffEvent::Severed { .. }))
}

/// Applies a change to one side. Returns by how much more the sides differ.
fn tell(both: &mut [Facts; 2], side: usize, change: &Change) -> i64 {
    let Some((place, value)) = both[side].fact(change.what) else { return 0 };
    let differ = |both: &[Facts; 2]| i64::from(both[0].values[place] != both[1].values[place]);
    let before = differ(both);
    both[side].values[place] = value;
    differ(both) - before
}

/// What holds, each fact in a place of its own: sites, links, agents, dead contacts.
struct Facts {
    sites: usize,
    agents: usize,
    values: Vec<u32>,
}

impl Facts {
    fn new(staff: &Staff) -> Self {
        let (sites, agents) = (staff.sites, staff.groups.len());
        let mut values = vec![SERVES_AND_LIVES; sites];
        values.resize(sites + sites * sites, 1);
        values.resize(values.len() + agents * 3, 0);
        Self { sites, agents, values }
    }

    fn fact(&self, what: StaffEvent) -> Option<(usize, u32)> {
        let agents = self.sites + self.sites * self.sites;
        Some(match what {
            StaffEvent::Site { site, serves, lives } => {
                (site.index(), u32::from(serves) | u32::from(lives) << 1)
            }
            StaffEvent::Link { a, b, up } => {
                let (a, b) = (a.min(b), a.max(b));
                (self.sites + a.index() * self.sites + b.index(), u32::from(up))
            }
            StaffEvent::Agent { agent, site } => {
                (agents + agent as usize, site.map_or(0, |site| site.0 + 1))
            }
            StaffEvent::Phantom { agent, side, site, on } => {
                let place = agents + self.agents + agent as usize * 2 + usize::from(side);
                (place, if on { site.0 + 1 } else { 0 })
            }
            // In windows agents do not wait for the end of a call before they leave.
            StaffEvent::Severed { .. } | StaffEvent::Leaving { .. } | StaffEvent::Left { .. } => {
                return None;
            }
        })
    }
}

/// A site as it is unless a change says otherwise.
const SERVES_AND_LIVES: u32 = 0b11;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SiteId;

    fn at(seconds: i64) -> Time {
        Time::from_secs(seconds)
    }

    fn staff(changes: &[(i64, StaffEvent)]) -> Staff {
        let changes = changes.iter().map(|&(seconds, what)| Change { at: at(seconds), what });
        Staff { sites: 2, groups: vec![0; 2], changes: changes.collect() }
    }

    fn agent(agent: u32, site: Option<u32>) -> StaffEvent {
        StaffEvent::Agent { agent, site: site.map(SiteId) }
    }

    #[test]
    fn stretches_begin_and_end_where_facts_do() {
        let calm = [(0, agent(0, Some(0))), (0, agent(1, Some(0))), (50, agent(1, None))];
        let upset = [
            (0, agent(0, Some(0))),
            (0, agent(1, Some(0))),
            (10, agent(0, None)),
            (20, agent(0, Some(1))),
            (30, agent(0, Some(0))),
            (40, StaffEvent::Severed { agent: 0, site: SiteId(0) }),
            (45, agent(1, None)),
            (60, StaffEvent::Link { a: SiteId(1), b: SiteId(0), up: false }),
        ];
        let found = stretches(&staff(&upset), &staff(&calm));
        let moment = at(40)..at(40) + Span(1);
        assert_eq!(found, [at(10)..at(30), moment, at(45)..at(50), at(60)..Time::NEVER]);
        assert_eq!(stretches(&staff(&upset), &staff(&upset)), []);
    }
}
