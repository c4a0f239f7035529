//! The desktop's decisions: DR timers, the phone timer, moves, logins and restore probes.

use jiff::SignedDuration;
use jiff::tz::TimeZoneDatabase;
use switchover::model::{
    AgentId, Clock, Kind, OtherLoss, PhoneNowhere, RestoreWhen, Role, Side, SiteId, Style,
};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::{Event, Noticed, Reason};

use super::agent::{Agent, Now};
use super::link::{Mode, Status};

/// A move from its start to the end of login.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub restore: bool,
    /// From a failed round at the target to the next successful connection.
    pub no_site: bool,
    pub stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    Seeking,
    Queued {
        since: Time,
    },
    /// Waiting for a login slot in a counterfactual, which knows everybody's.
    Slot {
        at: Time,
    },
    /// Nobody can log in: waiting until somebody can.
    Barred,
    Login {
        ends: Time,
    },
    /// The loss of the connection was noticed in queue or login: warm standby.
    Lost,
}

/// The phone as the desktop sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub lost: bool,
    pub timer: Timer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Timer {
    #[default]
    Off,
    Runs(Time),
    /// Fired, and stayed.
    Expired,
}

/// Restore probes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Restoring {
    /// Next probe of the regular grid.
    pub next: Option<Time>,
    /// First success of the unbroken run.
    pub run: Option<Time>,
    /// The probe at the end of a jitter.
    pub delayed: Option<Time>,
    /// Decisions so far.
    pub decisions: u32,
    /// Since when the preferred site has been available, in truth.
    pub available: Option<Time>,
}

impl<'a> Agent<'a> {
    pub fn start_dr_timer(&mut self, now: Now<'a>, kind: Kind) {
        let profile = self.me.profile;
        let on = self.me.has_peer()
            && profile.dr[kind.index()]
            && self.me.model.loss_policy(kind) != OtherLoss::Ignore;
        if on && profile.dr_timeout.ends() && now.timers {
            let fires = now.t + profile.dr_timeout;
            self.link(kind).timer = Some(fires);
            self.tell(now, Event::DrTimerStarted { kind, fires });
        }
    }

    pub fn cancel_dr_timer(&mut self, now: Now<'a>, kind: Kind) {
        if self.link(kind).timer.take().is_some() {
            self.tell(now, Event::DrTimerCancelled { kind });
        }
    }

    /// Class c.
    pub fn order_to_leave(&mut self, now: Now<'a>) {
        if self.leaves_at.is_some_and(|at| at > now.t) {
            return;
        }
        self.leaves_at = None;
        let Some(side) = self.at.filter(|side| self.drained(now, *side)) else { return };
        if self.me.has_peer() && self.link(Kind::Sip).live() {
            if let Some(until) = self.is_held(now) {
                self.leaves_at = Some(until);
                return;
            }
            if let Some(site) = self.me.site(side) {
                self.tell(now, Event::OrderedToLeave { site });
            }
            self.switch_over(now, Reason::Drain);
        }
    }

    /// Class d.
    pub fn dr_timers(&mut self, now: Now<'a>) {
        for kind in Kind::ALL {
            if self.link(kind).timer.is_some_and(|fires| fires <= now.t) {
                self.dr_timer_fires(now, kind);
            }
        }
    }

    fn dr_timer_fires(&mut self, now: Now<'a>, kind: Kind) {
        let moves_agent = self.me.model.loss_policy(kind) == OtherLoss::MoveAgent;
        if moves_agent && let Some(until) = self.capped(now.t) {
            self.link(kind).timer = Some(until);
            self.tell(now, Event::Capped { until });
            return;
        }
        self.link(kind).timer = None;
        let Status::Searching(search) = self.link(kind).status else { return };
        self.tell(now, Event::DrTimerFired { kind, rounds: search.rounds });
        if moves_agent {
            let reason = [Reason::SipTimer, Reason::StatTimer, Reason::ConfigTimer];
            self.switch_over(now, reason[kind.index()]);
        } else {
            let link = self.link(kind);
            link.own_probe = None;
            link.begin_search(Mode::Target, link.side.other(), now.t);
            self.search(now, kind);
        }
    }

