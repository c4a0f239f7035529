//! The truth about an agent at the end of an instant: in service or not, and why; where calls
//! would go astray.

use switchover::model::{Kind, Side};
use switchover::time::Time;
use switchover::trace::{Cause, Event};

use super::agent::{Agent, Now};
use super::link::Status;

impl<'a> Agent<'a> {
    /// Logged in and ready, really connected, the phone usable here.
    pub fn in_service(&self, now: Now<'a>) -> bool {
        self.open.is_none() && self.ready <= now.t && self.works(now)
    }

    pub fn works(&self, now: Now<'a>) -> bool {
        let connected = self.links[Kind::Sip.index()].live();
        connected && self.at.is_some_and(|here| self.phone_usable(now, here))
    }

    /// Why the agent is out of service: the first cause that holds.
    pub fn cause(&self, now: Now<'a>) -> Option<Cause> {
        if self.in_service(now) || self.is_away() {
            return None;
        }
        let noticed = self.links[Kind::Sip.index()].noticed();
        if self.power.desktop_off {
            return Some(Cause::Off);
        }
        Some(match &self.open {
            Some(open) if open.no_site => Cause::NoSite,
            Some(open) if open.restore => Cause::Restoring,
            Some(_) => Cause::Switching,
            None if self.works(now) => Cause::NotReady,
            None if !noticed && !self.seen.lost => Cause::Undetected,
            None if noticed => Cause::Reconnecting,
            None => Cause::Phone,
        })
    }

    /// Class 0: a ghost ends when both members are down.
    pub fn ghosts_end(&mut self, now: Now<'a>) {
        for side in Side::BOTH {
            if self.pair_dead(now, side) {
                self.ghost_gone(now, side);
            }
        }
    }

    pub fn ghost_gone(&mut self, now: Now<'a>, side: Side) {
        if std::mem::take(&mut self.books.ghost[side.index()])
            && let Some(site) = self.me.site(side)
        {
            self.tell(now, Event::GhostEnded { site });
        }
    }

    /// At the start of a move: no logout reaches a site that cannot be reached or does not serve.
    pub fn ghost_begins(&mut self, now: Now<'a>) {
        let Some(side) = self.at.filter(|_| self.open.is_none()) else { return };
        let deaf = self.reached(now, Kind::Sip, side).is_none();
        if deaf && !self.links[Kind::Sip.index()].both_were_down {
            self.books.ghost[side.index()] = true;
            if let Some(site) = self.me.site(side) {
                self.tell(now, Event::GhostBegun { site });
            }
        }
    }

    /// The power fails: no logout reaches anybody.
    pub fn ghost_stays(&mut self, now: Now<'a>) {
        let Some(side) = self.at.filter(|_| self.open.is_none()) else { return };
        let sip = &self.links[Kind::Sip.index()];
        let gone = (!sip.live() && sip.both_were_down) || self.pair_dead(now, side);
        if let Some(site) = self.me.site(side).filter(|_| !gone) {
            self.books.ghost[side.index()] = true;
            self.tell(now, Event::GhostBegun { site });
        }
    }

    /// Stale contacts, at the end of an instant.
    pub fn watch_stale(&mut self, now: Now<'a>) {
        for side in Side::BOTH {
            let Some(site) = self.me.site(side) else { continue };
            let stale = self.stale(now, side);
            if stale == self.books.stale[side.index()] {
                continue;
            }
            self.books.stale[side.index()] = stale;
            let begun = Event::StaleBegun { site };
            self.tell(now, if stale { begun } else { Event::StaleEnded { site } });
        }
    }

    /// Since when the preferred site has been available without a break.
    pub fn available_since(&self, now: Now<'a>) -> Option<Time> {
        let since = self.restoring.available.unwrap_or(now.t);
        self.preferred_available(now).then_some(since)
    }

    /// Whether the old site of a switchover could be used at this instant.
    pub fn usable(&self, now: Now<'a>, side: Side) -> bool {
        self.reached(now, Kind::Sip, side).is_some() && self.phone_usable(now, side)
    }

    /// Whether the desktop knows that something is wrong at its site.
    pub fn desktop_knows(&self) -> bool {
        let sip = &self.links[Kind::Sip.index()].status;
        matches!(sip, Status::Searching(_)) || self.seen.lost
    }
}
