//! The most that each site had to carry in the times of a fault: agents in service, logins, REGISTERs, queues.

use std::ops::Range;

use crate::model::SiteId;
use crate::simulation::traffic::Traffic;
use crate::time::{NANOS, Time};

use super::frame::Frame;
use super::paged::Paged;
use super::registrars;
use super::site::SiteTotals;
use super::spells::Spells;

/// The most at one site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SitePeaks {
    /// Agents in service at any whole slot of the grid.
    pub in_service: i64,
    /// Logins begun in one slot of the grid.
    pub logins: u64,
    /// Recovery REGISTERs in one slot of the grid.
    pub registers: u64,
    /// Agents in the login queue.
    pub login_queue: u64,
    /// REGISTER messages that came to its registrar in one second; `None`: it has no capacity.
    pub offered: Option<u64>,
    /// REGISTER messages that waited; `None`: it has no capacity.
    pub register_queue: Option<u64>,
}

impl SitePeaks {
    /// All of them, in the order of the planner's table.
    #[must_use]
    pub const fn all(&self) -> [Option<u64>; 6] {
        let in_service = if self.in_service > 0 { self.in_service as u64 } else { 0 };
        [
            Some(in_service),
            Some(self.logins),
            Some(self.registers),
            Some(self.login_queue),
            self.offered,
            self.register_queue,
        ]
    }

    /// The larger of each.
    fn raise(&mut self, other: &Self) {
        self.in_service = self.in_service.max(other.in_service);
        self.logins = self.logins.max(other.logins);
        self.registers = self.registers.max(other.registers);
        self.login_queue = self.login_queue.max(other.login_queue);
        self.offered = self.offered.max(other.offered);
        self.register_queue = self.register_queue.max(other.register_queue);
    }
}

/// Per declared fault, then per drain: the most at each site in its times; empty where it has none.
/// Nothing where it is not needed.
pub(super) fn peaks(
    frame: &Frame,
    sites: &mut [SiteTotals],
    spells: &Spells,
    traffic: &Traffic,
) -> Vec<Vec<SitePeaks>> {
    if !frame.wants_peaks() {
        return Vec::new();
    }
    let mut all = vec![Vec::new(); frame.declared()];
    let times = Times::new(frame, &spells.spans);
    for (number, site) in (0..).zip(sites) {
        site.queue.settle();
        for (spell, found) in of_site(frame, (SiteId(number), site), &times, traffic).enumerate() {
            for &declared in spells.declared(spell) {
                let own: &mut Vec<SitePeaks> = &mut all[declared];
                match own.get_mut(number as usize) {
                    Some(known) => known.raise(&found),
                    None => own.push(found),
                }
            }
        }
    }
    all
}

/// Some times, which are in order, on the fine grid.
struct Times<'s> {
    spans: &'s [Range<Time>],
    /// The slots that each touches.
    slots: Vec<Range<usize>>,
    /// The slots that begin in each.
    whole: Vec<Range<usize>>,
}

impl<'s> Times<'s> {
    fn new(frame: &Frame, spans: &'s [Range<Time>]) -> Self {
        let slots = spans.iter().map(|span| frame.grid.touched(span.start, span.end));
        let slots: Vec<Range<usize>> = slots.collect();
        let whole = spans.iter().zip(&slots);
        let whole = whole.map(|(span, slots)| frame.grid.next(span.start)..slots.end).collect();
        Self { spans, slots, whole }
    }
}

/// The most at one site in each of some times.
fn of_site(
    frame: &Frame,
    (id, site): (SiteId, &SiteTotals),
    times: &Times<'_>,
    traffic: &Traffic,
) -> impl Iterator<Item = SitePeaks> {
    let [logins, registers] = [0, 1].map(|kind: usize| {
        let mut most = vec![0; times.slots.len()];
        site.fine[kind].raise(&times.slots, &mut most);
        most
    });
    let in_service = levels(&site.level, &times.whole);
    let queue = site.queue.most_within(times.spans);
    let limited = frame.model.sites[id.index()].registrar.limit.is_some();
    let messages =
        limited.then(|| registrars::peaks(frame.model, traffic, id, &seconds(times.spans)));
    (0..times.spans.len()).map(move |at| SitePeaks {
        in_service: in_service[at],
        logins: logins[at],
        registers: registers[at],
        login_queue: queue[at],
        offered: messages.as_ref().map(|messages| messages[at].0),
        register_queue: messages.as_ref().map(|messages| messages[at].1),
    })
}

/// The whole seconds that some times touch.
fn seconds(spans: &[Range<Time>]) -> Vec<Range<i64>> {
    let second = |span: &Range<Time>| {
        let end = span.end.0 / NANOS + i64::from(span.end.0 % NANOS > 0);
        span.start.0 / NANOS..end
    };
    spans.iter().map(second).collect()
}

/// The highest level at the slots of each range, of which the first counts always; the ranges are in order.
fn levels(changes: &Paged, ranges: &[Range<usize>]) -> Vec<i64> {
    let sum = |now: &mut i64, (slot, by): (usize, i64)| {
        *now += by;
        Some((slot, *now))
    };
    let mut levels: Vec<(usize, i64)> = Vec::with_capacity(changes.listed());
    levels.extend(changes.entries(0..usize::MAX).scan(0, sum));
    let (mut rest, mut first) = (levels.as_slice(), 0);
    let most = |range: &Range<usize>| {
        while let [(slot, level), later @ ..] = rest
            && *slot <= range.start
        {
            (rest, first) = (later, *level);
        }
        let inside = rest.iter().take_while(|(slot, _)| *slot < range.end);
        inside.map(|(_, level)| *level).fold(first, i64::max)
    };
    ranges.iter().map(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_at_the_start_of_a_range_counts() {
        let mut changes = Paged::default();
        for (slot, by) in [(0, 10), (5, -10), (8, 4), (9, -1), (20, 30)] {
            changes.add(slot, by);
        }
        changes.settle();
        let ranges = [0..5, 4..8, 5..8, 5..20, 9..20, 19..21, 30..30];
        let found = levels(&changes, &ranges);
        assert_eq!(found, [10, 10, 0, 4, 3, 33, 33]);
    }
}