    /// Until when the cap on switchovers forbids another, if it does.
    fn capped(&self, t: Time) -> Option<Time> {
        let cap = usize::from(self.me.model.what_if.switchovers_per_hour?);
        let hour = Span::from_secs(3600);
        let place = self.switchovers.len().checked_sub(cap)?;
        let until = self.switchovers[place] + hour;
        (until > t).then_some(until)
    }

    /// Class e.
    pub fn phone_timer(&mut self, now: Now<'a>) {
        let Some(here) = self.at else { return };
        let elsewhere = self.registered(here.other());
        let fires = match self.seen.timer {
            Timer::Off => return,
            Timer::Runs(fires) if fires > now.t => return,
            Timer::Runs(_) => true,
            Timer::Expired if elsewhere => false,
            Timer::Expired => return,
        };
        if let Some(until) = self.capped(now.t) {
            self.seen.timer = Timer::Runs(until);
            self.tell(now, Event::Capped { until });
            return;
        }
        self.seen.timer = Timer::Expired;
        if fires {
            self.tell(now, Event::PhoneTimerFired { elsewhere });
        }
        if elsewhere || self.me.model.policy.phone_nowhere == PhoneNowhere::Switch {
            self.switch_over(now, Reason::PhoneTimer);
        }
    }

    /// What the desktop thinks of its phone, at the end of class b.
    pub fn judge_phone(&mut self, now: Now<'a>) {
        let Some(here) = self.at.filter(|_| self.open.is_none()) else { return };
        let Some(site) = self.me.site(here) else { return };
        let registered = self.registered(here);
        if !registered && !self.seen.lost {
            self.seen.lost = true;
            let since = self.unusable_since(now, here);
            self.tell(now, Event::PhoneSeenLost { site, since });
            self.knows(now);
            let timeout = self.me.profile.phone_timeout;
            if self.me.has_peer() && timeout.ends() && now.timers {
                let fires = now.t + timeout;
                self.seen.timer = Timer::Runs(fires);
                self.tell(now, Event::PhoneTimerStarted { fires });
            }
        } else if registered && self.seen.lost {
            self.tell(now, Event::PhoneSeenBack { site });
            self.forget_phone(now);
        }
    }

    pub fn forget_phone(&mut self, now: Now<'a>) {
        if matches!(self.seen.timer, Timer::Runs(_)) {
            self.tell(now, Event::PhoneTimerCancelled);
        }
        self.seen = Seen::default();
    }

    fn switch_over(&mut self, now: Now<'a>, reason: Reason) {
        let Some(from) = self.at else { return };
        self.begin_move(now, reason, from.other(), None);
        self.switchovers.push(now.t);
        self.link(Kind::Sip).begin_search(Mode::Target, from.other(), now.t);
        self.follow_searches(now);
    }

    fn follow_searches(&mut self, now: Now<'a>) {
        for kind in Kind::ALL {
            self.search(now, kind);
        }
    }

    /// Connections, timers, probes, a place in a queue.
    pub fn drop_everything(&mut self, now: Now<'a>) {
        for kind in Kind::ALL {
            self.cancel_dr_timer(now, kind);
            let link = self.link(kind);
            (link.status, link.own_probe) = (Status::Off, None);
        }
        self.forget_phone(now);
        self.leave_queue(now);
        self.restoring = Restoring {
            decisions: self.restoring.decisions,
            available: self.restoring.available,
            ..Restoring::default()
        };
        self.duty.signs_in = false;
        self.leaves_at = None;
    }

    fn begin_move(&mut self, now: Now<'a>, reason: Reason, to: Side, available: Option<Time>) {
        let in_service = self.was_in_service();
        self.books_of_move(now, reason, in_service);
        self.drop_everything(now);
        let from = self.at.take().and_then(|side| self.me.site(side));
        let restore = reason == Reason::Restore;
        self.open = Some(Move { restore, no_site: false, stage: Stage::Seeking });
        if let Some(to) = self.me.site(to) {
            self.tell(now, Event::MoveBegun { reason, from, to, in_service, available });
        }
    }

