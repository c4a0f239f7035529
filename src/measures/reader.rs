//! Reads the trace: hands every record to the agent's own notes and to the totals.
//!
//! What a record means to one agent is in `agent`, what is summed is in `totals` and `site`.

use crate::model::{AgentId, Kind, SiteId, Style};
use crate::time::{Span, Time};
use crate::trace::{Event, Reason, Record, Sink};

use super::agent::{Current, Stay};
use super::bin_position::{Latest, Near};
use super::frame::Frame;
use super::rows::{MoveRow, Rows};
use super::site::{Tick, cut};
use super::totals::Totals;

/// What one reader leaves to the next: the memory of its lists.
#[derive(Debug, Default)]
pub struct Buffers(Current);

/// Measures a range of agents. Every agent's records must come in one piece, in the order of time or
/// at least in that of [`Sink::in_order`]: so nothing here may put a record of the phone beside
/// what the desktop is doing at that instant.
#[derive(Debug)]
pub struct Measures<'a, R> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) totals: Totals,
    pub(super) rows: R,
    pub(super) now: Current,
    pub(super) near: Near,
    pub(super) latest: Latest,
    /// Whether `now` has not yet had its closing record.
    reading: bool,
}

impl<'a, R: Rows> Measures<'a, R> {
    /// No agent measured yet; the rows of each agent go to `rows` when its run is complete.
    #[must_use]
    pub fn new(frame: &'a Frame<'a>, rows: R) -> Self {
        let totals = Totals::new(frame);
        let (now, near, latest) = <(Current, Near, Latest)>::default();
        Self { frame, totals, rows, now, near, latest, reading: false }
    }

    /// The same in the buffers that another reader has left.
    #[must_use]
    pub fn in_buffers(frame: &'a Frame<'a>, rows: R, buffers: Buffers) -> Self {
        Self { now: buffers.0, ..Self::new(frame, rows) }
    }

    /// Leaves its buffers to the next reader.
    pub fn leave_buffers(&mut self) -> Buffers {
        Buffers(std::mem::take(&mut self.now))
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

    /// In service again, or not staffed any more: the outage is over.
    pub(super) fn in_service(&mut self, stay: Stay) {
        self.close(stay.from, stay.site.is_none(), true);
        if let Some(site) = stay.site {
            self.arrived(stay.from, site);
        }
    }

    /// In service: the last move, if any, has reached its end.
    fn arrived(&mut self, at: Time, site: SiteId) {
        if let Some(row) = self.now.last_move().filter(|row| row.connected.is_some()) {
            row.in_service.get_or_insert((at, site));
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

    fn move_begun(&mut self, at: Time, event: Event) {
        let Event::MoveBegun { reason, from, to, in_service, available } = event else { return };
        self.leave_queue(at);
        self.turn_over(at);
        let restores = reason == Reason::Restore;
        self.tick(to, at, if restores { Tick::RestoreTo } else { Tick::SwitchoverTo });
        if restores {
            self.now.restored = Some(at);
        }
        let flap = !restores && self.now.flaps(self.frame.model.flap_window, at);
        self.now.cut_off = false;
        self.now.moves.push(MoveRow {
            agent: self.now.agent,
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
            flap,
            premature: false,
            if_stayed: None,
            regret: None,
        });
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
        let latest = self.latest.at(self.frame, begun).numbers();
        self.totals.effects[latest].iter_mut().for_each(|effect| effect.stale.add(span));
    }

    fn ghost_ended(&mut self, site: SiteId, at: Time) {
        let side = self.now.side(site);
        let Some(begun) = self.now.ghost[side].take() else { return };
        let span = cut(begun, at, self.frame.model.horizon);
        self.site(site).ghost.add(span);
        let latest = self.latest.at(self.frame, begun).numbers();
        self.totals.effects[latest].iter_mut().for_each(|effect| effect.ghost.add(span));
    }

    /// The agent's run is complete.
    fn complete(&mut self) {
        let horizon = self.frame.model.horizon;
        self.stand_still(horizon);
        for site in self.now.sites.into_iter().flatten() {
            self.stale_ended(site, horizon);
            self.ghost_ended(site, horizon);
        }
        self.now.judge_restores(self.frame.model.flap_window);
        self.now.regret();
        self.now.rows.iter().for_each(|row| self.rows.outage(row));
        let last = self.now.moves.last();
        let under_way = last.is_some_and(|row| row.is_restore() && row.in_service.is_none());
        self.totals.open_restores += u64::from(under_way);
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
            Event::HeldByCall { until } => {
                self.totals.counts.holds(until.min(self.frame.model.horizon) - at);
            }
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
            Event::IfSwitched { downtime: Some(cost) } if self.now.is_out() => {
                self.now.if_switched = Some(cost);
            }
            Event::IfSwitched { downtime: Some(cost) } => self.compare_stay(cost),
            Event::Needless => {
                if let Some(row) = self.now.last_switchover(at) {
                    row.needless = true;
                }
            }
            _ => {}
        }
    }

    /// What switching over would have cost in the outage that ended last.
    pub(super) fn compare_stay(&mut self, cost: Span) {
        let regret = self.now.compare_stay(cost);
        regret.into_iter().for_each(|regret| self.totals.add_stay(regret));
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
    fn more(&mut self, Record { at, event, .. }: Record) {
        match event {
            Event::State { site, cause } => self.state(at, site, cause),
            Event::MoveBegun { .. } => self.move_begun(at, event),
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
