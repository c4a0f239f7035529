//! The slots for logins and connections that agents have got: what they share.
//!
//! It allots nothing; the room `simulation` does.

use crate::model::{AgentId, Model, SiteId};
use crate::time::{Span, Time};

use crate::bits::{Bits, Reader, Writer};

/// What a desktop waits for at a site that limits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A login (`login-capacity`).
    Login,
    /// A connection to a SIP Server (`reconnect-capacity`).
    Connection,
    /// To leave its site, which a call in progress delays. This is no slot: it is not shared with
    /// other agents.
    Leave,
}

/// A slot that was used, in twelve bytes: there is one for every login.
#[derive(Clone, Copy, Debug)]
struct UsedSlot {
    at: [u8; 8],
    agent: AgentId,
}

impl UsedSlot {
    const fn new(at: Time, agent: AgentId) -> Self {
        Self { at: at.0.to_ne_bytes(), agent }
    }

    const fn at(&self) -> Time {
        Time(i64::from_ne_bytes(self.at))
    }
}

/// The slots of one kind that were used.
#[derive(Debug, Default)]
struct Used {
    /// Per site in the order of time.
    slots: Vec<Vec<UsedSlot>>,
    /// Per site: the least time between two.
    gaps: Vec<Span>,
}

impl Used {
    fn new(gaps: impl Iterator<Item = Option<Span>>) -> Self {
        let gaps: Vec<Span> = gaps.map(|gap| gap.unwrap_or(Span::ZERO)).collect();
        Self { slots: vec![Vec::new(); gaps.len()], gaps }
    }
}

/// Slots in the order of requests, in about eight bytes each: the distance of each to the one
/// before is usually small.
#[derive(Debug)]
struct PackedSlots {
    /// Those that are full, of [`PackedSlots::PAGE`] slots each.
    pages: Vec<Box<[u8]>>,
    page: Writer,
    /// On all of them.
    number: usize,
    last: Time,
}

impl Default for PackedSlots {
    fn default() -> Self {
        Self {
            pages: Vec::new(),
            page: Writer::new(Time::ZERO, Vec::new()),
            number: 0,
            last: Time::ZERO,
        }
    }
}

impl PackedSlots {
    /// Slots on one page: a page is freed as soon as it is read.
    const PAGE: usize = 1 << 16;

    fn push(&mut self, agent: AgentId, slot: Time) {
        Self::fields(&mut self.page, &mut self.last, (agent, slot));
        self.number += 1;
        if self.number.is_multiple_of(Self::PAGE) {
            let full = std::mem::replace(&mut self.page, Writer::new(Time::ZERO, Vec::new()));
            self.pages.push(full.into_bytes().into());
        }
    }

    fn fields(
        bits: &mut impl Bits,
        last: &mut Time,
        (agent, slot): (AgentId, Time),
    ) -> (AgentId, Time) {
        let AgentId(mut agent) = agent;
        bits.count(&mut agent);
        let mut apart = slot.0.wrapping_sub(last.0);
        bits.integer(&mut apart);
        *last = Time(last.0.wrapping_add(apart));
        (AgentId(agent), *last)
    }

    /// All of them, in their order.
    fn each(self, mut tell: impl FnMut(AgentId, Time)) {
        let (mut left, mut last) = (self.number, Time::ZERO);
        let rest = self.page.into_bytes().into_boxed_slice();
        for page in self.pages.into_iter().chain([rest]) {
            let mut reader = Reader::new(Time::ZERO, &page);
            for _ in 0..left.min(Self::PAGE) {
                let (agent, slot) = Self::fields(&mut reader, &mut last, (AgentId(0), Time::ZERO));
                tell(agent, slot);
            }
            left = left.saturating_sub(Self::PAGE);
        }
    }
}

/// Every slot of a run.
#[derive(Debug, Default)]
pub struct Slots {
    /// In the order of requests; those that were not reached too. Empty once they are settled.
    given: PackedSlots,
    /// The same by agent, each agent's in the order of its requests.
    settled: Vec<Time>,
    /// Where those of each agent begin there, and after the last agent where they end; empty: there
    /// were no requests. Before they are settled, the number of slots of the agent before.
    first: Vec<u32>,
    /// By what they are for, in the order of [`Wanted`]; [`Wanted::Leave`] uses none.
    used: [Used; 2],
}

