//! Reads the trace: hands every record to the agent's own notes and to the totals.
//!
//! What a record means to one agent is in `agent`, what is summed is in `totals` and `site`.

use crate::model::{AgentId, Kind, SiteId, Style};
use crate::time::{Span, Time};
use crate::trace::{Event, Record, Sink};

use super::agent::{Current, Outage, Stay};
use super::frame::Frame;
use super::rows::{MoveRow, OutageRow, Rows};
use super::site::{Tick, cut};
use super::spot::Near;
use super::totals::Totals;

/// What one reader leaves to the next: the room of its lists.
#[derive(Debug, Default)]
pub struct Room {
    stays: Vec<Stay>,
    outages: Vec<OutageRow>,
    moves: Vec<MoveRow>,
}

/// Measures a range of agents. Every agent's records must come in one piece, in the order of time or
/// at least in that of [`Sink::in_order`]: so nothing here may put a record of the phone beside
/// what the desktop is doing at that instant.
#[derive(Debug)]
pub struct Measures<'a, R> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) totals: Totals,
    rows: R,
    pub(super) now: Current,
    pub(super) near: Near,
    /// Whether `now` has not yet had its closing record.
    reading: bool,
}

impl<'a, R: Rows> Measures<'a, R> {
    /// Nobody measured yet; the rows of each agent go to `rows` when its run is complete.
    #[must_use]
    pub fn new(frame: &'a Frame<'a>, rows: R) -> Self {
        let totals = Totals::new(frame);
        Self { frame, totals, rows, now: Current::default(), near: Near::default(), reading: false }
    }

    /// The same in the room that another reader has left.
    #[must_use]
    pub fn in_room(frame: &'a Frame<'a>, rows: R, room: Room) -> Self {
        let Room { stays, outages, moves } = room;
        let now = Current { stays, outages, moves, ..Current::default() };
        Self { now, ..Self::new(frame, rows) }
    }

    /// Leaves its room to the next reader.
    pub fn leave_room(&mut self) -> Room {
        let Current { stays, outages, moves, .. } = std::mem::take(&mut self.now);
        Room { stays, outages, moves }
    }

    /// The totals and wherever the rows went. An agent without its closing record is left out.
    #[must_use]
    pub fn into_parts(self) -> (Totals, R) {
        (self.totals, self.rows)
    }

    fn begin(&mut self, agent: AgentId) {
        self.now.begin(self.frame.model, agent);
        self.reading = true;
        let sides = if self.now.style == Some(Style::Dual) { 2 } else { 1 };
        for side in 0..sides {
            self.set_steady(side, true, Time::ZERO);
        }
    }

    fn registered(&mut self, site: SiteId, at: Time) {
        let side = self.now.side(site);
        self.tick(site, at, Tick::Register);
        self.set_steady(side, true, at);
        if self.now.style != Some(Style::Dual) {
            self.set_steady(1 - side, false, at);
        }
    }

    /// The agent's state changes. What it was is booked when it is in service again, the outage as a
    /// whole.
    #[inline]
    fn state(&mut self, stay: Stay) {
        if stay.cause.is_none() {
            self.in_service(stay);
        } else if !self.now.is_out() {
            self.stand(stay);
        }
        self.now.stays.push(stay);
    }

    /// In service again, or not staffed any more: nobody waits for the agent now.
    fn in_service(&mut self, stay: Stay) {
        self.stand(stay);
        let staffed = stay.site.is_some();
        if let Some(outage) = self.book(stay.from) {
            self.hit(&outage, true);
            self.now.close(&outage, !staffed);
        }
        if staffed {
            self.arrived(stay.from);
        }
    }

    /// Counts an outage with the incidents that it began with, else with the drain of the site that the agent was at.
    fn hit(&mut self, outage: &Outage, back: bool) {
        if outage.comes {
            return;
        }
        let starting = self.frame.starting(outage.from);
        let drain = || self.frame.draining(outage.site?, outage.from);
        let drain = if starting.is_empty() { drain() } else { None };
        for incident in starting.chain(drain) {
            self.totals.tolls[incident].hit += 1;
            if back {
                let list = &mut self.totals.backs[self.frame.list(incident)];
                list.push((outage.to - outage.from).0);
            }
        }
    }

    /// In service: the last move, if any, has reached its end.
    fn arrived(&mut self, at: Time) {
        if let Some(row) = self.now.last_move().filter(|row| row.connected.is_some()) {
            row.in_service.get_or_insert(at);
        }
    }

