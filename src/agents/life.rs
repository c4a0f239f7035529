//! The life of one agent: from alarm to alarm, and within one instant in the order that is law.
//!
//! 0. The world changes; connections break or survive.
//! 1. (a) Successes: REGISTERs, attempts, login slots, ends of login. Bindings run out.
//! 2. (b) Losses noticed, transactions and attempts failing, rounds and transactions starting,
//!    every step that takes no time followed to its end. The desktop looks at its phone.
//! 3. (c) The order to leave.
//! 4. (d) DR timers.
//! 5. (e) The phone timer.
//! 6. (f) Restore probes.
//!
//! So a success at the instant at which a timer would fire cancels it.

use crate::model::{AgentId, Kind, Side, SiteId};
use crate::time::Time;
use crate::trace::{Event, Record, Sink};

use super::context::Context;
use super::fortune::Fortune;
use super::state::{Known, Phase, PhoneTimer, Stage, State, alarm};

/// A desktop asks for a login slot at a site with a login capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it connected.
    pub at: Time,
    /// Where.
    pub side: Side,
}

/// What a life is played for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Play {
    /// For itself.
    Real,
    /// To find its login slots: nothing is recorded.
    Rehearsal,
    /// A counterfactual: no timer moves the agent, nobody queues, nothing is recorded.
    WhatIf,
}

/// Where an instant stands, in the order that is law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// The world, then classes (a) and (b).
    World,
    /// Class (c).
    Orders,
    /// Class (d).
    DrTimers,
    /// Class (e).
    PhoneTimer,
    /// Class (f).
    Probes,
}

/// The alarms of connections.
const LINKS: std::ops::Range<usize> = alarm::LINK..alarm::LINE;

/// One agent, alive.
pub struct Life<'a, S> {
    /// What its cohort shares.
    pub(super) cx: &'a Context<'a>,
    /// Who it is.
    pub(super) agent: AgentId,
    /// Its luck.
    pub(super) fortune: Fortune,
    /// Its state.
    pub(super) st: State,
    /// The instant that is being lived through.
    pub(super) now: Time,
    /// Class (a) of the instant is under way.
    pub(super) before_failures: bool,
    /// The alarms that go off at this instant, as bits.
    pub(super) due: u32,
    /// Where the agent stood when its desktop noticed a loss at this instant.
    pub(super) noticed: Option<Known>,
    /// Bindings that have ended at this instant, per side.
    pub(super) ended: [bool; 2],
    /// The class of the instant that is under way.
    pub(super) class: Class,
    /// What is true of the phone may have changed at this instant.
    pub(super) stirred: bool,
    /// The login slot given last was used.
    pub(super) slot_spent: bool,
    /// Whether this is the life itself, or what it is played for.
    pub(super) play: Play,
    /// The state just before the instant `before_at`, for a counterfactual; `None`: not kept yet.
    pub(super) before: Option<Box<State>>,
    /// The instant that `before` precedes.
    pub(super) before_at: Time,
    /// Instants lived through, those of counterfactuals included.
    pub(super) instants: u64,
    /// Where its records go.
    pub(super) sink: S,
}

impl<'a, S: Sink> Life<'a, S> {
    /// An agent at the start: logged in, connected and ready at its preferred site.
    pub fn new(cx: &'a Context<'a>, agent: AgentId, sink: S) -> Self {
        let st = State::new(cx);
        let fortune = Fortune::new(cx.luck, cx.entity(agent));
        let mut life = Self {
            cx,
            agent,
            fortune,
            st,
            now: Time::ZERO,
            before_failures: false,
            due: 0,
            noticed: None,
            ended: [false; 2],
            class: Class::World,
            stirred: true,
            slot_spent: false,
            play: Play::Real,
            before: None,
            before_at: Time(i64::MIN),
            instants: 0,
            sink,
        };
        life.start_lines();
        life.start_links();
        for side in Side::BOTH {
            if cx.sip(side).is_some() {
                life.set(alarm::WORLD + side.index(), Time::ZERO);
            }
        }
        life
    }

