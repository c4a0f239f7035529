//! Where the agent that is being read is counted over time: in service, on the way or out, at which
//! site, and whose phone is registered where.
//!
//! What its records mean is in `reader`; here they only find their place on the rulers.

use crate::model::SiteId;
use crate::time::{Span, Time};

use super::agent::{Outage, Stay};
use super::crowd::Place;
use super::reader::Measures;
use super::rows::Rows;
use super::site::{Presence, SiteTotals, Stand, Tick};
use super::spot::Spot;

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
            if let Some(spot) = self.spot(at) {
                self.site(site).steady[phone].shift(spot, by);
            }
        }
    }

    /// A state begins: if in service, it counts among those, where it is, and the last one no longer does.
    /// At the first, the agent is counted in service at home from then on, to the horizon.
    pub(super) fn stand(&mut self, stay: Stay) {
        let last = self.now.stays.last().copied();
        if last.is_none() {
            let (home, spot) = (self.now.sites[0], self.spot(stay.from));
            spot.into_iter()
                .for_each(|spot| self.presence(home).flow(Stand::InService).shift(spot, 1));
        }
        if let Some(last) = last {
            self.serve(last, stay.from, -1);
        }
        self.serve(stay, stay.from, 1);
    }

    /// Books the states up to an instant, all at once, and forgets them. Being in service at home is
    /// what everybody does nearly all the time, so only the times of not doing so are counted. The
    /// outage among the states, if there is one.
    pub(super) fn book(&mut self, to: Time) -> Option<Outage> {
        let home = self.now.sites[0];
        let mut stays = std::mem::take(&mut self.now.stays);
        let before = stays.first().filter(|stay| stay.cause.is_none()).copied();
        let at_home = before.is_some_and(|stay| stay.site == home);
        let away = &stays[usize::from(at_home)..];
        let mut by_cause = [Span::ZERO; 8];
        let mut number = 0;
        while let Some(&Stay { from, site, cause }) = away.get(number) {
            let stand = Stand::of(site, cause);
            // Causes that timelines do not tell apart are one there.
            let end = loop {
                let Stay { from, cause, .. } = away[number];
                number += 1;
                let end = away.get(number).map_or(to, |next| next.from);
                if let Some(cause) = cause {
                    // Instants of a run: no sum of them passes the horizon.
                    by_cause[cause as usize].0 += end.0 - from.0;
                }
                if !away.get(number).is_some_and(|next| next.alike(site, stand)) {
                    break end;
                }
            };
            if stand == Stand::NotStaffed {
                self.now.absent.0 += end.0 - from.0;
            } else if site != home {
                self.now.away.0 += end.0 - from.0;
                if stand == Stand::InService {
                    self.crowd(Place::Away, from, end);
                }
            }
            self.hold((site, stand), from, end, 1);
        }
        if let Some(first) = away.first() {
            self.hold((home, Stand::InService), first.from, to, -1);
        }
        let first = stays.get(usize::from(before.is_some()));
        let site = before.and_then(|stay| stay.site);
        let comes = before.is_some_and(|stay| stay.site.is_none());
        let outage = first.map(|first| Outage { from: first.from, to, site, comes, by_cause });
        outage.iter().for_each(|outage| self.crowd(Place::Out, outage.from, outage.to));
        stays.clear();
        self.now.stays = stays;
        outage
    }

    /// Counts the agent in a state from one instant to another.
    #[inline]
    fn hold(&mut self, (site, stand): (Option<SiteId>, Stand), from: Time, to: Time, by: i64) {
        if let Some(bin) = self.near.both(from, to) {
            return self.presence(site).flow(stand).add(bin, by * (to.0 - from.0));
        }
        let (from, to) = (self.spot(from), self.spot(to));
        let flow = self.presence(site).flow(stand);
        from.into_iter().for_each(|from| flow.hold(from, to, by));
    }

    /// Counts the agent with its group: the first whole slot of the fine grid is the first that sees it.
    fn crowd(&mut self, place: Place, from: Time, to: Time) {
        let grid = self.frame.grid;
        if let Some(crowd) = self.totals.groups.get_mut(self.now.group) {
            crowd.hold(place, grid.next(from)..grid.next(to));
        }
    }

    fn presence(&mut self, site: Option<SiteId>) -> &mut Presence {
        match site {
            Some(site) => &mut self.site(site).presence,
            None => &mut self.totals.nowhere,
        }
    }

    fn serve(&mut self, stay: Stay, at: Time, by: i64) {
        let frame = self.frame;
        match (stay.site, stay.cause) {
            (Some(site), None) => self.site(site).serve(frame, at, by),
            (None, None) => self.totals.absent.add(frame.grid.next(at), by),
            (_, Some(_)) => {}
        }
    }

    /// Where an instant lies on the ruler of bins.
    #[inline]
    fn spot(&mut self, at: Time) -> Option<Spot> {
        self.near.spot(self.frame.bins, at)
    }

    /// Counts an event at a site.
    pub(super) fn tick(&mut self, site: SiteId, at: Time, tick: Tick) {
        if let Some(spot) = self.spot(at) {
            let frame = self.frame;
            self.site(site).tick(frame, spot, at, tick);
        }
    }
}
