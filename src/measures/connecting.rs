//! Reads what the trace reports of connections at sites with a reconnect capacity, and adds it up.

use crate::model::SiteId;
use crate::time::Time;

use super::frame::Frame;
use super::reader::Measures;
use super::rows::Rows;
use super::site::SiteTotals;
use super::turns::{ReconnectSummary, limited};

/// One summary for each site with a reconnect capacity.
pub(super) fn reconnects(sites: &mut [SiteTotals], frame: &Frame) -> Vec<ReconnectSummary> {
    let summary = |site: SiteId| {
        let name = frame.model.sites[site.index()].name.clone();
        std::mem::take(&mut sites[site.index()].turns).summary(name, frame)
    };
    limited(frame.model).map(summary).collect()
}

impl<R: Rows> Measures<'_, R> {
    /// An attempt waits for its turn.
    pub(super) fn waits_for_turn(&mut self, site: SiteId, at: Time) {
        self.now.turn = Some((site, at));
        let frame = self.frame;
        self.site(site).turns.join(frame, at);
    }

    /// It waits no longer; whether it did.
    pub(super) fn turn_over(&mut self, at: Time) -> bool {
        let turn = self.now.turn.take();
        if let Some((site, since)) = turn {
            self.site(site).turns.leave(since, at);
        }
        turn.is_some()
    }

    /// It has had no answer in time.
    pub(super) fn turn_timed_out(&mut self, site: SiteId, at: Time) {
        self.turn_over(at);
        let frame = self.frame;
        self.site(site).turns.time_out(frame, at);
    }

    /// A desktop has connected to a SIP Server of a site.
    pub(super) fn connection_made(&mut self, site: Option<SiteId>, at: Time) {
        let waited = self.turn_over(at);
        let frame = self.frame;
        let limited = |site: &SiteId| frame.model.sites[site.index()].reconnect_gap.is_some();
        if let Some(site) = site.filter(limited) {
            self.site(site).turns.connect(frame, waited, at);
        }
    }
}