    fn login_begun(&mut self, site: SiteId, at: Time) {
        self.leave_queue(at);
        self.tick(site, at, Tick::Login);
    }

    fn leave_queue(&mut self, at: Time) {
        if let Some((site, since)) = self.now.queued.take() {
            self.site(site).queue.leave(since, at);
        }
    }

    fn move_begun(&mut self, row: MoveRow) {
        self.leave_queue(row.begun);
        self.turn_over(row.begun);
        let tick = if row.is_restore() { Tick::RestoreTo } else { Tick::SwitchoverTo };
        self.tick(row.to, row.begun, tick);
        self.now.move_begun(self.frame.model.flap_window, row);
    }

    /// The desktop is at a site again: a following phone leaves its old one.
    fn connected(&mut self, site: SiteId, at: Time) {
        self.connection_made(Some(site), at);
        if let Some(row) = self.now.last_move() {
            row.connected.get_or_insert((at, site));
        }
        if self.now.style == Some(Style::Follow) {
            let other = 1 - self.now.side(site);
            self.set_steady(other, false, at);
        }
    }

    /// A loss at the preferred site was noticed; it may make a restore premature.
    fn lost(&mut self, site: Option<SiteId>, since: Time) {
        if site.is_some() && site == self.now.sites[0] && self.now.restored.is_some() {
            self.now.losses.push(since);
        }
    }

    fn stale_ended(&mut self, site: SiteId, at: Time) {
        let side = self.now.side(site);
        let Some(begun) = self.now.stale[side].take() else { return };
        let span = cut(begun, at, self.frame.model.horizon);
        self.site(site).stale.add(span);
        self.totals.tolls[self.frame.latest(begun)]
            .iter_mut()
            .for_each(|toll| toll.stale.add(span));
    }

    fn ghost_ended(&mut self, site: SiteId, at: Time) {
        let side = self.now.side(site);
        let Some(begun) = self.now.ghost[side].take() else { return };
        let span = cut(begun, at, self.frame.model.horizon);
        self.site(site).ghost.add(span);
        self.totals.tolls[self.frame.latest(begun)]
            .iter_mut()
            .for_each(|toll| toll.ghost.add(span));
    }

    /// The agent's run is complete.
    fn complete(&mut self) {
        let horizon = self.frame.model.horizon;
        if let Some(outage) = self.book(horizon) {
            self.hit(&outage, false);
            self.now.close(&outage, true);
        }
        for site in self.now.sites.into_iter().flatten() {
            self.stale_ended(site, horizon);
            self.ghost_ended(site, horizon);
        }
        self.now.judge_restores(self.frame.model.flap_window);
        self.now.regret();
        for row in &self.now.outages {
            self.totals.add_outage(row);
            self.totals.shares.add(self.frame, row);
            self.rows.outage(row);
        }
        for row in &self.now.moves {
            self.totals.add_move(row);
            self.rows.moved(row);
        }
        let row = self.now.row(horizon);
        self.totals.add_agent(&row);
        self.totals.shares.add_agent(self.now.group, &row);
        self.rows.agent(&row);
        self.reading = false;
    }

    #[inline(always)]
    fn phone_event(&mut self, at: Time, event: Event) {
        match event {
            Event::Registered { site } => self.registered(site, at),
            Event::RegistrationFailed { site, .. } | Event::PhoneOff { site } => {
                let side = self.now.side(site);
                self.set_steady(side, false, at);
            }
            Event::PhoneSeenLost { site, since: Some(since) } => self.lost(Some(site), since),
            Event::PhoneTimerFired { .. } => self.totals.counts.phone_timers_fired += 1,
            Event::StaleBegun { site } => self.now.stale[self.now.side(site)] = Some(at),
            Event::StaleEnded { site } => self.stale_ended(site, at),
            Event::GhostBegun { site } => self.now.ghost[self.now.side(site)] = Some(at),
            Event::GhostEnded { site } => self.ghost_ended(site, at),
            _ => {}
        }
    }

