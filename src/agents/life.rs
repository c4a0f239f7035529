//! The simulation of one agent: from one due slot of its agenda to the next, in the fixed order of
//! slots.
//!
//! Between two steps nothing changes, so the state is looked at when time goes on. What a step does
//! is in the files for connections, moves, timers and probes; this file shows the whole policy.

use crate::desktop::{DesktopState, Slot, Stage};
use crate::limits::Unfinished;
use crate::model::{AgentId, Kind, Role, Side, SiteId};
use crate::phones::AgentDraws;
use crate::phones::Fact;
use crate::phones::Followed;
use crate::phones::{Lists, Phone};
use crate::slots::{Slots, Wanted};
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};
use crate::world::{Cursor, Outlook};

use super::context::Context;
use super::ledger::{Kept, Ledger, rank};

/// A desktop asks for a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it connected, or its attempt to connect came to the server.
    pub at: Time,
    /// Where.
    pub side: Side,
    /// What for.
    pub wanted: Wanted,
}

/// The purpose of a simulation of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The run itself.
    Real,
    /// To find its slots: nothing is recorded.
    Rehearsal,
    /// For readers that follow it while it goes on.
    Watched,
    /// A counterfactual, until it is in service at or after this instant: no timer moves the agent,
    /// and nothing is recorded.
    WhatIf(Time),
    /// The same up to this instant.
    Remain(Time),
}

/// An agent that asks for a slot.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) desk: DesktopState,
    /// Of a phone that follows its desktop.
    pub(super) phone: Option<Phone>,
}

/// An agent just before a switchover begun in service.
#[derive(Debug)]
pub(super) struct Remaining {
    pub(super) desk: DesktopState,
    /// Of a phone that follows its desktop.
    pub(super) phone: Option<Phone>,
    /// The outage that it opened is under way: another switchover in it takes its place.
    pub(super) open: bool,
    /// The restore that it led to has begun, or there is none to wait for.
    pub(super) restored: bool,
}

/// The buffers that one agent leaves to the next one: the memory of its lists.
#[derive(Debug, Default)]
pub struct Buffers {
    pub(super) phone: Lists,
    pub(super) kept: Kept,
    pub(super) bytes: Vec<u8>,
}

/// One agent while it is simulated.
#[derive(Debug)]
pub struct Life<'a, S> {
    /// What its cohort shares.
    pub(super) cx: &'a Context<'a>,
    /// The agent.
    pub(super) agent: AgentId,
    /// Its random draws.
    pub(super) draws: AgentDraws,
    /// Its desktop.
    pub(super) desk: DesktopState,
    /// Its phone.
    pub(super) phone: Phone,
    /// The SIP Server pairs around now, per side; that of an agent without a peer twice.
    outlooks: [Cursor<'a, Outlook>; 2],
    /// Whether this is the run itself, or what else it is simulated for.
    pub(super) mode: Mode,
    /// The slots of all agents, once they are known.
    pub(super) slots: Option<&'a Slots>,
    /// The agent as it first asked for a slot in the outage under way, if it has `asked`.
    pub(super) asking: Option<Box<Asking>>,
    /// See above.
    pub(super) asked: bool,
    /// Before switchovers begun in service that are not yet compared with staying.
    pub(super) remaining: Vec<Remaining>,
    /// Downtime of such a counterfactual.
    pub(super) missed: Span,
    /// The slot given last was used.
    pub(super) slot_spent: bool,
    /// The rank that the instant has reached, for the order of records.
    pub(super) rank: u8,
    /// Steps taken so far, those of its phone and of counterfactuals included; while this agent is
    /// simulated, the meter counts them.
    pub(super) steps: u64,
    /// Its records.
    pub(super) ledger: Ledger<S>,
}

impl<'a, S: Sink> Life<'a, S> {
    /// An agent at the start: logged in, connected and ready at its preferred site, if it is on
    /// shift; `buffers` holds the buffers of an earlier agent. `None`: it has no SIP Server pair
    /// there.
    pub fn new(
        cx: &'a Context<'a>,
        agent: AgentId,
        sink: S,
        slots: Option<&'a Slots>,
        buffers: &mut Buffers,
    ) -> Option<Self> {
        cx.meter.begin(0);
        let mut draws = AgentDraws::new(cx.random, cx.entity(agent));
        let phone = Phone::new(cx, &mut draws, agent, std::mem::take(&mut buffers.phone));
        let mut desk = DesktopState::START;
        // What can be seen at the peer site is not known before the first visit.
        desk.seen = [true, cx.seen_unvisited()];
        desk.agenda.set(Slot::Power, cx.power_fails(Time::ZERO));
        let kept = std::mem::take(&mut buffers.kept);
        let mut life = Self::with(cx, agent, (draws, desk, phone), (sink, slots, kept))?;
        if life.is_there_at_start() {
            for &kind in cx.kinds() {
                if cx.view(Side::Preferred, kind).is_some() {
                    life.goes_live(kind, Side::Preferred, Role::Primary);
                }
            }
            life.look_at_truth();
            life.await_phone();
        }
        life.steps = cx.meter.taken();
        Some(life)
    }