    /// The same agent in rehearsal: it leaves no records, and does without hindsight.
    pub fn rehearse(cx: &'a Context<'a>, agent: AgentId, sink: S) -> Self {
        let mut life = Self::new(cx, agent, sink);
        life.play = Play::Rehearsal;
        life
    }

    /// The site that a request is made at.
    #[must_use]
    pub fn site_of(&self, request: Request) -> SiteId {
        self.cx.site(request.side)
    }

    /// Lives until a login slot is asked for, or to the horizon (`None`).
    pub fn run(&mut self) -> Option<Request> {
        loop {
            let (next, due) = self.st.next();
            if next >= self.cx.model.horizon {
                self.finish();
                return None;
            }
            self.remember(next, due);
            if !self.instant(next, due) {
                return self.request();
            }
            self.settle();
        }
    }

    /// Keeps the state just before an instant that a counterfactual may begin at.
    ///
    /// Up to the first timer of an outage, life and counterfactual are the same, so the state
    /// before that instant will do; but a counterfactual does not queue, so where logins are
    /// limited it must begin with the outage. An expired phone timer may move the agent at any
    /// instant.
    fn remember(&mut self, next: Time, due: u32) {
        let out = self.st.outage.start.comes();
        let timers = bits(alarm::DR..alarm::PROBE);
        let timer = due & timers != 0 || self.st.phone_timer == PhoneTimer::Expired;
        let wanted = if self.cx.queues {
            !out
        } else {
            timer && !(out && self.before_at >= self.st.outage.start)
        };
        if wanted && self.play == Play::Real {
            match &mut self.before {
                Some(before) => (**before).clone_from(&self.st),
                none => *none = Some(Box::new(self.st.clone())),
            }
            self.before_at = next;
        }
    }

    fn request(&self) -> Option<Request> {
        self.st.site.map(|side| Request { at: self.now, side })
    }

    /// Goes on after [`Life::run`] asked for a slot.
    pub fn resume(&mut self, slot: Time) -> Option<Request> {
        self.st.stage = Stage::Queued;
        self.slot_spent = false;
        self.set(alarm::STAGE, slot);
        if !self.rest_of_instant() {
            return self.request();
        }
        self.settle();
        self.run()
    }

    /// Whether the slot given last was used; one that was not reached is free for the next.
    pub fn slot_spent(&self) -> bool {
        self.slot_spent
    }

    /// Instants lived through so far, those of counterfactuals included: the cost of this life.
    #[must_use]
    pub fn instants(&self) -> u64 {
        self.instants
    }

    /// One instant from its beginning, with the alarms that go off at it as bits; `false`: it
    /// waits for a login slot.
    pub(super) fn instant(&mut self, now: Time, due: u32) -> bool {
        self.now = now;
        self.due = due;
        self.instants += 1;
        self.class = Class::World;
        self.world_changes();
        self.rest_of_instant()
    }

    /// What is left of an instant, in the order that is law.
    fn rest_of_instant(&mut self) -> bool {
        loop {
            self.follow_up();
            if self.st.stage == Stage::AwaitingSlot {
                return false;
            }
            let Some(class) = self.next_class() else { return true };
            self.class = class;
            match class {
                Class::World => {}
                Class::Orders => self.order_to_leave(),
                Class::DrTimers => self.dr_timers(),
                Class::PhoneTimer => self.phone_timer(),
                Class::Probes => self.probes(),
            }
        }
    }

    /// The next class of this instant that has something to do.
    fn next_class(&self) -> Option<Class> {
        let drained = |side: Side| self.st.sight[side.index()].drained();
        let expired = self.st.phone_timer == PhoneTimer::Expired;
        if self.class < Class::Orders && self.st.site.is_some_and(drained) {
            Some(Class::Orders)
        } else if self.class < Class::DrTimers && self.any_due(alarm::DR..alarm::PHONE_TIMER) {
            Some(Class::DrTimers)
        } else if self.class < Class::PhoneTimer && (expired || self.due(alarm::PHONE_TIMER)) {
            Some(Class::PhoneTimer)
        } else if self.class < Class::Probes
            && (self.st.probing.origin.comes() || self.any_due(alarm::OWN_PROBE..alarm::READY))
        {
            Some(Class::Probes)
        } else {
            None
        }
    }