    #[inline(always)]
    fn link_event(&mut self, at: Time, event: Event) {
        if let Event::Reconnected { kind: Kind::Sip, .. } = event {
            self.connection_made(self.now.broken, at);
        }
        let totals = &mut self.totals;
        match event {
            Event::Broken { kind, site, .. } => {
                totals.link(kind).broken += 1;
                if kind == Kind::Sip {
                    self.now.broken = Some(site);
                }
            }
            Event::Survived { kind } => totals.link(kind).survived += 1,
            Event::LossNoticed { kind, unusable, .. } => {
                totals.link(kind).losses += 1;
                if let (Kind::Sip, Some(since)) = (kind, unusable) {
                    self.lost(self.now.broken, since);
                }
            }
            Event::PairLost { kind } => totals.link(kind).pairs_lost += 1,
            Event::Reconnected { kind, .. } => totals.link(kind).reconnects += 1,
            Event::DrTimerFired { kind, .. } => totals.link(kind).timers_fired += 1,
            Event::ConnectionMoved { kind, .. } => totals.link(kind).moved_alone += 1,
            _ => {}
        }
    }

    #[inline(always)]
    fn move_event(&mut self, at: Time, event: Event) {
        match event {
            Event::PowerLost | Event::ShiftEnded => {
                self.turn_over(at);
                self.now.cut_off = true;
                if event == Event::ShiftEnded {
                    self.now.goes.push(at);
                }
            }
            Event::NoSite => self.totals.counts.no_site += 1,
            Event::Capped { .. } => self.totals.counts.capped += 1,
            Event::Connected { site, .. } => self.connected(site, at),
            Event::ConnectionQueued { site } => self.waits_for_turn(site, at),
            Event::ConnectionTimedOut { site } => self.turn_timed_out(site, at),
            Event::LoginQueued { site } => {
                self.now.queued = Some((site, at));
                self.site(site).queue.join(at);
            }
            Event::QueueLeft { .. } => self.leave_queue(at),
            Event::LoginBegun { site, .. } => self.login_begun(site, at),
            Event::LoggedIn { .. } => {
                if let Some(row) = self.now.last_move() {
                    row.logged_in.get_or_insert(at);
                }
            }
            Event::IfStayed { downtime } => self.if_stayed(at, downtime),
            Event::IfRemained { begun, downtime } => self.now.if_remained(begun, downtime),
            Event::IfSwitched { downtime: Some(cost) } => self.now.if_switched(cost),
            Event::Needless => {
                if let Some(row) = self.now.last_switchover(at) {
                    row.needless = true;
                }
            }
            _ => {}
        }
    }

    fn if_stayed(&mut self, at: Time, downtime: Span) {
        // A login of no time may have ended at the instant at which the switchover began.
        if let Some(row) = self.now.last_switchover(at + Span(1)) {
            row.if_stayed = Some(downtime);
        }
    }

    fn tally(&mut self, event: Event) {
        if let Event::Tally { registered, failed, probes, rounds } = event {
            let counts = &mut self.totals.counts;
            counts.registered += registered;
            counts.failed += failed;
            counts.probes += probes;
            counts.rounds += rounds;
        }
        self.complete();
    }
}

impl<R: Rows> Sink for Measures<'_, R> {
    fn in_order(&self) -> bool {
        false
    }

    #[inline(always)]
    fn record(&mut self, record: Record) {
        if !self.reading || self.now.agent != record.agent {
            self.begin(record.agent);
        }
        self.more(record);
    }

    #[inline(always)]
    fn more(&mut self, Record { at, agent, event }: Record) {
        match event {
            Event::State { site, cause } => self.state(Stay { from: at, site, cause }),
            Event::MoveBegun { reason, from, to, in_service, available } => {
                self.move_begun(MoveRow {
                    agent,
                    reason,
                    from,
                    to,
                    begun: at,
                    in_service_before: in_service,
                    available,
                    connected: None,
                    logged_in: None,
                    in_service: None,
                    needless: false,
                    flap: false,
                    premature: false,
                    if_stayed: None,
                    regret: None,
                });
            }
            Event::Tally { .. } => self.tally(event),
            Event::Broken { .. }
            | Event::Survived { .. }
            | Event::LossNoticed { .. }
            | Event::PairLost { .. }
            | Event::Reconnected { .. }
            | Event::DrTimerFired { .. }
            | Event::ConnectionMoved { .. } => self.link_event(at, event),
            Event::Registered { .. }
            | Event::RegistrationFailed { .. }
            | Event::PhoneOff { .. }
            | Event::PhoneSeenLost { .. }
            | Event::PhoneTimerFired { .. }
            | Event::StaleBegun { .. }
            | Event::StaleEnded { .. }
            | Event::GhostBegun { .. }
            | Event::GhostEnded { .. } => self.phone_event(at, event),
            _ => self.move_event(at, event),
        }
    }
}
