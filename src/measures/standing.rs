//! Where the agent that is being read is counted over time: in service, on the way or out, at which
//! site, and whose phone is registered where.
//!
//! What its records mean is in `reader`; here they only find their place on the rulers.

use crate::model::SiteId;
use crate::time::Time;

use super::agent::Whereabouts;
use super::flow::Flow;
use super::reader::Measures;
use super::rows::Rows;
use super::site::{SiteTotals, Stand, Tick};
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

    /// Counts the agent where it is now, and no longer where it was. Being in service at home is
    /// what everybody does nearly all the time, so only the times of not doing so are counted.
    pub(super) fn stand(&mut self, at: Time, new: Whereabouts) {
        let (home, was) = (self.now.home(), self.now.stand.replace(new));
        if was == Some(new) {
            return;
        }
        let Some(spot) = self.spot(at) else { return };
        let held = self.now.held.replace(spot);
        match (was, held) {
            (Some(old), Some(held)) if old != home => {
                self.flow(old).hold(held, Some(spot), 1);
                self.serve(at, old, -1);
            }
            (Some(_), _) => {
                self.now.left = Some(spot);
                self.serve(at, home, -1);
            }
            (None, _) => {
                self.flow(home).shift(spot, 1);
                self.now.left = Some(spot);
            }
        }
        if new == home
            && let Some(left) = self.now.left.take()
        {
            self.flow(home).hold(left, Some(spot), -1);
        }
        self.serve(at, new, 1);
    }

    /// The run ends: what the agent does now it does to the horizon.
    pub(super) fn stand_to_the_end(&mut self) {
        if let (Some(here), Some(left), Some(held)) = (self.now.stand, self.now.left, self.now.held)
        {
            let home = self.now.home();
            self.flow(here).hold(held, None, 1);
            self.flow(home).hold(left, None, -1);
        }
    }

    fn flow(&mut self, (site, stand): Whereabouts) -> &mut Flow {
        match site {
            Some(site) => self.site(site).presence.flow(stand),
            None => self.totals.nowhere.flow(stand),
        }
    }

    fn serve(&mut self, at: Time, (site, stand): Whereabouts, by: i64) {
        let frame = self.frame;
        if let (Some(site), Stand::InService) = (site, stand) {
            self.site(site).serve(frame, at, by);
        }
    }

    /// Where an instant lies on the ruler of bins.
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