    pub fn leave_queue(&mut self, now: Now<'a>) {
        if let Some((site, _)) = self.queued() {
            self.tell(now, Event::QueueLeft { site });
        }
    }

    pub fn no_site(&mut self, now: Now<'a>) {
        if let Some(open) = &mut self.open {
            open.no_site = true;
        }
        self.tell(now, Event::NoSite);
    }

    /// The desktop connects during a move; its other connections come along.
    pub fn connected(&mut self, now: Now<'a>, side: Side, member: Role, rounds: u32) {
        self.at = Some(side);
        if let Some(open) = &mut self.open {
            open.no_site = false;
        }
        if let Some(site) = self.me.site(side) {
            self.tell(now, Event::Connected { site, member, rounds });
        }
        for kind in [Kind::Stat, Kind::Config] {
            if self.me.pair(kind, side).is_some() {
                self.take_along(now, kind, side);
            }
        }
        self.phone_follows(now, side);
        self.look_at_phone();
        self.ask_for_login(now);
    }

    fn take_along(&mut self, now: Now<'a>, kind: Kind, side: Side) {
        let serving = self.reached(now, kind, side);
        let link = self.link(kind);
        link.side = side;
        if let Some(role) = serving {
            link.status = Status::Live(role);
            link.last[side.index()] = role;
            return self.feel_world(now, kind);
        }
        link.breaks += 1;
        link.unusable = Some(now.t);
        let member = link.last[side.index()];
        self.tell_broken(now, kind, member);
        self.lost(now, kind, now.t, Noticed::Reset);
        self.search(now, kind);
    }

    pub fn ask_for_login(&mut self, now: Now<'a>) {
        let Some(site) = self.at.and_then(|side| self.me.site(side)) else { return };
        let gap = self.me.model.sites[site.index()].login_gap;
        self.barred = None;
        if let (Some(taken), Some(gap)) = (now.taken, gap) {
            let at = self.free_slot(&taken.logins[site.index()], site, gap, now.t);
            self.set_stage(Stage::Slot { at });
            self.feel_bar(now);
            self.slot_reached(now);
        } else if gap.is_some() {
            self.tell(now, Event::LoginQueued { site });
            self.set_stage(Stage::Queued { since: now.t });
            self.parts(now);
            self.slots_given = false;
            self.feel_bar(now);
        } else if now.world.barred[site.index()] {
            self.tell(now, Event::LoginHeldUp { site });
            self.set_stage(Stage::Barred);
            self.feel_bar(now);
        } else {
            self.begin_login(now);
        }
    }

    /// Class 0: nobody can log in any more, or again. A login under way is lost.
    pub fn feel_bar(&mut self, now: Now<'a>) {
        let site = self.at.and_then(|side| self.me.site(side));
        let Some(site) = site.filter(|site| now.world.barred[site.index()]) else {
            self.barred = None;
            return;
        };
        match self.open.map(|open| open.stage) {
            Some(Stage::Login { ends }) if ends > now.t || !self.links[0].live() => {
                self.tell(now, Event::LoginHeldUp { site });
                self.set_stage(Stage::Barred);
                self.barred = Some(now.t);
            }
            Some(Stage::Queued { .. } | Stage::Slot { .. } | Stage::Barred) => {
                self.barred = self.barred.or(Some(now.t));
            }
            _ => self.barred = None,
        }
    }

    /// Class a: somebody can log in again.
    pub fn bar_lifts(&mut self, now: Now<'a>) {
        let waits = self.open.is_some_and(|open| open.stage == Stage::Barred);
        if waits && self.barred.is_none() {
            self.begin_login(now);
        }
    }