impl Slots {
    /// No slot yet.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let logins = model.sites.iter().map(|site| site.login_gap);
        let connections = model.sites.iter().map(|site| site.reconnect_gap);
        Self { used: [Used::new(logins), Used::new(connections)], ..Self::default() }
    }

    /// An agent has got a slot, in the order of requests; `used`: it was reached.
    pub fn give(
        &mut self,
        (wanted, site): (Wanted, SiteId),
        agent: AgentId,
        slot: Time,
        used: bool,
    ) {
        self.given.push(agent, slot);
        let after = agent.index() + 1;
        self.first.resize(self.first.len().max(after + 1), 0);
        self.first[after] += 1;
        if used {
            self.used[wanted as usize].slots[site.index()].push(UsedSlot::new(slot, agent));
        }
    }

    /// All slots are given. O(slots + agents).
    pub fn settle(&mut self) {
        let lists = self.used.iter_mut().flat_map(|used| &mut used.slots);
        lists.for_each(|used| used.sort_unstable_by_key(|taken| (taken.at(), taken.agent)));
        // One place after its own: it is where the next of an agent goes, and in the end where they end.
        let mut before = 0;
        for count in &mut self.first {
            before += std::mem::replace(count, before);
        }
        let given = std::mem::take(&mut self.given);
        self.settled = vec![Time::ZERO; given.number];
        given.each(|agent, slot| {
            let place = &mut self.first[agent.index() + 1];
            self.settled[*place as usize] = slot;
            *place += 1;
        });
    }

    /// The slots of one agent, in the order of its requests.
    #[must_use]
    pub fn of(&self, agent: AgentId) -> AgentSlots<'_> {
        let place = |agent: usize| self.first.get(agent).map(|&place| place as usize);
        let (first, end) = (place(agent.index()), place(agent.index() + 1));
        let own = first.zip(end).map_or(&[][..], |(first, end)| &self.settled[first..end]);
        AgentSlots(own.iter())
    }

    /// The least time between two slots at a site.
    #[must_use]
    pub fn gap(&self, wanted: Wanted, site: SiteId) -> Span {
        self.used[wanted as usize].gaps[site.index()]
    }

    /// The first slot at a site, not before `at`, that is free between those that all others have
    /// used: a gap after each that is not later.
    #[must_use]
    pub fn beside(&self, wanted: Wanted, site: SiteId, agent: AgentId, at: Time) -> Time {
        let used = &self.used[wanted as usize].slots[site.index()];
        let gap = self.gap(wanted, site);
        let mut slot = at;
        for taken in &used[used.partition_point(|taken| taken.at() + gap <= at)..] {
            let (who, taken) = (taken.agent, taken.at());
            if taken > slot {
                break;
            }
            if who != agent {
                slot = slot.max(taken + gap);
            }
        }
        slot
    }
}

/// The slots of one agent, in the order of its requests.
#[derive(Debug)]
pub struct AgentSlots<'s>(std::slice::Iter<'s, Time>);

impl AgentSlots<'_> {
    /// The next slot.
    pub fn give(&mut self) -> Time {
        self.0.next().copied().unwrap_or(Time::NEVER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_hold_a_slot_that_was_used() {
        assert_eq!(size_of::<UsedSlot>(), 12);
        assert_eq!(UsedSlot::new(Time(-7), AgentId(3)).at(), Time(-7));
    }

    #[test]
    fn slots_on_many_pages_come_back_in_their_order() {
        let slot = |number: u32| match number % 1_000 {
            999 => Time::NEVER,
            _ => Time(i64::from(number) * 20_000_000 + i64::from(number % 7)),
        };
        let all: Vec<(AgentId, Time)> = (0..3 * PackedSlots::PAGE as u32 + 5)
            .map(|number| (AgentId(number.wrapping_mul(40_503) % 1_000_000), slot(number)))
            .collect();
        let mut given = PackedSlots::default();
        all.iter().for_each(|&(agent, slot)| given.push(agent, slot));
        let bytes: usize = given.pages.iter().map(|page| page.len()).sum();
        assert!(bytes < 9 * all.len(), "{bytes}");
        let mut told = Vec::new();
        given.each(|agent, slot| told.push((agent, slot)));
        assert_eq!(told, all);
    }

    #[test]
    fn each_agent_gets_its_own_in_their_order() {
        let used = || Used::new([Some(Span(10))].into_iter());
        let mut slots = Slots { used: [used(), used()], ..Slots::default() };
        for (agent, slot) in [(3, 7), (1, 5), (3, 1), (5, 9), (1, 6)] {
            slots.give((Wanted::Login, SiteId(0)), AgentId(agent), Time(slot), false);
        }
        slots.settle();
        let of = |agent| slots.of(AgentId(agent)).0.map(|slot| slot.0).collect::<Vec<_>>();
        assert_eq!(
            [0, 1, 2, 3, 5, 6].map(of),
            [vec![], vec![5, 6], vec![], vec![7, 1], vec![9], vec![]]
        );
        assert_eq!(Slots::default().of(AgentId(0)).give(), Time::NEVER);
    }

    #[test]
    fn a_free_slot_comes_a_gap_after_those_of_others() {
        let used = || Used::new([Some(Span(10))].into_iter());
        let mut slots = Slots { used: [used(), used()], ..Slots::default() };
        let (wanted, site) = (Wanted::Connection, SiteId(0));
        slots.give((Wanted::Login, site), AgentId(4), Time(0), true);
        for (slot, agent) in [(0, 1), (10, 2), (25, 1), (50, 3)] {
            slots.give((wanted, site), AgentId(agent), Time(slot), true);
        }
        slots.settle();
        let beside = |agent, at| slots.beside(wanted, site, AgentId(agent), Time(at)).0;
        assert_eq!([0, 5, 15, 25, 36, 41].map(|at| beside(9, at)), [20, 20, 20, 35, 36, 41]);
        assert_eq!([0, 5, 15, 20].map(|at| beside(1, at)), [0, 5, 20, 20]);
        assert_eq!(beside(2, 10), 10);
    }
}
