//! Which call meets which agent: the order of callers, of groups and of idleness, over the sites that reach
//! each other.

use super::day::Day;
use super::draws::Callers;
use super::outcome::CallObserver;
use super::parts::{Call, Doing, NODES, Place, node_of};

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// Whether agents at a site serve calls of a queue that came in at another.
    pub(super) fn reaches(&self, queue: u32, call: u32, agent: u32) -> bool {
        let serves = self.serves[call as usize] && self.serves[agent as usize];
        let linked = self.queues[queue as usize].pooled && !self.is_cut(call, agent);
        serves && (call == agent || linked)
    }

    fn is_cut(&self, a: u32, b: u32) -> bool {
        self.cut[a as usize * self.staff.sites + b as usize]
    }

    /// The node that a call of a queue at a site takes: of its first group that has one, the one that is
    /// idle longest.
    pub(super) fn idle_node(&self, queue: u32, site: u32) -> Option<u32> {
        let sites = self.staff.sites as u32;
        self.queues[queue as usize].groups.iter().find_map(|group| {
            let reached = (0..sites).filter(|other| self.reaches(queue, site, *other));
            let first = |other| self.idle.first(group.index() * sites as usize + other as usize);
            reached.filter_map(first).min().map(|(_, node)| node)
        })
    }

    /// The call that came first, of those that agents of a group at a site serve, with its rank.
    fn next_call(&self, group: u32, site: u32) -> Option<(u64, u32)> {
        let sites = self.staff.sites as u32;
        let queues = self.serving[group as usize].iter();
        let lists = queues.flat_map(|queue| (0..sites).map(move |other| (*queue, other)));
        let heads = lists.filter_map(|(queue, other)| {
            let first = self.waiting.first(queue as usize * sites as usize + other as usize)?;
            self.reaches(queue, other, site).then_some(first)
        });
        heads.min()
    }

    /// Brings a call, waiting or not, to a node, idle or not.
    pub(super) fn connect(&mut self, call: u32, node: u32) {
        if self.calls[call as usize].place == Place::Waiting {
            self.unwait(call);
        }
        self.idle.remove(node);
        let (agent, side) = (node / NODES, node % NODES);
        match (side, self.desks[agent as usize].at) {
            (0, Some(site)) => self.talk(call, agent, site),
            (0, None) => {}
            _ => self.ring(call, agent * 2 + side - 1),
        }
    }

    /// A call waits, where its rank belongs.
    pub(super) fn wait(&mut self, call: u32) {
        let Call { queue, site, rank, .. } = self.calls[call as usize];
        self.calls[call as usize].place = Place::Waiting;
        self.waits[queue as usize] += 1;
        let list = queue as usize * self.staff.sites + site as usize;
        if self.waiting.last(list).is_none_or(|last| last < rank) {
            self.waiting.append(call, list, rank);
        } else {
            self.waiting.insert(call, list, rank);
        }
    }

    pub(super) fn unwait(&mut self, call: u32) {
        self.waiting.remove(call);
        self.waits[self.calls[call as usize].queue as usize] -= 1;
    }

    /// A call that no agent has any more goes to another agent, or waits at the head.
    pub(super) fn again(&mut self, call: u32) {
        let Call { queue, site, .. } = self.calls[call as usize];
        match self.idle_node(queue, site) {
            Some(node) => self.connect(call, node),
            None => self.wait(call),
        }
    }

    /// A node takes the call that came first, or is idle from now on.
    fn offer_node(&mut self, node: u32, site: u32) {
        let group = self.staff.groups[(node / NODES) as usize];
        let next = self.next_call(group, site);
        if node.is_multiple_of(NODES) {
            self.free_for_shades(group, site, next.map_or(u64::MAX, |(rank, _)| rank));
        }
        if let Some((_, call)) = next {
            return self.connect(call, node);
        }
        let list = group as usize * self.staff.sites + site as usize;
        self.idle.append(node, list, self.idles);
        self.idles += 1;
    }

    /// An agent has nothing to do any more: it first, then its dead contacts.
    pub(super) fn become_free(&mut self, agent: u32) {
        self.enlist(agent);
        self.refresh_both(agent);
    }

    /// An agent that is in service, does nothing and does not want to leave is there for calls.
    pub(super) fn enlist(&mut self, agent: u32) {
        let desk = self.desks[agent as usize];
        if let (Some(site), Doing::Nothing, false) = (desk.at, desk.doing, desk.leaving) {
            self.offer_node(agent * NODES, site.0);
        }
    }

    pub(super) fn refresh_both(&mut self, agent: u32) {
        self.refresh(agent * 2);
        self.refresh(agent * 2 + 1);
    }

    /// A dead contact is there for calls, unless it rings, or its agent still talks by way of its site.
    pub(super) fn refresh(&mut self, phantom: u32) {
        let (contact, agent) = (self.phantoms[phantom as usize], phantom / 2);
        let node = node_of(phantom);
        let desk = &self.desks[agent as usize];
        let talks = matches!(desk.doing, Doing::Talks { .. }) && desk.talks_at == contact.site;
        let there = contact.on && contact.rings.is_none() && !talks;
        if !there {
            self.idle.remove(node);
        } else if !self.idle.holds(node) {
            self.offer_node(node, contact.site.0);
        }
    }

    /// The ringing has ended, and the call is elsewhere.
    pub(super) fn stop_ringing(&mut self, phantom: u32) {
        self.phantoms[phantom as usize].silence();
        self.refresh(phantom);
    }

    /// The call was not answered: it goes back to the head of its queue.
    pub(super) fn unanswered(&mut self, phantom: u32) {
        if let Some(call) = self.phantoms[phantom as usize].rings {
            self.again(call);
            self.stop_ringing(phantom);
        }
    }

    /// Sites reach each other again: calls that wait meet agents that are idle, in the order of coming.
    pub(super) fn match_all(&mut self) {
        let sites = self.staff.sites as u32;
        loop {
            let lists = (0..self.queues.len() as u32)
                .flat_map(|queue| (0..sites).map(move |site| (queue, site)));
            let meetings = lists.filter_map(|(queue, site)| {
                let list = queue as usize * sites as usize + site as usize;
                let (rank, call) = self.waiting.first(list)?;
                self.idle_node(queue, site).map(|node| (rank, call, node))
            });
            let next = meetings.min();
            self.idle_for_shades(next.map_or(u64::MAX, |(rank, ..)| rank));
            let Some((_, call, node)) = next else { return };
            self.connect(call, node);
        }
    }
}