    /// When a login that nobody can make is given up.
    pub fn gives_up_at(&self) -> Option<Time> {
        let wait = self.me.model.policy.login_wait;
        self.barred.filter(|_| wait.ends()).map(|since| since + wait)
    }

    /// Class b: the login has waited too long; the desktop looks for a site, at home first.
    pub fn give_up_login(&mut self, now: Now<'a>) {
        let Some(side) = self.at.filter(|_| self.gives_up_at().is_some_and(|at| at <= now.t))
        else {
            return;
        };
        let (Some(site), Some(pair)) = (self.me.site(side), self.me.pair(Kind::Sip, side)) else {
            return;
        };
        self.leave_queue(now);
        self.tell(now, Event::LoginGivenUp { site });
        for kind in Kind::ALL {
            self.cancel_dr_timer(now, kind);
            self.link(kind).status = Status::Off;
            self.link(kind).own_probe = None;
        }
        self.at = None;
        self.barred = None;
        self.set_stage(Stage::Seeking);
        let pause = self.me.model.retry_delays(self.me.profile, pair)[0];
        self.link(Kind::Sip).begin_search(Mode::Cycle, Side::Preferred, now.t + pause);
        self.no_site(now);
    }

    /// The first instant that is not within a gap after a slot of the others, or after one that this
    /// agent has taken in the counterfactual.
    fn free_slot(&self, taken: &[(Time, AgentId)], site: SiteId, gap: Span, from: Time) -> Time {
        let blocked = self.blocked(taken, &self.own_slots, site);
        let mut slot = from;
        loop {
            if let Some(at) = blocked.iter().find(|at| **at <= slot && slot < **at + gap) {
                slot = *at + gap;
            } else if slot < Time::NEVER && self.me.world.at(slot).barred[site.index()] {
                slot = self.me.world.next_after(slot);
            } else {
                return slot;
            }
        }
    }

    /// What the others have taken, and this agent in the counterfactual.
    fn blocked(
        &self,
        taken: &[(Time, AgentId)],
        own: &[(SiteId, Time)],
        site: SiteId,
    ) -> Vec<Time> {
        let others = taken.iter().filter(|(_, who)| *who != self.me.id).map(|(at, _)| *at);
        let own = own.iter().filter(|(at, _)| *at == site).map(|(_, at)| *at);
        others.chain(own).collect()
    }

    /// The same for a turn to connect: whether the server is there then is another matter.
    pub fn free_turn(
        &self,
        taken: &[(Time, AgentId)],
        site: SiteId,
        gap: Span,
        from: Time,
    ) -> Time {
        let blocked = self.blocked(taken, &self.own_turns, site);
        let mut turn = from;
        while let Some(at) = blocked.iter().find(|at| **at <= turn && turn < **at + gap) {
            turn = *at + gap;
        }
        turn
    }

    /// A login slot of a counterfactual comes.
    pub fn slot_reached(&mut self, now: Now<'a>) {
        let Some(Move { stage: Stage::Slot { at }, .. }) = self.open else { return };
        let Some(site) = self.at.and_then(|side| self.me.site(side)) else { return };
        if at <= now.t && self.barred.is_none() {
            self.own_slots.push((site, at));
            self.begin_login(now);
        }
    }

    fn set_stage(&mut self, stage: Stage) {
        if let Some(open) = &mut self.open {
            open.stage = stage;
        }
    }

    pub fn begin_login(&mut self, now: Now<'a>) {
        let Some(site) = self.at.and_then(|side| self.me.site(side)) else { return };
        let time = self.me.draw(&self.me.model.desktop.login, Purpose::Login, self.logins);
        self.logins += 1;
        let ends = now.t + time;
        self.tell(now, Event::LoginBegun { site, ends });
        self.set_stage(Stage::Login { ends });
        self.login_ends(now);
    }