    /// Classes (a) and (b), until nothing more happens at this instant by itself.
    pub(super) fn follow_up(&mut self) {
        while self.any_due(alarm::LINK..alarm::DR) {
            self.before_failures = true;
            self.registrations_succeed();
            if self.any_due(LINKS) {
                self.attempts_succeed(true);
            }
            self.login_steps();
            self.bindings_expire();
            self.before_failures = false;
            self.losses_noticed();
            self.registrations_fail();
            if self.any_due(LINKS) {
                self.rounds_fail();
                self.attempts_succeed(false);
            }
        }
        self.look_at_phone();
    }

    /// Class 0: what is seen of the world at this instant.
    fn world_changes(&mut self) {
        if self.any_due(alarm::WORLD..alarm::LINK) {
            for side in Side::BOTH {
                if self.due(alarm::WORLD + side.index()) {
                    self.look(side);
                }
            }
            for kind in [Kind::Stat, Kind::Config] {
                if self.due(alarm::OTHERS + kind.index() - 1) {
                    self.watch_other(kind);
                }
            }
        }
        self.links_break();
    }

    /// Brings the sight of one site up to date.
    fn look(&mut self, side: Side) {
        let Some(outlook) = self.cx.sip(side) else { return };
        let at = side.index();
        let position = outlook.position_near(self.now, self.st.position[at] as usize);
        let spell = outlook.spell_at(position);
        self.st.position[at] = position as u32;
        self.st.sight[at] = spell.value;
        self.stirred = true;
        self.set(alarm::WORLD + at, spell.to);
        if !spell.value.any_up() && !self.cx.model.policy.keep_bindings {
            self.bindings_lost(side);
        }
    }

    /// Whether the SIP connection is really live.
    pub(super) fn live(&self) -> bool {
        self.st.links[0].phase == Phase::Live
    }

    /// Sets an alarm.
    pub(super) fn set(&mut self, alarm: usize, at: Time) {
        self.st.alarms[alarm] = at;
        let bit = 1 << alarm;
        let armed = self.st.armed;
        self.st.armed = if at.comes() { armed | bit } else { armed & !bit };
        self.due = if at == self.now { self.due | bit } else { self.due & !bit };
    }

    /// Switches an alarm off.
    pub(super) fn clear(&mut self, alarm: usize) {
        self.set(alarm, Time::NEVER);
    }

    /// Whether an alarm goes off at this instant.
    pub(super) fn due(&self, alarm: usize) -> bool {
        self.due & 1 << alarm != 0
    }

    /// Whether one of a block of alarms goes off at this instant.
    pub(super) fn any_due(&self, block: std::ops::Range<usize>) -> bool {
        self.due & bits(block) != 0
    }

    /// Records an event of this instant.
    pub(super) fn emit(&mut self, event: Event) {
        if self.play == Play::Real {
            self.sink.record(Record { at: self.now, agent: self.agent, event });
        }
    }

    /// The horizon: closes what is open and counts what was not recorded.
    fn finish(&mut self) {
        self.now = self.cx.model.horizon;
        if self.play != Play::Real {
            return;
        }
        self.hindsight();
        self.count_probes(self.now);
        for index in 0..2 {
            self.settle_line(index, self.now);
        }
        self.st.counts.rounds += self.rounds_begun(Kind::Sip, self.cx.last_instant());
        let counts = self.st.counts;
        self.emit(Event::Tally {
            registered: counts.registered,
            failed: counts.failed,
            probes: counts.probes,
            rounds: counts.rounds,
        });
    }
}

/// A block of alarms as bits.
const fn bits(block: std::ops::Range<usize>) -> u32 {
    (1 << block.end) - (1 << block.start)
}

impl State {
    /// The earliest alarm, and the alarms that go off with it, as bits.
    pub(super) fn next(&self) -> (Time, u32) {
        let (mut next, mut due, mut left) = (Time::NEVER, 0, self.armed);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            let at = self.alarms[left.trailing_zeros() as usize];
            let kept = if at < next { 0 } else { due };
            due = if at <= next { kept | bit } else { kept };
            next = next.min(at);
            left ^= bit;
        }
        (next, due)
    }
}
