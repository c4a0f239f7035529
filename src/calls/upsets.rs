//! What changes in sites, links and agents does to calls.

use crate::model::{AtLoss, SiteId};

use super::day::Day;
use super::draws::Callers;
use super::outcome::{CallObserver, Fate};
use super::parts::{Call, Doing, NODES, Place, node_of};
use super::staff::StaffEvent;

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// One change.
    pub(super) fn upset(&mut self, what: StaffEvent) {
        match what {
            StaffEvent::Site { site, serves, lives } => self.site(site, serves, lives),
            StaffEvent::Link { a, b, up } => self.link(a, b, up),
            StaffEvent::Agent { agent, site } => self.agent(agent, site),
            StaffEvent::Severed { agent, site } => {
                let desk = self.desks[agent as usize];
                if desk.talks_at == site {
                    self.sever(agent);
                }
            }
            StaffEvent::Leaving { agent } => {
                self.desks[agent as usize].leaving = true;
                self.idle.remove(agent * NODES);
            }
            StaffEvent::Left { agent } => {
                self.desks[agent as usize].leaving = false;
                self.enlist(agent);
            }
            StaffEvent::Phantom { agent, side, site, on } => {
                self.phantom(agent * 2 + u32::from(side), site, on);
            }
        }
    }

    fn site(&mut self, site: SiteId, serves: bool, lives: bool) {
        self.serves[site.index()] = serves;
        if lives {
            self.dead[site.index()] = None;
        } else if self.dead[site.index()].is_none() {
            self.dead[site.index()] = Some(self.now);
            self.lose_site(site);
        }
        if serves {
            self.match_all();
        } else {
            self.stop_rings(|_, contact| contact == site.0);
        }
    }

    /// A site is dead: the callers that wait there, and the calls that go by way of it, are lost.
    fn lose_site(&mut self, site: SiteId) {
        self.lose_shades(site);
        for queue in 0..self.queues.len() {
            while let Some((_, call)) = self.waiting.first(queue * self.staff.sites + site.index())
            {
                self.lose(call, Fate::Lost);
            }
        }
        for agent in 0..self.desks.len() {
            let Doing::Talks { call } = self.desks[agent].doing else { continue };
            if self.calls[call as usize].site == site.0 || self.desks[agent].talks_at == site {
                self.lose(call, Fate::Lost);
            }
        }
        for phantom in 0..self.phantoms.len() {
            let Some(call) = self.phantoms[phantom].rings else { continue };
            if self.calls[call as usize].site == site.0 {
                self.lose(call, Fate::Lost);
            }
        }
    }

    /// Calls that ring where they cannot any more (by the site of the call and of the contact) go back.
    fn stop_rings(&mut self, cannot: impl Fn(u32, u32) -> bool) {
        for phantom in 0..self.phantoms.len() as u32 {
            let contact = self.phantoms[phantom as usize];
            let site = contact.rings.map(|call| self.calls[call as usize].site);
            if site.is_some_and(|site| cannot(site, contact.site.0)) {
                self.unanswered(phantom);
            }
        }
    }

    fn link(&mut self, a: SiteId, b: SiteId, up: bool) {
        let sites = self.staff.sites;
        for (one, other) in [(a, b), (b, a)] {
            self.cut[one.index() * sites + other.index()] = !up;
        }
        if up {
            return self.match_all();
        }
        let across =
            |one: u32, other: u32| (one, other) == (a.0, b.0) || (one, other) == (b.0, a.0);
        for agent in 0..self.desks.len() as u32 {
            let desk = self.desks[agent as usize];
            let Doing::Talks { call } = desk.doing else { continue };
            if across(self.calls[call as usize].site, desk.talks_at.0) {
                self.sever(agent);
            }
        }
        self.stop_rings(across);
    }

    /// An agent comes into service or goes; its talk goes on, its work after a call does not.
    fn agent(&mut self, agent: u32, site: Option<SiteId>) {
        self.idle.remove(agent * NODES);
        self.desks[agent as usize].at = site;
        self.touch(agent);
        if self.desks[agent as usize].doing == Doing::WorksAfter {
            self.stop_work(agent);
        }
        self.enlist(agent);
    }

    /// An agent's talk cannot go on: pair, path or power is gone.
    fn sever(&mut self, agent: u32) {
        let Doing::Talks { call } = self.desks[agent as usize].doing else { return };
        let Call { queue, .. } = self.calls[call as usize];
        match self.queues[queue as usize].at_loss {
            AtLoss::Lost => self.lose(call, Fate::Lost),
            AtLoss::Kept => {}
            AtLoss::Requeued => {
                self.take_back(call, agent);
                self.calls[call as usize].place = Place::Nowhere;
                self.again(call);
                self.become_free(agent);
            }
        }
    }

    fn phantom(&mut self, phantom: u32, site: SiteId, on: bool) {
        let contact = &mut self.phantoms[phantom as usize];
        if contact.site != site {
            self.idle.remove(node_of(phantom));
        }
        (contact.on, contact.site) = (on, site);
        if !on && contact.rings.is_some() {
            return self.unanswered(phantom);
        }
        self.refresh(phantom);
    }
}