    /// Class a, or at once: the login has lasted long enough and the connection is really up.
    pub fn login_ends(&mut self, now: Now<'a>) {
        let Some(Move { stage: Stage::Login { ends }, .. }) = self.open else { return };
        let Some(side) = self.at.filter(|_| ends <= now.t && self.links[0].live()) else { return };
        let delay = self.me.draw(&self.me.model.desktop.ready, Purpose::Ready, self.readies);
        self.readies += 1;
        self.open = None;
        self.logged_in = now.t;
        self.ready = now.t + delay;
        self.restoring.next = self.probes_from(side).then_some(now.t + self.me.probe_every);
        if let Some(site) = self.me.site(side) {
            self.tell(now, Event::LoggedIn { site, ready: self.ready });
        }
        self.ghost_gone(now, side);
    }

    fn probes_from(&self, side: Side) -> bool {
        side == Side::Peer && self.me.has_peer() && self.me.profile.auto_restore
    }

    /// Whether a probe of the preferred site would succeed.
    pub fn preferred_available(&self, now: Now<'a>) -> bool {
        let home = Side::Preferred;
        let takes_agent = |kind| {
            self.me.model.loss_policy(kind) == OtherLoss::MoveAgent
                && self.me.pair(kind, home).is_some()
        };
        let others = [Kind::Stat, Kind::Config].into_iter().filter(|kind| takes_agent(*kind));
        let needs_phone =
            self.me.model.policy.restore_needs_phone && self.me.phone.style != Style::Follow;
        self.reached(now, Kind::Sip, home).is_some()
            && !self.drained(now, home)
            && others.into_iter().all(|kind| self.serving(now, kind, home).is_some())
            && (!needs_phone || self.registered_at_home())
    }

    /// Class f, the agent's probe.
    pub fn restore_probe(&mut self, now: Now<'a>) {
        if self.open.is_some() {
            return;
        }
        if self.restoring.delayed.is_some_and(|at| at <= now.t) {
            self.delayed_probe(now);
        } else if let Some(at) = self.restoring.next.filter(|at| *at <= now.t) {
            self.restoring.next = Some(at + self.me.probe_every);
            if self.probe_succeeds(now) {
                self.found(now);
            } else if self.restoring.run.take().is_some() {
                self.tell(now, Event::PreferredLostAgain);
            }
        }
    }

    fn probe_succeeds(&mut self, now: Now<'a>) -> bool {
        if self.link(Kind::Sip).noticed() {
            return false;
        }
        self.books.probes += 1;
        self.preferred_available(now)
    }

    fn delayed_probe(&mut self, now: Now<'a>) {
        self.restoring.delayed = None;
        if self.probe_succeeds(now) {
            self.go_home(now);
            return;
        }
        self.restoring.run = None;
        self.tell(now, Event::PreferredLostAgain);
        let mut next = self.logged_in + self.me.probe_every;
        while next <= now.t {
            next += self.me.probe_every;
        }
        self.restoring.next = Some(next);
    }

    fn found(&mut self, now: Now<'a>) {
        if self.restoring.run.is_none() {
            self.tell(now, Event::PreferredFound);
        }
        let first = *self.restoring.run.get_or_insert(now.t);
        if now.t < first + self.me.hold_down || !self.in_window(now.t) {
            return;
        }
        let number = self.restoring.decisions;
        self.restoring.decisions += 1;
        let law = self.me.model.what_if.restore_jitter.as_ref();
        let jitter = law.map(|law| self.me.draw(law, Purpose::RestoreJitter, number));
        match jitter {
            Some(jitter) if jitter > Span::ZERO => {
                let until = now.t + jitter;
                self.restoring.delayed = Some(until);
                self.restoring.next = None;
                self.tell(now, Event::RestoreDelayed { until });
            }
            _ => self.go_home(now),
        }
    }

    fn go_home(&mut self, now: Now<'a>) {
        match self.is_held_away(now) {
            None => self.restore(now),
            until => (self.restoring.delayed, self.restoring.next) = (until, None),
        }
    }

