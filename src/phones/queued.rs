//! A phone that uses registrars with a capacity: its transactions alone, without a desktop.
//!
//! It does not know how long it waits there; the room `simulation` does.

use crate::model::{AgentId, Side};
use crate::time::Time;

use super::answers::{Followed, Registers};
use super::chains::{Chains, Work};
use super::context::PhoneContext;
use super::draws::AgentDraws;
use super::line::{IN_STEP, Note, Step, Through};
use super::verdicts::Outcome;
use crate::limits::Unfinished;

/// A transaction whose outcome a registrar with a capacity decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedRegister {
    /// Where.
    pub side: Side,
    /// When it starts.
    pub start: Time,
    /// When its first message comes there.
    pub first: Time,
    /// It is a refresh.
    pub refreshes: bool,
    /// Of a phone that is in step with others.
    pub in_step: bool,
    /// Its number among those that the registration has announced: a plan that was dropped may come
    /// again.
    number: u32,
}

/// One phone.
#[derive(Clone, Debug)]
pub struct QueuedPhone {
    agent: AgentId,
    steps: u32,
    /// By registration: start and side of the transaction that it has announced last, and the power
    /// cuts before.
    asked: [(Time, Side, u32); 2],
    /// By registration: how many it has announced.
    numbers: [u32; 2],
    chains: Chains,
    /// How often its desktop has moved it, and when it does so next.
    moves: u32,
    goes: Time,
}

/// The working memory that the phones of a cohort use one after the other.
#[derive(Debug)]
pub struct Scratch {
    draws: AgentDraws,
    /// They are not read.
    notes: Vec<Note>,
}

impl Scratch {
    /// Nothing is in it.
    #[must_use]
    pub fn new(cx: &PhoneContext, agent: AgentId) -> Self {
        Self { draws: AgentDraws::new(cx.random, cx.entity(agent)), notes: Vec::new() }
    }

    fn work<'w, 'a>(&'w mut self, cx: &'a PhoneContext<'a>, agent: AgentId) -> Work<'w, 'a> {
        self.draws.turn_to(cx.entity(agent));
        self.notes.clear();
        Work { cx, draws: &mut self.draws, notes: &mut self.notes, after: None }
    }
}

impl QueuedPhone {
    /// A phone at the start.
    #[must_use]
    pub fn new(cx: &PhoneContext, scratch: &mut Scratch, agent: AgentId) -> Self {
        let work = scratch.work(cx, agent);
        let mut caller = Self {
            agent,
            steps: 0,
            asked: [(Time::NEVER, Side::Preferred, 0); 2],
            numbers: [0; 2],
            chains: Chains::new(cx, work.draws, agent),
            moves: 0,
            goes: Time::NEVER,
        };
        caller.goes = caller.next_move(cx).map_or(Time::NEVER, |next| next.at);
        caller
    }

    /// The agent whose phone it is.
    #[must_use]
    pub const fn agent(&self) -> AgentId {
        self.agent
    }

    /// The next instant at which anything happens that needs no answer of a queue.
    #[must_use]
    pub fn next(&self) -> Time {
        self.chains.next().min(self.goes)
    }

    /// Where its desktop moves it next.
    fn next_move(&self, cx: &PhoneContext) -> Option<Followed> {
        let Registers::Asked(follows) = cx.registers else { return None };
        follows.after(self.agent, self.moves as usize)
    }

    /// Its desktop moves it.
    fn follow(&mut self, cx: &PhoneContext, Followed { at, side, through }: Followed) {
        self.moves += 1;
        self.chains.follow(cx, side, at, through);
        self.goes = self.next_move(cx).map_or(Time::NEVER, |next| next.at);
        self.asked[0].0 = Time::NEVER;
    }

    /// Whether a refresh that is a message starts at an instant, or the power goes off or on.
    #[must_use]
    pub fn starts_at(&self, t: Time) -> bool {
        self.chains.starts_at(t)
    }

    /// It starts, or is off.
    pub fn start(&mut self, cx: &PhoneContext, scratch: &mut Scratch, now: Time) {
        self.chains.start(now, &mut scratch.work(cx, self.agent));
    }

