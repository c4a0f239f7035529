//! Where the agent that is being read is counted over time: in service, on the way or out, at which
//! site, and whose phone is registered where.
//!
//! What its records mean is in `reader`; here they only find their place in the grids.

use crate::model::SiteId;
use crate::time::{Span, Time};
use crate::trace::Cause;

use super::agent::{FinishedOutage, Outage, Stay, largest};
use super::bin_position::BinPosition;
use super::group_changes::Place;
use super::reader::Measures;
use super::rows::Rows;
use super::site::{AgentState, Presence, SiteTotals, Tick};

impl<R: Rows> Measures<'_, R> {
    /// What is summed for a site.
    pub(super) fn site(&mut self, site: SiteId) -> &mut SiteTotals {
        &mut self.totals.sites[site.index()]
    }

    /// A registration enters or leaves steady refresh.
    pub(super) fn set_steady(&mut self, side: usize, steady: bool, at: Time) {
        let Some(site) = self.now.sites[side] else { return };
        if self.now.steady[side] != steady {
            self.now.steady[side] = steady;
            let phone = self.now.phone;
            let by = if steady { 1 } else { -1 };
            if let Some(position) = self.position(at) {
                self.site(site).steady[phone].shift(position, by);
            }
        }
    }

    /// The agent's state changes: counts the time of the old one.
    pub(super) fn state(&mut self, from: Time, site: Option<SiteId>, cause: Option<Cause>) {
        let stay = Stay { from, site, cause };
        match self.now.stay {
            // Mostly one cause follows another.
            Some(Stay { from: since, site, cause: Some(last) }) if cause.is_some() => {
                self.now.stay = Some(stay);
                self.spend(last, site, since, from);
            }
            _ => self.turn(stay),
        }
    }

    /// Counts a state out of service.
    #[inline(always)]
    fn spend(&mut self, cause: Cause, site: Option<SiteId>, from: Time, to: Time) {
        // Instants of a run: no sum of them passes the horizon.
        self.now.spent[cause as usize].0 += to.0 - from.0;
        if site != self.now.sites[0] {
            self.now.away.0 += to.0 - from.0;
        }
        self.hold((site, AgentState::of(site, Some(cause))), from, to, 1);
    }

    /// Counts a state in service elsewhere than at home, or not staffed. Agents are at home nearly
    /// all the time, so only the times of not being in service there are counted.
    fn spend_apart(&mut self, site: Option<SiteId>, from: Time, to: Time) {
        let length = to.0 - from.0;
        if site.is_some() {
            self.now.away.0 += length
        } else {
            self.now.absent.0 += length
        };
        self.hold((site, AgentState::of(site, None)), from, to, 1);
    }

    /// Counts any state.
    #[inline(always)]
    fn spend_last(&mut self, Stay { from, site, cause }: Stay, to: Time) {
        match cause {
            Some(cause) => self.spend(cause, site, from, to),
            None if site == self.now.sites[0] => {}
            None => self.spend_apart(site, from, to),
        }
    }

    /// An outage begins or ends, or a shift does.
    #[inline(never)]
    fn turn(&mut self, stay: Stay) {
        let (now, home) = (stay.from, self.now.sites[0]);
        let last = self.now.stay.replace(stay);
        // What comes next is mostly in the same bin.
        self.position(now);
        // The first whole slot of the fine grid is the first that sees it.
        let slot = self.frame.grid.next(now);
        match last {
            Some(last) => {
                self.spend_last(last, now);
                self.seen(last, slot);
                self.serve(last, (now, slot), -1);
            }
            None => self.stay_home(now, 1),
        }
        self.serve(stay, (now, slot), 1);
        self.now.slot = slot;
        let at_home = stay.cause.is_none() && stay.site == home;
        match self.now.left {
            None if !at_home => self.now.left = Some(now),
            Some(left) if at_home => {
                self.hold((home, AgentState::InService), left, now, -1);
                self.now.left = None;
            }
            _ => {}
        }
        if stay.cause.is_none() {
            self.in_service(stay);
        } else {
            self.now.outage = Some(Outage::after(last, now));
        }
    }

    /// Counts the agent with its group, up to a slot, in the outage or the state in service that is over.
    fn seen(&mut self, last: Stay, slot: usize) {
        let place = match last.cause {
            Some(_) => Place::Out,
            None if last.site.is_none() => Place::Absent,
            None if last.site != self.now.sites[0] => Place::Away,
            None => return,
        };
        if let Some(crowd) = self.totals.groups.get_mut(self.now.group) {
            crowd.hold(place, self.now.slot..slot);
        }
    }

    /// From an instant on, one agent more is in service at home, or one less.
    fn stay_home(&mut self, at: Time, by: i64) {
        if let Some(position) = self.position(at) {
            let home = self.now.sites[0];
            self.presence(home).flow(AgentState::InService).shift(position, by);
        }
    }

    /// The run is over: counts what is under way.
    pub(super) fn stand_still(&mut self, horizon: Time) {
        if let Some(last) = self.now.stay {
            self.spend_last(last, horizon);
            self.seen(last, self.frame.grid.next(horizon));
        }
        if let Some(left) = self.now.left {
            self.stay_home(left, -1);
        }
        self.close(horizon, true, false);
    }

    /// An outage, if one is under way, is over: sums it up. It may be cut, or have ended with the agent back.
    pub(super) fn close(&mut self, to: Time, censored: bool, back: bool) {
        let Some(outage) = self.now.outage.take() else { return };
        let length = to - outage.from;
        let latest = self.latest.at(self.frame, outage.from);
        let whose = (latest.numbers().next(), outage.site);
        if !outage.comes {
            self.hit(&outage, back.then_some(length));
        }
        let by_restore = self.now.by_restore(outage.from);
        let whole = FinishedOutage { censored, cause: largest(&self.now.spent), by_restore };
        self.totals.add_outage(&whole, length);
        self.totals.shares.add(self.frame, whose, &self.now.spent);
        if self.rows.wanted() {
            self.now.rows.push(self.now.row_of(&outage, to, &whole));
        }
        self.now.ended(outage.from..to, by_restore);
        if let Some(cost) = self.now.if_switched.take() {
            self.compare_stay(cost);
        }
    }

    /// Counts an outage with the incidents that it began with, else with the drain of the site that the agent was at.
    fn hit(&mut self, outage: &Outage, back: Option<Span>) {
        if self.latest.starts(outage.from) {
            self.latest.numbers().for_each(|incident| self.strike(incident, back));
        } else if let Some(site) = outage.site
            && let Some(incident) = self.frame.draining(site, outage.from)
        {
            self.strike(incident, back);
        }
    }

    fn strike(&mut self, incident: usize, back: Option<Span>) {
        self.totals.effects[incident].hit += 1;
        if let Some(length) = back {
            self.totals.backs[self.frame.list(incident)].push(length.0);
        }
    }

    /// Counts the agent in a state from one instant to another.
    #[inline(always)]
    fn hold(&mut self, (site, stand): (Option<SiteId>, AgentState), from: Time, to: Time, by: i64) {
        match self.near.both(from, to) {
            Some(bin) => self.presence(site).flow(stand).add(bin, by * (to.0 - from.0)),
            None => self.hold_on((site, stand), from, to, by),
        }
    }

    /// The same where the instants may lie in two bins.
    #[inline(never)]
    fn hold_on(
        &mut self,
        (site, stand): (Option<SiteId>, AgentState),
        from: Time,
        to: Time,
        by: i64,
    ) {
        let (from, to) = (self.position(from), self.position(to));
        let flow = self.presence(site).flow(stand);
        from.into_iter().for_each(|from| flow.hold(from, to, by));
    }

    fn presence(&mut self, site: Option<SiteId>) -> &mut Presence {
        match site {
            Some(site) => &mut self.site(site).presence,
            None => &mut self.totals.nowhere,
        }
    }

    /// From an instant and its slot on, the agent is in service at a site, or not staffed (1), or no more (-1).
    fn serve(&mut self, stay: Stay, (at, slot): (Time, usize), by: i64) {
        match (stay.site, stay.cause) {
            (Some(site), None) => self.site(site).level.add(slot, by),
            (None, None) => self.totals.absent.add(slot, by),
            (_, Some(_)) => return,
        }
        if !self.frame.is_one_of_many() {
            self.totals.changes.add(at, stay.site, by);
        }
    }

    /// Where an instant lies in the grid of bins.
    #[inline]
    fn position(&mut self, at: Time) -> Option<BinPosition> {
        self.near.position(self.frame.bins, at)
    }

    /// Counts an event at a site.
    pub(super) fn tick(&mut self, site: SiteId, at: Time, tick: Tick) {
        if let Some(position) = self.position(at) {
            let frame = self.frame;
            self.site(site).tick(frame, position, at, tick);
        }
    }
}