    fn in_window(&self, t: Time) -> bool {
        let RestoreWhen::Window { from, to } = self.me.model.policy.restore_when else {
            return true;
        };
        let clock = self.me.model.clock.as_ref();
        let shown = |t: Time| {
            clock.map_or(Span(t.0.rem_euclid(Span::from_secs(86_400).0)), |clock| shown(clock, t))
        };
        let open = |t: Time| {
            let clock = shown(t);
            if from <= to { from <= clock && clock < to } else { from <= clock || clock < to }
        };
        if !open(t) {
            return false;
        }
        // A later stage begins so much later after the window has opened: when the clocks showed its beginning, or jumped into it.
        let day = Span::from_secs(86_400);
        let since = |clock: Span| if clock >= from { clock - from } else { clock + day - from };
        let length = if from <= to { to - from } else { to + day - from };
        let turns = turns_before(clock, t);
        let starts = [t].into_iter().chain(turns.iter().map(|turn| *turn - Span(1)));
        let begun = starts.map(|last| last - since(shown(last))).chain(turns.iter().copied());
        let opened = begun.filter(|&at| at <= t && open(at) && !open(at - Span(1))).max();
        self.me.stage < length && opened.is_some_and(|opened| t - opened >= self.me.stage)
    }

    fn restore(&mut self, now: Now<'a>) {
        let Some(member) = self.serving(now, Kind::Sip, Side::Preferred) else { return };
        let available = self.available_since(now).map(|since| since.max(self.logged_in));
        self.begin_move(now, Reason::Restore, Side::Preferred, available);
        if self.takes_turns(Kind::Sip, Side::Preferred) {
            return self.restore_comes(now, member);
        }
        let link = self.link(Kind::Sip);
        link.status = Status::Live(member);
        link.side = Side::Preferred;
        link.last[0] = member;
        self.connected(now, Side::Preferred, member, 0);
        self.feel_world(now, Kind::Sip);
    }

    /// Class f, the probes of connections that have moved alone.
    pub fn own_probes(&mut self, now: Now<'a>) {
        let home = Side::Preferred;
        for kind in [Kind::Stat, Kind::Config] {
            let Some(at) = self.link(kind).own_probe.filter(|at| *at <= now.t) else { continue };
            self.link(kind).own_probe = Some(at + self.me.probe_every);
            if self.link(kind).noticed() {
                continue;
            }
            if let Some(role) = self.reached(now, kind, home) {
                let link = self.link(kind);
                link.status = Status::Live(role);
                link.side = home;
                link.last[0] = role;
                self.moved_alone(now, kind, home, 0);
                self.feel_world(now, kind);
            }
        }
    }

    pub fn moved_alone(&mut self, now: Now<'a>, kind: Kind, side: Side, rounds: u32) {
        let probes = self.probes_from(side);
        self.link(kind).own_probe = probes.then_some(now.t + self.me.probe_every);
        if let Some(to) = self.me.site(side) {
            self.tell(now, Event::ConnectionMoved { kind, to, rounds });
        }
    }
}

/// The time of day that the clocks show, by the calendar of jiff.
fn shown(clock: &Clock, t: Time) -> Span {
    let day = Span::from_secs(86_400).0;
    let Some(zone) = &clock.zone else { return Span((clock.time.0 + t.0).rem_euclid(day)) };
    let tz = TimeZoneDatabase::bundled().get(&zone.name).expect("a zone");
    let local = (zone.start + SignedDuration::from_nanos(t.0)).to_zoned(tz).time();
    Span(local.duration_since(jiff::civil::Time::midnight()).as_nanos() as i64)
}

/// The latest changes of the clocks up to an instant.
fn turns_before(clock: Option<&Clock>, t: Time) -> Vec<Time> {
    let Some(zone) = clock.and_then(|clock| clock.zone.as_ref()) else { return Vec::new() };
    let tz = TimeZoneDatabase::bundled().get(&zone.name).expect("a zone");
    let now = zone.start + SignedDuration::from_nanos(t.0 + 1);
    let turns = tz.preceding(now).take(3);
    turns.map(|turn| Time(turn.timestamp().duration_since(zone.start).as_nanos() as i64)).collect()
}