    /// An agent with all its own state.
    pub(super) fn with(
        cx: &'a Context<'a>,
        agent: AgentId,
        (draws, desk, phone): (AgentDraws, DesktopState, Phone),
        (sink, slots, kept): (S, Option<&'a Slots>, Kept),
    ) -> Option<Self> {
        let home = cx.sip(Side::Preferred)?;
        let outlooks = [home, cx.sip(Side::Peer).unwrap_or(home)];
        let sorted = sink.in_order() || cx.follows();
        Some(Self {
            cx,
            agent,
            draws,
            outlooks: outlooks.map(|outlook| Cursor::new(outlook, desk.now)),
            desk,
            phone,
            mode: Mode::Real,
            slots,
            asking: None,
            asked: false,
            remaining: Vec::new(),
            missed: Span::ZERO,
            slot_spent: false,
            rank: 0,
            steps: 0,
            ledger: Ledger::new(sink, agent, sorted, kept),
        })
    }

    /// The same agent in rehearsal: it leaves no records, and makes no comparisons in hindsight.
    pub fn rehearse(
        cx: &'a Context<'a>,
        agent: AgentId,
        sink: S,
        buffers: &mut Buffers,
    ) -> Option<Self> {
        let mut life = Self::new(cx, agent, sink, None, buffers)?;
        life.mode = Mode::Rehearsal;
        Some(life)
    }

    /// Leaves its buffers to the next agent.
    pub fn leave(self, buffers: &mut Buffers) {
        (buffers.phone, buffers.kept) = (self.phone.into_lists(), self.ledger.into_buffers());
    }

    /// The site that a request is made at.
    #[must_use]
    pub fn site_of(&self, request: Request) -> SiteId {
        self.cx.site(request.side)
    }

    /// Simulates until a slot is asked for, or to the horizon (`None`).
    ///
    /// # Errors
    /// If it takes too many steps, or the run is stopped.
    pub fn run(&mut self) -> Result<Option<Request>, Unfinished> {
        self.metered(Self::live)
    }

    /// Goes on after [`Life::run`] asked for a slot.
    ///
    /// # Errors
    /// As [`Life::run`].
    pub fn resume(&mut self, slot: Time) -> Result<Option<Request>, Unfinished> {
        self.metered(|life| life.go_on(slot))
    }

    fn metered(
        &mut self,
        live: impl FnOnce(&mut Self) -> Option<Request>,
    ) -> Result<Option<Request>, Unfinished> {
        self.cx.meter.begin(self.steps);
        let request = live(self);
        self.steps = self.cx.meter.taken();
        self.cx.meter.verdict(self.agent, self.cx.random.replication).map(|()| request)
    }

    /// Simulates as [`Life::run`]; a counterfactual to the instant at which it is in service.
    pub(super) fn live(&mut self) -> Option<Request> {
        let horizon = self.cx.model.horizon;
        while !self.cx.meter.is_over() {
            let (next, slot) = self.desk.agenda.next();
            if self.stand(next.min(horizon)) {
                return None;
            }
            if next >= horizon {
                self.desk.now = horizon;
                self.finish();
                return None;
            }
            if next > self.desk.now {
                self.rank = 0;
            }
            self.rank = self.rank.max(rank::step(slot.rank()));
            self.move_to(next);
            self.cx.meter.step(next, || slot.work());
            self.step(slot);
            if let Some(request) = self.asks() {
                return Some(request);
            }
        }
        None
    }

    /// Whether the slot given last was used; one that was not reached is free for the next.
    pub fn slot_spent(&self) -> bool {
        self.slot_spent
    }

    /// Where the desktop has moved its phone.
    #[must_use]
    pub fn follows(&self) -> &[Followed] {
        self.phone.follows()
    }

    /// Steps taken so far, those of its phone and of counterfactuals included: the cost of this
    /// simulation.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Moves the present to an instant.
    pub(super) fn move_to(&mut self, t: Time) {
        self.desk.now = t;
        for outlook in &mut self.outlooks {
            outlook.move_to(t);
        }
    }

    /// One step of the agent.
    fn step(&mut self, slot: Slot) {
        match slot {
            Slot::Power => self.power_turns(),
            Slot::Shift => self.shift_turns(),
            Slot::World(kind) => self.world_turns(kind),
            Slot::Answer(kind) | Slot::Round(kind) => self.round_ends(kind),
            Slot::Stage => self.login_step(),
            Slot::Loss(kind) => self.loss_noticed(kind),
            Slot::Truth => self.look_at_truth(),
            Slot::Phone => self.look_at_phone(),
            Slot::Drain => self.order_to_leave(),
            Slot::DrTimer(kind) => self.dr_timer_fires(kind),
            Slot::PhoneTimer => self.phone_timer_fires(),
            Slot::Probe => self.probe(),
            Slot::OwnProbe(kind) => self.own_probe(kind),
        }
    }

    /// The horizon: closes what is open and counts what was not recorded.
    fn finish(&mut self) {
        if !self.real() {
            return;
        }
        self.rank = rank::STATE;
        self.hindsight();
        self.remaining_closed();
        if matches!(self.desk.stage, Stage::LoggedIn | Stage::Off) {
            // The switchover has ended, whether the agent is in service or not.
            self.close_watch();
        }
        for side in Side::BOTH {
            self.ghost_ends(side);
        }
        self.count_probes();
        let rounds = self.desk.rounds + self.rounds_begun(Kind::Sip, self.cx.last_instant());
        let (registered, failed) = self.phone.finish(self.cx, &mut self.draws);
        self.tell_phone();
        self.rank = rank::LAST;
        self.emit(Event::Tally { registered, failed, probes: self.desk.probes, rounds });
        self.ledger.close();
    }

    /// Whether this is the run itself, which is compared with counterfactuals.
    pub(super) fn real(&self) -> bool {
        self.mode == Mode::Real
    }

    /// Whether this simulation leaves records.
    pub(super) fn leaves_records(&self) -> bool {
        matches!(self.mode, Mode::Real | Mode::Watched)
    }

    /// Whether this is a counterfactual.
    pub(super) const fn what_if(&self) -> bool {
        matches!(self.mode, Mode::WhatIf(_) | Mode::Remain(_))
    }

    /// The SIP Server pair at a side, around now.
    pub(super) const fn outlook(&self, side: Side) -> &Cursor<'a, Outlook> {
        &self.outlooks[side.index()]
    }

