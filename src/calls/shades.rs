//! Virtual waits: when a caller who gave up would have been taken, had this one caller waited for ever and everything else
//! been as it was. Only for queues whose service level asks for it, and only up to its threshold.

use crate::model::{ShareOf, SiteId};

use super::day::Day;
use super::draws::Callers;
use super::outcome::CallObserver;
use super::parts::{Call, Doing, NODES, VirtualWaiter};

impl<C: Callers, B: CallObserver> Day<'_, C, B> {
    /// A caller gives up; `rings`: at a dead contact, so that an agent may be idle. From now on dead contacts do not
    /// matter to it.
    pub(super) fn linger(&mut self, call: u32, rings: bool) {
        let Call { queue, site, rank, offered, answered, .. } = self.calls[call as usize];
        let level = &self.queues[queue as usize].level;
        let asked = level.of == ShareOf::Virtual && answered.is_none();
        if !asked || self.now - offered > level.within {
            return;
        }
        if rings && self.idle_agent(queue, site) {
            return self.book.in_time_after_all(queue, offered);
        }
        self.shades.push(VirtualWaiter { queue, site, rank, offered });
    }

    /// Those who could still be in time.
    pub(super) fn shades(&self) -> impl Iterator<Item = &VirtualWaiter> {
        self.shades.iter().filter(|shade| self.in_time(shade))
    }

    fn in_time(&self, shade: &VirtualWaiter) -> bool {
        self.now - shade.offered <= self.queues[shade.queue as usize].level.within
    }

    /// Whether an agent is idle that serves calls of a queue at a site.
    fn idle_agent(&self, queue: u32, site: u32) -> bool {
        let groups = &self.queues[queue as usize].groups;
        let mut agents = (0..).zip(&self.desks).zip(&self.staff.groups);
        agents.any(|((agent, desk), group)| {
            let idle = desk.doing == Doing::Nothing && self.idle.holds(agent * NODES);
            let serves = || groups.iter().any(|it| it.0 == *group);
            desk.at.is_some_and(|SiteId(at)| idle && serves() && self.reaches(queue, site, at))
        })
    }

    /// An agent of a group is free at a site, and takes no call that came before a rank.
    pub(super) fn free_for_shades(&mut self, group: u32, site: u32, before: u64) {
        self.meet_shades(before, |day, shade| {
            let asked = day.serving[group as usize].contains(&shade.queue);
            asked && day.reaches(shade.queue, shade.site, site)
        });
    }

    /// Agents that are idle may be reached again, and take no call that came before a rank.
    pub(super) fn idle_for_shades(&mut self, before: u64) {
        self.meet_shades(before, |day, shade| day.idle_agent(shade.queue, shade.site));
    }

    fn meet_shades(&mut self, before: u64, meets: impl Fn(&Self, &VirtualWaiter) -> bool) {
        if self.shades.is_empty() {
            return;
        }
        let mut shades = std::mem::take(&mut self.shades);
        shades.retain(|shade| {
            let in_time = self.in_time(shade);
            let met = in_time && shade.rank < before && meets(self, shade);
            if met {
                self.book.in_time_after_all(shade.queue, shade.offered);
            }
            in_time && !met
        });
        self.shades = shades;
    }

    /// A site is dead: no caller waits there any more.
    pub(super) fn lose_shades(&mut self, site: SiteId) {
        self.shades.retain(|shade| shade.site != site.0);
    }
}