    /// The registration whose refresh, of a phone in step, is all that happens at an instant.
    #[must_use]
    pub fn only_refresh(&self, now: Time) -> Option<(usize, Side)> {
        self.chains.only_refresh(now).filter(|_| self.goes > now)
    }

    /// It is answered at once. Returns whether the next refresh is a message too.
    ///
    /// # Errors
    /// If the phone takes too many steps, or the run is stopped.
    pub fn refreshed(
        &mut self,
        (cx, scratch): (&PhoneContext, &mut Scratch),
        line: usize,
        now: Time,
    ) -> Result<bool, Unfinished> {
        self.step(cx, now)?;
        self.chains.refreshed(line, now, &mut scratch.work(cx, self.agent));
        Ok(self.chains.lines[line].in_step > 0)
    }

    /// Takes a step, if it may.
    fn step(&mut self, cx: &PhoneContext, at: Time) -> Result<(), Unfinished> {
        cx.meter.begin(u64::from(self.steps));
        cx.meter.step(at, || self.chains.work(cx));
        self.steps = u32::try_from(cx.meter.taken()).unwrap_or(u32::MAX);
        cx.meter.verdict(self.agent, cx.random.replication)
    }

    /// Simulates an instant: its beginning and what succeeds in it or, if `whole`, all of it.
    ///
    /// # Errors
    /// If the phone takes too many steps, or the run is stopped.
    pub fn happen(
        &mut self,
        (cx, scratch): (&PhoneContext, &mut Scratch),
        at: Time,
        whole: bool,
    ) -> Result<(), Unfinished> {
        self.step(cx, at)?;
        let mut work = scratch.work(cx, self.agent);
        let follow = self.next_move(cx).filter(|next| next.at == at);
        let through = match (whole, follow) {
            (false, _) => Through::Successes,
            (true, Some(next)) => next.through,
            (true, None) => Through::End,
        };
        self.chains.instant(at, through, &mut work);
        if let Some(next) = follow.filter(|next| next.through == through) {
            self.follow(cx, next);
        }
        self.chains.close(work.notes);
        Ok(())
    }

    /// The transaction that one of its registrations has begun and whose outcome a queue decides,
    /// if there is one; it is returned once.
    pub fn begins_to_ask(&mut self, line: usize) -> Option<QueuedRegister> {
        let own = &self.chains.lines[line];
        let cuts = self.chains.starts;
        let transaction = (own.start, own.side, cuts);
        if own.step != Step::Asks
            || std::mem::replace(&mut self.asked[line], transaction) == transaction
        {
            return None;
        }
        self.numbers[line] += 1;
        Some(QueuedRegister {
            side: own.side,
            start: own.start,
            first: own.at,
            refreshes: own.refreshes,
            in_step: own.in_step > 0,
            number: self.numbers[line],
        })
    }

    /// Whether a registration is still in a transaction.
    #[must_use]
    pub fn is_in(&self, line: usize, call: &QueuedRegister) -> bool {
        let own = &self.chains.lines[line];
        let under_way = matches!(own.step, Step::Asks | Step::Succeeds | Step::Fails);
        let same = (own.start, own.side) == (call.start, call.side);
        under_way && same && self.numbers[line] == call.number
    }

    /// Gives a registration the outcome of its transaction; `at_once`: after its first message.
    pub fn hear(&mut self, line: usize, outcome: Outcome, at_once: bool) {
        let own = &mut self.chains.lines[line];
        own.in_step =
            if own.refreshes && at_once { own.in_step.saturating_sub(1) } else { IN_STEP };
        self.chains.ends_with(line, outcome);
    }

    /// Where one of its registrations is refreshed undisturbed, and from when on.
    #[must_use]
    pub fn quiet(&self, line: usize) -> Option<(Side, Time)> {
        let line = &self.chains.lines[line];
        let on_a_grid = self.chains.until[line.side.index()] == Time::NEVER;
        (line.is_quiet() && on_a_grid).then_some((line.side, line.first))
    }

    /// An undisturbed refresh of it falls due while the registrar is busy: it is a message.
    pub fn refresh(&mut self, cx: &PhoneContext, line: usize, at: Time) {
        self.chains.refresh_disturbed(cx, line, at);
    }
}