    /// What a connection of a kind sees at a side, around now; `None`: it has nothing there.
    pub(super) fn around(&self, kind: Kind, side: Side) -> Option<Cursor<'a, Outlook>> {
        match kind {
            Kind::Sip => Some(*self.outlook(side)),
            kind => self.cx.view(side, kind).map(|view| Cursor::new(view.outlook, self.desk.now)),
        }
    }

    /// Whether something is so of the phone at an instant.
    pub(super) fn phone_is(&mut self, t: Time, fact: Fact) -> bool {
        self.phone.at(self.cx, &mut self.draws, t, fact)
    }

    /// Whether something is so of the phone at an instant, and until when it stays like that.
    pub(super) fn phone_stays(&mut self, t: Time, fact: Fact) -> (bool, Time) {
        self.phone.stays(self.cx, &mut self.draws, t, fact)
    }

    /// Since when something has been so of the phone, or not, up to and with `t`.
    pub(super) fn phone_since(&mut self, t: Time, what: (Fact, bool)) -> Option<Time> {
        self.phone.since(self.cx, &mut self.draws, t, what)
    }

    /// The first instant from `t` on at which something is so of the phone, or is not.
    pub(super) fn phone_first(&mut self, t: Time, wanted: (Fact, bool)) -> Time {
        self.phone.first(self.cx, &mut self.draws, t, wanted)
    }

    /// The site at a side.
    pub(super) fn site(&self, side: Side) -> SiteId {
        self.cx.site(side)
    }

    /// Whether the SIP connection is lost and the desktop knows it.
    pub(super) const fn reconnecting(&self) -> bool {
        self.desk.links[0].reconnecting()
    }

    /// Records an event of this instant.
    #[inline(always)]
    pub(super) fn emit(&mut self, event: Event) {
        self.emit_at(self.desk.now, self.rank, event);
    }

    /// Records an event of an instant.
    #[inline(always)]
    pub(super) fn emit_at(&mut self, at: Time, rank: u8, event: Event) {
        if self.leaves_records() {
            self.ledger.record(at, rank, event);
        }
    }
}
